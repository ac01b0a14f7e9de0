from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bodymap.domain import (
    MAX_SITES,
    Build,
    Fill,
    Needle,
    Plan,
    PointRef,
    Position,
    Posture,
    Quality,
    Refusal,
    Sex,
    Side,
    Site,
    SkinRef,
    Stroke,
    Technique,
)
from bodymap.domain.pain import MAX_FELT_MARKS, MAX_MARKS
from bodymap.geometry.files import asset_path
from bodymap.storage.plan_file import MAX_BYTES, format_plan, parse_plan, read_plan, write_plan
from bodymap.storage.plan_schema import export_schema
from bodymap.storage.strict_json import UnreadableError
from plan_strategies import plans

SAMPLES = Path(__file__).parents[1] / "data"
VERSION_1 = Plan(
    patient="A. B.",
    date="2026-02-27",
    note="Second session; headache since Monday.\nSleeps on the left side.",
    build=Build(sex=Sex.FEMALE),
    sites=(
        Site(
            id="s1",
            place=PointRef(point="trapezius_upper.1", side=Side.LEFT),
            needle=Needle(diameter_mm=0.25, length_mm=30),
            technique=Technique.PISTONING,
            position=Position.PRONE,
            depth="15 mm",
            direction="towards the fingers of a pincer grip",
            note="Familiar pain at the temple.",
        ),
        Site(
            id="s3",
            place=SkinRef(face=4711, barycentric=(0.25, 0.5, 0.25), region="temple", side=Side.RIGHT),
            position=Position.SIDE_LYING,
        ),
        Site(
            id="own-site_2",
            place=PointRef(point="gluteus_medius.3", side=Side.RIGHT),
            needle=Needle(diameter_mm=0.3, length_mm=60, count=2),
        ),
    ),
)

VERSION_2 = Plan(
    patient="C. D.",
    date="2026-11-21",
    note="Cannot lie on her right side.",
    build=Build(sex=Sex.FEMALE, age_years=61, height_mm=1640, weight_kg=82.5, muscle=0.4),
    posture=Posture.LEFT_UP,
    sites=(
        Site(
            id="s1",
            place=PointRef(point="gluteus_medius.3", side=Side.LEFT),
            needle=Needle(diameter_mm=0.3, length_mm=75),
            position=Position.SIDE_LYING,
        ),
    ),
)


VERSION_3 = Plan(
    patient="E. F.",
    date="2026-11-21",
    build=Build(sex=Sex.FEMALE),
    sites=(
        Site(
            id="s1",
            place=PointRef(point="infraspinatus.lateral", side=Side.RIGHT),
            familiar=True,
            felt=(Fill(region="shoulder_anterior_deltoid", side=Side.RIGHT, intensity=7),),
        ),
    ),
    pain=(
        Stroke(path="4711:30:25 4712:100:0", radius_mm=25.0, quality=Quality.BURNING, intensity=6),
        Stroke(path="4711:30:25", erases=True, mirrored=True, build=Build(sex=Sex.FEMALE)),
        Fill(region="sternum"),
    ),
)


def test_the_frozen_sample_of_version_1_is_read_for_ever() -> None:
    file = read_plan(SAMPLES / "plan_v1.json")
    assert file.plan == VERSION_1
    assert file.atlas_digest == "0123456789abcdef" * 4
    assert file.notices == ()


def test_the_frozen_sample_of_version_2_is_read_for_ever() -> None:
    assert read_plan(SAMPLES / "plan_v2.json").plan == VERSION_2


def test_the_frozen_sample_of_version_3_is_read_for_ever() -> None:
    assert read_plan(SAMPLES / "plan_v3.json").plan == VERSION_3


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("field", ["pain", "familiar", "felt"])
def test_older_versions_know_no_painted_pain(version: int, field: str) -> None:
    fields = json.loads((SAMPLES / f"plan_v{version}.json").read_text())
    holder = fields["plan"] if field == "pain" else fields["plan"]["sites"][0]
    holder[field] = []
    with pytest.raises(UnreadableError, match=f"unknown field “{field}”"):
        parse_plan(json.dumps(fields).encode())


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("4711:60:60", "leaves the skin"),
        ("4711:30", "not written as it must be"),
        ("", "not written as it must be"),
        ("1:2:3\n", "not written as it must be"),
        ("1:2:3 " * 600, "at most 2000 characters"),
    ],
)
def test_a_stroke_that_cannot_be_is_refused(path: str, words: str) -> None:
    fields = json.loads((SAMPLES / "plan_v3.json").read_text())
    fields["plan"]["pain"][0]["path"] = path
    with pytest.raises(UnreadableError, match=words):
        parse_plan(json.dumps(fields).encode())


def test_a_plan_of_version_1_stands_on_the_average_body_and_is_written_anew() -> None:
    plan = read_plan(SAMPLES / "plan_v1.json").plan
    assert (plan.build, plan.posture) == (Build(sex=Sex.FEMALE), Posture.STANDING)
    assert parse_plan(format_plan(plan)).plan == plan
    assert json.loads(format_plan(plan))["version"] == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda plan: plan.update(posture="prone"), "unknown field “posture”"),
        (lambda plan: plan["build"].update(muscle=0.5), "unknown field “muscle”"),
        (lambda plan: plan.update(date="2026-02-30"), "not a day of the calendar"),
    ],
)
def test_version_1_keeps_its_own_rules(change: Callable[[dict[str, Any]], None], words: str) -> None:
    fields = json.loads((SAMPLES / "plan_v1.json").read_text())
    change(fields["plan"])
    with pytest.raises(UnreadableError, match=words):
        parse_plan(json.dumps(fields).encode())


@given(plans)
def test_a_plan_written_and_read_is_the_same_plan(plan: Plan) -> None:
    file = parse_plan(format_plan(plan, "a" * 64))
    assert file.plan == plan
    assert file.atlas_digest == "a" * 64
    assert file.notices == ()
    again = format_plan(file.plan, "a" * 64)
    assert format_plan(parse_plan(again).plan, "a" * 64) == again


def test_a_file_is_written_for_people_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, VERSION_1, "b" * 64)
    text = path.read_text("utf-8")
    assert '\n  "version": 3,\n' in text
    assert text.endswith("}\n")
    assert json.loads(text)["program"].startswith("bodymap ")
    assert read_plan(path).plan == VERSION_1


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_plan(b"\xef\xbb\xbf" + format_plan(VERSION_1)).plan == VERSION_1


def test_another_atlas_is_a_notice_not_a_fault() -> None:
    file = parse_plan(format_plan(VERSION_1, "a" * 64))
    assert file.notices_beside("a" * 64) == ()
    (notice,) = file.notices_beside("b" * 64)
    assert "another atlas edition" in notice
    assert parse_plan(format_plan(VERSION_1)).notices_beside("b" * 64) == ()


def test_hidden_characters_are_taken_out_with_a_notice() -> None:
    fields = json.loads(format_plan(VERSION_1))
    fields["plan"]["sites"][0]["direction"] = "\u202etfel\u202c \x1b[2Jcalm\r\n"
    fields["plan"]["patient"] = "A.\u0007 B."
    file = parse_plan(json.dumps(fields).encode())
    assert file.plan.patient == "A. B."
    assert file.plan.sites[0].direction == "tfel [2Jcalm "
    assert len(file.notices) == 1


def test_the_largest_plan_fits_into_a_file() -> None:
    note, line = "\U0001f9b4" * 4000, "\U0001f9b4" * 200
    stroke = Stroke(
        path=" ".join(["999999999:33:33"] * 125),
        radius_mm=100 / 3,
        quality=Quality.BURNING,
        intensity=10,
        erases=True,
        mirrored=True,
        build=Build(
            sex=Sex.FEMALE, age_years=100 / 3, height_mm=5000 / 3, weight_kg=200 / 3, muscle=0.123456789012345
        ),
    )
    sites = tuple(
        Site(
            id=f"s{n}".ljust(40, "_"),
            place=SkinRef(
                face=2**31 - 1, barycentric=(1 / 3, 1 / 3, 1 / 3), region="r" * 80, side=Side.RIGHT
            ),
            needle=Needle(diameter_mm=0.123456789012345, length_mm=0.1 + 100 / 3, count=20),
            technique=Technique.SUPERFICIAL,
            position=Position.SIDE_LYING,
            depth=line,
            direction=line,
            note=note,
            familiar=False,
            felt=(stroke,) * MAX_FELT_MARKS,
        )
        for n in range(MAX_SITES)
    )
    pain = (stroke,) * MAX_MARKS
    plan = Plan(patient=line, note=note, date="2026-02-27", sites=sites, pain=pain)
    data = format_plan(plan)
    assert 0.9 * MAX_BYTES < len(data) <= MAX_BYTES
    assert parse_plan(data).plan == plan


def test_a_plan_that_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, VERSION_1)
    before = path.read_bytes()
    place = PointRef(point="trapezius_upper.1", side=Side.LEFT)
    with pytest.raises(Refusal, match=r"needle length of site 1 must be 5 or more"):
        write_plan(path, Plan(sites=(Site(id="s1", place=place, needle=Needle(length_mm=-1)),)))
    assert path.read_bytes() == before


def test_the_shipped_schema_is_the_one_of_the_code() -> None:
    shipped = json.loads(asset_path("plan.schema.json").read_text("utf-8"))
    assert shipped == json.loads(json.dumps(export_schema())), (
        "write it anew: python tools/write_plan_schema.py"
    )
