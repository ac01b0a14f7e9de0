"""Plans and their files in the wired window: nothing is lost, nothing is written over unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from app_program import Program
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bodymap.app.single_instance import SingleInstance
from bodymap.domain import Plan, PointRef, Side, Site, SkinRef
from bodymap.storage import atomic
from bodymap.storage.plan_file import read_plan, write_plan
from bodymap.ui.decisions import Answer, Question

TRAPEZIUS = PointRef("trapezius_upper.1", Side.LEFT)
SOLEUS = PointRef("soleus.1", Side.RIGHT)
OF_TWO = Plan(
    patient="C. D.", date="2026-02-03", sites=(Site(id="s1", place=TRAPEZIUS), Site(id="s2", place=SOLEUS))
)


class Asked:
    """Answers every question alike and remembers them."""

    def __init__(self, program: Program, answer: Answer) -> None:
        self.answer = answer
        self.questions: list[Question] = []
        program.connected.files._ask = self

    def __call__(self, question: Question) -> Answer:
        self.questions.append(question)
        return self.answer


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | str], None]:
    """Let the file dialogs return this name; empty: cancelled."""

    def choose(name: Path | str) -> None:
        for dialog in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(name), ""))

    return choose


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "two.bodymap"
    write_plan(path, OF_TWO)
    return path


def test_a_plan_opened_again_shows_what_was_typed_last(program: Program, file: Path) -> None:
    files = program.connected.files
    files.open_path(file)
    program.parts.plan.header.patient.setText("E. F.")  # not yet committed: typing goes on
    files.open_name(str(file))
    assert program.plan.patient == "E. F."
    assert read_plan(file).plan == program.plan
    program.parts.session.set_patient("G. H.")
    assert program.parts.autosave.flush()
    assert read_plan(file).plan.patient == "G. H."
    assert program.notice == ""


def test_cancelled_dialogs_change_nothing(
    program: Program, file: Path, choose: Callable[[Path | str], None]
) -> None:
    program.connected.files.open_path(file)
    before, content = program.parts.session.state, file.read_bytes()
    choose("")
    actions = program.parts.actions
    for action in (actions.open_plan, actions.save_plan_as, actions.export_csv, actions.export_image):
        action.trigger()
    assert program.parts.session.state == before
    assert (file.read_bytes(), program.notice) == (content, "")


@pytest.mark.parametrize("answer", [Answer.CANCEL, Answer.SAVE])
def test_a_name_completed_to_that_of_another_file_is_asked_about(
    program: Program, file: Path, choose: Callable[[Path | str], None], answer: Answer
) -> None:
    asked = Asked(program, answer)
    program.parts.card.site_add_requested.emit(SOLEUS)
    choose(file.with_suffix(""))
    program.parts.actions.save_plan_as.trigger()
    assert [question.title for question in asked.questions] == ["Replace this file?"]
    is_kept = read_plan(file).plan == OF_TWO
    assert is_kept is (answer is Answer.CANCEL)
    assert (program.parts.session.state.path == file) is not is_kept


def test_a_dot_in_a_name_is_no_ending(
    program: Program, tmp_path: Path, choose: Callable[[Path | str], None]
) -> None:
    choose(tmp_path / "A. B. visit 1.2")
    program.parts.actions.save_plan_as.trigger()
    assert [path.name for path in tmp_path.glob("A*")] == ["A. B. visit 1.2.bodymap"]


def test_save_as_goes_on_with_the_new_file(
    program: Program, file: Path, tmp_path: Path, choose: Callable[[Path | str], None]
) -> None:
    program.connected.files.open_path(file)
    copy = tmp_path / "copy.bodymap"
    choose(copy)
    program.parts.actions.save_plan_as.trigger()
    program.parts.session.set_patient("later")
    program.parts.actions.save_plan.trigger()
    assert read_plan(copy).plan.patient == "later"
    assert read_plan(file).plan == OF_TWO
    recent = [action.data() for action in program.parts.window.top_bar.menu.recent.actions()]
    assert recent[:2] == [str(copy), str(file)]
    assert program.parts.window.windowTitle() == "copy - bodymap"


def test_a_recent_plan_opens_from_the_menu_and_the_list_is_forgotten(program: Program, file: Path) -> None:
    menu = program.parts.window.top_bar.menu
    program.connected.files.open_path(file)
    program.parts.actions.new_plan.trigger()
    menu.recent.actions()[0].trigger()
    assert program.plan == OF_TWO
    assert program.parts.window.tabs.currentWidget() is program.parts.plan
    menu.recent.actions()[-1].trigger()
    assert not menu.recent.isEnabled()
    assert program.parts.recents.paths() == ()


def test_a_recent_plan_that_went_away_is_told(program: Program, file: Path) -> None:
    program.connected.files.open_path(file)
    program.parts.actions.new_plan.trigger()
    file.unlink()
    program.parts.window.top_bar.menu.recent.actions()[0].trigger()
    assert "two.bodymap" in program.notice
    assert not program.plan.sites


@pytest.mark.parametrize("name", ["saved", ""], ids=["named", "cancelled"])
def test_leaving_a_plan_to_be_saved_asks_for_its_file(
    program: Program, tmp_path: Path, choose: Callable[[Path | str], None], name: str
) -> None:
    Asked(program, Answer.SAVE)
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    plan = program.plan
    choose(tmp_path / name if name else "")
    program.parts.actions.new_plan.trigger()
    assert program.plan.sites == (() if name else plan.sites)
    if name:
        assert read_plan(tmp_path / "saved.bodymap").plan == plan


def test_closing_asks_too_and_cancel_keeps_the_window(program: Program) -> None:
    asked = Asked(program, Answer.CANCEL)
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    program.parts.plan.header.patient.setText("A. B.")
    program.parts.actions.quit.trigger()
    assert program.parts.window.isVisible()
    assert program.plan.point_refs() == (TRAPEZIUS,)
    assert "A. B." in asked.questions[0].text
    asked.answer = Answer.DISCARD
    program.parts.actions.quit.trigger()
    assert not program.parts.window.isVisible()


def test_a_plan_in_its_file_is_left_without_a_question(program: Program, file: Path) -> None:
    asked = Asked(program, Answer.CANCEL)
    program.connected.files.open_path(file)
    program.parts.card.site_remove_requested.emit(SOLEUS)
    program.parts.actions.new_plan.trigger()
    assert asked.questions == []
    assert read_plan(file).plan.point_refs() == (TRAPEZIUS,)


def test_a_full_disk_is_told_and_nothing_is_left_behind(
    program: Program, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(program, Answer.CANCEL)
    program.connected.files.open_path(file)
    content = file.read_bytes()
    with monkeypatch.context() as full:
        full.setattr(atomic.os, "write", lambda *_: 0)
        program.parts.session.set_patient("lost?")
        program.parts.actions.save_plan.trigger()
        assert "two.bodymap" in program.notice
        program.parts.actions.new_plan.trigger()
        assert len(asked.questions) == 1
        assert program.plan.patient == "lost?"
    assert file.read_bytes() == content
    program.parts.actions.save_plan.trigger()
    assert read_plan(file).plan.patient == "lost?"


def test_exports_are_written_with_their_endings(
    program: Program,
    file: Path,
    tmp_path: Path,
    choose: Callable[[Path | str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bodymap.app.views._PICTURE_SCALE", 0.5)  # without a graphics card it takes seconds
    program.connected.files.open_path(file)
    choose(tmp_path / "out")
    actions = program.parts.actions
    for action in (actions.export_json, actions.export_csv, actions.export_image):
        action.trigger()
    assert len(json.loads((tmp_path / "out.json").read_text())["sites"]) == 2
    assert b"soleus.1" in (tmp_path / "out.csv").read_bytes()
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    choose(tmp_path / "none" / "out")
    for action in (actions.export_json, actions.export_csv, actions.export_image):
        program.parts.window.notices.clear()
        action.trigger()
        assert "could not be saved" in program.notice


def test_a_name_for_the_file_holds_nothing_that_a_disk_minds(program: Program) -> None:
    program.parts.session.set_patient("A/B: ../C\u202e")
    assert program.connected.files.suggested_name() == "2026-02-03-AB-C.bodymap"


def test_the_title_says_whether_the_plan_is_in_a_file(program: Program, file: Path, qtbot: QtBot) -> None:
    state = program.parts.window.top_bar.state
    assert state.text() == ""
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    assert "not in a file yet" in state.text()
    Asked(program, Answer.DISCARD)
    program.connected.files.open_path(file)
    assert state.text() == "two"
    program.parts.session.set_patient("A. B.")
    assert state.text() == "\N{BLACK CIRCLE} two"
    with qtbot.waitSignal(program.parts.autosave.saved, timeout=5000):
        pass
    assert state.text() == "two"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (SkinRef(2**31 - 1, (0.2, 0.3, 0.5), "temple", Side.LEFT), "lies on no part of this body"),
        (SkinRef(100, (0.2, 0.3, 0.5), "nowhere", Side.LEFT), ""),
        (PointRef("pectoralis_major_costal.arrhythmia", Side.LEFT), "arrhythmia (left)"),
    ],
    ids=["off_the_body", "unknown_region", "wrong_side"],
)
def test_a_strange_place_in_a_plan_harms_nothing(
    program: Program, tmp_path: Path, place: SkinRef | PointRef, told: str
) -> None:
    path = tmp_path / "strange.bodymap"
    write_plan(path, msgspec.structs.replace(OF_TWO, sites=(*OF_TWO.sites, Site(id="s3", place=place))))
    program.connected.files.open_path(path)
    assert told in program.notice
    if "no part" in told:
        assert program.plan.sites == ()
        return
    assert len(program.plan.sites) == 3
    parts, row = program.parts, program.parts.plan.rows.rows()[2]
    parts.plan.list.row_chosen.emit(row)
    parts.plan.list.row_entered.emit(row)
    parts.plan.place_jump_requested.emit(place)
    program.showing._show_scene()
    assert parts.session.state.selection == (place,)
    parts.actions.mirror_site.trigger()
    parts.actions.remove_site.trigger()
    parts.actions.undo.trigger()
    for _ in range(2):
        parts.actions.patient_mode.trigger()
    assert program.plan.at(place) is not None


def test_a_plan_handed_over_by_another_start_is_opened(
    program: Program, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from bodymap.app import launch

    instance = SingleInstance(tmp_path)
    instance.raised.connect(lambda name: launch._come_forward(program.parts, program.connected, name))
    with qtbot.waitSignal(program.parts.session.plan_changed):
        instance.raised.emit(str(file))
    assert program.plan == OF_TWO
    instance.raised.emit("")
    assert program.plan == OF_TWO
