from __future__ import annotations

import numpy as np
from quad_cube import QUADS, VERTICES

from bodymap.geometry.subdivision import make_subdivision
from bodymap.geometry.surfaces import make_surface, vertex_normals


def test_normals_are_the_area_weighted_mean() -> None:
    """Compared with the plain loop over faces."""
    subdivision = make_subdivision(QUADS, 8)
    surface = make_surface(subdivision.refine(VERTICES) * (1, 2, 3), subdivision.triangles(np.ones(6, bool)))
    slow = np.zeros((len(surface.vertices), 3))
    for triangle in surface.triangles:
        a, b, c = surface.vertices[triangle].astype(np.float64)
        slow[triangle] += np.cross(b - a, c - a)
    slow /= np.linalg.norm(slow, axis=1, keepdims=True)
    np.testing.assert_allclose(surface.normals, slow, atol=1e-6)


def test_a_surface_is_compact() -> None:
    surface = make_surface(VERTICES, np.array([(0, 1, 2)]))
    assert (surface.vertices.dtype, surface.triangles.dtype, surface.normals.dtype) == ("f4", "i4", "f4")


def test_unused_vertices_have_no_normal() -> None:
    normals = vertex_normals(np.eye(4, 3), np.array([(0, 1, 2)]))
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), [1, 1, 1, 0], atol=1e-6)
