"""Needles on the toy body: a ball of muscle under the cheek, and dangers elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from toy_body import ToyBody, muscle_record, needling_record, point_record

from bodymap.atlas import Atlas
from bodymap.atlas.needle_checks import needle_problems


@pytest.fixture
def found(make_atlas: Callable[..., Atlas], toy_body: ToyBody) -> Callable[..., list[str]]:
    def find(
        place: Any, muscle_id: str = "trapezius_upper", layer: str = "superficial", **needling: Any
    ) -> list[str]:
        record = muscle_record(
            muscle_id, layer=layer, needling=needling_record(**needling), points=[point_record(place=place)]
        )
        return [what for _, what, _ in needle_problems(make_atlas(record), toy_body)]  # type: ignore[arg-type]

    return find


BESIDE = {"from": "cheek", "offset_mm": {"lateral": 80}}


def test_a_needle_straight_in_meets_the_muscle_under_the_point(found: Callable[..., list[str]]) -> None:
    assert found("cheek") == []


def test_a_needle_beside_its_muscle_is_a_fault(found: Callable[..., list[str]]) -> None:
    assert "passes its muscle by" in found(BESIDE)[0]


def test_the_aim_decides(found: Callable[..., list[str]]) -> None:
    assert found(BESIDE, aim={"medial": 1.0, "posterior": 0.1}) == []
    assert "passes its muscle by" in found("cheek", aim={"up": 1.0})[0]


def test_a_needle_too_short_is_a_fault(found: Callable[..., list[str]]) -> None:
    assert "passes its muscle by 6 mm" in found("cheek", length_mm=[5, 6])[0]


def test_a_lifted_muscle_may_be_passed_by_a_little(found: Callable[..., list[str]]) -> None:
    assert found("cheek", length_mm=[5, 6], approach="pincer") == []


def test_no_needle_no_problem(found: Callable[..., list[str]]) -> None:
    assert found("back", risk="not_recommended", length_mm=None, approach=None) == []


def test_a_danger_near_the_needle_is_named(found: Callable[..., list[str]]) -> None:
    assert "within 20 mm of carotid_artery" in found("side", "piriformis")[0]
    assert found("side", "piriformis", at_risk=["carotid_artery"]) == []


def test_bone_shields_what_lies_behind_it(found: Callable[..., list[str]]) -> None:
    assert found("top", "piriformis", length_mm=[5, 8]) == []
    assert "within 20 mm of kidney" in found("top", "piriformis", length_mm=[5, 60])[0]


def test_depth_agrees_with_the_layer(found: Callable[..., list[str]]) -> None:
    assert "nothing covers it there and it begins 12 mm deep" in found("cheek", layer="deep")[0]
    under = "lies there under masseter_superficial and masseter_deep"
    assert under in found("front", "pterygoideus_lateralis", "superficial", length_mm=[40, 60])[0]
    assert found("front", "pterygoideus_lateralis", "deep", length_mm=[40, 60]) == []
