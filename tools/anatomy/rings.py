"""Small shapes that the grids of the pleura are made with."""

from __future__ import annotations

import igl
import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.surfaces import vertex_normals
from skin_case import signed_depth

Floats = NDArray[np.float64]

INSIDE_ROUNDS, LAST_GAP_MM = 25, 0.1
"""The gap asked for shrinks in the rounds, so that points find room in folds thinner than the gap."""


def kept_inside(points: Floats, outer: Floats, triangles: NDArray[np.int64], gap_mm: float) -> Floats:
    """Points moved inwards until they lie so far inside a closed surface where it has room, shape (k, 3)."""
    for asked_mm in np.linspace(gap_mm, LAST_GAP_MM, INSIDE_ROUNDS):
        depth = signed_depth(points, outer, triangles)
        normals = vertex_normals(outer, triangles.astype(np.int32)).astype(np.float64)
        _, faces, _ = igl.point_mesh_squared_distance(points, outer, triangles)
        inwards = -normals[triangles[faces]].mean(axis=1)
        points = points + inwards * np.maximum(asked_mm - depth, 0.0)[:, None]
    return points


def eased(rows: Floats) -> Floats:
    """Rings with the edges between them rounded, the first and the last kept, shape of rows."""
    for _ in range(4):
        rows[1:-1] = 0.5 * rows[1:-1] + 0.25 * (np.roll(rows, 1, axis=1) + np.roll(rows, -1, axis=1))[1:-1]
        rows[1:-1] = 0.25 * rows[:-2] + 0.5 * rows[1:-1] + 0.25 * rows[2:]
    return rows


def even_ends(count: int) -> Floats:
    """Shares 0..1, closer together at both ends."""
    t = np.linspace(0.0, 1.0, count)
    return t - 0.1 * np.sin(2.0 * np.pi * t)


def hat_widths(forward: Floats, steps: Floats) -> Floats:
    """Width of the hat of each step towards the side on which a value lies, shape (k, c)."""
    left, right = np.diff(steps, prepend=steps[0] - 1.0), np.diff(steps, append=steps[-1] + 1.0)
    return np.where(forward[:, None] < steps, left, right)


def soft_least(values: Floats, limit: float | Floats, mm: float) -> Floats:
    """Values kept below a limit without an edge."""
    return np.asarray(limit - mm * np.logaddexp(0.0, (limit - values) / mm))
