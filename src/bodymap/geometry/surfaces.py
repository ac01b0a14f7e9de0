"""Triangle surfaces with smooth normals.

The frame of the whole program is stated here: millimetres, right-handed RAS axes. +x points to the subject's
right, +y to the front, +z up; the soles stand on z = 0 and the midline lies on x = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Surface:
    """A triangle surface in millimetres, RAS.

    Attributes
    ----------
    vertices : ndarray of float32, shape (n, 3)
    triangles : ndarray of int32, shape (m, 3)
        Corners counter-clockwise seen from outside.
    normals : ndarray of float32, shape (n, 3)
        Unit vertex normals, outward; zero at vertices that no triangle uses.
    """

    vertices: NDArray[np.float32]
    triangles: NDArray[np.int32]
    normals: NDArray[np.float32]


def make_surface(vertices: NDArray[np.floating], triangles: NDArray[np.integer]) -> Surface:
    """Surface of the given triangles with area-weighted vertex normals.

    Parameters
    ----------
    vertices : ndarray, shape (n, 3)
        Millimetres, RAS.
    triangles : ndarray of int, shape (m, 3)
    """
    corners = np.ascontiguousarray(triangles, dtype=np.int32)
    points = np.ascontiguousarray(vertices, dtype=np.float32)
    return Surface(points, corners, vertex_normals(points, corners))


def face_normals(vertices: NDArray[np.floating], triangles: NDArray[np.integer]) -> NDArray[np.floating]:
    """Face normals as long as twice the triangle's area, shape (m, 3); the dtype follows `vertices`."""
    x, y, z = (np.ascontiguousarray(vertices[:, axis]) for axis in range(3))
    a, b, c = (np.ascontiguousarray(triangles[:, corner]) for corner in range(3))
    ux, uy, uz = x[b] - x[a], y[b] - y[a], z[b] - z[a]
    vx, vy, vz = x[c] - x[a], y[c] - y[a], z[c] - z[a]
    return np.stack((uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx), axis=1)


def vertex_normals(vertices: NDArray[np.floating], triangles: NDArray[np.integer]) -> NDArray[np.float32]:
    """Area-weighted unit normals at the vertices, shape (n, 3).

    ``bincount`` sums an order of magnitude faster here than ``np.add.at``.
    """
    by_face = face_normals(vertices, triangles)
    corners = np.ascontiguousarray(triangles.T).ravel()
    n = len(vertices)
    sums = [np.bincount(corners, np.tile(by_face[:, axis], 3), minlength=n) for axis in range(3)]
    summed = np.stack(sums, axis=1)
    lengths = np.sqrt(np.einsum("ij,ij->i", summed, summed))
    return np.asarray(summed / np.maximum(lengths, 1e-12)[:, None], dtype=np.float32)


def vertex_areas_mm2(vertices: NDArray[np.floating], triangles: NDArray[np.integer]) -> NDArray[np.float64]:
    """Area of skin that belongs to each vertex, a third of its triangles', shape (n,)."""
    thirds = np.linalg.norm(face_normals(np.asarray(vertices, dtype=np.float64), triangles), axis=1) / 6.0
    weights = np.repeat(thirds, 3)
    return np.asarray(np.bincount(triangles.ravel(), weights, minlength=len(vertices)), dtype=np.float64)
