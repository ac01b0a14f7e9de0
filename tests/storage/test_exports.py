from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given

from bodymap.domain import Needle, Plan, PointRef, Position, Refusal, Side, Site, SkinRef, Technique
from bodymap.storage.exports import export_csv, export_json
from plan_strategies import plans
from session_fakes import ARRHYTHMIA, TEMPLE, TRAPEZIUS, FakeAtlas, FakeBody

PLAN = Plan(
    patient="A. B.",
    date="2026-02-27",
    note='calm, with "quotes"\nand a second line',
    sites=(
        Site(
            id="s1",
            place=TRAPEZIUS,
            needle=Needle(diameter_mm=0.25, length_mm=30, count=2),
            technique=Technique.PISTONING,
            position=Position.PRONE,
            direction="down, then out",
        ),
        Site(id="s2", place=TEMPLE, position=Position.SIDE_LYING, note="line one\nline two"),
        Site(id="s3", place=PointRef(point="own.7", side=Side.RIGHT)),
        Site(id="s4", place=SkinRef(face=1, barycentric=(1, 0, 0), region="new_region", side=Side.LEFT)),
    ),
)


def table(plan: Plan) -> list[dict[str, str]]:
    data = export_csv(plan, FakeAtlas(), FakeBody())
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_json_has_every_name_resolved() -> None:
    document = json.loads(export_json(PLAN, FakeAtlas(), FakeBody()))
    assert document["patient"] == "A. B."
    assert document["totals"] == {"sites": 4, "needles": 2, "turns": 1}
    first, second, third, fourth = document["sites"]
    assert first["name"] == "Upper trapezius TrP1, left"
    assert (first["muscle"], first["label"], first["side"], first["region"]) == (
        "Upper trapezius",
        "TrP1",
        "left",
        "Upper back",
    )
    assert (first["diameter_mm"], first["length_mm"], first["needles"]) == (0.25, 30, 2)
    assert (second["name"], second["position"], second["needles"]) == (
        "Free site, Temple, left",
        "side-lying",
        None,
    )
    assert (third["name"], third["region"], third["point"]) == ("own.7, right", "", "own.7")
    assert fourth["name"] == "Free site, new_region, left"


def test_the_table_has_a_row_a_site() -> None:
    rows = table(PLAN)
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    assert {row["patient"] for row in rows} == {"A. B."}
    assert (rows[0]["diameter_mm"], rows[0]["length_mm"], rows[0]["needles"]) == ("0.25", "30", "2")
    assert (rows[1]["diameter_mm"], rows[1]["note"]) == ("", "line one\nline two")


def test_the_table_is_rfc_4180() -> None:
    data = export_csv(PLAN, FakeAtlas(), FakeBody())
    header = data.removeprefix(b"\xef\xbb\xbf").split(b"\r\n")[0]
    assert header.startswith(b"patient,date,number,name,side,region,muscle")
    assert data.endswith(b"\r\n")
    assert b'"down, then out"' in data
    assert export_csv(Plan(), FakeAtlas(), FakeBody()).count(b"\r\n") == 1


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "  =1", "\n=1", "＝1", '=HYPERLINK("http://x")'],
)
def test_no_cell_runs_as_a_formula(text: str) -> None:
    site = Site(id="s1", place=TRAPEZIUS, depth=text, note=text)
    (row,) = table(Plan(patient=text, sites=(site,)))
    assert all(row[column].startswith("'") for column in ("patient", "depth", "note"))
    assert row["note"].removeprefix("'") == text


@given(plans)
def test_any_plan_is_exported_whole_and_safe(plan: Plan) -> None:
    rows = table(plan)
    assert len(rows) == len(plan.sites)
    cells = [cell for row in rows for cell in row.values()]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
    sites = json.loads(export_json(plan, FakeAtlas(), FakeBody()))["sites"]
    assert [site["note"] for site in sites] == [site.note for site in plan.sites]


def test_a_plan_that_breaks_a_limit_is_not_exported() -> None:
    bad = Plan(sites=(Site(id="s1", place=ARRHYTHMIA, needle=Needle(length_mm=-1)),))
    for export in (export_json, export_csv):
        with pytest.raises(Refusal, match="needle length of site 1"):
            export(bad, FakeAtlas(), FakeBody())
