"""Where each limb points in each posture, before the whole body is turned onto the table.

Directions are (outwards, forwards, upwards) from the midline of an upright body, so one line serves both
sides. They are chosen by eye, on men and women, thin and heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import cos, radians, sin

from bodymap.domain.postures import Posture

LEAST_ABDUCTION_DEG, MOST_ABDUCTION_DEG = 7.0, 40.0
"""How far arms that hang beside the body can stand off it; at rest it is about the latter."""

Direction = tuple[float, float, float]

ARM, FOREARM, HAND, THIGH, CALF, FOOT = "upperarm", "lowerarm", "hand", "thigh", "calf", "foot"


@dataclass(frozen=True)
class Stance:
    """A posture as directions of limbs.

    Attributes
    ----------
    left, right : mapping of str to direction
        Where a segment points, by its bone's name without side; what is missing keeps its angle to the one
        before.
    bends : mapping of str to degrees
        How far bones of the trunk lean forward, each against the one below.
    turn_x_deg, turn_y_deg : float
        Turns about x, then about y, by which the upright body is laid down.
    room_for_arms : bool
        Whether the arms hang beside the trunk, so that its girth decides how far they stand off.
    """

    left: Mapping[str, Direction] = field(default_factory=dict)
    right: Mapping[str, Direction] = field(default_factory=dict)
    bends: Mapping[str, float] = field(default_factory=dict)
    turn_x_deg: float = 0.0
    turn_y_deg: float = 0.0
    room_for_arms: bool = False


def stance_of(posture: Posture, abduction_deg: float) -> Stance:
    """Directions of a posture.

    Parameters
    ----------
    posture : Posture
    abduction_deg : float
        How far the arms stand off the trunk, where they hang beside it.
    """
    beside = _arms_beside(abduction_deg)
    pointed: dict[str, Direction] = {FOOT: (0.12, 0.45, -0.9)}
    if posture is Posture.STANDING:
        return Stance(beside, beside, room_for_arms=True)
    if posture is Posture.PRONE:
        limbs = beside | pointed
        return Stance(limbs, limbs, turn_x_deg=-90.0, room_for_arms=True)
    if posture is Posture.SUPINE:
        limbs = beside | {FOOT: (0.35, 0.75, -0.55)}
        return Stance(limbs, limbs, turn_x_deg=90.0, room_for_arms=True)
    if posture is Posture.PRONE_HANGING:
        limbs = {ARM: (0.45, 0.85, -0.1), FOREARM: (0.0, 0.98, 0.2), HAND: (-0.05, 1.0, 0.1)} | pointed
        return Stance(limbs, limbs, turn_x_deg=-90.0)
    if posture is Posture.SEATED:
        limbs = {
            ARM: (0.2, 0.2, -0.96),
            FOREARM: (-0.08, 0.82, -0.56),
            HAND: (-0.1, 0.98, -0.12),
            THIGH: (0.12, 0.985, -0.06),
            CALF: (0.02, 0.02, -1.0),
            FOOT: (0.12, 0.88, -0.44),
        }
        return Stance(limbs, limbs)
    if posture in (Posture.LEFT_UP, Posture.RIGHT_UP):
        upper: dict[str, Direction] = {
            ARM: (-0.1, 0.62, -0.78),
            FOREARM: (-0.5, 0.86, -0.1),
            HAND: (-0.35, 0.93, 0.05),
            THIGH: (-0.12, 0.75, -0.66),
            CALF: (-0.12, -0.35, -0.93),
            FOOT: (0.0, 0.6, -0.8),
        }
        lower: dict[str, Direction] = {
            ARM: (0.15, 0.9, -0.2),
            FOREARM: (0.0, 0.45, 0.9),
            HAND: (0.0, 0.3, 0.95),
            THIGH: (0.02, 0.35, -0.94),
            CALF: (0.02, -0.3, -0.95),
            FOOT: (0.0, 0.6, -0.8),
        }
        if posture is Posture.LEFT_UP:
            return Stance(upper, lower, turn_y_deg=90.0)
        return Stance(lower, upper, turn_y_deg=-90.0)
    return Stance()


def _arms_beside(abduction_deg: float) -> dict[str, Direction]:
    angle = radians(abduction_deg)
    near = radians(0.6 * abduction_deg)
    return {
        ARM: (sin(angle), -0.05, -cos(angle)),
        FOREARM: (sin(near), 0.16, -cos(near)),
        HAND: (0.5 * sin(near), 0.2, -1.0),
    }
