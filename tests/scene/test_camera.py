from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.domain import Posture
from bodymap.scene.camera import (
    AZIMUTHS_DEG,
    MAX_ELEVATION_DEG,
    Bounds,
    CameraPose,
    blend,
    clipping_range,
    facing,
    facing_table,
    orbit,
    pan,
    preset,
    upper_view,
    view_angles,
    zoom,
)
from bodymap.scene.lens import Screen, project

BODY = Bounds((-560.0, -130.0, 0.0), (560.0, 150.0, 1740.0))
angles = st.floats(-720.0, 720.0)
poses = st.builds(
    CameraPose,
    focal_mm=st.tuples(st.floats(-400, 400), st.floats(-100, 100), st.floats(0, 1700)),
    azimuth_deg=st.floats(-180.0, 179.0),
    elevation_deg=st.floats(-MAX_ELEVATION_DEG, MAX_ELEVATION_DEG),
    height_mm=st.floats(50.0, 3000.0),
    parallel=st.booleans(),
)


def corners(bounds: Bounds) -> np.ndarray:
    return np.asarray(list(itertools.product(*zip(bounds.low, bounds.high, strict=True))))


@given(poses, angles, angles)
def test_up_stays_up(pose: CameraPose, azimuth: float, elevation: float) -> None:
    turned = orbit(pose, azimuth, elevation)
    assert abs(turned.elevation_deg) <= MAX_ELEVATION_DEG
    assert turned.up[2] > 0.0
    assert -180.0 <= turned.azimuth_deg < 180.0


def test_the_viewer_faces_the_subject() -> None:
    front = CameraPose(azimuth_deg=0.0)
    assert front.backward == pytest.approx((0.0, 1.0, 0.0))
    # The subject's left (x < 0) is on the viewer's right.
    assert front.right == pytest.approx((-1.0, 0.0, 0.0))
    left = preset("left", BODY, 1.0)
    assert left.position_mm[0] < 0.0


def test_the_near_side_follows_a_drag_to_the_right() -> None:
    screen = Screen(700, 700)
    near = np.asarray([[0.0, 100.0, 900.0]])
    before = CameraPose()
    after = orbit(before, 10.0, 0.0)
    assert project(near, after, screen)[0, 0] > project(near, before, screen)[0, 0]
    assert project(near, orbit(before, 0.0, 10.0), screen)[0, 1] > project(near, before, screen)[0, 1]


@pytest.mark.parametrize("name", AZIMUTHS_DEG)
@pytest.mark.parametrize("aspect", [0.4, 1.0, 2.4])
@pytest.mark.parametrize("free_below", [0.0, 0.1])
def test_presets_hold_the_whole_body(name: str, aspect: float, free_below: float) -> None:
    screen = Screen(600.0 * aspect, 600.0)
    pose = preset(name, BODY, aspect, free_below=free_below)
    # The box's nearest corners stand out more than the body, which is slim there: take its middle plane.
    flat = Bounds((BODY.low[0], 0.0, BODY.low[2]), (BODY.high[0], 0.0, BODY.high[2]))
    if name in ("left", "right"):
        flat = Bounds((0.0, BODY.low[1], BODY.low[2]), (0.0, BODY.high[1], BODY.high[2]))
    placed = project(corners(flat), pose, screen)
    assert (placed[:, 0] >= 0).all()
    assert (placed[:, 0] <= screen.width).all()
    assert (placed[:, 1] >= 0).all()
    assert (placed[:, 1] <= screen.height * (1.0 - free_below)).all()


def test_unknown_view_is_an_error() -> None:
    with pytest.raises(KeyError):
        preset("inside", BODY, 1.0)


@given(poses, st.floats(0.5, 2.0), st.floats(0, 800), st.floats(0, 600))
def test_zoom_keeps_what_is_under_the_cursor(pose: CameraPose, factor: float, x: float, y: float) -> None:
    screen = Screen(800, 600)
    wide = Bounds((-1e6, -1e6, -1e6), (1e6, 1e6, 1e6))
    right, up = screen.from_middle(x, y)
    under = np.asarray(pose.focal_mm) + (pose.right * right + pose.up * up) * pose.height_mm
    after = zoom(pose, factor, (right, up), wide)
    assert project(under[None], after, screen)[0, :2] == pytest.approx((x, y), abs=1e-3)


@given(poses, st.floats(-3, 3), st.floats(-3, 3))
def test_the_body_cannot_be_lost(pose: CameraPose, right: float, up: float) -> None:
    for _ in range(4):
        pose = pan(pose, right, up, BODY)
    assert (np.asarray(pose.focal_mm) >= np.asarray(BODY.low) - 100.001).all()
    assert (np.asarray(pose.focal_mm) <= np.asarray(BODY.high) + 100.001).all()


@given(poses, poses)
def test_a_flight_starts_and_ends_exactly_and_goes_the_short_way(start: CameraPose, end: CameraPose) -> None:
    assert blend(start, end, 0.0) is start
    assert blend(start, end, 1.0) is end
    steps = [blend(start, end, share / 8).azimuth_deg for share in range(9)]
    turned = sum(abs((b - a + 180.0) % 360.0 - 180.0) for a, b in itertools.pairwise(steps))
    assert turned <= 180.0 + 1e-6


def test_a_place_is_seen_square_around_the_body_and_only_leaned_to() -> None:
    side = facing((-200.0, 0.0, 1300.0), (-1.0, 0.0, 0.0))
    assert side.backward == pytest.approx((-1.0, 0.0, 0.0))
    shoulder = facing((-100.0, -40.0, 1450.0), (-0.5, -0.5, 0.7))
    assert 10.0 < shoulder.elevation_deg < 30.0
    sole = facing((-100.0, 0.0, 0.0), (0.0, 0.1, -0.99))
    assert sole.elevation_deg == -MAX_ELEVATION_DEG or sole.elevation_deg < -80.0


@given(poses)
def test_the_body_lies_within_the_clipping_range(pose: CameraPose) -> None:
    near, far = clipping_range(pose, BODY)
    assert 0.0 < near < far
    depths = -(corners(BODY) - pose.position_mm) @ pose.backward
    assert depths.max() <= far
    if depths.min() > far / 500.0 and depths.min() > 5.0:
        assert near <= depths.min()


@pytest.mark.parametrize("posture", Posture)
@pytest.mark.parametrize("name", AZIMUTHS_DEG)
def test_every_view_of_every_posture_shows_the_whole_body(name: str, posture: Posture) -> None:
    lying = Bounds((-300.0, -900.0, 0.0), (300.0, 900.0, 320.0)) if posture.is_lying else BODY
    pose = preset(name, lying, 1.3, posture=posture)
    screen = Screen(1300, 1000)
    placed = project(corners(lying), pose, screen)
    assert (placed[:, :2] > -60).all()
    assert (placed[:, 0] < 1360).all()
    assert (placed[:, 1] < 1060).all()


@pytest.mark.parametrize(
    ("posture", "name"),
    [
        (Posture.STANDING, "front"),
        (Posture.PRONE, "back"),
        (Posture.PRONE_HANGING, "back"),
        (Posture.SUPINE, "front"),
        (Posture.LEFT_UP, "left"),
        (Posture.RIGHT_UP, "right"),
    ],
)
def test_the_upper_side_is_seen_first(posture: Posture, name: str) -> None:
    assert upper_view(posture) == name
    _, elevation = view_angles(name, posture)
    assert (elevation > 80.0) is posture.is_lying


def test_bending_over_a_lying_body_keeps_its_head_where_it_was() -> None:
    above = view_angles("back", Posture.PRONE)[0]
    for lean in (0.02, -0.02):
        pose = facing_table((10.0, 300.0, 250.0), (lean, lean, 1.0), Posture.PRONE)
        assert pose.azimuth_deg % 360.0 == above % 360.0
        assert pose.elevation_deg == MAX_ELEVATION_DEG
    beside = facing_table((-250.0, 300.0, 150.0), (-1.0, 0.0, 0.1), Posture.PRONE)
    assert beside.azimuth_deg == pytest.approx(-90.0)
