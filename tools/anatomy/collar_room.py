"""Room under the collar bone: for the subclavius over the first ribs, and for its joint on the breastbone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from skin_case import signed_depth

Floats = NDArray[np.float64]

LEAST_MM, AIMED_MM, REACH_MM = 2.0, 3.0, 20.0
"""The first ribs keep off the collar bone by this; how far around a push is felt."""
YIELDING = ("rib_1", "rib_2", "rib_3", "sternum")
"""What yields together, so that the ribs stay on the breastbone's cartilages; its middle stays."""
FIRM_MM = 40.0
"""Beyond this distance from the midline the breastbone yields like the ribs."""
JOINT_MM, JOINT_AIMED_MM, NOTCH_MM = 0.5, 1.5, 9.0
"""The same for the breastbone, whose corner yields as a notch."""
ROUNDS, SLICES = 10, 12
LEVEL_STAYS = np.array([0.0, 1.0, 1.0])
"""Nothing is pushed sideways, or the breastbone would part in the middle."""


def clear_of_collar(bones: dict[str, Floats], collar_triangles: NDArray[np.int64]) -> dict[str, Floats]:
    """Bones with the first ribs and the breastbone's corner sunk where the collar bone would touch them.

    Parameters
    ----------
    bones : dict of str to ndarray, shape (n, 3)
    collar_triangles : ndarray of int64, shape (m, 3)
        Of the clavicle.
    """
    collar = bones["clavicle"]
    axis = cKDTree(_axis(collar))
    points = np.concatenate([bones[name] for name in YIELDING])
    ribs = np.arange(len(points)) < len(points) - len(bones["sternum"])
    yielding = np.where(ribs, 1.0, np.clip(np.abs(points[:, 0]) / FIRM_MM, 0.0, 1.0) ** 2)
    room, joint = (LEAST_MM, AIMED_MM, REACH_MM), (JOINT_MM, JOINT_AIMED_MM, NOTCH_MM)
    points = _cleared(points, ribs, yielding, collar, collar_triangles, axis, room)
    points = _cleared(points, ~ribs, yielding, collar, collar_triangles, axis, joint)
    ends = np.cumsum([len(bones[name]) for name in YIELDING])[:-1]
    return bones | dict(zip(YIELDING, np.split(points, ends), strict=True))


def _cleared(
    points: Floats,
    judged: NDArray[np.bool_],
    yielding: Floats,
    collar: Floats,
    triangles: NDArray[np.int64],
    axis: cKDTree,
    limits: tuple[float, float, float],
) -> Floats:
    """Points moved away from the collar bone where the judged ones lie too near to it, shape (n, 3)."""
    least, aimed, reach = limits
    points = points.copy()
    for _ in range(ROUNDS):
        short = np.where(judged, aimed + signed_depth(points, collar, triangles), 0.0)
        if short.max() <= aimed - least:
            break
        near = np.flatnonzero(short > 0.0)
        away = (points[near] - axis.data[axis.query(points[near])[1]]) * LEVEL_STAYS
        pushes = away / np.linalg.norm(away, axis=1, keepdims=True) * short[near, None]
        shares = np.exp(-cdist(points, points[near], "sqeuclidean") / (2 * reach**2))
        fading = yielding[:, None] * shares.max(axis=1, keepdims=True)
        points += fading * (shares @ pushes) / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    return points


def _axis(collar: Floats) -> Floats:
    """Points close together along the middle of the collar bone, shape (k, 3)."""
    order = np.argsort(collar[:, 0])
    middles = np.array([part.mean(axis=0) for part in np.array_split(collar[order], SLICES)])
    fine = np.linspace(0.0, SLICES - 1.0, 20 * SLICES)
    return np.stack([np.interp(fine, np.arange(SLICES), middles[:, k]) for k in range(3)], axis=1)
