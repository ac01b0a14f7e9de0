"""Left and right: the mirror image through the midline plane x = 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.anchors import Anchor


def mirrored_points(points: NDArray[np.floating]) -> NDArray[np.floating]:
    """Mirror image of points of shape (..., 3) through the midline; same dtype."""
    return points * np.asarray((-1.0, 1.0, 1.0), dtype=points.dtype)


def symmetrised(vertices: NDArray[np.floating], mirror_vertices: NDArray[np.integer]) -> NDArray[np.float64]:
    """Mean of a shape and its mirror image, exactly symmetric, shape (n, 3).

    Parameters
    ----------
    vertices : ndarray, shape (n, 3)
        Positions or displacements.
    mirror_vertices : ndarray of int, shape (n,)
        Index of each vertex's mirror partner (itself on the midline).
    """
    own = np.asarray(vertices, dtype=np.float64)
    # The sum is commutative, so both partners get the same bits.
    return np.asarray((own + mirrored_points(own[mirror_vertices])) / 2.0)


def mirror_faces(triangles: NDArray[np.integer], mirror_vertices: NDArray[np.integer]) -> NDArray[np.int32]:
    """Index of each triangle's mirror partner, shape (m,).

    Raises
    ------
    ValueError
        Some triangle has no partner.
    """
    own = _face_keys(triangles)
    mirrored = _face_keys(mirror_vertices[triangles])
    own_order, mirrored_order = np.argsort(own), np.argsort(mirrored)
    if not (own[own_order] == mirrored[mirrored_order]).all():
        raise ValueError("the mirror table does not map the triangles onto each other")
    table = np.zeros(len(triangles), dtype=np.int32)
    table[mirrored_order] = own_order
    return table


def _face_keys(triangles: NDArray[np.integer]) -> NDArray[np.int64]:
    low, middle, high = np.sort(triangles.astype(np.int64), axis=1).T
    # The three corners packed into one number, 21 bits each.
    if high.max() >= 2**20:
        raise ValueError("more than 2**20 vertices")
    return np.asarray((low << 42) | (middle << 21) | high)


def mirrored_anchor(
    anchor: Anchor,
    triangles: NDArray[np.integer],
    mirror_vertices: NDArray[np.integer],
    face_table: NDArray[np.integer],
) -> Anchor:
    """Mirror image of an anchor, given the mirror tables of vertices and faces."""
    face = int(face_table[anchor.face])
    weights = {
        int(mirror_vertices[corner]): weight
        for corner, weight in zip(triangles[anchor.face], anchor.barycentric, strict=True)
    }
    first, second, third = (weights[int(corner)] for corner in triangles[face])
    return Anchor(face, (first, second, third))
