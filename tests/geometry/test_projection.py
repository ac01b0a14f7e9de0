from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bodymap.geometry.projection import Projector, closest_on_triangles
from toy_meshes import plane, sphere

BALL, BALL_FACES = sphere(100.0, rounds=4)
BALL_PROJECTOR = Projector(BALL, BALL_FACES)
coordinates = st.floats(-150.0, 150.0, allow_nan=False)


@given(st.tuples(coordinates, coordinates, coordinates))
def test_the_closest_place_is_the_closest_of_all_triangles(point: tuple[float, float, float]) -> None:
    target = np.array(point)
    landing = BALL_PROJECTOR.closest(target)
    assert landing is not None
    everywhere = closest_on_triangles(target, BALL[BALL_FACES])
    assert np.isclose(landing.distance_mm, np.linalg.norm(everywhere - target, axis=1).min())
    np.testing.assert_allclose(landing.anchor.position(BALL, BALL_FACES), landing.point, atol=1e-6)


def test_closest_on_triangles_matches_a_search_over_each_triangle() -> None:
    generator = np.random.default_rng(1)
    corners = generator.uniform(-10.0, 10.0, (20, 3, 3))
    weights = generator.dirichlet((1.0, 1.0, 1.0), 20_000)
    point = np.array((3.0, -2.0, 5.0))
    found = np.linalg.norm(closest_on_triangles(point, corners) - point, axis=1)
    searched = np.linalg.norm(weights @ corners - point, axis=2).min(axis=1)
    assert (found <= searched + 1e-9).all()
    np.testing.assert_allclose(found, searched, atol=0.15)


def test_only_skin_that_faces_the_wanted_way_is_looked_at() -> None:
    landing = BALL_PROJECTOR.closest(
        np.array((0.0, 90.0, 0.0)), facing=np.array((0.0, -1.0, 0.0)), cosine=0.5
    )
    assert landing is not None
    assert landing.point[1] < -40.0
    assert BALL_PROJECTOR.normal(landing.anchor)[1] <= -0.5


def test_a_point_inside_goes_out_to_the_side_it_is_seen_from() -> None:
    landing = BALL_PROJECTOR.seen_from(np.array((10.0, 5.0, 20.0)), np.array((0.0, -1.0, 0.0)))
    assert landing is not None
    np.testing.assert_allclose(landing.point[[0, 2]], (10.0, 20.0))
    assert -98.0 < landing.point[1] < -96.0


def test_a_point_just_outside_comes_back_to_the_skin_it_hovers_over() -> None:
    landing = BALL_PROJECTOR.seen_from(np.array((1.0, 103.0, 2.0)), np.array((0.0, 1.0, 0.0)))
    assert landing is not None
    assert 99.0 < landing.point[1] < 100.1


def test_skin_behind_another_part_is_not_taken() -> None:
    # A leg in front of a leg: a point inside the rear one, seen from the front, stays on the rear one.
    both = np.concatenate((BALL, BALL + np.array((0.0, 300.0, 0.0))))
    faces = np.concatenate((BALL_FACES, BALL_FACES + len(BALL)))
    landing = Projector(both, faces).seen_from(np.array((0.0, 20.0, 0.0)), np.array((0.0, 1.0, 0.0)))
    assert landing is not None
    assert 98.0 < landing.point[1] < 100.1


def test_a_line_that_passes_beside_finds_nothing() -> None:
    vertices, triangles = plane(5)
    projector = Projector(vertices, triangles)
    assert projector.seen_from(np.array((500.0, 0.0, 0.0)), np.array((0.0, 0.0, 1.0))) is None
    assert projector.closest(np.zeros(3), facing=np.array((0.0, 0.0, -1.0)), cosine=0.5) is None
