"""Moving vertices with the bones that carry them.

Two ways are averaged, for each errs where the other does not: the weighted mean of the bones' matrices
(linear blend skinning) shrinks what bends, seated hips by a twentieth of the whole body; the weighted mean of
their screws (dual quaternions, Kavan et al. 2008) makes it bulge. What one bone carries alone moves rigidly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_Single = NDArray[np.float32]


def skinned(
    points: NDArray[np.floating],
    weight_bones: NDArray[np.integer],
    weights: NDArray[np.floating],
    transforms: Floats,
) -> Floats:
    """Move points with their bones, shape (n, 3).

    Parameters
    ----------
    points : ndarray, shape (n, 3)
    weight_bones : ndarray of int, shape (n, k)
        Bones that carry each point.
    weights : ndarray, shape (n, k)
        Their shares; each row sums to one.
    transforms : ndarray, shape (b, 4, 4)
        Rigid movements of the bones.
    """
    old, shares = np.asarray(points, dtype=np.float32), np.asarray(weights, dtype=np.float32)
    moved = _by_matrices(old, weight_bones, shares, transforms)
    return np.asarray(moved + _by_screws(old, weight_bones, shares, transforms), dtype=np.float64) / 2.0


def _by_matrices(
    points: _Single, weight_bones: NDArray[np.integer], weights: _Single, transforms: Floats
) -> _Single:
    rows = transforms[:, :3].reshape(-1, 12).astype(np.float32)
    blended = np.zeros((len(points), 12), dtype=np.float32)
    for column in range(weights.shape[1]):
        blended += weights[:, column, None] * rows[weight_bones[:, column]]
    matrices = blended.reshape(-1, 3, 4)
    return np.asarray(np.einsum("nij,nj->ni", matrices[:, :, :3], points) + matrices[:, :, 3])


def _by_screws(
    points: _Single, weight_bones: NDArray[np.integer], weights: _Single, transforms: Floats
) -> _Single:
    screws = dual_quaternions(transforms).astype(np.float32)
    first = screws[weight_bones[:, 0], :4]
    blended = np.zeros((len(points), 8), dtype=np.float32)
    for column in range(weights.shape[1]):
        own = screws[weight_bones[:, column]]
        # A quaternion and its negative are the same turn: take the one on the side of the strongest bone.
        same_side = np.where(np.einsum("ni,ni->n", own[:, :4], first) < 0.0, np.float32(-1), np.float32(1))
        blended += (weights[:, column] * same_side)[:, None] * own
    blended /= np.linalg.norm(blended[:, :4], axis=1, keepdims=True)
    real, axis, dual, shift = blended[:, :1], blended[:, 1:4], blended[:, 4:5], blended[:, 5:]
    turned = points + 2.0 * np.cross(axis, np.cross(axis, points) + real * points)
    return np.asarray(turned + 2.0 * (real * shift - dual * axis + np.cross(axis, shift)), dtype=np.float32)


def dual_quaternions(transforms: Floats) -> Floats:
    """Rigid movements, shape (b, 4, 4), as turn and shift quaternions, real part first, shape (b, 8)."""
    turns = _quaternions(transforms[:, :3, :3])
    real, axis, shift = turns[:, :1], turns[:, 1:], transforms[:, :3, 3]
    dual_real = -np.sum(shift * axis, axis=1, keepdims=True)
    dual_axis = real * shift + np.cross(shift, axis)
    return np.concatenate((turns, 0.5 * dual_real, 0.5 * dual_axis), axis=1)


def _quaternions(rotations: Floats) -> Floats:
    """Return unit quaternions of rotations, shape (b, 4): the largest eigenvector of Bar-Itzhack's matrix."""
    r = rotations
    matrix = np.zeros((len(r), 4, 4))
    trace = np.trace(r, axis1=1, axis2=2)
    matrix[:, 0, 0] = trace
    matrix[:, 1:, 1:] = r + r.transpose(0, 2, 1) - trace[:, None, None] * np.eye(3)
    for row, (i, j) in enumerate(((2, 1), (0, 2), (1, 0)), start=1):
        matrix[:, 0, row] = matrix[:, row, 0] = r[:, i, j] - r[:, j, i]
    return np.asarray(np.linalg.eigh(matrix)[1][:, :, -1])
