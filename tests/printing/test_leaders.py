"""Leaders never cross and numbers never touch, wherever the sites are."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.printing.column_labels import Columns, place_in_columns, spread
from bodymap.printing.near_labels import Clearances, place_near
from bodymap.printing.segments import Floats, point_to_segment, segment_to_segment, segments_cross

SIZES = Clearances()
Point = tuple[float, float]

_page = st.tuples(st.floats(20, 80), st.floats(2, 98))
_sites = st.lists(_page, min_size=1, max_size=30)


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Exact oracle: do the open segments ab and cd properly cross?"""

    def turn(p: Point, q: Point, r: Point) -> Fraction:
        (px, py), (qx, qy), (rx, ry) = (tuple(map(Fraction, point)) for point in (p, q, r))
        return (qx - px) * (ry - py) - (qy - py) * (rx - px)

    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def crossings(sites: Floats, labels: Floats) -> list[tuple[int, int]]:
    lines = [(tuple(map(float, s)), tuple(map(float, e))) for s, e in zip(sites, labels, strict=True)]
    return [(i, j) for (i, (a, b)), (j, (c, d)) in combinations(enumerate(lines), 2) if cross(a, b, c, d)]


@given(st.tuples(_page, _page, _page, _page))
def test_crossing_agrees_with_exact_arithmetic(points: tuple[Point, Point, Point, Point]) -> None:
    a, b, c, d = (np.array([point]) for point in points)
    if segment_to_segment(a, b, c, d)[0, 0] > 1e-6 or segments_cross(a, b, c, d)[0, 0]:
        assert segments_cross(a, b, c, d)[0, 0] == cross(*points)


def test_distance_to_a_segment_by_hand() -> None:
    found = point_to_segment(
        np.array([(0, 3), (14, 3), (5, -2)], dtype=float), *(np.array([p], float) for p in ((0, 0), (10, 0)))
    )
    assert found[:, 0] == pytest.approx([3, 5, 2])


@given(st.lists(st.floats(0, 100), max_size=20), st.floats(0.5, 5))
def test_spread_keeps_order_spacing_and_bounds(heights: list[float], pitch: float) -> None:
    wanted = np.sort(np.array(heights, dtype=float))
    high = max(100.0, pitch * len(heights))
    moved = spread(wanted, pitch, 0.0, high)
    assert (np.diff(moved) >= pitch - 1e-9).all()
    assert not len(moved) or (moved[0] >= -1e-9 and moved[-1] <= high + 1e-9)


def test_spread_leaves_what_has_room() -> None:
    assert spread(np.array([10.0, 20.0, 21.0]), 5, 0, 100) == pytest.approx([10.0, 18.0, 23.0])


@given(_sites, st.floats(30, 100))
def test_columns_never_cross_touch_or_leave_the_figure(places: list[Point], height: float) -> None:
    sites = np.array(places) * (1, height / 100)
    columns = Columns(5.0, 95.0, 0.0, height)
    radius = columns.radius(len(sites), SIZES.number, SIZES.air)
    labels = place_in_columns(sites, columns, radius=radius, air=SIZES.air, mark=SIZES.mark)

    assert crossings(sites, labels) == []
    apart = np.hypot(*np.moveaxis(labels[:, None] - labels[None], 2, 0)) + 1e3 * np.eye(len(labels))
    assert apart.min() >= 2 * radius - 1e-6
    assert set(labels[:, 0]) <= {5.0, 95.0}
    assert (labels[:, 1] >= radius - 1e-6).all()
    assert (labels[:, 1] <= height - radius + 1e-6).all()


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 11)), min_size=1, max_size=12, unique=True))
def test_columns_lead_around_other_sites_when_these_are_a_number_apart(cells: list[tuple[int, int]]) -> None:
    shear = np.array([[1.0, 0.23], [0.0, 1.0]])
    sites = (np.array(cells, dtype=float) * (7, 7)) @ shear + (20, 5)
    columns = Columns(5.0, 95.0, 0.0, 110.0)
    labels = place_in_columns(sites, columns, radius=SIZES.number, air=SIZES.air, mark=SIZES.mark)
    over = point_to_segment(sites, sites, labels) + 1e3 * np.eye(len(sites))
    assert over.min() >= SIZES.mark - 1e-9


def test_the_same_place_twice_still_gives_two_numbers() -> None:
    sites = np.array([(50.0, 50.0)] * 4)
    labels = place_in_columns(sites, Columns(5, 95, 0, 100), radius=2.4, air=0.6, mark=1.0)
    assert len({tuple(map(float, label)) for label in labels}) == 4


_spots = np.stack(np.meshgrid(np.arange(2.5, 100, 2.5), np.arange(3.0, 98.0)), axis=-1).reshape(-1, 2)


@given(_sites, st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0.5, 4)), max_size=6))
def test_near_labels_keep_clear_of_everything(
    places: list[Point], blocked: list[tuple[float, float, float]]
) -> None:
    sites = np.array(places)
    ground = _spots[(np.abs(_spots[:, 0] - 50) > 14)]
    obstacles = np.array(blocked).reshape(-1, 3)
    found = place_near(sites, ground, middle_x=50.0, obstacles=obstacles)

    placed = [i for i in range(len(sites)) if i not in found.unplaced]
    starts, labels = sites[placed], found.centres[placed]
    assert not np.isnan(labels).any()
    assert np.isnan(found.centres[list(found.unplaced)]).all()
    assert crossings(starts, labels) == []
    others = 1e3 * np.eye(len(placed))
    assert (
        len(placed) < 2
        or (np.hypot(*np.moveaxis(labels[:, None] - labels[None], 2, 0)) + others).min() >= 2 * SIZES.number
    )
    assert len(placed) < 2 or (point_to_segment(labels, starts, labels) + others).min() >= SIZES.number
    for i, label in zip(placed, labels, strict=True):
        rest = np.delete(sites, i, axis=0)
        assert len(rest) == 0 or np.hypot(*(rest - label).T).min() >= SIZES.number
    assert {tuple(label) for label in labels} <= {tuple(spot) for spot in ground}


def test_near_labels_go_outward_on_the_level() -> None:
    found = place_near(
        np.array([(45.0, 50.0), (55.0, 50.0)]), _spots[np.abs(_spots[:, 0] - 50) > 14], middle_x=50.0
    )
    (left, left_y), (right, right_y) = found.centres
    assert left < 45 < 55 < right
    assert left_y == right_y == 50.0
    assert 50 - left == right - 50


def test_without_ground_every_site_is_reported() -> None:
    found = place_near(np.array([(1.0, 1.0), (9.0, 9.0)]), np.zeros((0, 2)), middle_x=5.0)
    assert found.unplaced == (0, 1)
