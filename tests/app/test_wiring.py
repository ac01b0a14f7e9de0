from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from app_program import Program
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bodymap.app.faults import Faults
from bodymap.domain import Plan, PointRef, Position, Posture, Sex, Side, Site, SkinRef
from bodymap.storage.plan_file import read_plan, write_plan
from bodymap.ui.decisions import Answer, Question

TRAPEZIUS = PointRef("trapezius_upper.1", Side.LEFT)
SOLEUS = PointRef("soleus.1", Side.RIGHT)
CHEST = SkinRef(2000, (0.25, 0.25, 0.5), "nose_upper_lip", Side.LEFT)


def answering(answer: Answer) -> Callable[[Question], Answer]:
    return lambda _question: answer


def test_a_point_of_the_list_is_selected_shown_and_faced(program: Program) -> None:
    parts = program.parts
    parts.browser.place_select_requested.emit(TRAPEZIUS, False)
    program.showing._show_scene()
    assert parts.session.state.selection == (TRAPEZIUS,)
    assert parts.card.point.title.text() == "Upper trapezius"
    assert parts.viewport.pixels_of(TRAPEZIUS) is not None
    assert [layer.place for layer in parts.viewport._frame.layers] == [TRAPEZIUS]


def test_adding_is_one_named_step_that_undo_takes_back(program: Program) -> None:
    parts = program.parts
    parts.browser.site_add_requested.emit(TRAPEZIUS)
    assert program.plan.point_refs() == (TRAPEZIUS,)
    assert "Upper trapezius TrP1, left" in parts.actions.undo.text()
    assert parts.window.tabs.tabText(1) == "Plan (1)"
    parts.actions.undo.trigger()
    assert not program.plan.sites
    parts.actions.redo.trigger()
    assert program.plan.point_refs() == (TRAPEZIUS,)


def test_a_second_time_is_refused_in_the_quiet_bar(program: Program) -> None:
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    assert len(program.plan.sites) == 1
    assert "already in the plan" in program.notice


def test_the_other_side_is_added_once(program: Program) -> None:
    parts = program.parts
    parts.actions.mirror_site.trigger()
    assert "add it first" in program.notice
    parts.card.site_add_requested.emit(TRAPEZIUS)
    parts.actions.mirror_site.trigger()
    assert [ref.side for ref in program.plan.point_refs()] == [Side.LEFT, Side.RIGHT]


def test_bare_skin_is_offered_as_a_free_site_and_added(program: Program) -> None:
    parts = program.parts
    parts.viewport.place_activated.emit(CHEST, False)
    assert parts.card.free.title.text() == "Nose and upper lip"
    parts.actions.toggle_site.trigger()
    assert program.plan.at(CHEST) is not None


def test_the_plan_pane_edits_the_plan(program: Program) -> None:
    parts = program.parts
    parts.card.site_add_requested.emit(TRAPEZIUS)
    parts.card.site_add_requested.emit(SOLEUS)
    first, second = (site.id for site in program.plan)
    parts.plan.patient_change_requested.emit("A. B.")
    parts.plan.site_edit_requested.emit(first, "note", "tender")
    parts.plan.site_move_requested.emit(second, 0)
    assert program.plan.patient == "A. B."
    assert [site.id for site in program.plan] == [second, first]
    assert program.plan.site(first).note == "tender"
    assert "A. B." in parts.window.top_bar.title.text()
    parts.plan.date_change_requested.emit("2026-02-31")
    assert program.plan.date == "2026-02-03"
    assert program.notice


def test_tab_walks_through_the_points_in_view(program: Program) -> None:
    parts = program.parts
    seen = parts.viewport.points_in_view()
    parts.actions.next_point.trigger()
    parts.actions.next_point.trigger()
    assert parts.session.state.selection == (seen[1],)
    parts.actions.previous_point.trigger()
    parts.actions.previous_point.trigger()
    assert parts.session.state.selection == (seen[-1],)


def test_escape_steps_back_one_level_at_a_time(program: Program) -> None:
    parts, session = program.parts, program.parts.session
    parts.browser.place_select_requested.emit(TRAPEZIUS, False)
    parts.viewport.place_activated.emit(CHEST, False)
    parts.actions.patient_mode.trigger()
    parts.actions.privacy_blank.trigger()
    levels = []
    for _ in range(4):
        parts.actions.step_back.trigger()
        state = session.state
        levels.append(
            (parts.window.is_blank, state.patient_step, state.candidate is None, bool(state.selection))
        )
    assert levels == [
        (False, 0, False, True),
        (False, None, False, True),
        (False, None, True, True),
        (False, None, True, False),
    ]


def test_patient_mode_shows_plain_words_and_gives_the_view_back(program: Program) -> None:
    parts = program.parts
    parts.card.site_add_requested.emit(TRAPEZIUS)
    parts.card.site_add_requested.emit(SOLEUS)
    pose = parts.viewport.pose
    parts.actions.patient_mode.trigger()
    frame = parts.viewport._frame
    assert (frame.points, {mark.label for mark in frame.marks}) == (None, {""})
    assert parts.window.finders.isHidden()
    words = parts.atlas.muscle("soleus").patient
    assert parts.window.patient.felt.text.text() == words.felt
    parts.actions.patient_previous.trigger()
    assert parts.window.patient.felt.text.text() == parts.atlas.muscle("trapezius_upper").patient.felt
    assert parts.viewport.pose != pose
    parts.actions.step_back.trigger()
    assert parts.viewport.pose == pose
    assert not parts.window.browser.isHidden()


def test_the_other_body_is_shown(program: Program) -> None:
    program.parts.window.top_bar.sex_chosen.emit(Sex.FEMALE)
    program.showing._show_scene()
    assert program.parts.viewport._frame.build.sex is Sex.FEMALE


def test_colours_are_remembered(program: Program) -> None:
    program.parts.actions.theme_dark.trigger()
    assert program.parts.preferences.theme.dark
    assert program.parts.viewport._frame.ground == program.parts.preferences.theme.ground
    program.parts.actions.toggle_theme.trigger()
    assert not program.parts.preferences.theme.dark


def test_a_plan_is_saved_by_itself_and_opened_again(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, path = program.parts, program.folder / "mine.bodymap"
    parts.card.site_add_requested.emit(TRAPEZIUS)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path.with_suffix("")), ""))
    parts.actions.save_plan.trigger()
    assert read_plan(path).plan == program.plan
    parts.card.site_add_requested.emit(SOLEUS)
    qtbot.waitUntil(lambda: read_plan(path).plan == program.plan)
    saved = program.plan
    parts.actions.new_plan.trigger()
    assert not program.plan.sites
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    parts.actions.open_plan.trigger()
    assert program.plan == saved
    assert parts.window.top_bar.menu.recent.actions()[0].data() == str(path)


@pytest.mark.parametrize(
    ("answer", "goes_on"), [(Answer.CANCEL, False), (Answer.DISCARD, True)], ids=["cancel", "discard"]
)
def test_a_plan_without_a_file_is_asked_about(program: Program, answer: Answer, goes_on: bool) -> None:
    program.connected.files._ask = answering(answer)
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    program.parts.actions.new_plan.trigger()
    assert (not program.plan.sites) is goes_on


def test_a_discarded_plan_is_not_offered_again(program: Program) -> None:
    program.connected.files._ask = answering(Answer.DISCARD)
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    assert program.parts.autosave.flush()
    copies = program.folder / "recovery"
    assert list(copies.glob("*.json"))
    assert program.connected.files.may_leave()
    assert not list(copies.glob("*.json"))


def test_a_broken_file_leaves_the_plan_as_it_was(program: Program) -> None:
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    program.connected.files._ask = answering(Answer.CANCEL)
    broken = program.folder / "broken.bodymap"
    broken.write_text("{")
    program.connected.files.open_path(broken)
    assert program.plan.point_refs() == (TRAPEZIUS,)
    assert "broken.bodymap" in program.notice


def test_a_point_this_atlas_does_not_know_is_kept_and_told(program: Program) -> None:
    path = program.folder / "other.bodymap"
    stranger = Site(id="s1", place=PointRef("gemelli.1", Side.LEFT))
    write_plan(path, Plan(sites=(stranger, Site(id="s2", place=SOLEUS))))
    program.connected.files.open_path(path)
    program.parts.session.select(stranger.place)
    program.parts.actions.patient_mode.trigger()
    program.parts.actions.step_back.trigger()
    program.showing._show_scene()
    assert len(program.plan.sites) == 2
    assert "gemelli.1" in program.notice


def test_the_preview_shows_the_page(program: Program, qtbot: QtBot) -> None:
    program.parts.actions.print_plan.trigger()
    assert "nothing to print" in program.notice
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    program.parts.actions.print_plan.trigger()
    preview = program.connected.print_desk.preview
    assert preview is not None
    qtbot.waitUntil(lambda: preview.words.text() == "1 page", timeout=20_000)
    preview.close()
    assert program.connected.print_desk.preview is None


def test_a_fault_is_told_and_noted_without_the_plans_words(tmp_path: Path) -> None:
    faults, told = Faults(tmp_path), []
    faults.happened.connect(told.append)
    try:
        raise ValueError("A. B. has a headache")
    except ValueError:
        kind, error, trace = sys.exc_info()
    assert kind is not None and error is not None
    faults._catch(kind, error, trace)
    faults.stop()
    logging.getLogger("bodymap.faults").handlers.clear()
    noted = (tmp_path / "faults.log").read_text(encoding="utf-8")
    assert "ValueError at test_wiring.py" in noted
    assert "headache" not in noted
    assert len(told) == 1 and "Your plan is kept" in told[0]


def test_the_body_follows_the_patient_panel(program: Program) -> None:
    parts, panel = program.parts, program.parts.plan.header.body
    assert parts.viewport._frame.posture is Posture.STANDING
    panel.build_change_requested.emit("weight_kg", 95.0)
    panel.posture_chosen.emit(Posture.PRONE)
    program.showing._show_scene()
    frame = parts.viewport._frame
    assert (frame.build.weight_kg, frame.posture) == (95.0, Posture.PRONE)
    assert panel.weight.number.value() == 95
    panel.build_reset_requested.emit()
    program.showing._show_scene()
    assert parts.viewport._frame.build.is_average


def test_a_site_shows_the_body_in_its_position(program: Program) -> None:
    session = program.parts.session
    site = session.add_site(SOLEUS)
    session.edit_site(site.id, position=Position.SIDE_LYING)
    program.parts.plan.editor.show_position.click()
    up = Posture.LEFT_UP if SOLEUS.side is Side.LEFT else Posture.RIGHT_UP
    assert session.state.plan.posture is up


def test_the_patient_is_shown_a_standing_body(program: Program) -> None:
    session = program.parts.session
    session.set_posture(Posture.PRONE)
    session.add_site(SOLEUS)
    program.parts.actions.patient_mode.trigger()
    assert program.parts.viewport._frame.posture is Posture.STANDING
