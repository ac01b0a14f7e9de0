"""Putting a body into a posture: how each bone of the rig moves about its joints.

Each bone's transform is that of its parent, then the smallest turn that brings it into the direction that the
stance asks for. `skinning.skinned` takes skin, bones and muscles along.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.body.rig import Rig
from bodymap.body.stances import Stance

Floats = NDArray[np.float64]

_SEGMENT_ENDS = {"hand": "finger-3-1"}
"""Joints that show where a segment points better than the end of its bone."""


def pose_transforms(rig: Rig, joints: NDArray[np.floating], stance: Stance) -> Floats:
    """Return the transforms of the bones from the rest pose, shape (b, 4, 4).

    Parameters
    ----------
    rig : Rig
    joints : ndarray, shape (j, 3)
        Joints of the build at rest, millimetres, RAS.
    stance : Stance
    """
    centres = np.asarray(joints, dtype=np.float64)
    turns: dict[int, Floats] = {}
    heads: dict[int, Floats] = {}
    transforms = np.zeros((len(rig.bones), 4, 4))
    for bone in _parents_first(rig):
        parent = int(rig.parents[bone])
        head = centres[rig.heads[bone]]
        turn = np.eye(3)
        placed = head
        if parent >= 0:
            turn = turns[parent]
            placed = turn @ (head - centres[rig.heads[parent]]) + heads[parent]
        turn = _turned(rig, centres, stance, bone, turn)
        turns[bone], heads[bone] = turn, placed
        transforms[bone, :3, :3] = turn
        transforms[bone, :3, 3] = placed - turn @ head
        transforms[bone, 3, 3] = 1.0
    return _laid(stance) @ transforms


def _turned(rig: Rig, centres: Floats, stance: Stance, bone: int, turn: Floats) -> Floats:
    """Return a bone's turn, from that of its parent."""
    name = rig.bones[bone]
    if name in stance.bends:
        return _about((1.0, 0.0, 0.0), -stance.bends[name]) @ turn
    segment, _, side = name.rpartition("_")
    wanted = (stance.left if side == "l" else stance.right).get(segment) if side in ("l", "r") else None
    if wanted is None:
        return turn
    end = _SEGMENT_ENDS.get(segment)
    tail = rig.joints.index(f"{side}-{end}") if end else rig.tails[bone]
    now = turn @ (centres[tail] - centres[rig.heads[bone]])
    outwards = -1.0 if side == "l" else 1.0
    return _swing(now, np.array((outwards * wanted[0], wanted[1], wanted[2]))) @ turn


def _parents_first(rig: Rig) -> list[int]:
    order: list[int] = []
    while len(order) < len(rig.bones):
        order += [b for b, p in enumerate(rig.parents.tolist()) if b not in order and (p < 0 or p in order)]
    return order


def _laid(stance: Stance) -> Floats:
    laid = np.eye(4)
    laid[:3, :3] = _about((0.0, 1.0, 0.0), stance.turn_y_deg) @ _about((1.0, 0.0, 0.0), stance.turn_x_deg)
    return laid


def _about(axis: tuple[float, float, float], degrees: float) -> Floats:
    """Rotation about an axis through the origin, shape (3, 3)."""
    x, y, z = axis
    cross = np.array(((0.0, -z, y), (z, 0.0, -x), (-y, x, 0.0)))
    angle = np.radians(degrees)
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1.0 - np.cos(angle)) * cross @ cross)


def _swing(now: Floats, wanted: Floats) -> Floats:
    """Return the smallest rotation that brings one direction onto another, shape (3, 3)."""
    a, b = now / np.linalg.norm(now), wanted / np.linalg.norm(wanted)
    axis, cosine = np.cross(a, b), float(a @ b)
    sine = float(np.linalg.norm(axis))
    if sine < 1e-9:
        return np.eye(3)
    x, y, z = axis / sine
    return _about((x, y, z), float(np.degrees(np.arctan2(sine, cosine))))
