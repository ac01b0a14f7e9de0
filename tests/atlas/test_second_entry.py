"""The two entries of the atlas, made by authors who did not see each other's work."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest
from toy_body import muscle_record, needling_record, point_record

from bodymap.atlas import Muscle

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import compare_entries  # noqa: E402 - it lies beside the data it compares


def first(**changes: object) -> Muscle:
    return msgspec.convert(muscle_record(**changes), Muscle)  # type: ignore[arg-type]


def second(**changes: object) -> compare_entries.SecondMuscle:
    pattern = {"label": "TrP1", "where": "On the cheek.", "essential": ["face"]}
    plain = {
        "layer": "superficial",
        "roots": ["C3", "C4"],
        "risk": "high",
        "at_risk": ["lung"],
        "length_mm": [25, 40],
        "points": [pattern],
    }
    return msgspec.convert(plain | changes, compare_entries.SecondMuscle)


def test_entries_that_agree_have_nothing_to_settle() -> None:
    assert list(compare_entries.disagreements(first(), second())) == []


def test_what_the_second_names_at_risk_is_asked_of_the_first_when_serious() -> None:
    both = list(
        compare_entries.disagreements(first(), second(at_risk=["lung", "spinal_cord", "sural_nerve"]))
    )
    assert [d.key for d in both] == ["trapezius_upper at risk"]
    assert "spinal_cord" in both[0].what
    assert "sural_nerve" not in both[0].what


def test_risk_is_the_most_careful_of_the_points() -> None:
    careful = point_record("2") | {"needling": {"risk": "high"}}
    low = needling_record(risk="low")
    assert (
        list(compare_entries.disagreements(first(needling=low, points=[point_record(), careful]), second()))
        == []
    )
    (found,) = compare_entries.disagreements(first(needling=low), second())
    assert (found.field, found.what) == ("risk", "low against high")


def test_a_pattern_felt_elsewhere_is_a_disagreement() -> None:
    elsewhere = {"label": "TrP1", "where": "On the cheek.", "essential": ["vertex", "occiput", "face"]}
    (found,) = compare_entries.disagreements(first(), second(points=[elsewhere]))
    assert found.what == "face against vertex, occiput, face"


CITED = "Gray H. Anatomy of the Human Body, 1918, page 632."


@pytest.mark.parametrize(
    ("key", "reason", "sources", "fault"),
    [
        ("trapezius_upper risk", "High is kept.", ("book", "book:3", CITED), None),
        ("trapezius_upper risk", "No source found; the more careful class is kept.", (), None),
        ("trapezius_upper risk", " ", ("book",), "has no reason"),
        ("trapezius_upper risk", "High is kept.", ("other",), "neither a key"),
        ("trapezius_upper risk", "High is kept.", ("Gray, 1918.",), "neither a key"),
        ("trapezius risk", "High is kept.", ("book",), "of no muscle"),
    ],
)
def test_what_is_settled_has_a_reason_and_sources_that_are_some(
    key: str, reason: str, sources: tuple[str, ...], fault: str | None
) -> None:
    settled = {key: compare_entries.Settled(reason, sources)}
    found = list(compare_entries.faults(settled, {"trapezius_upper": first()}, {"book"}))
    assert len(found) == (fault is not None)
    assert fault is None or fault in found[0]


def test_the_shipped_entries_are_settled(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["compare_entries.py"])
    status = compare_entries.main()
    told = capsys.readouterr().out
    assert status == 0, told
    assert "muscles entered twice" in told
    assert "from a source" in told
