from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from bodymap.app.command_line import main
from bodymap.domain import Build, Posture, Sex
from bodymap.storage.plan_file import read_plan

KEYS = {
    *("id", "muscle", "group", "label", "side", "xyz_mm", "region", "depth_layer", "essential", "spillover"),
    *("shaded", "risk", "needle_length_mm", "positions", "at_risk", "confidence", "sources"),
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.bodymap"
    sites = ("trapezius_upper.1:left", "temporalis.2:left", "gluteus_medius.2:right")
    words = [word for site in sites for word in ("--site", site)]
    assert main(["plan", *words, "--patient", "A. B.", "--date", "2026-02-03", "-o", str(path)]) == 0
    return path


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence with which a command is refused."""
    capsys.readouterr()
    assert main(list(words)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("bodymap: ")
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err
    return told.err


def test_the_atlas_lists_every_point_on_every_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["atlas", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) > 280
    assert all(set(entry) >= KEYS for entry in listed)
    places = {(entry["id"], entry["side"]): entry for entry in listed}
    left, right = places["trapezius_upper.1", "left"], places["trapezius_upper.1", "right"]
    assert left["xyz_mm"][0] == pytest.approx(-right["xyz_mm"][0], abs=0.11)
    assert left["shaded"]["temple"]["essential"] > 0.3
    assert "lung" in left["at_risk"]


def test_the_atlas_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["atlas", "--check"]) == 0
    assert " 0 faults" in capsys.readouterr().out


def test_a_plan_is_made_with_the_recommended_needles(plan: Path) -> None:
    made = read_plan(plan).plan
    assert (made.patient, made.date, len(made.sites)) == ("A. B.", "2026-02-03", 3)
    assert all(site.needle is not None and site.position is not None for site in made.sites)


def test_a_needle_is_used_for_all_sites(tmp_path: Path) -> None:
    path = tmp_path / "p.bodymap"
    assert main(["plan", "--site", "soleus.1:right", "--needle", "0.30x50", "-o", str(path)]) == 0
    (site,) = read_plan(path).plan.sites
    assert site.needle is not None
    assert (site.needle.diameter_mm, site.needle.length_mm) == (0.30, 50)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--site", "trapezius_uper.1:left"], "did you mean trapezius_upper.1"),
        (["--site", "trapezius_upper.1:middle"], "is no side"),
        (["--site", "pectoralis_major_costal.arrhythmia:left"], "has no point"),
        (["--site", "soleus.1:left", "--needle", "thick"], "is no needle size"),
        (["--site", "soleus.1:left", "--needle", "0.30x900"], "is no needle size"),
        (["--site", "soleus.1:left", "--date", "yesterday"], "date"),
        (["--site", "soleus.1:left", "--patient", "x" * 300], "patient"),
        (["--site", "soleus.1:left", "--site", "soleus.1"], "given twice"),
    ],
    ids=lambda value: value[1] if isinstance(value, list) else None,
)
def test_a_plan_that_cannot_be_made_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], told: str
) -> None:
    out = tmp_path / "p.bodymap"
    assert told in refusal(capsys, "plan", *words, "-o", str(out))
    assert not out.exists()


def test_a_missing_folder_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    told = refusal(capsys, "plan", "--site", "soleus.1", "-o", str(tmp_path / "no" / "p.bodymap"))
    assert "p.bodymap" in told


def test_the_page_is_one_tagged_sheet(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    assert main(["print", str(plan), "-o", str(out), "--paper", "Letter"]) == 0
    with pikepdf.open(out) as document:
        assert len(document.pages) == 1
        assert [round(float(x)) for x in document.pages[0].mediabox] == [0, 0, 612, 792]
        assert document.Root.MarkInfo.Marked


def test_the_page_is_also_a_picture_without_colour_in_mono(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.png"
    assert main(["print", str(plan), "-o", str(out), "--mono"]) == 0
    pixels = np.asarray(Image.open(out).convert("RGB")).astype(int)
    assert np.ptp(pixels, axis=2).max() <= 2
    assert pixels.min() < 60


def test_other_endings_are_refused(capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path) -> None:
    assert ".pdf" in refusal(capsys, "print", str(plan), "-o", str(tmp_path / "page.doc"))


def test_a_picture_shows_the_referral(tmp_path: Path) -> None:
    out = tmp_path / "body.png"
    words = ["render", "--point", "trapezius_upper.1:left", "--view", "left", "--size", "300x500"]
    assert main([*words, "-o", str(out)]) == 0
    red, green, blue = np.moveaxis(np.asarray(Image.open(out).convert("RGB")).astype(int), 2, 0)
    is_red = (red > green + 70) & (red > blue + 70)
    assert 0.001 < is_red.mean() < 0.05
    assert is_red[: 500 // 3].sum() > 0.95 * is_red.sum()


def test_a_picture_size_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "1200x1600" in refusal(capsys, "render", "--size", "huge", "-o", str(tmp_path / "b.png"))


def test_exports_name_every_site(plan: Path, tmp_path: Path) -> None:
    table, text = tmp_path / "out.csv", tmp_path / "out.json"
    assert main(["export", str(plan), "--format", "csv", "-o", str(table)]) == 0
    assert main(["export", str(plan), "--format", "json", "-o", str(text)]) == 0
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    exported = json.loads(text.read_text(encoding="utf-8"))
    assert [row["point"] for row in rows] == [site["point"] for site in exported["sites"]]
    assert rows[0]["name"] == "Upper trapezius TrP1, left"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe{\x00", b"[" * 100_000, b"null"])
def test_what_is_no_plan_is_refused_and_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "broken.bodymap"
    path.write_bytes(content)
    told = refusal(capsys, "print", str(path), "-o", str(tmp_path / "page.pdf"))
    assert "broken.bodymap" in told
    assert path.read_bytes() == content


def test_a_plan_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "gone.bodymap" in refusal(
        capsys, "export", str(tmp_path / "gone.bodymap"), "--format", "csv", "-o", str(tmp_path / "o.csv")
    )


def test_a_plan_takes_the_body_and_its_position(tmp_path: Path) -> None:
    path = tmp_path / "p.bodymap"
    words = ["--sex", "female", "--age", "61", "--height", "164", "--weight", "82", "--muscle", "40"]
    words += ["--position", "prone", "--site", "soleus.1", "-o", str(path)]
    assert main(["plan", *words]) == 0
    made = read_plan(path).plan
    assert made.build == Build(Sex.FEMALE, 61.0, 1640.0, 82.0, 0.4)
    assert made.posture is Posture.PRONE


def test_an_impossible_body_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("plan", "--site", "soleus.1", "--weight", "300", "-o", str(tmp_path / "p.bodymap"))
    assert "weight in kilograms must be 200 or less" in refusal(capsys, *words)


def test_a_lying_body_fills_a_wide_picture(tmp_path: Path) -> None:
    out = tmp_path / "body.png"
    words = ["render", "--position", "left_side_up", "--view", "left", "--size", "400x200"]
    assert main([*words, "-o", str(out)]) == 0
    drawn = np.asarray(Image.open(out).convert("L")) < 250
    rows, columns = np.nonzero(drawn)
    assert np.ptp(columns) > 1.5 * np.ptp(rows)


def test_a_pain_is_looked_up(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["lookup", "--pain", "knee_anterior:left", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert set(rows[0]) == {"muscle", "group", "points", "side", "score"}
    assert {(row["muscle"], row["side"]) for row in rows[:2]} >= {("rectus_femoris", "left")}
    assert main(["lookup", "--pain", "knee_anterior:left"]) == 0
    assert "Rectus femoris" in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize(("pain", "why"), [("knee", 'no region "knee"'), ("temple:up", "has no side")])
def test_a_pain_that_is_nowhere_is_refused(capsys: pytest.CaptureFixture[str], pain: str, why: str) -> None:
    assert why in refusal(capsys, "lookup", "--pain", pain)
