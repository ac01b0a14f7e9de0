"""Writing a file so that at every moment it is whole: the old content or the new, never a part.

The bytes go to a new file in the same folder, are forced to the disk, and take the old file's name in one
step. A process killed in between leaves a file ``.bodymap-….tmp`` behind; `sweep_leftovers` removes those.
(Qt's QSaveFile is no help: on a full disk it reports success and loses the old file.)
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
from pathlib import Path

from bodymap.storage.failures import disk_refusal

_PREFIX = ".bodymap-"
_SUFFIX = ".tmp"
_STALE_AFTER_S = 600.0
_RENAME_ATTEMPTS = 10 if os.name == "nt" else 1


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file, or leave the old one as it was.

    Parameters
    ----------
    path : Path
        A link is followed; the file keeps the permissions it has.
    data : bytes
    private : bool
        Whether a new file is readable by its owner alone.

    Raises
    ------
    Refusal
        It cannot be written; the old file is untouched and nothing is left over.
    """
    try:
        if "\0" in str(path):
            raise OSError(errno.EINVAL, "a name with NUL")
        target = Path(os.path.realpath(path))
        mode = _mode_of(target)
        _replace(target, data, mode, 0o600 if private else 0o666)
    except OSError as error:
        raise disk_refusal(error, path, "saved") from error


def _mode_of(target: Path) -> int | None:
    """Permissions of the file that is there, or None; refuse what must not be replaced."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "a device")
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        # Renaming over a file needs no right to write it, but whoever locked it meant it.
        raise PermissionError(errno.EACCES, "locked against writing")
    return stat.S_IMODE(mode)


def _replace(target: Path, data: bytes, mode: int | None, new_mode: int) -> None:
    # The temporary name is short and its own, so that a long name fails no earlier than it must.
    temporary = target.parent / f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, new_mode)
    try:
        try:
            _write_all(descriptor, data)
            if mode is not None and hasattr(os, "fchmod"):
                with contextlib.suppress(OSError):
                    os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _rename(temporary, target, _RENAME_ATTEMPTS)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _rename(temporary: Path, target: Path, attempts: int) -> None:
    """Take the target's name; on Windows a virus scanner or sync client may hold the target for a moment."""
    for attempts_left in reversed(range(attempts)):
        try:
            os.replace(temporary, target)  # noqa: PTH105 - one name for it, which the tests make fail
        except PermissionError:
            if not attempts_left:
                raise
            time.sleep(0.02)
        else:
            return


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = os.write(descriptor, rest)
        if written <= 0:
            raise OSError(errno.ENOSPC, "a short write")
        rest = rest[written:]


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk; not every system can, and the content is safe either way."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep_leftovers(folder: Path, older_than_s: float = _STALE_AFTER_S) -> int:
    """Remove what killed writers left in a folder, and return how many files that were.

    Younger ones stay: another process, perhaps on another computer, may be writing them now.
    """
    swept = 0
    with contextlib.suppress(OSError):
        for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if time.time() - leftover.stat().st_mtime >= older_than_s:
                    leftover.unlink()
                    swept += 1
    return swept
