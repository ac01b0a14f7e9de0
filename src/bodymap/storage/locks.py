"""A lock that its process holds while it lives, and that the system lets go when it dies, however it dies."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """A lock on a file of its own.

    Parameters
    ----------
    path : Path
        Made when it is not there; its folder must exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock; False when another holder, in this process or another, lives.

        Raises
        ------
        OSError
            The file cannot be opened.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _try_lock(descriptor)
        except (BlockingIOError, PermissionError):
            os.close(descriptor)
            return False
        except OSError:
            pass  # a disk without locks (some network drives): better found twice than never
        self._descriptor = descriptor
        return True

    def release(self, *, remove: bool = False) -> None:
        """Let the lock go, and take its file away if asked; nothing happens when it is not held."""
        if self._descriptor is None:
            return
        if remove and sys.platform != "win32":
            with contextlib.suppress(OSError):
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = None
        if remove and sys.platform == "win32":
            with contextlib.suppress(OSError):
                self.path.unlink()
