"""Fewer triangles on the same vertices, for pictures of a body in motion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def coarse_triangles(
    vertices: NDArray[np.float32],
    normals: NDArray[np.float32],
    triangles: NDArray[np.int32],
    cells_mm: NDArray[np.float32],
    owners: NDArray[np.integer],
) -> NDArray[np.int32]:
    """Triangles between a few of the vertices, by gathering what lies in one small cube and faces one way.

    They name the same vertices, so they fit every build of the topology.

    Parameters
    ----------
    vertices, normals : ndarray, shape (v, 3)
    triangles : ndarray, shape (m, 3)
    cells_mm : ndarray, shape (v,)
        Side of the cubes at each vertex; the same within an owner.
    owners : ndarray of int, shape (v,)
        Vertices of different owners are never gathered.

    Returns
    -------
    ndarray of int32, shape (k, 3)
    """
    cubes = np.floor(vertices / cells_mm[:, None]).astype(np.int64)
    cubes -= cubes.min(axis=0)
    sizes = cubes.max(axis=0) + 1
    # The two faces of a thin sheet must not become one.
    axis = np.abs(normals).argmax(axis=1)
    facing = 2 * axis + (normals[np.arange(len(normals)), axis] > 0.0)
    keys = ((cubes[:, 0] * sizes[1] + cubes[:, 1]) * sizes[2] + cubes[:, 2]) * 6 + facing
    keys += owners.astype(np.int64) * (int(sizes.prod()) * 6)
    _, first, cluster = np.unique(keys, return_index=True, return_inverse=True)
    gathered = first[cluster.ravel()][triangles]
    a, b, c = gathered.T
    return np.ascontiguousarray(gathered[(a != b) & (b != c) & (c != a)], dtype=np.int32)


def cell_sizes_mm(
    vertices: NDArray[np.float32], parts: list[NDArray[np.int64]], coarsest_mm: float, across: int
) -> NDArray[np.float32]:
    """Side of the cubes for each vertex: so many across the middle extent of its part, up to the coarsest.

    Parameters
    ----------
    parts : list of ndarray of int
        Vertices of each part.
    """
    sizes = np.full(len(vertices), coarsest_mm, dtype=np.float32)
    for part in parts:
        extent = np.sort(np.ptp(vertices[part], axis=0))
        sizes[part] = min(coarsest_mm, max(float(extent[1]) / across, 0.5))
    return sizes
