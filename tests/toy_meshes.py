"""Small surfaces with known geometry."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mesh = tuple[NDArray[np.float64], NDArray[np.int64]]


def plane(count: int = 31, step_mm: float = 6.0, jitter_mm: float = 1.5) -> Mesh:
    """Square of `count` x `count` vertices in z = 0 around the origin, its inner vertices shaken."""
    ticks = (np.arange(count) - (count - 1) / 2) * step_mm
    x, y = np.meshgrid(ticks, ticks, indexing="ij")
    vertices = np.stack((x.ravel(), y.ravel(), np.zeros(count**2)), axis=1)
    inner = np.abs(vertices[:, :2]).max(axis=1) < ticks[-1]
    shaken = np.random.default_rng(7).uniform(-jitter_mm, jitter_mm, (len(vertices), 2))
    vertices[inner, :2] += shaken[inner]
    corner = (np.arange(count - 1)[:, None] * count + np.arange(count - 1)).ravel()
    a, b, c, d = corner, corner + count, corner + count + 1, corner + 1
    return vertices, np.concatenate((np.stack((a, b, c), axis=1), np.stack((a, c, d), axis=1)))


def sphere(radius_mm: float = 120.0, rounds: int = 5) -> Mesh:
    """Sphere around the origin, made from an octahedron, so symmetric in x, y and z."""
    vertices = np.array(
        [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], dtype=np.float64
    )
    triangles = np.array(
        [(0, 2, 4), (2, 1, 4), (1, 3, 4), (3, 0, 4), (2, 0, 5), (1, 2, 5), (3, 1, 5), (0, 3, 5)]
    )
    for _ in range(rounds):
        vertices, triangles = _halved(vertices, triangles)
        vertices /= np.linalg.norm(vertices, axis=1)[:, None]
    return radius_mm * vertices, triangles


def _halved(vertices: NDArray[np.float64], triangles: NDArray[np.int64]) -> Mesh:
    sides = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]], axis=2).reshape(-1, 2)
    edges, number = np.unique(sides, axis=0, return_inverse=True)
    ab, bc, ca = (number.reshape(-1, 3) + len(vertices)).T
    a, b, c = triangles.T
    parts = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    points = np.concatenate((vertices, vertices[edges].mean(axis=1)))
    return points, np.concatenate([np.stack(part, axis=1) for part in parts])


def mirror_table(vertices: NDArray[np.float64]) -> NDArray[np.int32]:
    """Partner of each vertex of a surface that is symmetric in x."""
    keys = {tuple(np.round(point, 4) + 0.0): index for index, point in enumerate(vertices)}
    mirrored = vertices * (-1.0, 1.0, 1.0)
    return np.array([keys[tuple(np.round(point, 4) + 0.0)] for point in mirrored], dtype=np.int32)
