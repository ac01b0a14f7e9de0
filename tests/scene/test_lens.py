from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.scene.camera import CameraPose
from bodymap.scene.lens import Screen, pixels_per_mm, project, ray_through

ratios = st.sampled_from([1.0, 1.5, 2.0])
poses = st.builds(
    CameraPose,
    focal_mm=st.tuples(st.floats(-400, 400), st.floats(-100, 100), st.floats(0, 1700)),
    azimuth_deg=st.floats(-180.0, 179.0),
    elevation_deg=st.floats(-85.0, 85.0),
    height_mm=st.floats(50.0, 3000.0),
    parallel=st.booleans(),
)


@given(poses, ratios, st.floats(0, 746), st.floats(0, 698), st.floats(100, 5000))
def test_what_lies_on_the_ray_through_a_pixel_is_projected_onto_it(
    pose: CameraPose, ratio: float, x: float, y: float, along_mm: float
) -> None:
    screen = Screen(746, 698, ratio)
    ray = ray_through(x, y, pose, screen)
    assert np.linalg.norm(ray.direction) == pytest.approx(1.0)
    point = np.asarray(ray.origin_mm) + np.asarray(ray.direction) * along_mm
    placed = project(point[None], pose, screen)[0]
    assert placed[:2] == pytest.approx((x, y), abs=1e-4)
    assert placed[2] > 0.0


@given(ratios, st.floats(0, 746), st.floats(0, 698))
def test_device_pixels_and_back(ratio: float, x: float, y: float) -> None:
    screen = Screen(746, 698, ratio)
    device = screen.to_device(x, y)
    assert device == pytest.approx((x * ratio, (698 - y) * ratio))
    assert screen.from_device(*device) == pytest.approx((x, y), abs=1e-9)


def test_the_picture_is_as_many_device_pixels_as_qt_makes_it() -> None:
    assert Screen(746, 698, 1.5).device_size == (1119, 1047)
    assert Screen(746, 698, 2.0).device_size == (1492, 1396)


def test_the_focal_point_is_the_middle_and_the_height_fills_the_picture() -> None:
    pose = CameraPose((10.0, 20.0, 900.0), 30.0, 20.0, 500.0)
    screen = Screen(800, 600)
    top = np.asarray(pose.focal_mm) + pose.up * 250.0
    placed = project(np.asarray([pose.focal_mm, top]), pose, screen)
    assert placed[0] == pytest.approx((400.0, 300.0, pose.distance_mm))
    assert placed[1, :2] == pytest.approx((400.0, 0.0), abs=1e-6)
    assert pixels_per_mm(pose, screen) == pytest.approx(1.2)


def test_the_subjects_left_is_on_the_right_of_the_front_view() -> None:
    placed = project(np.asarray([[-100.0, 0.0, 900.0]]), CameraPose(), Screen(800, 600))
    assert placed[0, 0] > 400.0
