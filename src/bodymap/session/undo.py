"""Undoable steps: each holds the plan before and after, which are frozen and share all that did not change.

A step does nothing by itself: the session watches the stack's index and shows the plan that belongs to it.
"""

from __future__ import annotations

import zlib

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import Shiboken

from bodymap.domain import Plan

_NEVER_MERGED = -1


class PlanEdit(QUndoCommand):
    """A step from one plan to another.

    Parameters
    ----------
    before, after : Plan
    text : str
        What the step does, for the menu: "Add upper trapezius TrP1, left".
    merge_key : str
        Successive steps of the same key become one, as when a note is typed; empty: never.
    """

    def __init__(self, before: Plan, after: Plan, text: str, merge_key: str = "") -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self.merge_key = merge_key

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


class PlanHistory(QUndoStack):
    """The steps from the plan as opened to the plan now, and those undone.

    Parameters
    ----------
    first : Plan
        The plan as opened.
    """

    def __init__(self, first: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first = first

    def begin(self, first: Plan) -> None:
        """Forget all steps and begin with another plan."""
        self._first = first
        self.clear()

    def plan(self) -> Plan:
        """Return the plan after the steps that are done now."""
        step = self.command(self.index() - 1)
        return step.after if isinstance(step, PlanEdit) else self._first

    def __del__(self) -> None:
        # PySide ties the steps to the stack as children. When Python's collector takes apart a circle that
        # holds the stack, both sides delete them, and the program crashes; so they go before that.
        if Shiboken.isValid(self):
            self.blockSignals(True)
            self.clear()
