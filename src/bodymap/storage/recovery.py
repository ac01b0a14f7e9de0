"""Copies of unsaved work, found again at the next start.

The choice made for autosave (the glue is `app.autosave`): a plan that has a file is saved to that file
shortly after each change; a plan that has none, or whose file cannot be written, is kept here. So a copy here
is always work that no plan file holds. It stays after a crash, and after a normal end too, unless the user
gave the plan up.

Each running program writes one slot and holds a lock on it while it lives; copies whose lock is free are lost
work. The folder is private to the user.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from bodymap.domain import Plan, Refusal
from bodymap.storage.atomic import sweep_leftovers, write_atomically
from bodymap.storage.bounded_read import read_bounded
from bodymap.storage.failures import disk_refusal
from bodymap.storage.folders import make_private_folder
from bodymap.storage.locks import FileLock
from bodymap.storage.plan_file import MAX_BYTES, PlanFile, plan_fields, plan_from_fields
from bodymap.storage.strict_json import UnreadableError, parse_json

_COPY_SUFFIX = ".json"
_LOCK_SUFFIX = ".lock"
# Escapes may make a copy several times as long as the plan file.
_MAX_COPY_BYTES = 4 * MAX_BYTES
_IDLE_LOCK_S = 86_400.0


class _Copy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a copy holds: the fields of a plan file, and what is known of its origin."""

    format: Literal["bodymap-recovery"] = "bodymap-recovery"
    version: Literal[1] = 1
    kept_at: datetime
    original: str | None
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LostWork:
    """Unsaved work that a program now gone has left.

    Attributes
    ----------
    file : PlanFile
        The plan and the atlas it was made with.
    original : Path or None
        The plan file it could not be saved to; None when it never had one.
    kept_at : datetime
        Aware time of the last change kept.
    copy : Path
        Where it is kept.
    """

    file: PlanFile
    original: Path | None
    kept_at: datetime
    copy: Path


class RecoverySlot:
    """The copy of a running program; nothing is made on the disk before the first plan is kept.

    Parameters
    ----------
    folder : Path
        The recovery folder; made when needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = secrets.token_hex(8)
        self._lock = FileLock(folder / f"{self._name}{_LOCK_SUFFIX}")
        self._held = False

    @property
    def copy(self) -> Path:
        """Where the plan is kept."""
        return self._folder / f"{self._name}{_COPY_SUFFIX}"

    def keep(self, plan: Plan, atlas_digest: str = "", original: Path | None = None) -> datetime:
        """Keep a plan in place of the one before, and return the time noted with it.

        Raises
        ------
        Refusal
            It cannot be written; the copy before is untouched.
        """
        make_private_folder(self._folder)
        self._hold()
        now = datetime.now(UTC)
        copy = _Copy(
            kept_at=now,
            original=None if original is None else str(original),
            document=plan_fields(plan, atlas_digest),
        )
        # Escaped, because a path may hold bytes that are no UTF-8.
        write_atomically(self.copy, json.dumps(msgspec.to_builtins(copy)).encode(), private=True)
        return now

    def clear(self) -> None:
        """Take the copy away: what it held is saved or given up."""
        if self._held:
            with contextlib.suppress(OSError):
                self.copy.unlink(missing_ok=True)

    def leave(self) -> None:
        """Let go of the slot; a copy that is in it is found at the next start."""
        if self._held:
            self._lock.release(remove=not self.copy.exists())
            self._held = False

    def _hold(self) -> None:
        if self._held:
            return
        try:
            self._held = self._lock.acquire()
        except OSError as error:
            raise disk_refusal(error, self.copy, "saved") from error


def find_lost_work(folder: Path) -> tuple[LostWork, ...]:
    """Return the copies that no living program holds, the newest first.

    A copy that cannot be read is passed over and left where it is; leftovers of killed writers are swept.
    """
    sweep_leftovers(folder)
    _sweep_locks(folder)
    found = []
    for path in folder.glob(f"*{_COPY_SUFFIX}"):
        with _unless_held(path) as is_free:
            if is_free:
                with contextlib.suppress(Refusal, UnreadableError):
                    found.append(_read_copy(path))
    return tuple(sorted(found, key=lambda lost: lost.kept_at, reverse=True))


def discard_lost_work(lost: LostWork) -> None:
    """Take a copy away after its plan was kept elsewhere, or given up by the user."""
    with contextlib.suppress(OSError):
        lost.copy.unlink(missing_ok=True)
        lost.copy.with_suffix(_LOCK_SUFFIX).unlink(missing_ok=True)


def _sweep_locks(folder: Path) -> None:
    """Remove old locks that guard no copy and that nobody holds."""
    for path in folder.glob(f"*{_LOCK_SUFFIX}"):
        with contextlib.suppress(OSError):
            if path.with_suffix(_COPY_SUFFIX).exists() or time.time() - path.stat().st_mtime < _IDLE_LOCK_S:
                continue
            lock = FileLock(path)
            if lock.acquire():
                lock.release(remove=True)


@contextlib.contextmanager
def _unless_held(copy: Path) -> Iterator[bool]:
    lock = FileLock(copy.with_suffix(_LOCK_SUFFIX))
    try:
        is_free = lock.acquire()
    except OSError:
        is_free = True  # the lock file cannot be opened, so no program of this user holds it
    try:
        yield is_free
    finally:
        lock.release()


def _read_copy(path: Path) -> LostWork:
    fields = parse_json(read_bounded(path, _MAX_COPY_BYTES))
    try:
        copy = msgspec.convert(fields, _Copy)
    except ValueError as error:
        raise UnreadableError("it is not a recovery copy") from error
    original = None if copy.original is None else Path(copy.original)
    kept_at = copy.kept_at if copy.kept_at.tzinfo else copy.kept_at.replace(tzinfo=UTC)
    return LostWork(plan_from_fields(copy.document), original, kept_at, path)
