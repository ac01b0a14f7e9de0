"""The lining of the mouth: skin of the mesh that no one sees, and so no region of the body's surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from regions.canvas import Canvas, Mask

REACH_MM = 130.0
"""The pouch behind the lips lies within this of a corner of the mouth."""
DIRECTIONS = 300
SEEN_SHARE = 0.02
"""A vertex is inside when less of the sky than this is open over it."""
LIFT_MM = 0.3


def mouth_lining(canvas: Canvas, inner_triangles: NDArray[np.integer]) -> Mask:
    """Outer vertices inside the mouth, exactly symmetric, shape (n,).

    Nostrils, the ears' folds and the lids see little of the sky too, so only the largest such patch counts.
    """
    near = canvas.outer & (np.linalg.norm(canvas.vertices - canvas.point("mouth_corner"), axis=1) < REACH_MM)
    rows = np.flatnonzero(near & canvas.left)
    dark = np.zeros(len(near), dtype=bool)
    dark[rows] = _open_sky(canvas, rows, inner_triangles) < SEEN_SHARE
    dark |= dark[canvas.mirror]
    return _largest_patch(dark, canvas.triangles)


def _open_sky(
    canvas: Canvas, rows: NDArray[np.intp], inner_triangles: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Open share of the sky over some vertices, cosine weighted."""
    from trimesh import Trimesh

    skin = Trimesh(canvas.vertices, np.concatenate((canvas.triangles, inner_triangles)), process=False)
    normals = canvas.normals[rows]
    origins = canvas.vertices[rows] + LIFT_MM * normals
    seen, total = np.zeros(len(rows)), np.zeros(len(rows))
    for direction in _even_directions(DIRECTIONS):
        weights = normals @ direction
        up = np.flatnonzero(weights > 0.0)
        hit = skin.ray.intersects_any(origins[up], np.tile(direction, (len(up), 1)))
        seen[up] += weights[up] * ~hit
        total[up] += weights[up]
    return np.asarray(seen / total)


def _even_directions(n: int) -> NDArray[np.float64]:
    """Directions spread evenly over the sphere (Fibonacci lattice), shape (n, 3)."""
    step = np.arange(n) + 0.5
    polar, azimuth = np.arccos(1.0 - 2.0 * step / n), np.pi * (1.0 + 5.0**0.5) * step
    return np.stack((np.cos(azimuth) * np.sin(polar), np.sin(azimuth) * np.sin(polar), np.cos(polar)), axis=1)


def _largest_patch(chosen: Mask, triangles: NDArray[np.integer]) -> Mask:
    ends = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]))
    ends = ends[chosen[ends].all(axis=1)]
    graph = sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(chosen),) * 2)
    _, patch = connected_components(graph, directed=False)
    sizes = np.bincount(patch[chosen])
    return np.asarray(chosen & (patch == np.argmax(sizes)))
