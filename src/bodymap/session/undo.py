"""One undoable step: the plan before and after, which are frozen and share all that did not change."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from bodymap.domain import Plan

_NEVER_MERGED = -1


class PlanEdit(QUndoCommand):
    """A step from one plan to another.

    Parameters
    ----------
    before, after : Plan
    text : str
        What the step does, for the menu: "Add upper trapezius TrP1, left".
    show : callable
        Makes a plan the session's.
    merge_key : str
        Successive steps of the same key become one, as when a note is typed; empty: never.
    """

    def __init__(
        self, before: Plan, after: Plan, text: str, show: Callable[[Plan], None], merge_key: str = ""
    ) -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self.merge_key = merge_key
        self._show = show

    def redo(self) -> None:
        """Show the plan after the step."""
        self._show(self.after)

    def undo(self) -> None:
        """Show the plan before the step."""
        self._show(self.before)

    def id(self) -> int:
        """Return Qt's number for steps that may merge."""
        return zlib.crc32(self.merge_key.encode()) & 0x7FFFFFFF if self.merge_key else _NEVER_MERGED

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        """Take in the step that follows if it edits the same text; one that comes to nothing is dropped."""
        if not isinstance(other, PlanEdit) or other.merge_key != self.merge_key:
            return False
        self.after = other.after
        self.setObsolete(self.after == self.before)
        return True
