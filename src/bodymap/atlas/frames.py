"""Local anatomical directions of the body's segments, on the left side.

Head, neck and trunk use the body's axes, with lateral away from the midline. Limbs have their own: proximal
runs along the bone, lateral is the side that looks away from the trunk in the anatomical position, and where
the limb is twisted it turns gradually from the joint line above to the one below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.shapes import Direction

Vector = NDArray[np.float64]
PositionOf = Callable[[str], Vector]
"""Gives the place of a landmark on the left side, millimetres, RAS."""

BODY_UP: Vector = np.array((0.0, 0.0, 1.0))
BODY_LEFT: Vector = np.array((-1.0, 0.0, 0.0))

_BODY = {
    Direction.UP: ("up", 1.0),
    Direction.DOWN: ("up", -1.0),
    Direction.ANTERIOR: ("anterior", 1.0),
    Direction.POSTERIOR: ("anterior", -1.0),
    Direction.LATERAL: ("lateral", 1.0),
    Direction.MEDIAL: ("lateral", -1.0),
}
_LIMB = _BODY | {Direction.PROXIMAL: ("up", 1.0), Direction.DISTAL: ("up", -1.0)}
_FOREARM_HAND = _LIMB | {
    Direction.RADIAL: ("lateral", 1.0),
    Direction.ULNAR: ("lateral", -1.0),
    Direction.VOLAR: ("anterior", 1.0),
    Direction.DORSAL: ("anterior", -1.0),
}
_FOOT = _BODY | {
    Direction.PROXIMAL: ("anterior", -1.0),
    Direction.DISTAL: ("anterior", 1.0),
    Direction.DORSAL: ("up", 1.0),
    Direction.PLANTAR: ("up", -1.0),
}


class Axes(NamedTuple):
    """Orthonormal directions at one place of the left side."""

    up: Vector
    anterior: Vector
    lateral: Vector


def _body_axes(_: PositionOf, __: Vector) -> Axes:
    return _from_up_and_lateral(BODY_UP, BODY_LEFT)


def _arm_axes(position: PositionOf, point: Vector) -> Axes:
    shoulder, elbow = position("acromion_tip"), _middle(position, "lateral_epicondyle", "medial_epicondyle")
    return _twisted(shoulder, elbow, BODY_LEFT, _elbow_line(position), point)


def _forearm_axes(position: PositionOf, point: Vector) -> Axes:
    elbow = _middle(position, "lateral_epicondyle", "medial_epicondyle")
    wrist = _middle(position, "radial_styloid", "ulnar_styloid")
    wrist_line = position("radial_styloid") - position("ulnar_styloid")
    return _twisted(elbow, wrist, _elbow_line(position), wrist_line, point)


def _hand_axes(position: PositionOf, _: Vector) -> Axes:
    wrist = _middle(position, "radial_styloid", "ulnar_styloid")
    return _from_up_and_lateral(wrist - position("mcp_3"), position("mcp_2") - position("mcp_5"))


def _thigh_axes(position: PositionOf, point: Vector) -> Axes:
    hip = _middle(position, "greater_trochanter", "inguinal_mid")
    return _twisted(hip, _knee(position), BODY_LEFT, _knee_line(position), point)


def _leg_axes(position: PositionOf, _: Vector) -> Axes:
    ankle = _middle(position, "medial_malleolus", "lateral_malleolus")
    return _from_up_and_lateral(_knee(position) - ankle, _knee_line(position))


def _foot_axes(position: PositionOf, _: Vector) -> Axes:
    forward = (position("mtp_2") - position("heel_back")) * (1.0, 1.0, 0.0)
    forward = forward / np.linalg.norm(forward)
    return Axes(BODY_UP, forward, np.cross(BODY_UP, forward))


_SEGMENTS = {
    "head": (_body_axes, _BODY),
    "neck": (_body_axes, _BODY),
    "trunk": (_body_axes, _BODY),
    "arm": (_arm_axes, _LIMB),
    "forearm": (_forearm_axes, _FOREARM_HAND),
    "hand": (_hand_axes, _FOREARM_HAND),
    "thigh": (_thigh_axes, _LIMB),
    "leg": (_leg_axes, _LIMB),
    "foot": (_foot_axes, _FOOT),
}
SEGMENTS = tuple(_SEGMENTS)


def direction(name: Direction, segment: str, point: Vector, position: PositionOf) -> Vector:
    """Return the unit vector of an anatomical direction.

    Parameters
    ----------
    name : Direction
    segment : str
        One of `SEGMENTS`.
    point : ndarray, shape (3,)
        Where; twisted limbs have their own directions at each height.
    position : callable

    Raises
    ------
    ValueError
        The segment has no such direction (``"radial"`` on the trunk).
    """
    axes_at, names = _SEGMENTS[segment]
    if name not in names:
        raise ValueError(f'there is no "{name}" on the {segment}')
    axis, sign = names[name]
    vector: Vector = getattr(axes_at(position, point), axis)
    return sign * vector


def _twisted(top: Vector, bottom: Vector, top_lateral: Vector, bottom_lateral: Vector, point: Vector) -> Axes:
    """Axes of a limb whose lateral direction turns evenly from one end to the other."""
    along = bottom - top
    share = float(np.clip((point - top) @ along / (along @ along), 0.0, 1.0))
    above = _from_up_and_lateral(-along, top_lateral)
    below = _from_up_and_lateral(-along, bottom_lateral).lateral
    # The whole turn is under half a circle in every limb, so its sign is not in doubt.
    turn = share * np.arctan2(below @ above.anterior, below @ above.lateral)
    return _from_up_and_lateral(-along, np.cos(turn) * above.lateral + np.sin(turn) * above.anterior)


def _from_up_and_lateral(up: Vector, lateral: Vector) -> Axes:
    upward = up / np.linalg.norm(up)
    sideways = lateral - (lateral @ upward) * upward
    sideways = sideways / np.linalg.norm(sideways)
    return Axes(upward, np.cross(sideways, upward), sideways)


def _middle(position: PositionOf, first: str, second: str) -> Vector:
    return (position(first) + position(second)) / 2.0


def _elbow_line(position: PositionOf) -> Vector:
    return position("lateral_epicondyle") - position("medial_epicondyle")


def _knee_line(position: PositionOf) -> Vector:
    return position("lateral_femoral_epicondyle") - position("medial_femoral_epicondyle")


def _knee(position: PositionOf) -> Vector:
    return _middle(position, "lateral_femoral_epicondyle", "medial_femoral_epicondyle")
