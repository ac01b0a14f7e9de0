from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from toy_body import atlas_record, muscle_record, needling_record, point_record

from bodymap.atlas.reading import AtlasError, parse_atlas
from bodymap.atlas.records import Flag, NeedlingOverride, TriggerPoint
from bodymap.atlas.shapes import Shape, Spot
from bodymap.domain import Refusal, Side


def problems_of(record: Any) -> tuple[str, ...]:
    with pytest.raises(AtlasError) as caught:
        parse_atlas(json.dumps(record).encode())
    return caught.value.problems


def test_a_sound_file_is_read_with_all_it_holds() -> None:
    stored = parse_atlas(json.dumps(atlas_record(muscle_record())).encode())
    (muscle,) = stored.muscles
    assert muscle.short_name == "Upper trapezius"
    assert muscle.point_id(muscle.points[0]) == "trapezius_upper.1"
    assert stored.sources == {"book": "A book, 1999."}


def test_every_problem_is_listed_with_its_record() -> None:
    first = muscle_record(layer="shallow", colour="red")
    del first["origin"]
    second = muscle_record(
        "soleus",
        points=[
            point_record(confidence=4),
            point_record("2", place={"between": ["a"]}),
            point_record("3", flags=["odd"], pattern_text=""),
        ],
    )
    third = muscle_record("masseter", needling=needling_record(at_risk=["lungs"]))
    problems = problems_of(atlas_record(first, second, third))
    assert len(problems) == 8
    for expected in (
        'trapezius_upper: has an unknown field "colour"',
        'trapezius_upper: the field "origin" is missing',
        "trapezius_upper: layer: ",
        "soleus.1: confidence: ",
        'soleus.2: place: "between" needs two places or more',
        "soleus.3: flags: ",
        "soleus.3: pattern_text: ",
        'masseter: needling: "lungs" is not a structure at risk',
    ):
        assert any(problem.startswith(expected) for problem in problems), (expected, problems)
    assert all(problem.endswith(".") for problem in problems)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"[]", "should be an object"),
        (b'{"format": 1, "sources": {}, "muscles": {}}', "muscles should be a list"),
        (b'{"format": 1, "sources": {}, "muscles": [3]}', "muscle number 1: should be an object"),
        (b'{"format": 2, "sources": {}, "muscles": []}', "newer version"),
        (b'{"format": "1", "sources": {}, "muscles": []}', "format should be 1"),
    ],
)
def test_what_is_no_atlas_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        parse_atlas(content)


def test_doubled_ids_are_refused() -> None:
    doubled = muscle_record("soleus", points=[point_record(), point_record()])
    problems = problems_of(atlas_record(muscle_record(), muscle_record(), doubled))
    assert [problem.split(":")[0] for problem in problems] == [
        "trapezius_upper",
        "trapezius_upper.1",
        "soleus.1",
    ]


@pytest.mark.parametrize(
    "shape",
    [
        {"blob": "a"},
        {"radius_mm": 3},
        {"stroke": ["a", "b"]},
        {"stroke": ["a"], "width_mm": 10},
        {"stroke": ["a", "b"], "width_mm": [10]},
        {"stroke": ["a", "b"], "width_mm": 0},
        {"fill": "face", "radius_mm": 3},
        {"fill": "face", "blob": "a", "radius_mm": 3},
        {"fill": "face", "side": "left"},
        {"fill": "face", "within": "face"},
    ],
)
def test_a_shape_is_exactly_one_thing(shape: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(shape, Shape)


@pytest.mark.parametrize(
    ("essential", "spillover", "words"),
    [
        ({"narrow": {"vertex": "one side only"}}, None, "vertex, which the zone does not name"),
        ({"narrow": {"face": " "}}, None, "no reason for face"),
        ({"narrow": {"face": ""}}, None, "length >= 1"),
        ({}, {"narrow": {"face": "one side only"}}, "not to a spillover"),
    ],
)
def test_only_a_region_named_by_an_essential_zone_is_narrow_and_with_a_reason(
    essential: dict[str, Any], spillover: dict[str, Any] | None, words: str
) -> None:
    zone = {"regions": ["face"], "shapes": [{"fill": "face"}]}
    pattern = {"essential": zone | essential, "spillover": None if spillover is None else zone | spillover}
    (problem,) = problems_of(atlas_record(muscle_record(points=[point_record(pattern=pattern)])))
    assert words in problem


def test_places_nest() -> None:
    spot = msgspec.convert(
        {"between": ["a", {"from": "b", "offset_mm": {"up": 3}, "face": "dorsal"}], "at": 0.25}, Spot
    )
    assert isinstance(spot.between[1], Spot)
    assert spot.between[1].offset_mm == {"up": 3.0}


def test_an_override_changes_only_what_it_names() -> None:
    stored = parse_atlas(json.dumps(atlas_record(muscle_record())).encode())
    muscle = stored.muscles[0].needling
    override = msgspec.convert({"length_mm": None, "risk": "not_recommended"}, NeedlingOverride)
    merged = override.merged_into(muscle)
    assert (merged.length_mm, merged.risk) == (None, "not_recommended")
    assert merged.palpation == muscle.palpation


def test_a_right_only_point_has_one_side() -> None:
    both = msgspec.convert(point_record(), TriggerPoint)
    right = msgspec.convert(point_record(flags=[Flag.RIGHT_ONLY.value]), TriggerPoint)
    assert (both.sides, right.sides) == ((Side.LEFT, Side.RIGHT), (Side.RIGHT,))


@pytest.mark.parametrize(
    ("english", "short"),
    [
        ("Trapezius, upper fibres", "Upper trapezius"),
        ("Digastric, posterior belly (with stylohyoid)", "Posterior digastric"),
        ("Scalenus minimus (inconstant)", "Scalenus minimus"),
        ("Sternocleidomastoid, sternal head", "Sternocleidomastoid, sternal head"),
        (
            "Pectoralis major, costal and abdominal part (lateral border)",
            "Pectoralis major, costal and abdominal part",
        ),
        ("Soleus", "Soleus"),
    ],
)
def test_short_names_are_what_clinicians_say(english: str, short: str) -> None:
    stored = parse_atlas(json.dumps(atlas_record(muscle_record(english=english))).encode())
    assert stored.muscles[0].short_name == short
