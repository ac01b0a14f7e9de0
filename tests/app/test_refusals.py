"""The command line where something is wrong: one sentence, exit status 2, nothing lost."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bodymap.app import commands, reference
from bodymap.app.command_line import main
from bodymap.app.reference import reference_atlas, reference_body
from bodymap.atlas import atlas as atlas_module
from bodymap.atlas.checks import Grade, Problem
from bodymap.domain import Build, Side
from bodymap.geometry.files import asset_path
from bodymap.scene import Screen, bounds_of, preset, project, shown_surface
from bodymap.scene.picking import Picker
from bodymap.storage.plan_file import read_plan

SKIN = {"kind": "skin", "face": 100, "barycentric": [0.2, 0.3, 0.5], "region": "temple", "side": "left"}
POINT = {"kind": "point", "point": "soleus.1", "side": "right"}
MAIN = "from bodymap.app.command_line import main; raise SystemExit(main())"


def sentence(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The refusal of a command."""
    capsys.readouterr()
    assert main(list(words)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("bodymap: ")
    assert told.err.count("\n") == 1
    return told.err


def plan_file(folder: Path, **place: Any) -> Path:
    """A plan file of one site as any program may write it."""
    path = folder / "foreign.bodymap"
    plan = {"date": "2026-02-03", "sites": [{"id": "s1", "place": place}] if place else []}
    path.write_text(json.dumps({"format": "bodymap-plan", "version": 1, "plan": plan}))
    return path


def test_every_entry_of_the_listing_has_the_shape_that_scripts_rely_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["atlas", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    region_ids = {region.id for region in reference_body().regions.vocabulary}
    assert len({(entry["id"], entry["side"]) for entry in listed}) == len(listed)
    for entry in listed:
        name = (entry["id"], entry["side"])
        assert entry["id"].startswith(f"{entry['muscle']}."), name
        assert entry["side"] in ("left", "right"), name
        assert len(entry["xyz_mm"]) == 3 and all(isinstance(value, float) for value in entry["xyz_mm"]), name
        assert 0 <= entry["xyz_mm"][2] < 2200, name
        assert entry["region"] in region_ids, name
        assert {*entry["essential"], *entry["spillover"], *entry["shaded"]} <= region_ids, name
        for share in entry["shaded"].values():
            assert set(share) == {"essential", "spillover"}, name
            assert all(0.0 <= part <= 1.0 for part in share.values()), name
        assert entry["confidence"] in (1, 2, 3), name
        assert entry["needle_length_mm"] is None or len(entry["needle_length_mm"]) == 2, name
        assert entry["sources"] and isinstance(entry["positions"], list), name


def test_a_fault_of_the_atlas_is_exit_status_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = Problem("soleus.1", "lies nowhere", Grade.ERROR)
    monkeypatch.setattr("bodymap.atlas.checks.check_atlas", lambda *_: (fault,))
    assert main(["atlas", "--check"]) == 1
    told = capsys.readouterr().out
    assert "soleus.1" in told and "lies nowhere" in told
    assert "1 faults, 0 notes" in told


def test_all_problems_of_a_broken_atlas_are_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    content = json.loads(asset_path("points.json").read_bytes())
    content["muscles"][0]["layer"] = "bottomless"
    del content["muscles"][1]["nerve"]
    broken = tmp_path / "points.json"
    broken.write_text(json.dumps(content))
    monkeypatch.setattr(
        atlas_module, "asset_path", lambda name: broken if name == broken.name else asset_path(name)
    )
    reference.reference_atlas.cache_clear()
    assert main(["atlas", "--json"]) == 2
    monkeypatch.undo()
    told = capsys.readouterr()
    assert told.out == ""
    assert "The atlas has 2 problems" in told.err
    for number, field in enumerate(("layer", "nerve")):
        assert f"{content['muscles'][number]['id']}: " in told.err and field in told.err


def test_a_plan_keeps_its_words_and_its_body(tmp_path: Path) -> None:
    path = tmp_path / "p.bodymap"
    words = ["--patient", "A. B.", "--note", "left knee first", "--sex", "female", "--date", "2024-02-29"]
    assert main(["plan", "--site", "soleus.1:left", *words, "-o", str(path)]) == 0
    plan = read_plan(path).plan
    assert (plan.patient, plan.note, plan.build.sex, plan.date) == (
        *("A. B.", "left knee first", "female", "2024-02-29"),
    )


@pytest.mark.parametrize("needle", ["", "5", "40x0.30", "0.30x", "0.3e0x40", "nanx40", "infxinf", "-0.3x40"])
def test_a_needle_no_one_makes_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, needle: str
) -> None:
    out = tmp_path / "p.bodymap"
    told = sentence(capsys, "plan", "--site", "soleus.1:left", f"--needle={needle}", "-o", str(out))
    assert "0.30x40" in told
    assert not out.exists()


def test_where_nothing_can_be_written_is_said_and_an_old_file_stays(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("mine")
    for target in (in_the_way / "p.bodymap", tmp_path, tmp_path / "none" / "p.bodymap"):
        assert "could not be saved" in sentence(capsys, "plan", "--site", "soleus.1:left", "-o", str(target))
    assert in_the_way.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_without_the_right_to_write_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    told = sentence(capsys, "plan", "--site", "soleus.1:left", "-o", str(tmp_path / "p.bodymap"))
    tmp_path.chmod(stat.S_IRWXU)
    assert "may not write there" in told


@pytest.mark.parametrize("command", ["print", "export"])
@pytest.mark.parametrize(
    "content",
    [
        b'{"format": "bodymap-plan", "version": 99, "plan": {}}',
        b'{"format": "bodymap-plan", "version": 1, "plan": {"note": "a", "note": "b"}}',
        b'{"format": "bodymap-plan", "version": 1, "plan": {"colour": "red"}}',
        b'{"format": "bodymap-plan", "version": 1, "plan": {"date": "2026-02-31"}}',
        b'{"format": "bodymap-plan", "version": 1e999, "plan": {}}',
        b'{"format": "bodymap-plan", "version": 1, "plan": {"note": "\\ud800"}}',
    ],
    ids=["newer", "twice", "unknown", "no_day", "infinite", "half_a_character"],
)
def test_a_hostile_plan_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, command: str
) -> None:
    path, out = tmp_path / "bad.bodymap", tmp_path / "out.pdf"
    path.write_bytes(content)
    form = ["--format", "csv"] if command == "export" else []
    assert "bad.bodymap" in sentence(capsys, command, str(path), *form, "-o", str(out))
    assert not out.exists()


def test_a_site_off_the_body_is_not_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, out = plan_file(tmp_path, **{**SKIN, "face": 2**31 - 1}), tmp_path / "page.pdf"
    assert "Site 1 lies on no part of this body" in sentence(capsys, "print", str(path), "-o", str(out))
    assert not out.exists()


def test_a_region_without_a_name_is_printed_by_its_id(tmp_path: Path) -> None:
    path, out = plan_file(tmp_path, **{**SKIN, "region": "nowhere"}), tmp_path / "page.pdf"
    assert main(["print", str(path), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_point_left_out_of_the_page_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bodymap.printing.compose_pdf", lambda *_: b"%PDF")
    page = str(tmp_path / "page.pdf")
    assert main(["print", str(plan_file(tmp_path, **{**POINT, "point": "gemelli.1"})), "-o", page]) == 0
    assert "gemelli.1 (right)" in capsys.readouterr().err
    right_only = {**POINT, "point": "pectoralis_major_costal.arrhythmia", "side": "left"}
    assert main(["print", str(plan_file(tmp_path, **right_only)), "-o", page]) == 0
    assert "arrhythmia (left)" in capsys.readouterr().err


def test_a_plan_of_another_atlas_is_exported_with_a_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path, out = plan_file(tmp_path, **POINT), tmp_path / "out.json"
    path.write_text(path.read_text().replace('"version"', '"atlas": "1234", "version"'))
    assert main(["export", str(path), "--format", "json", "-o", str(out)]) == 0
    assert "another atlas edition" in capsys.readouterr().err
    assert json.loads(out.read_text())["sites"]


def test_a_picture_is_a_png(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("body.jpg", "body"):
        assert ".png" in sentence(capsys, "render", "-o", str(tmp_path / name))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("size", ["0x0", "9x9", "100", "9000x100", "1200x1600x3", "-5x100"])
def test_a_size_no_picture_has_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, size: str
) -> None:
    assert "1200x1600" in sentence(capsys, "render", f"--size={size}", "-o", str(tmp_path / "b.png"))


@pytest.mark.parametrize(
    ("muscle", "side"), [("trapezius_upper", Side.LEFT), ("gluteus_minimus", Side.RIGHT)]
)
def test_what_is_felt_most_is_red_in_the_picture_and_bare_skin_is_not(
    muscle: str, side: Side, tmp_path: Path
) -> None:
    atlas, body, view = reference_atlas(), reference_body(), side.value
    ref = next(ref for ref in atlas.refs_of(muscle) if ref.side is side)
    out, width, height = tmp_path / "body.png", 700, 1100
    point = f"{ref.point}:{ref.side.value}"
    words = ["--point", point, "--view", view, "--size", f"{width}x{height}", "-o", str(out)]
    assert main(["render", *words]) == 0
    picture = np.asarray(Image.open(out).convert("RGB")).astype(int)
    assert picture.shape == (height, width, 3)

    surface, zone = shown_surface(body, Build()), atlas.zone(ref)
    pose = preset(view, bounds_of(surface.vertices), width / height)
    inside, outside = (
        zone.vertices[zone.essential > 230],
        np.setdiff1d(np.arange(len(surface.vertices)), zone.vertices),
    )
    shares = []
    for vertices in (inside, outside[::40]):
        xyz, normals = surface.vertices[vertices], surface.normals[vertices]
        seen = Picker(surface).visible(xyz, normals, pose)
        facing = normals @ (pose.position_mm - xyz.mean(axis=0)) > 0
        placed = project(xyz[seen & facing], pose, Screen(width, height))[:, :2].astype(int)
        red, green, blue = picture[placed[:, 1], placed[:, 0]].T
        shares.append(float(np.mean((red > green + 40) & (red > blue + 40))))
    assert shares[0] > 0.85
    assert shares[1] < 0.02


@pytest.mark.parametrize(
    "words",
    [["atlas"], ["plan"], ["render"], ["print"], ["export", "x"], ["atlas", "--json", "--check"], ["--hue"]],
    ids=" ".join,
)
def test_a_wrong_use_says_what_is_right(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == "" and "usage: bodymap" in told.err


def test_a_reader_that_goes_away_is_no_fault() -> None:
    words = [sys.executable, "-c", MAIN, "atlas", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(timeout=30) == 0


def test_ctrl_c_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "atlas", interrupted)
    assert main(["atlas", "--json"]) == 130
