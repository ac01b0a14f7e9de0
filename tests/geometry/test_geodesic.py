from __future__ import annotations

import numpy as np
import pytest

from bodymap.geometry.anchors import Anchor, anchor_positions
from bodymap.geometry.geodesic import Geodesics
from bodymap.geometry.projection import Projector
from toy_meshes import plane, sphere


def contour(vertices: np.ndarray, triangles: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Points where a field that is linear on each edge crosses zero."""
    ends = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]))
    ends = ends[np.isfinite(field[ends]).all(axis=1) & (field[ends[:, 0]] * field[ends[:, 1]] < 0.0)]
    start, end = field[ends].T
    share = (start / (start - end))[:, None]
    return vertices[ends[:, 0]] * (1.0 - share) + vertices[ends[:, 1]] * share


def test_distances_on_a_plane_are_straight_lines() -> None:
    vertices, triangles = plane()
    anchor = Anchor(len(triangles) // 4 + 15, (0.2, 0.5, 0.3))
    source = anchor.position(vertices, triangles)
    found = Geodesics(vertices, triangles).from_points([anchor], limit_mm=45.0)
    true = np.linalg.norm(vertices - source, axis=1)
    assert np.isinf(found[true > 45.1]).all()
    np.testing.assert_allclose(found[true < 44.9], true[true < 44.9], atol=1e-6)


@pytest.mark.parametrize("radius_mm", [12.0, 25.0, 45.0])
def test_a_disc_on_a_plane_has_its_border_at_its_radius(radius_mm: float) -> None:
    vertices, triangles = plane()
    anchor = Anchor(len(triangles) // 4 + 15, (0.2, 0.5, 0.3))
    field = Geodesics(vertices, triangles).from_points([anchor], radius_mm + 13.0, [radius_mm])
    border = contour(vertices, triangles, field)
    off = np.linalg.norm(border - anchor.position(vertices, triangles), axis=1) - radius_mm
    assert len(border) > 10
    assert abs(off).max() < 0.9  # the field is linear on edges of 6 to 9 mm, the circle is not
    assert abs(off.mean()) < 0.35


@pytest.mark.parametrize("radius_mm", [15.0, 40.0, 80.0])
def test_a_disc_on_a_sphere_has_its_border_at_its_geodesic_radius(radius_mm: float) -> None:
    vertices, triangles = sphere(120.0)
    anchor = Anchor(40, (0.3, 0.3, 0.4))
    source = anchor.position(vertices, triangles)
    field = Geodesics(vertices, triangles).from_points([anchor], radius_mm + 13.0, [radius_mm])
    border = contour(vertices, triangles, field)
    directions = border / np.linalg.norm(border, axis=1)[:, None]
    arcs = 120.0 * np.arccos(directions @ (source / np.linalg.norm(source)))
    assert len(border) > 10
    assert abs(arcs - radius_mm).max() < 0.5


def test_the_nearest_of_several_points_counts_with_its_own_head_start() -> None:
    vertices, triangles = plane()
    anchors = [Anchor(200, (1.0, 0.0, 0.0)), Anchor(700, (1.0, 0.0, 0.0))]
    solver = Geodesics(vertices, triangles)
    together = solver.from_points(anchors, 60.0, [5.0, 20.0])
    apart = [solver.from_points([anchor], 60.0, [r]) for anchor, r in zip(anchors, (5.0, 20.0), strict=True)]
    np.testing.assert_allclose(together, np.minimum(*apart))


def test_distance_does_not_jump_a_gap() -> None:
    # Two fingers side by side: sheets 4 mm apart that share no vertex.
    vertices, triangles = plane()
    both = np.concatenate((vertices, vertices + np.array((0.0, 0.0, 4.0))))
    faces = np.concatenate((triangles, triangles + len(vertices)))
    field = Geodesics(both, faces).from_points([Anchor(500, (0.4, 0.3, 0.3))], 30.0)
    assert np.isfinite(field[: len(vertices)]).any()
    assert np.isinf(field[len(vertices) :]).all()


def test_distance_to_a_level_is_signed_and_true_to_the_line() -> None:
    vertices, triangles = plane()
    height = 0.8 * vertices[:, 0] + 0.6 * vertices[:, 1] - 3.123
    field = Geodesics(vertices, triangles).from_level(height, 15.0)
    inside = np.abs(vertices[:, :2]).max(axis=1) < 60.0  # away from the sheet's edge, where the line ends
    near = inside & (np.abs(height) < 14.9)
    np.testing.assert_allclose(field[near], -height[near], atol=0.4)
    assert (np.sign(field) == -np.sign(height)).all()


def test_no_level_no_distance() -> None:
    vertices, triangles = plane(5)
    geodesics = Geodesics(vertices, triangles)
    assert (geodesics.from_level(np.ones(25), 10.0) == -np.inf).all()
    assert (geodesics.from_level(-np.ones(25), 10.0) == np.inf).all()


def test_the_shortest_line_on_a_sphere_is_a_great_circle() -> None:
    pytest.importorskip("potpourri3d", reason="only the build tools have it")
    vertices, triangles = sphere(120.0)
    start, end = Anchor(40, (0.3, 0.3, 0.4)), Anchor(2500, (0.6, 0.1, 0.3))
    line = Geodesics(vertices, triangles).line(start, end, 5.0)
    assert (line[0], line[-1]) == (start, end)
    faces, weights = np.array([a.face for a in line]), np.array([a.barycentric for a in line])
    points = anchor_positions(faces, weights, vertices, triangles)
    across = np.cross(points[0], points[-1])
    assert abs(points @ (across / np.linalg.norm(across))).max() < 0.5
    assert np.linalg.norm(np.diff(points, axis=0), axis=1).max() < 5.2
    assert Projector(vertices, triangles).closest(points[3]).distance_mm < 1e-6  # type: ignore[union-attr]


def test_a_line_to_the_same_corner_is_its_two_ends() -> None:
    vertices, triangles = plane(5)
    ends = Anchor(3, (0.9, 0.05, 0.05)), Anchor(3, (0.8, 0.1, 0.1))
    assert Geodesics(vertices, triangles).line(*ends, 50.0) == list(ends)
