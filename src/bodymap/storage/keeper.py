"""Keeping one open plan safe: in its file, or, where it has none or the file fails, in a recovery copy."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bodymap.domain import Plan, Refusal
from bodymap.storage.failures import quoted
from bodymap.storage.plan_file import read_plan, write_plan
from bodymap.storage.recovery import RecoverySlot


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a plan.

    Attributes
    ----------
    plan : Plan
    at : datetime
        Aware time.
    path : Path or None
        The file that holds it now; None when no file does.
    refusal : Refusal or None
        Why it could not be written to its file, or, without a file, to a copy.
    is_safe : bool
        Whether it is on the disk at all, in the file or in a copy.
    """

    plan: Plan
    at: datetime
    path: Path | None = None
    refusal: Refusal | None = None
    is_safe: bool = True


class PlanKeeper:
    """Keeps one plan, from its opening to its closing. Not for two threads at once.

    Parameters
    ----------
    recovery_folder : Path
    atlas_digest : str
        Written into the files.
    path : Path or None
        The file the plan was opened from.
    held : Plan
        The plan as opened, or the empty one.
    """

    def __init__(self, recovery_folder: Path, atlas_digest: str, path: Path | None, held: Plan) -> None:
        self._slot = RecoverySlot(recovery_folder)
        self._atlas_digest = atlas_digest
        self._path = path
        self._held = held
        self._copied: Plan | None = None

    def keep(self, plan: Plan) -> Kept:
        """Write a plan to its file, or keep a copy; never raises, the outcome says it all.

        A file that another program has changed meanwhile is not overwritten: the plan goes to a copy.
        """
        now = datetime.now(UTC)
        if self._path is None:
            return self._keep_copy(plan, now)
        try:
            if plan != self._held or not _is_there(self._path):
                _refuse_if_changed(self._path, self._held, plan)
                write_plan(self._path, plan, self._atlas_digest)
        except Refusal as refusal:
            copy = self._keep_copy(plan, now)
            return Kept(plan, now, refusal=refusal, is_safe=copy.is_safe)
        self._hold(plan)
        return Kept(plan, now, self._path)

    def save_as(self, plan: Plan, path: Path) -> Kept:
        """Write a plan to a file, whatever that holds, and keep it there from now on.

        Raises
        ------
        Refusal
            It cannot be written; the plan stays with the file it had.
        """
        write_plan(path, plan, self._atlas_digest)
        self._path = path
        self._hold(plan)
        return Kept(plan, datetime.now(UTC), path)

    def forget(self) -> None:
        """Remove the copy; what a file holds stays."""
        self._copied = None
        self._slot.clear()

    def leave(self) -> None:
        """End; a copy that is still needed is found at the next start."""
        self._slot.leave()

    def _hold(self, plan: Plan) -> None:
        self._held = plan
        self._copied = None
        self._slot.clear()

    def _keep_copy(self, plan: Plan, now: datetime) -> Kept:
        if self._path is None and plan == self._held:
            self._hold(plan)  # back to the plan as begun: nothing to lose
        elif plan != self._copied:
            try:
                self._slot.keep(plan, self._atlas_digest, self._path)
            except Refusal as refusal:
                return Kept(plan, now, refusal=refusal, is_safe=False)
            self._copied = plan
        return Kept(plan, now)


def _refuse_if_changed(path: Path, held: Plan, plan: Plan) -> None:
    """Do nothing when the file holds what it should, or the plan itself, or is gone."""
    if not _is_there(path):
        return
    try:
        on_disk = read_plan(path).plan
    except Refusal as refusal:
        raise _changed(path) from refusal
    if on_disk not in (held, plan):
        raise _changed(path)


def _is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises where a folder above may not be read


def _changed(path: Path) -> Refusal:
    return Refusal(f"{quoted(path)} was changed by another program; save your plan under another name.")
