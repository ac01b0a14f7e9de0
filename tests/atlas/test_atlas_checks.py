from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from toy_body import ToyBody, muscle_record, needling_record, point_record

from bodymap.atlas import Atlas, Grade, check_atlas
from bodymap.atlas.checks import CHECKS
from bodymap.atlas.hazards import HAZARDS

AT_THE_BACK = {
    "essential": {"regions": ["scapula_upper"], "shapes": [{"fill": "scapula_upper"}]},
}


def found(atlas: Atlas, body: ToyBody) -> list[tuple[str, str, str]]:
    return [(problem.grade.value, problem.record, problem.what) for problem in check_atlas(atlas, body)]  # type: ignore[arg-type]


def test_a_sound_atlas_has_no_errors(make_atlas: Callable[..., Atlas], toy_body: ToyBody) -> None:
    assert [p for p in found(make_atlas(muscle_record()), toy_body) if p[0] == Grade.ERROR] == []


def pattern(**changes: Any) -> dict[str, Any]:
    return {
        "referral": "same",
        "essential": {"regions": ["face"], "shapes": [{"blob": "cheek", "radius_mm": 60}]},
        "spillover": None,
    } | changes


BROKEN: tuple[tuple[dict[str, Any], str], ...] = (
    (muscle_record(action="  "), "action is empty"),
    (muscle_record(symptoms=[]), "symptoms is empty"),
    (muscle_record(points=[point_record(place_text=" ")]), "place_text is empty"),
    (muscle_record(points=[point_record(sources=["other:3"])]), 'the source "other:3" is not in the table'),
    (muscle_record(points=[point_record(pattern=pattern(essential=None))]), "there is no essential zone"),
    (muscle_record(needling=needling_record(length_mm=None)), "there is no needle length"),
    (muscle_record(needling=needling_record(length_mm=[50, 30])), "the shortest needle is longer than"),
    (muscle_record(needling=needling_record(length_mm=[50, 200])), "no needle is longer than 150 mm"),
    (muscle_record(needling=needling_record(risk="not_recommended")), "yet a needle length is given"),
    (muscle_record(needling=needling_record(approach=None)), "approach is empty"),
    (muscle_record(needling=needling_record(direction="")), "direction is empty"),
    (muscle_record(needling=needling_record(at_risk=["lung", "lung"])), "lung is named twice"),
    (muscle_record("intercostales"), "must be marked as not recommended"),
    (muscle_record("piriformis"), "sciatic_nerve is not named at risk by any of its points"),
    (
        muscle_record(
            "soleus",
            needling=needling_record(at_risk=[]),
            points=[point_record(place="shoulder_blade", pattern=AT_THE_BACK)],
        ),
        "it lies over scapula_upper, yet the lung is not named",
    ),
    (
        muscle_record(points=[point_record(place={"from": "front", "offset_mm": {"medial": 40}})]),
        "to the right of the midline",
    ),
    (
        muscle_record(
            points=[
                point_record(pattern=pattern(essential={"regions": ["knee"], "shapes": [{"fill": "face"}]}))
            ]
        ),
        'names "knee", which is no region',
    ),
    (
        muscle_record(
            points=[
                point_record(
                    pattern=pattern(
                        essential={
                            "regions": ["face", "vertex"],
                            "shapes": [{"blob": "cheek", "radius_mm": 30}],
                        }
                    )
                )
            ]
        ),
        "names vertex, yet shades none of it",
    ),
    (
        muscle_record(
            points=[
                point_record(
                    pattern=pattern(
                        spillover={"regions": ["vertex"], "shapes": [{"blob": "cheek", "radius_mm": 70}]}
                    )
                )
            ]
        ),
        "the spillover zone names vertex, yet shades none of it",
    ),
    (
        muscle_record(
            points=[
                point_record(
                    pattern=pattern(
                        essential={"regions": ["face"], "shapes": [{"blob": "front", "radius_mm": 60}]}
                    )
                )
            ]
        ),
        "on the other side, though it is written for the same side",
    ),
)


@pytest.mark.parametrize(("record", "what"), BROKEN, ids=[what for _, what in BROKEN])
def test_each_invariant_is_checked(
    make_atlas: Callable[..., Atlas], toy_body: ToyBody, record: dict[str, Any], what: str
) -> None:
    errors = [text for grade, _, text in found(make_atlas(record), toy_body) if grade == "error"]
    assert any(what in text for text in errors), errors


def test_all_problems_are_reported(make_atlas: Callable[..., Atlas], toy_body: ToyBody) -> None:
    atlas = make_atlas(
        muscle_record("piriformis", action=" "),
        muscle_record("intercostales", points=[point_record(sources=["other"])]),
    )
    records = [record for grade, record, _ in found(atlas, toy_body) if grade == "error"]
    assert sorted(records) == ["intercostales.1", "intercostales.1", "piriformis", "piriformis"]


@pytest.mark.parametrize("flag", ["no_pain", "gooseflesh"])
def test_a_painless_point_needs_no_zone(
    make_atlas: Callable[..., Atlas], toy_body: ToyBody, flag: str
) -> None:
    painless = point_record(pattern=pattern(essential=None), flags=[flag])
    assert not [p for p in found(make_atlas(muscle_record(points=[painless])), toy_body) if p[0] == "error"]


def test_what_a_person_should_look_at_is_advice(make_atlas: Callable[..., Atlas], toy_body: ToyBody) -> None:
    small = pattern(essential={"regions": ["face"], "shapes": [{"blob": "cheek", "radius_mm": 20}]})
    risky = needling_record(at_risk=["accessory_nerve", "lung"])
    problems = found(
        make_atlas(muscle_record(needling=risky, points=[point_record(pattern=small)])), toy_body
    )
    assert all(grade == "advice" for grade, _, _ in problems)
    assert "most dangerous structure at risk is not named first" in problems[0][2]
    assert "the essential zone shades only" in problems[1][2]
    assert len(problems) == 2


def test_hazards_are_ranked_and_worded() -> None:
    assert HAZARDS["lung"].words == "Lung (pneumothorax)"
    dangers = [hazard.danger for hazard in HAZARDS.values()]
    assert dangers == sorted(dangers, reverse=True)
    assert next(iter(HAZARDS)) == "lung"
    assert len(CHECKS) == len(set(CHECKS))
