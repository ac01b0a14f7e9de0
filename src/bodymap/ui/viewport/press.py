"""Tells a click from a drag. Pure: fed with places and times, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

MOVED_PX = 4.0
HELD_MS = 250
STILL_PX = 1.0
TAPS_APART_PX = 24.0
"""A finger does not meet the same place twice."""


class Grip(Enum):
    """What a drag does."""

    TURN = auto()
    SLIDE = auto()
    PAINT = auto()


@dataclass(frozen=True, slots=True)
class Press:
    """A button or finger that is down.

    A press becomes a drag when it moves more than `MOVED_PX`, or moves at all after `HELD_MS`. A press that
    stays still is a click however long it was held: gloved and careful hands are slow.

    Attributes
    ----------
    grip : Grip
    start, last : tuple of 2 float
        Where it went down and where it was last, in logical pixels.
    since_ms : int
    dragging : bool
    """

    grip: Grip
    start: tuple[float, float]
    last: tuple[float, float]
    since_ms: int
    dragging: bool = False

    def moved_to(self, place: tuple[float, float], now_ms: int) -> tuple[Press, tuple[float, float]]:
        """Return the press after a move, and how far to drag now (zero while it may still be a click)."""
        apart = max(abs(place[0] - self.start[0]), abs(place[1] - self.start[1]))
        reach = STILL_PX if now_ms - self.since_ms > HELD_MS else MOVED_PX
        if not (self.dragging or apart > reach):
            return self, (0.0, 0.0)
        # The first step makes up for what was held back, so the body stays under the finger.
        step = (place[0] - self.last[0], place[1] - self.last[1])
        return Press(self.grip, self.start, place, self.since_ms, dragging=True), step

    def follows(self, before: Press, within_ms: int) -> bool:
        """Whether it is the second half of a double tap that began with another one."""
        if self.dragging:
            return False
        apart = max(abs(self.start[0] - before.start[0]), abs(self.start[1] - before.start[1]))
        return self.since_ms - before.since_ms <= within_ms and apart <= TAPS_APART_PX


def press(grip: Grip, place: tuple[float, float], now_ms: int) -> Press:
    """Begin a press."""
    return Press(grip, place, place, now_ms)
