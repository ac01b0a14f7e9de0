from __future__ import annotations

import numpy as np
import pytest
from quad_cube import MIRROR, QUADS, VERTICES

from bodymap.geometry.subdivision import make_subdivision
from bodymap.geometry.surfaces import face_normals


def test_a_cube_is_refined_as_catmull_and_clark_say() -> None:
    fine = make_subdivision(QUADS, 8).refine(VERTICES)
    assert len(fine) == 8 + 12 + 6
    # By hand: corners go to (Q + 2R + 0)/3 = 5/9, edge middles to 3/4, face middles stay.
    np.testing.assert_allclose(np.abs(fine[:8]), 5.0 / 9.0)
    np.testing.assert_allclose(np.sort(np.abs(fine[8:20]), axis=1), [[0.0, 0.75, 0.75]] * 12, atol=1e-15)
    np.testing.assert_allclose(np.sort(np.abs(fine[20:]), axis=1), [[0.0, 0.0, 1.0]] * 6, atol=1e-15)


def test_weights_of_every_refined_vertex_sum_to_one() -> None:
    operator = make_subdivision(QUADS, 8).refine(np.eye(8))
    np.testing.assert_allclose(operator.sum(axis=1), 1.0)
    assert operator.min() >= 0.0


def test_triangles_close_the_surface_and_face_outward() -> None:
    subdivision = make_subdivision(QUADS, 8)
    triangles = subdivision.triangles(np.ones(6, dtype=bool))
    vertices = subdivision.refine(VERTICES)
    assert len(triangles) == 48
    directed = {(int(t[k]), int(t[(k + 1) % 3])) for t in triangles for k in range(3)}
    assert len(directed) == 3 * 48, "no directed edge is used twice"
    assert all((b, a) in directed for a, b in directed), "every edge has its other side"
    outward = np.einsum("ij,ij->i", face_normals(vertices, triangles), vertices[triangles].mean(axis=1))
    assert (outward > 0).all()


def test_chosen_quads_only() -> None:
    subdivision = make_subdivision(QUADS, 8)
    chosen = np.array([False, True, False, False, False, False])
    triangles = subdivision.triangles(chosen)
    assert len(triangles) == 8
    assert (subdivision.refine(VERTICES)[np.unique(triangles), 0] > 0).all()


def test_the_mirror_table_maps_the_refined_shape_onto_itself() -> None:
    subdivision = make_subdivision(QUADS, 8)
    fine, table = subdivision.refine(VERTICES), subdivision.mirror(MIRROR)
    np.testing.assert_allclose(fine[table] * (-1, 1, 1), fine)
    np.testing.assert_array_equal(table[table], np.arange(len(table)))


def test_an_open_mesh_is_refused() -> None:
    with pytest.raises(ValueError, match="two quads"):
        make_subdivision(QUADS[:-1], 8)


def test_a_table_that_is_no_mirror_is_refused() -> None:
    with pytest.raises(ValueError, match="mirror table"):
        make_subdivision(QUADS, 8).mirror(np.array([1, 0, 2, 3, 4, 5, 6, 7]))
