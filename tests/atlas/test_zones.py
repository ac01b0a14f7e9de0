from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from toy_body import RADIUS_MM, ToyBody

from bodymap.atlas.fields import INSIDE, field_bytes
from bodymap.atlas.shapes import Pattern
from bodymap.atlas.zones import ZoneError, ZonePainter


@pytest.fixture(scope="module")
def painter(toy_body: ToyBody) -> ZonePainter:
    return ZonePainter(toy_body)  # type: ignore[arg-type]


def zone(*shapes: dict[str, Any]) -> dict[str, Any]:
    return {"regions": ["face"], "shapes": list(shapes)}


def paint(
    painter: ZonePainter, essential: Any, spillover: Any = None, referral: str = "same"
) -> tuple[np.ndarray, np.ndarray]:
    record = {"essential": essential, "spillover": spillover, "referral": referral}
    return painter.bytes_of(msgspec.convert(record, Pattern))[:2]


def arc_mm(body: ToyBody, way: tuple[float, float, float]) -> np.ndarray:
    unit = np.array(way) / np.linalg.norm(way)
    return RADIUS_MM * np.arccos(np.clip(body.vertices @ unit / RADIUS_MM, -1.0, 1.0))


def test_bytes_are_half_at_the_border_and_clipped_away_from_it() -> None:
    distances = np.array((-np.inf, -12.0, -6.0, 0.0, 6.0, 12.0, np.inf))
    np.testing.assert_array_equal(field_bytes(distances), (255, 255, 191, 128, 64, 0, 0))


def test_a_blob_is_a_geodesic_disc(painter: ZonePainter, toy_body: ToyBody) -> None:
    essential, spillover = paint(painter, zone({"blob": "cheek", "radius_mm": 40}))
    expected = field_bytes(arc_mm(toy_body, (-0.6, 0.8, 0.0)) - 40.0)
    assert abs(essential.astype(int) - expected).max() <= 12  # a byte is 0.09 mm; the ball has corners
    np.testing.assert_array_equal(spillover, essential)


def test_a_stroke_is_a_band_around_the_shortest_line(painter: ZonePainter, toy_body: ToyBody) -> None:
    pytest.importorskip("potpourri3d", reason="only the build tools have it")
    essential, _ = paint(painter, zone({"stroke": ["front", "side"], "width_mm": 36}))
    x, y, z = toy_body.vertices.T
    beside = RADIUS_MM * np.arcsin(z / RADIUS_MM)
    between = (x < -10.0) & (y > 10.0)
    expected = field_bytes(abs(beside[between]) - 18.0)
    # The shortest line over a ball of flat faces keeps off its corners by up to 2 mm.
    assert abs(essential[between].astype(int) - expected).max() <= 26


def test_a_stroke_tapers(painter: ZonePainter, toy_body: ToyBody) -> None:
    pytest.importorskip("potpourri3d", reason="only the build tools have it")
    essential, _ = paint(painter, zone({"stroke": ["front", "side"], "width_mm": [60, 20]}))
    inside = toy_body.vertices[essential > INSIDE]
    wide = abs(inside[np.hypot(inside[:, 0], inside[:, 2]) < 40.0, 2]).max()
    narrow = abs(inside[inside[:, 0] < -115.0, 2]).max()
    assert wide > 21.0
    assert narrow < 14.0


def test_a_filled_region_covers_its_side_alone(painter: ZonePainter, toy_body: ToyBody) -> None:
    essential, _ = paint(painter, zone({"fill": "face"}))
    x, y, z = toy_body.vertices.T
    well_inside = (x < -15.0) & (y > 15.0) & (z < 65.0)
    well_outside = (x > 15.0) | (y < -15.0) | (z > 105.0)
    assert (essential[well_inside] > INSIDE).all()
    assert (essential[well_outside] < INSIDE).all()
    assert essential.min() == 0
    assert essential.max() == 255


def test_filled_neighbours_have_no_seam(painter: ZonePainter, toy_body: ToyBody) -> None:
    essential, _ = paint(painter, zone({"fill": "face"}, {"fill": "scapula_upper"}))
    x, y, z = toy_body.vertices.T
    seam = (x < -20.0) & (abs(y) < 10.0) & (z < 60.0)
    assert (essential[seam] == 255).all()


def test_both_sides_have_no_seam_on_the_midline(painter: ZonePainter, toy_body: ToyBody) -> None:
    for shape in ({"fill": "face"}, {"blob": "cheek", "radius_mm": 100, "within": ["face"]}):
        essential, _ = paint(painter, zone(shape), referral="both")
        x, y, z = toy_body.vertices.T
        middle = (abs(x) < 15.0) & (y > 90.0) & (abs(z) < 40.0)
        assert (essential[middle] > 200).all()
        np.testing.assert_array_equal(essential, essential[toy_body.mirror_vertices])


def test_a_midline_region_is_filled_whole(painter: ZonePainter, toy_body: ToyBody) -> None:
    essential, _ = paint(painter, zone({"fill": "vertex"}))
    assert (essential[toy_body.vertices[:, 2] > 100.0] > INSIDE).all()


def test_a_deep_region_is_shown_on_skin(painter: ZonePainter) -> None:
    np.testing.assert_array_equal(
        paint(painter, zone({"fill": "ear_deep"}))[0], paint(painter, zone({"fill": "face"}))[0]
    )


def test_within_cuts_to_regions(painter: ZonePainter, toy_body: ToyBody) -> None:
    whole, _ = paint(painter, zone({"blob": "side", "radius_mm": 50}))
    cut, _ = paint(painter, zone({"blob": "side", "radius_mm": 50, "within": ["face"]}))
    y = toy_body.vertices[:, 1]
    assert (cut <= whole).all()
    assert (cut[y < -15.0] == 0).all() or (cut[y < -15.0] < INSIDE).all()
    np.testing.assert_array_equal(cut[y > 25.0], whole[y > 25.0])


def test_the_opposite_side_is_the_mirror_image(painter: ZonePainter, toy_body: ToyBody) -> None:
    left, _ = paint(painter, zone({"blob": "cheek", "radius_mm": 30}))
    right, _ = paint(painter, zone({"blob": "cheek", "radius_mm": 30, "side": "opposite"}))
    np.testing.assert_array_equal(right, left[toy_body.mirror_vertices])


def test_spillover_holds_the_essential_zone(painter: ZonePainter) -> None:
    essential, spillover = paint(
        painter, zone({"blob": "cheek", "radius_mm": 30}), zone({"blob": "side", "radius_mm": 30})
    )
    assert (spillover >= essential).all()
    assert (spillover > essential).any()


def test_an_unknown_region_is_named(painter: ZonePainter) -> None:
    with pytest.raises(ZoneError, match='no region "elbow"'):
        paint(painter, zone({"fill": "elbow"}))


def test_skin_that_stands_for_a_deep_region_is_told_apart(painter: ZonePainter) -> None:
    ear = {"regions": ["ear_deep"], "shapes": [{"blob": "cheek", "radius_mm": 40}]}
    record = {"essential": ear, "spillover": zone({"fill": "face"})}
    essential, _, deep = painter.bytes_of(msgspec.convert(record, Pattern))
    assert (deep[essential > 127] > 127).all()
    assert not deep[essential == 0].all()
    essential, _, deep = painter.bytes_of(msgspec.convert({"essential": ear, "spillover": None}, Pattern))
    assert (deep[essential > 127] > 127).all()
    assert not painter.bytes_of(msgspec.convert({"essential": zone({"fill": "face"})}, Pattern))[2].any()
