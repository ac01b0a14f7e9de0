from __future__ import annotations

import itertools

import numpy as np
import pytest

from bodymap.atlas.expressions import Places
from bodymap.atlas.frames import SEGMENTS, direction
from bodymap.atlas.shapes import Direction
from bodymap.body import Body
from bodymap.domain import Build

NEAR = 0.75
"""Cosine of about forty degrees: the pose is not the anatomical one."""


@pytest.fixture(scope="module")
def places(body: Body) -> Places:
    return Places(body.landmarks, body.surface(Build()))


def way(places: Places, name: Direction, landmark: str) -> np.ndarray:
    placed = places.evaluate(landmark)
    segment = places._landmarks[landmark].segment
    return direction(name, segment, placed.point, lambda other: places.evaluate(other).point)


def test_the_trunk_uses_the_bodys_axes_with_lateral_to_the_left() -> None:
    found = [direction(name, "trunk", np.zeros(3), lambda _: np.zeros(3)) for name in list(Direction)[:6]]
    np.testing.assert_array_equal(
        found, [(0, 0, 1), (0, 0, -1), (0, 1, 0), (0, -1, 0), (-1, 0, 0), (1, 0, 0)]
    )


@pytest.mark.parametrize(
    ("landmark", "name"),
    [
        ("biceps_belly", Direction.ANTERIOR),
        ("triceps_belly", Direction.POSTERIOR),
        ("lateral_epicondyle", Direction.LATERAL),
        ("medial_epicondyle", Direction.MEDIAL),
        ("dorsal_wrist_mid", Direction.DORSAL),
        ("wrist_crease_mid", Direction.VOLAR),
        ("ulnar_styloid", Direction.ULNAR),
        ("palm_centre", Direction.VOLAR),
        ("mcp_3", Direction.DORSAL),
        ("patella_mid", Direction.ANTERIOR),
        ("knee_crease_mid", Direction.POSTERIOR),
        ("lateral_malleolus", Direction.LATERAL),
        ("medial_malleolus", Direction.MEDIAL),
        ("heel_plantar", Direction.PLANTAR),
        ("heel_back", Direction.PROXIMAL),
        ("metatarsal_head_3_plantar", Direction.PLANTAR),
        ("nipple", Direction.ANTERIOR),
        ("T7", Direction.POSTERIOR),
    ],
)
def test_skin_at_a_landmark_looks_the_way_anatomy_says(
    places: Places, landmark: str, name: Direction
) -> None:
    assert places.evaluate(landmark).normal @ way(places, name, landmark) > NEAR


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("lateral_epicondyle", "deltoid_tuberosity"),
        ("cubital_crease_mid", "wrist_crease_mid"),
        ("mcp_3", "fingertip_3"),
        ("patella_mid", "patella_bottom"),
        ("medial_joint_line", "medial_malleolus"),
        ("heel_back", "mtp_2"),
    ],
)
def test_distal_leads_along_the_limb(places: Places, above: str, below: str) -> None:
    along = places.evaluate(below).point - places.evaluate(above).point
    if above == "lateral_epicondyle":  # the one pair written from below upwards
        along = -along
    assert along @ way(places, Direction.DISTAL, above) / np.linalg.norm(along) > NEAR


@pytest.mark.parametrize("segment", SEGMENTS)
def test_directions_are_unit_vectors_at_right_angles(places: Places, segment: str) -> None:
    point = np.array((-300.0, 30.0, 1200.0))
    named = {}
    for name in Direction:
        try:
            named[name] = direction(name, segment, point, lambda other: places.evaluate(other).point)
        except ValueError:
            continue
    assert len(named) >= 6
    for first, second in itertools.product(named.values(), repeat=2):
        assert min(abs(first @ second - cosine) for cosine in (-1.0, 0.0, 1.0)) < 1e-9


def test_a_direction_that_a_segment_lacks_is_an_error() -> None:
    with pytest.raises(ValueError, match='no "radial" on the trunk'):
        direction(Direction.RADIAL, "trunk", np.zeros(3), lambda _: np.zeros(3))


def test_the_forearm_turns_evenly_from_elbow_to_wrist(places: Places) -> None:
    def at(share: float) -> np.ndarray:
        ends = [places.evaluate(name).point for name in ("cubital_crease_mid", "wrist_crease_mid")]
        point = ends[0] + share * (ends[1] - ends[0])
        return direction(Direction.RADIAL, "forearm", point, lambda other: places.evaluate(other).point)

    turns = [np.degrees(np.arccos(at(s) @ at(s + 0.2))) for s in (0.1, 0.3, 0.5, 0.7)]
    assert max(turns) - min(turns) < 1.0
    assert sum(turns) > 40.0  # the skin's pose is pronated
