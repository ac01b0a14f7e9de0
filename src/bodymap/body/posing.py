"""Putting a body into a posture: how each bone of the rig moves about its joints.

Each bone's transform is that of its parent, then the smallest turn that brings it into the direction that the
stance asks for. `skinning.skinned` takes skin, bones and muscles along.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.body.rig import Rig
from bodymap.body.stances import Stance, stance_of
from bodymap.domain.postures import Posture

Floats = NDArray[np.float64]

MOST_ABDUCTION_DEG = 40.0
LEAST_ABDUCTION_DEG = 7.0
_STEP_DEG = 3.0
_CLEAR_MM = 3.0
_TOUCHING = 0.02
"""Share of the arm that may touch the trunk, as fat upper arms do."""
_CELL_MM = 15.0
_FREE_ARM = 0.45
"""From this share of the upper arm on it is free of the shoulder."""
_SEGMENT_ENDS = {"hand": "finger-3-1"}
"""Joints that show where a segment points better than the end of its bone."""


def pose_transforms(rig: Rig, joints: NDArray[np.floating], stance: Stance) -> Floats:
    """Transforms of the bones from the rest pose, shape (b, 4, 4).

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
    """A bone's turn, from that of its parent."""
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


def bone_transforms(
    rig: Rig, base: NDArray[np.floating], joints: NDArray[np.floating], posture: Posture
) -> Floats:
    """Transforms of the bones from the rest pose into a posture, shape (b, 4, 4).

    Parameters
    ----------
    base : ndarray, shape (n_coarse, 3)
        Base mesh of the build at rest: its girth decides how far the arms stand off.
    joints : ndarray, shape (j, 3)
        Joints of the build at rest.
    """
    stance = stance_of(posture, LEAST_ABDUCTION_DEG)
    if stance.room_for_arms:
        stance = stance_of(posture, arm_room_deg(rig, base, joints))
    return pose_transforms(rig, joints, stance)


def arm_room_deg(rig: Rig, base: NDArray[np.floating], joints: NDArray[np.floating]) -> float:
    """Smallest abduction at which the hanging arm stays clear of trunk and thigh, degrees.

    Parameters
    ----------
    base : ndarray, shape (n_coarse, 3)
        Base mesh of the build at rest.
    """
    main = rig.weight_bones[:, 0]
    names = np.array([name.removesuffix("_l") if name.endswith("_l") else "" for name in rig.bones])
    of_arm = ~np.isin(names, ("", "thigh", "calf", "foot", "ball", "clavicle"))
    lone = of_arm[main] & (rig.weights[:, 0] > 0.8)
    shoulder, elbow = (joints[rig.joints.index(name)] for name in ("l-shoulder", "l-elbow"))
    along = (base - shoulder) @ (elbow - shoulder) / np.sum((elbow - shoulder) ** 2)
    lone &= along > _FREE_ARM
    arm, arm_bones = np.asarray(base, dtype=np.float64)[lone], main[lone]
    trunk_names = [name for name in rig.bones if name.startswith(("spine", "pelvis", "thigh_l", "calf_l"))]
    trunk = np.asarray(base)[np.isin(main, [rig.bones.index(name) for name in trunk_names])]
    low = np.minimum(arm.min(axis=0), trunk.min(axis=0)) - 400.0
    cells = np.floor((trunk[:, 1:] - low[1:]) / _CELL_MM).astype(np.intp)
    width = np.full(tuple(cells.max(axis=0) + 60), -np.inf)
    np.maximum.at(width, tuple(cells.T), -trunk[:, 0])
    for _ in range(1):  # a cell's neighbours count as well
        padded = np.pad(width, 1, constant_values=-np.inf)
        width = np.maximum.reduce(
            [
                padded[1 + i : padded.shape[0] - 1 + i, 1 + j : padded.shape[1] - 1 + j]
                for i in (-1, 0, 1)
                for j in (-1, 0, 1)
            ]
        )
    for angle in np.arange(LEAST_ABDUCTION_DEG, MOST_ABDUCTION_DEG, _STEP_DEG):
        transforms = pose_transforms(rig, joints, stance_of(Posture.STANDING, float(angle)))[arm_bones]
        moved = np.einsum("nij,nj->ni", transforms[:, :3, :3], arm) + transforms[:, :3, 3]
        at = np.floor((moved[:, 1:] - low[1:]) / _CELL_MM).astype(np.intp)
        at = np.clip(at, 0, np.array(width.shape) - 1)
        if np.quantile(-moved[:, 0] - width[tuple(at.T)], _TOUCHING) > _CLEAR_MM:
            return float(angle)
    return MOST_ABDUCTION_DEG


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
    """The smallest rotation that brings one direction onto another, shape (3, 3)."""
    a, b = now / np.linalg.norm(now), wanted / np.linalg.norm(wanted)
    axis, cosine = np.cross(a, b), float(a @ b)
    sine = float(np.linalg.norm(axis))
    if sine < 1e-9:
        return np.eye(3)
    x, y, z = axis / sine
    return _about((x, y, z), float(np.degrees(np.arctan2(sine, cosine))))
