"""One undoable step: the plan before and after, which are frozen and share all that did not change.

A step does nothing by itself: the session watches the stack's index and shows the plan that belongs to it
(`plan_at`). So no step holds the session, which owns the stack that owns the steps; when Python takes such a
circle apart it can delete a step twice, and the program crashes at its end.
"""

from __future__ import annotations

import zlib

from PySide6.QtGui import QUndoCommand, QUndoStack

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


def plan_at(stack: QUndoStack, index: int) -> Plan | None:
    """Return the plan after the first `index` steps of a stack; None where it has none."""
    step = stack.command(max(index - 1, 0))
    if not isinstance(step, PlanEdit):
        return None
    return step.after if index else step.before
