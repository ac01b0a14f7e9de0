"""How far the arms must stand off for a body of any girth to let them hang beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.body.posing import pose_transforms
from bodymap.body.rig import Rig
from bodymap.body.stances import LEAST_ABDUCTION_DEG, MOST_ABDUCTION_DEG, stance_of
from bodymap.domain.postures import Posture

Floats = NDArray[np.float64]

_STEP_DEG = 3.0
_CLEAR_MM = 3.0
_TOUCHING = 0.02
"""Share of the arm that may touch the trunk, as fat upper arms do."""
_CELL_MM = 15.0
_FREE_ARM = 0.45
"""From this share of the upper arm on it is free of the shoulder."""
_NOT_ARM = frozenset({"", "thigh", "calf", "foot", "ball", "clavicle"})


def arm_room_deg(rig: Rig, base: NDArray[np.floating], joints: NDArray[np.floating]) -> float:
    """Return the smallest abduction at which the hanging arm stays clear of trunk and thigh, degrees.

    Parameters
    ----------
    base : ndarray, shape (n_coarse, 3)
        Base mesh of the build at rest.
    joints : ndarray, shape (j, 3)
        Joints of the build at rest.
    """
    points = np.asarray(base, dtype=np.float64)
    main = rig.weight_bones[:, 0]
    on_arm = _on_free_arm(rig, points, joints)
    arm, arm_bones = points[on_arm], main[on_arm]
    trunk = points[_of_bones(rig, ("spine", "pelvis", "thigh_l", "calf_l"))[main]]
    low = points[:, 1:].min(axis=0) - 400.0
    outline = _outline(trunk, low)
    before_deg, before_mm = LEAST_ABDUCTION_DEG, -np.inf
    for angle in np.arange(LEAST_ABDUCTION_DEG, MOST_ABDUCTION_DEG, _STEP_DEG).tolist():
        moves = pose_transforms(rig, joints, stance_of(Posture.STANDING, angle))[arm_bones]
        moved = np.einsum("nij,nj->ni", moves[:, :3, :3], arm) + moves[:, :3, 3]
        gap_mm = float(np.quantile(-moved[:, 0] - outline[_cells(moved, low, outline.shape)], _TOUCHING))
        if gap_mm > _CLEAR_MM:
            # Between the two steps, so that the arms do not jump while the weight is dragged.
            short = (_CLEAR_MM - before_mm) / (gap_mm - before_mm) if np.isfinite(before_mm) else 1.0
            return float(before_deg + min(short, 1.0) * (angle - before_deg))
        before_deg, before_mm = angle, gap_mm
    return MOST_ABDUCTION_DEG


def _on_free_arm(rig: Rig, points: Floats, joints: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Vertices of the left arm that hardly any other bone moves, shape (n_coarse,)."""
    names = [name.removesuffix("_l") if name.endswith("_l") else "" for name in rig.bones]
    of_arm = np.array([name not in _NOT_ARM for name in names])
    shoulder, elbow = (joints[rig.joints.index(name)] for name in ("l-shoulder", "l-elbow"))
    along = (points - shoulder) @ (elbow - shoulder) / np.sum((elbow - shoulder) ** 2)
    return np.asarray(of_arm[rig.weight_bones[:, 0]] & (rig.weights[:, 0] > 0.8) & (along > _FREE_ARM))


def _of_bones(rig: Rig, starts: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([name.startswith(starts) for name in rig.bones])


def _outline(trunk: Floats, low: Floats) -> Floats:
    """How far the trunk reaches to the left in each cell of a grid over depth and height, and beside it."""
    shape = np.array((80, 200))
    width = np.full(tuple(shape), -np.inf)
    np.maximum.at(width, _cells(trunk, low, (80, 200)), -trunk[:, 0])
    wide = np.pad(width, 1, constant_values=-np.inf)
    around = [wide[1 + i : 81 + i, 1 + j : 201 + j] for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return np.asarray(np.maximum.reduce(around))


def _cells(points: Floats, low: Floats, shape: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    at = np.floor((points[:, 1:] - low) / _CELL_MM).astype(np.intp)
    return np.clip(at[:, 0], 0, shape[0] - 1), np.clip(at[:, 1], 0, shape[1] - 1)
