"""From the command line to the open window and back, in this process."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from app_run import Run
from PySide6.QtWidgets import QWidget

from bodymap.app import launch, reference
from bodymap.app.command_line import main
from bodymap.app.single_instance import SingleInstance
from bodymap.app.window import Parts
from bodymap.atlas import atlas as atlas_module
from bodymap.domain import Plan, PointRef, Refusal, Side, Site
from bodymap.geometry.files import asset_path
from bodymap.scene import snapshot
from bodymap.scene.gl_support import NO_OPENGL
from bodymap.storage.plan_file import read_plan, write_plan
from bodymap.storage.recovery import RecoverySlot, find_lost_work
from bodymap.ui import viewport as viewport_package
from bodymap.ui.decisions import Answer, Question
from bodymap.ui.viewport import CrashMarker, ViewLevel

pytestmark = pytest.mark.usefixtures("qapp")
SOLEUS = PointRef("soleus.1", Side.RIGHT)
PLAN = Plan(patient="A. B.", date="2026-02-03", sites=(Site(id="s1", place=SOLEUS),))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    yield Run(monkeypatch, tmp_path / "data")
    gc.unfreeze()
    gc.collect()


@pytest.fixture
def atlas_read_anew() -> Iterator[None]:
    reference.reference_atlas.cache_clear()
    yield
    reference.reference_atlas.cache_clear()


def the_plan(parts: Parts) -> Plan:
    return parts.session.state.plan


def the_notice(parts: Parts) -> str:
    return "" if parts.window.notices.isHidden() else parts.window.notices.what.text()


def answering(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> list[Question]:
    """Answer what the start asks; the questions."""
    asked: list[Question] = []

    def ask(question: Question, _parent: QWidget) -> Answer:
        asked.append(question)
        return answer

    monkeypatch.setattr(launch, "ask", ask)
    return asked


def test_the_plan_asked_for_is_open_and_the_end_leaves_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.bodymap"
    write_plan(path, PLAN)
    assert run(the_plan, lambda parts: parts.window.isVisible(), the_notice, plan=path) == 0
    assert run.seen == [PLAN, True, ""]
    assert run.window is not None and run.window() is None, "the window outlives its end"
    assert {file.name for file in (tmp_path / "data").iterdir()} <= {"window.ini", "recent.json"}
    assert read_plan(path).plan == PLAN
    assert json.loads((tmp_path / "data" / "recent.json").read_text()) == [str(path)]


def test_the_look_and_the_hint_are_remembered(run: Run) -> None:
    def hide_and_darken(parts: Parts) -> bool:
        shown = not parts.window.hint.isHidden()
        parts.window.hint.dismissed.emit()
        parts.actions.theme_dark.trigger()
        return shown

    assert run(hide_and_darken) == 0
    assert run.seen == [True]
    lit = run(lambda parts: parts.window.hint.isHidden(), lambda parts: parts.actions.theme_dark.isChecked())
    assert (lit, run.seen) == (0, [True, True])
    assert run(lambda parts: parts.actions.theme_light.trigger()) == 0


def test_a_plan_that_cannot_be_opened_is_told_in_the_window(run: Run, tmp_path: Path) -> None:
    assert run(the_notice, lambda parts: the_plan(parts).sites, plan=tmp_path / "gone.bodymap") == 0
    assert "gone.bodymap" in run.seen[0]
    assert run.seen[1] == ()


@pytest.fixture
def end_by(run: Run) -> Iterator[Callable[[signal.Signals, float], None]]:
    """Let a signal come after so many seconds; should nobody take it, it does not end the tests."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}

    def end_by(number: signal.Signals, after_s: float) -> None:
        run.pause_ms = 5_000
        threading.Timer(after_s, os.kill, (os.getpid(), number)).start()

    yield end_by
    for number, handler in before.items():
        signal.signal(number, handler)


def test_asked_to_end_it_keeps_what_was_not_yet_written(
    run: Run, tmp_path: Path, end_by: Callable[[signal.Signals, float], None]
) -> None:
    def add_and_end(parts: Parts) -> None:
        parts.session.add_site(SOLEUS)
        end_by(signal.SIGTERM, 0.1)

    assert run(add_and_end, the_plan) == 0
    assert len(run.seen) == 1, "it went on"
    (lost,) = find_lost_work(tmp_path / "data" / "recovery")
    assert lost.file.plan.point_refs() == (SOLEUS,)


def test_ctrl_c_ends_it_while_nothing_goes_on_in_it(
    run: Run, end_by: Callable[[signal.Signals, float], None]
) -> None:
    assert run(lambda _parts: end_by(signal.SIGINT, 1.0), the_plan) == 0
    assert len(run.seen) == 1, "it went on"


def test_work_left_by_a_crash_is_offered_and_taken_up(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_work(tmp_path / "data" / "recovery")
    asked = answering(monkeypatch, Answer.RECOVER)
    assert run(the_plan, lambda parts: parts.autosave.flush()) == 0
    assert run.seen[0] == PLAN
    assert "A. B." in asked[0].text and "1 site" in asked[0].text
    (again,) = find_lost_work(tmp_path / "data" / "recovery")
    assert again.file.plan == PLAN, "it is still in no file"


def test_work_given_up_is_not_offered_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_work(tmp_path / "data" / "recovery")
    path = tmp_path / "p.bodymap"
    write_plan(path, PLAN)
    asked = answering(monkeypatch, Answer.DISCARD)
    assert run(the_plan, plan=path) == 0
    assert (run.seen, len(asked)) == ([PLAN], 1)
    assert find_lost_work(tmp_path / "data" / "recovery") == ()


def leave_work(folder: Path) -> None:
    slot = RecoverySlot(folder)
    slot.keep(PLAN)
    slot.leave()


def test_a_fault_in_a_slot_is_told_and_noted_and_the_program_goes_on(run: Run, tmp_path: Path) -> None:
    def fail(_parts: Parts) -> None:
        raise ValueError("A. B. has a headache")

    assert run(fail, the_notice, lambda parts: parts.session.add_site(SOLEUS).place) == 0
    assert "Your plan is kept" in run.seen[0]
    assert run.seen[1] == SOLEUS
    noted = (tmp_path / "data" / "faults.log").read_text(encoding="utf-8")
    assert "ValueError at " in noted and "test_start.py" in noted
    assert "headache" not in noted and "A. B." not in noted


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(list(words)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("bodymap: ") and "Traceback" not in told.err
    return told.err


def test_a_data_folder_that_is_a_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("mine")
    assert "“data”" in refusal(capsys, "--data", str(in_the_way))
    assert "there is a file of that name" in refusal(capsys, "--data", str(in_the_way))
    assert in_the_way.read_text() == "mine"


def test_a_data_folder_that_cannot_be_written_is_not_taken_for_a_second_start(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path
    if os.geteuid() == 0:  # who may write everywhere, except where the system lets nobody
        folder = Path("/sys/kernel")
        if not folder.is_dir():
            pytest.skip("no folder that root may not write to")
    else:
        folder.chmod(0o500)
    told = refusal(capsys, "--data", str(folder))
    tmp_path.chmod(0o700)
    assert "cannot be written to" in told
    assert "open already" not in told


@pytest.mark.usefixtures("atlas_read_anew")
def test_every_problem_of_a_broken_atlas_is_told_before_any_window(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    content = json.loads(asset_path("points.json").read_bytes())
    content["muscles"][0]["layer"] = "bottomless"
    del content["muscles"][1]["nerve"]
    broken = tmp_path / "points.json"
    broken.write_text(json.dumps(content))
    monkeypatch.setattr(
        atlas_module, "asset_path", lambda name: broken if name == broken.name else asset_path(name)
    )
    assert run() == 2
    told = capsys.readouterr().err
    assert "The atlas has 2 problems" in told
    assert run.window is None
    assert SingleInstance(tmp_path / "data").acquire(), "the folder is still held"


@pytest.mark.usefixtures("atlas_read_anew")
def test_a_compiled_atlas_of_other_data_says_how_to_mend_it(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlas_module, "atlas_digest", lambda *_: "0" * 64)
    assert run() == 2
    assert "compile_atlas" in capsys.readouterr().err


def test_a_computer_without_opengl_is_told_so(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse() -> str:
        raise Refusal(NO_OPENGL)

    with monkeypatch.context() as without:
        without.setattr(snapshot, "require_offscreen_gl", refuse)
        assert run() == 2
        assert "no OpenGL" in capsys.readouterr().err
        picture = str(tmp_path / "b.png")
        assert "no OpenGL" in refusal(capsys, "render", "-o", picture)
    assert run(the_notice) == 0, "the next start with OpenGL"
    assert run.seen == [""]


@pytest.mark.parametrize(
    ("died_before", "level"), [(False, ViewLevel.GL), (True, ViewLevel.IMAGE)], ids=["well", "died"]
)
def test_after_a_death_on_the_graphics_card_the_body_is_an_image(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    died_before: bool,
    level: ViewLevel,
) -> None:
    made: list[ViewLevel] = []

    def make_canvas(chosen: ViewLevel, _body: object) -> None:
        made.append(chosen)
        raise Refusal("far enough.")

    monkeypatch.setattr(viewport_package, "make_canvas", make_canvas)
    monkeypatch.setattr(viewport_package, "qt_platform", lambda: "xcb")
    monkeypatch.setattr(viewport_package, "probe_opengl", lambda: ((4, 6), "A real card"))
    marker = CrashMarker(tmp_path / "view-starting")
    if died_before:
        marker.set()
    assert refusal(capsys, "--data", str(tmp_path)) == "bodymap: far enough.\n"
    assert made == [level]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
def test_without_a_display_there_is_a_sentence_and_no_core_dump(tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, "-m", "bodymap.app.command_line", "--data", str(tmp_path)],
        env={name: value for name, value in os.environ.items() if name not in screens},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no display" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["--view", "hologram"], ["a.bodymap", "b.bodymap"], ["--data"]])
def test_a_wrong_use_opens_nothing(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: bodymap" in capsys.readouterr().err
