from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_doll import BACK, FRONT, LEFT, RIGHT, site_near, skin

from bodymap.printing import Direction, ViewSpec, body_view, choose_views


@pytest.mark.parametrize("direction", Direction)
def test_picture_axes_are_right_handed_and_unit(direction: Direction) -> None:
    assert np.cross(direction.right, direction.up) == pytest.approx(direction.towards)


@pytest.mark.parametrize(
    ("direction", "patients_right_lies"),
    [
        (Direction.FRONT, "left"),
        (Direction.BACK, "right"),
        (Direction.BELOW, "left"),
        (Direction.ABOVE, "right"),
    ],
)
def test_the_patients_right_is_where_an_onlooker_sees_it(
    direction: Direction, patients_right_lies: str
) -> None:
    across = body_view(direction, skin()[0]).project([(300.0, 0.0, 900.0)])[0, 0]
    assert (across < 0.5) == (patients_right_lies == "left")


def test_side_views_face_the_way_an_onlooker_sees_them() -> None:
    nose = [(0.0, 200.0, 1600.0)]
    assert body_view(Direction.LEFT, skin()[0]).project(nose)[0, 0] < 0.5
    assert body_view(Direction.RIGHT, skin()[0]).project(nose)[0, 0] > 0.5


def test_up_is_up_and_the_centre_is_in_the_middle() -> None:
    view = ViewSpec("x", Direction.BACK, (10.0, 20.0, 1000.0), 400.0, 200.0)
    assert view.project([(10.0, -300.0, 1000.0), (110.0, 0.0, 1050.0)]) == pytest.approx(
        np.array([[0.5, 0.5], [0.75, 0.25]])
    )


@pytest.mark.parametrize("direction", list(Direction))
def test_a_body_view_holds_the_whole_body(direction: Direction) -> None:
    places = body_view(direction, skin()[0]).project(skin()[0])
    assert places.min() > 0
    assert places.max() < 1


def _views(*places: tuple[tuple[float, float, float], tuple[float, float, float]]) -> tuple[Direction, ...]:
    sites = [site_near(i + 1, place, facing) for i, (place, facing) in enumerate(places)]
    return choose_views([s.xyz_mm for s in sites], [s.normal for s in sites], skin()[0])


def test_a_site_is_shown_from_the_side_it_faces() -> None:
    assert _views(((0, -130, 1200), BACK)) == (Direction.BACK,)
    assert _views(((0, 130, 1200), FRONT)) == (Direction.FRONT,)
    assert _views(((-160, 0, 650), LEFT)) == (Direction.LEFT,)
    assert _views(((210, 0, 650), RIGHT)) == (Direction.RIGHT,)


def test_a_site_between_two_views_takes_the_one_that_is_there_anyway() -> None:
    aslant = ((-92.0, -92.0, 1150.0), (-0.7, -0.7, 0.0))
    assert _views(((0, -130, 1200), BACK), aslant) == (Direction.BACK, Direction.BACK)
    assert _views(((-210, 0, 650), LEFT), aslant) == (Direction.LEFT, Direction.LEFT)


def test_a_sole_is_shown_from_below() -> None:
    assert _views(((-175, 50, 0), (0, 0, -1))) == (Direction.BELOW,)


def test_a_site_behind_an_arm_is_not_shown_through_it() -> None:
    behind = np.array([[130.0, 60.0, 1180.0]])
    sideways = np.array([[0.75, 0.66, 0.0]])
    arm = np.array([[350.0, 60.0 + dy, 1180.0 + dz] for dy in range(-60, 61, 6) for dz in range(-60, 61, 6)])
    assert choose_views(behind, sideways, np.vstack([skin()[0], arm])) == (Direction.FRONT,)


def test_no_sites_need_no_view() -> None:
    assert choose_views([], [], skin()[0]) == ()


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_no_site_is_shown_from_behind(indices: list[int]) -> None:
    points, normals = skin()
    chosen = [i % len(points) for i in indices]
    views = choose_views(points[chosen], normals[chosen], points)
    assert len(views) == len(chosen)
    facing = np.array([normals[i] @ view.towards for i, view in zip(chosen, views, strict=True)])
    assert (facing > -1e-6).all()
