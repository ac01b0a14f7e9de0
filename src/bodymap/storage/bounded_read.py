"""Reading a file that may be anything: a folder, a pipe, a device, or far too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bodymap.domain import Refusal
from bodymap.storage.failures import disk_refusal, quoted

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without blocking, so that a pipe of that name cannot hold the program up."""


def read_bounded(path: Path, max_bytes: int) -> bytes:
    """Read a whole file, if it is one and no larger than allowed.

    Raises
    ------
    Refusal
        It is missing, not a file, too large, or may not be read.
    """
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _not_a_file(path)
            # The size is looked at before anything is read, and again in case the file grows meanwhile.
            data = stream.read(max_bytes + 1) if status.st_size <= max_bytes else None
    except ValueError as error:  # a name with NUL
        raise _not_a_file(path) from error
    except OSError as error:
        raise disk_refusal(error, path, "opened") from error
    if data is None or len(data) > max_bytes:
        limit = f"{max_bytes / 1e6:g} MB"
        raise Refusal(f"{quoted(path)} could not be opened: it is larger than {limit}; choose another file.")
    return data


def _not_a_file(path: Path) -> Refusal:
    return Refusal(f"{quoted(path)} could not be opened: it is not a file; choose another one.")
