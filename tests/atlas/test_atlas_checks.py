from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from toy_body import ToyBody, muscle_record, needling_record, point_record

from bodymap.atlas import Atlas, Grade, check_atlas, zone_checks
from bodymap.atlas.checks import CHECKS
from bodymap.atlas.hazards import HAZARDS
from bodymap.body import Body

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
        "essential": {"regions": ["face"], "shapes": [{"blob": "cheek", "radius_mm": 70}]},
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
    risky = needling_record(at_risk=["accessory_nerve", "lung"])
    ((grade, _, what),) = found(make_atlas(muscle_record(needling=risky)), toy_body)
    assert grade == "advice"
    assert "most dangerous structure at risk is not named first" in what


def essential(radius_mm: float, **changes: Any) -> dict[str, Any]:
    return {"regions": ["face"], "shapes": [{"blob": "cheek", "radius_mm": radius_mm}]} | changes


NARROW: tuple[tuple[dict[str, Any], str], ...] = (
    (pattern(essential=essential(35)), "and no reason is given"),
    (pattern(essential=essential(35, narrow={"face": "one cheek only"})), ""),
    (
        pattern(essential=essential(14, narrow={"face": "one cheek only"})),
        "the essential zone shades only 2% of face",
    ),
    (pattern(essential=essential(70, narrow={"face": "one cheek only"})), "is marked as narrow in face, yet"),
    (pattern(spillover={"regions": ["face"], "shapes": [{"blob": "side", "radius_mm": 14}]}), ""),
    (
        pattern(spillover={"regions": ["scapula_upper"], "shapes": [{"blob": "side", "radius_mm": 24}]}),
        "the spillover zone shades only 2% of scapula_upper",
    ),
)


@pytest.mark.parametrize(("drawn", "what"), NARROW)
def test_named_regions_are_shaded_or_marked_as_narrow(
    make_atlas: Callable[..., Atlas], toy_body: ToyBody, drawn: dict[str, Any], what: str
) -> None:
    drawn_atlas = make_atlas(muscle_record(points=[point_record(pattern=drawn)]))
    faults = [text for _, _, text in found(drawn_atlas, toy_body) if "needling" not in text]
    assert len(faults) == bool(what), faults
    assert all(what in text for text in faults), faults


@pytest.mark.parametrize(("touching", "faults"), [(True, 0), (False, 1)])
def test_a_fifth_or_more_outside_named_regions_and_neighbours_is_a_fault(
    make_atlas: Callable[..., Atlas],
    toy_body: ToyBody,
    monkeypatch: pytest.MonkeyPatch,
    touching: bool,
    faults: int,
) -> None:
    neighbours = {"scapula_upper"} if touching else set[str]()
    monkeypatch.setattr(zone_checks, "region_neighbours", lambda _: {"face": neighbours})
    half = pattern(essential={"regions": ["face"], "shapes": [{"blob": "side", "radius_mm": 80}]})
    atlas = make_atlas(muscle_record(points=[point_record(pattern=half)]))
    outside = [text for _, _, text in found(atlas, toy_body) if "outside its named regions and" in text]
    assert len(outside) == faults


def test_neighbours_share_a_border_on_the_skin(body: Body) -> None:
    neighbours = zone_checks.region_neighbours(body)
    assert all(one in neighbours[other] for one, others in neighbours.items() for other in others)
    assert neighbours["nose_upper_lip"] == {"supraorbital", "cheek_maxilla", "mandible_body", "chin"}


def test_hazards_are_ranked_and_worded() -> None:
    assert HAZARDS["lung"].words == "Lung (pneumothorax)"
    dangers = [hazard.danger for hazard in HAZARDS.values()]
    assert dangers == sorted(dangers, reverse=True)
    assert next(iter(HAZARDS)) == "lung"
    assert len(CHECKS) == len(set(CHECKS))
