from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest
from toy_body import ToyBody, muscle_record, point_record

from bodymap.atlas import Atlas, atlas_listing
from bodymap.atlas.coverage import Coverage
from bodymap.domain import PointRef, Side


@pytest.fixture
def toy_atlas(make_atlas: Callable[..., Atlas]) -> Atlas:
    pattern = {
        "referral": "same",
        "essential": {"regions": ["face"], "shapes": [{"blob": "cheek", "radius_mm": 40}]},
        "spillover": {"regions": ["face", "vertex"], "shapes": [{"fill": "face"}, {"fill": "vertex"}]},
    }
    return make_atlas(muscle_record(points=[point_record(label="TrP1", pattern=pattern)]))


def test_an_entry_says_everything_about_a_point_on_a_side(toy_atlas: Atlas, toy_body: ToyBody) -> None:
    left, right = atlas_listing(toy_atlas, toy_body)  # type: ignore[arg-type]
    assert json.loads(json.dumps(left)) == left
    assert set(left) == {
        "id", "muscle", "group", "label", "side", "xyz_mm", "region", "depth_layer", "essential", "spillover",
        "shaded", "shaded_opposite", "risk", "needle_length_mm", "positions", "at_risk", "confidence",
        "sources",
    }  # fmt: skip
    assert (left["id"], left["side"], right["side"]) == ("trapezius_upper.1", "left", "right")
    assert left["region"] == "face"
    assert left["xyz_mm"] == pytest.approx([-72.0, 96.0, 0.0], abs=1.0)
    assert right["xyz_mm"] == pytest.approx([72.0, 96.0, 0.0], abs=1.0)
    assert left["needle_length_mm"] == [25.0, 40.0]
    assert (left["risk"], left["positions"]) == ("high", ["prone", "seated"])


def test_shares_split_a_region_between_essential_and_spillover(toy_atlas: Atlas, toy_body: ToyBody) -> None:
    left, right = atlas_listing(toy_atlas, toy_body)  # type: ignore[arg-type]
    assert left["shaded"] == right["shaded"]
    face, cap = left["shaded"]["face"], left["shaded"]["vertex"]
    assert face["essential"] + face["spillover"] == pytest.approx(1.0, abs=0.1)
    assert 0.1 < face["essential"] < 0.4
    assert cap == {"essential": 0.0, "spillover": pytest.approx(1.0, abs=0.1)}


def test_areas_add_up_to_the_skin(toy_body: ToyBody) -> None:
    coverage = Coverage(toy_body)  # type: ignore[arg-type]
    whole = 4.0 * np.pi * 120.0**2
    assert coverage.vertex_areas_mm2.sum() == pytest.approx(whole, rel=0.01)
    areas = coverage.region_areas_mm2
    assert sum(areas.values()) == pytest.approx(whole, rel=0.01)
    assert areas["face", Side.LEFT] == pytest.approx(areas["face", Side.RIGHT])
    assert ("vertex", None) in areas


def test_a_zone_leaves_out_regions_it_does_not_touch(toy_atlas: Atlas, toy_body: ToyBody) -> None:
    zone = toy_atlas.zone(PointRef("trapezius_upper.1", Side.LEFT))
    shares = Coverage(toy_body).shares(zone.vertices, zone.essential)  # type: ignore[arg-type]
    assert set(shares) == {("face", Side.LEFT)}
