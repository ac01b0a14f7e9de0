"""The list of recently used plan files: paths alone, on this computer alone, and cleared on request."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from bodymap.domain import Refusal
from bodymap.storage.atomic import write_atomically
from bodymap.storage.bounded_read import read_bounded
from bodymap.storage.folders import make_private_folder
from bodymap.storage.strict_json import UnreadableError, parse_json

MAX_RECENT = 10
_MAX_BYTES = 1_000_000


class RecentFiles:
    """Recently used plan files, the latest first.

    A convenience: a list that cannot be read counts as empty, and one that cannot be written stays as it was.

    Parameters
    ----------
    folder : Path
        The program's own data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "recent.json"

    def paths(self) -> tuple[Path, ...]:
        """Return the files that are there now; those on a drive not plugged in come back with it."""
        return tuple(path for path in self._remembered() if _is_file(path))

    def add(self, path: Path) -> None:
        """Put a file first."""
        first = Path(os.path.abspath(path))  # noqa: PTH100 - keeps links as the user named them
        self._write([first, *(other for other in self._remembered() if other != first)])

    def remove(self, path: Path) -> None:
        """Forget one file."""
        self._write([other for other in self._remembered() if other != path])

    def clear(self) -> None:
        """Forget all of them."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _remembered(self) -> list[Path]:
        try:
            stored = parse_json(read_bounded(self._file, _MAX_BYTES))
        except (Refusal, UnreadableError):
            return []
        if not isinstance(stored, list):
            return []
        return [Path(entry) for entry in stored if isinstance(entry, str) and entry][:MAX_RECENT]

    def _write(self, paths: list[Path]) -> None:
        text = json.dumps([str(path) for path in paths[:MAX_RECENT]], indent=2)
        with contextlib.suppress(Refusal):
            make_private_folder(self._file.parent)
            write_atomically(self._file, text.encode(), private=True)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
