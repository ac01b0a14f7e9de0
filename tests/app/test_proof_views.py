"""The views of the calibration sheet, on the real atlas: nothing of a pattern stays out of sight."""

from __future__ import annotations

import numpy as np
import pytest

from bodymap.app.reference import reference_atlas, reference_body
from bodymap.domain import Build, PointRef, Side
from bodymap.scene import point_field, shown_surface
from bodymap.scene.picking import Picker
from bodymap.scene.proof_views import ProofView, Shows, proof_views


@pytest.fixture(scope="module")
def picker() -> Picker:
    return Picker(shown_surface(reference_body(), Build()))


def _views(point: str, picker: Picker) -> tuple[ProofView, ...]:
    ref = PointRef(point, Side.LEFT)
    return proof_views(reference_atlas(), reference_body(), Build(), ref, picker, close_up_mm=290.0)


def _shows_point(view: ProofView, point: str, picker: Picker) -> bool:
    field = point_field(reference_atlas(), reference_body(), Build())
    row = field.index[PointRef(point, Side.LEFT)]
    seen = picker.visible(field.xyz_mm[row][None], field.normals[row][None], view.pose, view.cut_mm)
    return bool(seen[0])


def test_a_pattern_that_one_picture_shows_gets_no_third(picker: Picker) -> None:
    views = _views("deltoid_middle.upper", picker)
    assert [view.shows for view in views] == [Shows.PATTERN, Shows.POINT]
    assert views[0].complete
    assert all(view.pose.parallel for view in views)


def test_what_the_first_two_pictures_hide_is_shown_in_a_third(picker: Picker) -> None:
    views = _views("scalenus_anterior.lower", picker)
    assert [view.shows for view in views] == [Shows.PATTERN, Shows.POINT, Shows.REST]
    assert abs(views[0].pose.azimuth_deg) < 90.0 < abs(views[2].pose.azimuth_deg)


def test_what_a_close_up_shows_needs_no_third_picture(picker: Picker) -> None:
    views = _views("rectus_abdominis.upper", picker)  # felt across the back, and around the point
    assert len(views) == 2
    assert views[0].complete


@pytest.mark.parametrize(
    "point", ["gracilis.middle", "serratus_anterior.1", "obliquus_externus.lower_lateral"]
)
def test_an_arm_or_a_leg_in_the_way_is_cut_away(point: str, picker: Picker) -> None:
    close_up = _views(point, picker)[1]
    assert close_up.cut_mm is not None
    assert _shows_point(close_up, point, picker)


@pytest.mark.parametrize("point", ["gracilis.middle", "gracilis.upper"])
def test_the_inner_thigh_is_seen_squarely_though_the_other_leg_stands_before_it(
    point: str, picker: Picker
) -> None:
    pattern = _views(point, picker)[0]
    assert pattern.pose.azimuth_deg == pytest.approx(90.0, abs=30.0)
    assert pattern.cut_mm is not None
    assert pattern.complete


@pytest.mark.parametrize("point", ["flexor_digitorum_brevis.sole", "quadratus_plantae.heel"])
def test_a_sole_is_seen_from_below_without_the_leg_behind_it(point: str, picker: Picker) -> None:
    for view in _views(point, picker)[:2]:
        assert view.pose.elevation_deg == -80.0
        assert view.pose.azimuth_deg == 0.0  # the toes are up
        assert view.depth_mm is not None
        assert view.pose.height_mm <= 290.0  # the other foot stays out


def test_a_cut_hides_nothing_but_what_it_takes_away(picker: Picker) -> None:
    surface = shown_surface(reference_body(), Build())
    view = _views("gracilis.middle", picker)[0]
    pose, cut_mm = view.pose, view.cut_mm
    assert cut_mm is not None
    rows = np.arange(0, reference_body().n_vertices, 60)
    places, normals = surface.vertices[rows], surface.normals[rows]
    plain = picker.visible(places, normals, pose)
    cut = picker.visible(places, normals, pose, cut_mm)
    ahead_mm = (places - np.asarray(pose.focal_mm)) @ pose.backward - cut_mm
    assert not cut[ahead_mm > 0.0].any()
    kept = ahead_mm < -5.0  # not in the cut itself
    assert (cut[kept] >= plain[kept]).all()
    assert cut[kept].sum() > plain[kept].sum()
