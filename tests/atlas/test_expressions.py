from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from toy_body import RADIUS_MM, ToyBody

from bodymap.atlas.expressions import PlaceError, Places
from bodymap.atlas.shapes import PlaceExpression
from bodymap.domain import Build


@pytest.fixture(scope="module")
def places(toy_body: ToyBody) -> Places:
    return Places(toy_body.landmarks, toy_body.surface(Build()))


def at(places: Places, expression: Any) -> np.ndarray:
    return places.evaluate(msgspec.convert(expression, PlaceExpression)).point


def test_a_landmark_is_a_place(places: Places) -> None:
    np.testing.assert_allclose(at(places, "side"), (-RADIUS_MM, 0, 0), atol=0.5)


def test_between_goes_along_the_straight_line_and_then_to_the_closest_skin(places: Places) -> None:
    found = at(places, {"between": ["front", "side"], "at": 0.5})
    # A flat face looks at its own middle, so the closest place is off by as much as the ball has corners.
    np.testing.assert_allclose(found, RADIUS_MM * np.array((-1, 1, 0)) / np.sqrt(2.0), atol=3.5)
    near_front = at(places, {"between": ["front", "side"], "at": 0.1})
    np.testing.assert_allclose(near_front[0] / near_front[1], -1.0 / 9.0, atol=0.01)


def test_a_polyline_is_measured_along_its_whole_length(places: Places) -> None:
    # front-side and side-back are equally long, so half way is the corner.
    np.testing.assert_allclose(
        at(places, {"between": ["front", "side", "back"], "at": 0.5}), (-RADIUS_MM, 0, 0), atol=0.5
    )


def test_offsets_go_along_named_directions(places: Places) -> None:
    found = at(places, {"from": "front", "offset_mm": {"lateral": 30, "up": 20}})
    ray = np.array((-30.0, RADIUS_MM, 20.0))
    np.testing.assert_allclose(found, RADIUS_MM * ray / np.linalg.norm(ray), atol=0.6)


def test_a_face_is_the_skin_seen_from_that_side(places: Places) -> None:
    found = at(places, {"between": ["front", "side"], "at": 0.5, "face": "posterior"})
    np.testing.assert_allclose(found, (-60.0, -np.sqrt(RADIUS_MM**2 - 60.0**2), 0.0), atol=0.6)


def test_without_a_face_the_skin_faces_as_the_landmarks_do(places: Places) -> None:
    # Pushed far through the ball, the closest skin would be the back; the landmark is on the front.
    found = at(places, {"from": "front", "offset_mm": {"posterior": 200, "lateral": 40}})
    assert found[1] > -15.0


def test_places_nest(places: Places) -> None:
    nested = at(places, {"between": ["front", {"from": "side", "offset_mm": {"up": 60}}], "at": 1.0})
    np.testing.assert_allclose(nested, at(places, {"from": "side", "offset_mm": {"up": 60}}), atol=1e-6)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("cheeck", 'no landmark "cheeck" .did you mean "cheek"'),
        ({"between": ["front", "zzz"]}, 'no landmark "zzz"$'),
        ({"from": "front", "offset_mm": {"radial": 3}}, 'no "radial" on the head'),
        ({"from": "front", "face": "plantar"}, 'no "plantar" on the head'),
    ],
)
def test_what_cannot_be_worked_out_says_why(places: Places, expression: Any, words: str) -> None:
    with pytest.raises(PlaceError, match=words):
        at(places, expression)
