"""Painting pain through the whole window, on the real atlas and body."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from app_program import Program
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bodymap.app.command_line import main
from bodymap.domain import Fill, Needle, Pain, PointRef, Quality, Side, Site, Stroke
from bodymap.domain.pain import MAX_FELT_MARKS
from bodymap.geometry.anchors import Anchor
from bodymap.planning.pain_scores import pain_figures
from bodymap.session import Tool
from bodymap.storage.plan_file import read_plan

LEFT_BUTTON, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def middle_of(program: Program, region: str, side: Side) -> QPoint:
    """A pixel over a region that can be seen."""
    parts = program.parts
    surface = parts.body.surface(program.plan.build, program.plan.posture)
    skin = np.flatnonzero(parts.body.regions.skin_of(region, side))
    centre = surface.vertices[skin].mean(axis=0)
    vertex = skin[np.argmin(np.linalg.norm(surface.vertices[skin] - centre, axis=1))]
    face = int(np.flatnonzero((surface.triangles == vertex).any(axis=1))[0])
    anchor = Anchor(face, (0.34, 0.33, 0.33))
    from bodymap.scene import project

    place = anchor.position(surface.vertices, surface.triangles)
    x, y, _ = project(place[None], parts.viewport.pose, parts.viewport.screen_size)[0].tolist()
    return QPointF(x, y).toPoint()


def drag(program: Program, start: QPoint, end: QPoint) -> None:
    canvas = program.parts.viewport._canvas.source
    QTest.mousePress(canvas, LEFT_BUTTON, NO_KEYS, start)
    for step in range(1, 9):
        QTest.mouseMove(canvas, start + (end - start) * step / 8)
        QTest.qWait(2)
    QTest.mouseRelease(canvas, LEFT_BUTTON, NO_KEYS, end)


def test_a_headache_is_painted_ranked_planned_and_kept(program: Program, qtbot: QtBot) -> None:
    parts = program.parts
    parts.viewport.set_view("left")
    parts.actions.paint_pain.trigger()
    assert parts.window.finders.currentWidget() is parts.pain
    pose = parts.viewport.pose
    temple = middle_of(program, "temple", Side.LEFT)
    drag(program, temple, temple + QPoint(14, 2))
    assert parts.viewport.pose == pose, "the body turned under the brush"
    (stroke,) = program.plan.pain
    assert isinstance(stroke, Stroke)
    assert parts.session.state.selection == ()
    qtbot.waitUntil(lambda: parts.pain._report.has_pain)
    qtbot.waitUntil(lambda: bool(parts.pain._report.figures))
    assert parts.pain._report.ranked[0].ref.side is Side.LEFT
    for _ in range(3):
        before = parts.pain._report.explained
        parts.pain.meter.next_add.click()
        qtbot.waitUntil(lambda before=before: parts.pain._report.explained > before)
        if parts.pain._report.next_point is None:
            break
    assert parts.pain._report.explained > 0.6
    path = program.folder / "headache.plan.json"
    program.connected.files._save_to(path)
    kept = read_plan(path).plan
    assert kept == program.plan
    assert len(kept.sites) >= 1


def test_beside_the_body_a_drag_still_turns_it(program: Program) -> None:
    parts = program.parts
    parts.actions.paint_pain.trigger()
    pose = parts.viewport.pose
    drag(program, QPoint(20, 60), QPoint(60, 60))
    assert parts.viewport.pose != pose
    assert program.plan.pain == ()


def test_without_the_brush_the_same_drag_turns(program: Program) -> None:
    parts = program.parts
    pose = parts.viewport.pose
    start = middle_of(program, "chest_pectoral", Side.LEFT)
    drag(program, start, start + QPoint(30, 0))
    assert parts.viewport.pose != pose
    assert program.plan.pain == ()


def test_a_double_click_fills_the_region_and_undo_empties_it(program: Program) -> None:
    parts = program.parts
    parts.viewport.set_view("front")
    parts.actions.paint_pain.trigger()
    spot = middle_of(program, "thigh_anterior_mid", Side.LEFT)
    canvas = parts.viewport._canvas.source
    QTest.mouseClick(canvas, LEFT_BUTTON, NO_KEYS, spot)
    QTest.mouseDClick(canvas, LEFT_BUTTON, NO_KEYS, spot)
    assert program.plan.pain == (Fill(region="thigh_anterior_mid", side=Side.LEFT),)  # and no dab
    parts.session.undo_stack.undo()
    assert program.plan.pain == ()
    parts.session.set_brush(mirrored=True)
    QTest.mouseDClick(canvas, LEFT_BUTTON, NO_KEYS, spot)
    assert program.plan.pain == (Fill(region="thigh_anterior_mid"),)


def test_nothing_is_painted_before_the_patient(program: Program) -> None:
    parts = program.parts
    parts.session.add_site(PointRef("temporalis.2", Side.LEFT))
    parts.actions.paint_pain.trigger()
    parts.session.start_patient_mode()
    parts.actions.paint_pain.trigger()
    parts.actions.erase_pain.trigger()
    assert not parts.viewport.brush.is_on
    assert not parts.window.finders.isVisible()
    middle = parts.viewport.rect().center()
    drag(program, middle, middle + QPoint(20, 0))
    assert program.plan.pain == ()
    parts.session.leave_patient_mode()
    assert parts.actions.paint_pain.isEnabled()
    assert not parts.actions.paint_pain.isChecked()


def test_regions_ticked_with_the_keyboard_are_painted_and_ticked_back(program: Program, qtbot: QtBot) -> None:
    parts = program.parts
    parts.pain.tabs.setCurrentIndex(1)
    item, column = parts.pain.regions._items["temple", Side.RIGHT]
    item.setCheckState(column, Qt.CheckState.Checked)
    assert program.plan.pain == (Fill(region="temple", side=Side.RIGHT),)
    qtbot.waitUntil(lambda: bool(parts.pain._report.figures))
    assert item.checkState(column) is Qt.CheckState.Checked
    item.setCheckState(column, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not parts.pain._report.has_pain)


def test_a_ranked_point_under_the_mouse_shows_its_pattern_over_the_pain(program: Program) -> None:
    parts = program.parts
    parts.session.fill_region("temple", Side.LEFT)
    ref = PointRef("temporalis.2", Side.LEFT)
    parts.pain.points.point_hovered.emit("temporalis.2:left")
    program.showing._show_scene()
    frame = parts.viewport._frame
    assert [layer.place for layer in frame.layers] == [ref]
    assert frame.pain is not None
    assert parts.session.state.selection == ()
    parts.pain.points.point_hovered.emit("")
    program.showing._show_scene()
    assert parts.viewport._frame.layers == ()


def test_what_is_left_shows_only_when_asked(program: Program) -> None:
    parts = program.parts
    ref = PointRef("temporalis.2", Side.LEFT)
    parts.session.fill_region("temple", Side.LEFT)
    parts.session.add_site(ref)
    program.showing._show_scene()
    assert parts.viewport._frame.pain is not None
    assert parts.viewport._frame.pain.explained is None
    parts.session.show_left(True)
    program.showing._show_scene()
    look = parts.viewport._frame.pain
    assert look is not None and look.explained is not None
    assert look.explained_by == (ref,)
    assert look.explained[look.pain.inside].max() > 0.9


def test_red_flags_come_with_the_pain(program: Program, qtbot: QtBot) -> None:
    parts = program.parts
    parts.session.set_brush(tool=Tool.PAINT, quality=Quality.NUMB)
    parts.session.fill_region("perineum", None)
    parts.session.fill_region("genitals", None)
    qtbot.waitUntil(lambda: bool(parts.pain._report.warnings))
    assert any("auda" in each.name for each in parts.pain._report.warnings)
    assert parts.pain._report.warnings[0].is_urgent


def test_the_patients_own_pattern_is_painted_for_a_site_and_shown_with_it(program: Program) -> None:
    parts = program.parts
    ref = PointRef("infraspinatus.upper_inner", Side.RIGHT)
    parts.session.fill_region("sternum", None)
    site = parts.session.add_site(ref)
    parts.plan.editor.paint_felt.click()
    assert parts.session.state.felt_site == site.id
    assert "Infraspinatus" in parts.pain.felt.text()
    parts.session.fill_region("arm_anterior_upper", Side.RIGHT)
    parts.pain.felt_done.click()
    assert parts.session.state.brush.tool is Tool.TURN
    parts.session.select(ref)
    program.showing._show_scene()
    frame = parts.viewport._frame
    assert frame.pain is not None
    assert frame.pain.marks == program.plan.sites[0].felt  # beside the textbook pattern
    assert [layer.place for layer in frame.layers] == [ref]
    parts.session.clear_selection()
    program.showing._show_scene()
    assert parts.viewport._frame.pain is not None
    assert parts.viewport._frame.pain.marks == program.plan.pain


def test_the_brush_is_shown_from_the_start(program: Program) -> None:
    bar, brush = program.parts.pain.brush, program.parts.session.state.brush
    assert bar.qualities.checkedButton().accessibleName() == f"Feels: {brush.quality.words}"
    assert (bar.strength.value(), bar.width_mm.value()) == (brush.intensity, 2 * brush.radius_mm)


def shown_marks(program: Program) -> Pain:
    program.showing._show_scene()
    look = program.parts.viewport._frame.pain
    return () if look is None else look.marks


def test_what_is_being_painted_stays_in_sight_while_a_site_with_its_own_pattern_is_selected(
    program: Program,
) -> None:
    session = program.parts.session
    first, second = PointRef("temporalis.2", Side.LEFT), PointRef("temporalis.1", Side.LEFT)
    session.fill_region("temple", Side.LEFT)
    site = session.add_site(first)
    session.paint_site(site.id)
    session.fill_region("forehead", Side.LEFT)
    program.parts.pain.felt_done.click()
    felt = program.plan.site(site.id).felt
    assert shown_marks(program) == felt
    session.show_left(True)
    program.showing._show_scene()
    assert program.parts.viewport._frame.pain.explained is None  # it fades the pain, not what was felt
    session.set_brush(tool=Tool.PAINT)
    assert shown_marks(program) == program.plan.pain
    session.set_brush(tool=Tool.TURN)
    session.add_site(second)
    session.select(first)
    session.start_patient_mode()
    assert shown_marks(program) == felt
    session.next_patient_step()  # to a point without a pattern of its own, the other still selected
    assert shown_marks(program) == program.plan.pain


def test_the_regions_of_a_site_without_a_pattern_are_not_those_of_the_pain(
    program: Program, qtbot: QtBot
) -> None:
    parts = program.parts
    item, column = parts.pain.regions._items["temple", Side.LEFT]
    parts.session.fill_region("temple", Side.LEFT)
    qtbot.waitUntil(lambda: item.checkState(column) is Qt.CheckState.Checked)
    site = parts.session.add_site(PointRef("temporalis.2", Side.LEFT))
    parts.session.paint_site(site.id)
    qtbot.waitUntil(lambda: item.checkState(column) is Qt.CheckState.Unchecked)
    assert not parts.pain.clear.isEnabled()
    parts.session.fill_region("forehead", Side.LEFT)
    qtbot.waitUntil(parts.pain.clear.isEnabled)
    parts.pain.clear.click()
    assert program.plan.site(site.id).felt == ()
    assert len(program.plan.pain) == 1


def test_a_box_ticked_in_vain_is_shown_as_it_is(program: Program, qtbot: QtBot) -> None:
    parts = program.parts
    site = parts.session.add_site(PointRef("temporalis.2", Side.LEFT))
    parts.session.paint_site(site.id)
    for _ in range(MAX_FELT_MARKS):
        parts.session.fill_region("temple", Side.LEFT)
    item, column = parts.pain.regions._items["palm", Side.LEFT]
    item.setCheckState(column, Qt.CheckState.Checked)
    assert "at most 10" in program.notice
    qtbot.waitUntil(lambda: item.checkState(column) is Qt.CheckState.Unchecked)


def test_another_note_does_not_measure_the_pain_again(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, measured = program.parts, []
    monkeypatch.setattr(
        "bodymap.app.pain_desk.pain_figures", lambda *seen: measured.append(seen) or pain_figures(*seen)
    )
    parts.session.fill_region("palm", Side.LEFT)
    qtbot.waitUntil(lambda: bool(parts.pain._report.figures))
    parts.session.set_plan_note("tired")
    qtbot.wait(300)
    assert len(measured) == 1
    parts.session.undo_stack.undo()
    parts.session.undo_stack.undo()
    qtbot.waitUntil(lambda: not parts.pain._report.has_pain)
    parts.session.undo_stack.redo()
    qtbot.waitUntil(lambda: bool(parts.pain._report.figures))


@pytest.fixture
def painted_plan(program: Program) -> Path:
    session = program.parts.session
    session.set_brush(intensity=7)
    session.fill_region("temple", Side.LEFT)
    session.set_brush(quality=Quality.BURNING, intensity=4)
    session.fill_region("calf_posterior_mid", Side.RIGHT)
    site: Site = session.add_site(PointRef("temporalis.2", Side.LEFT))
    session.edit_site(site.id, needle=Needle(), familiar=True)
    path = program.folder / "painted.plan.json"
    program.connected.files._save_to(path)
    return path


def test_a_painted_plan_is_looked_up_printed_and_exported(
    painted_plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lookup", "--plan", str(painted_plan), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["side"] for row in rows[:6]} == {"left", "right"}
    out = tmp_path / "out.json"
    assert main(["export", str(painted_plan), "--format", "json", "-o", str(out)]) == 0
    pain = json.loads(out.read_text())["pain"]
    assert [each["quality"] for each in pain["qualities"]] == ["ache", "burning"]
    assert pain["widespread_pain_areas"] == ["lower leg, right"]
    assert pain["regions"][0]["region"] == "calf_posterior_mid"
    table = tmp_path / "out.csv"
    assert main(["export", str(painted_plan), "--format", "csv", "-o", str(table)]) == 0
    assert ",yes," in table.read_text("utf-8-sig")
    page = tmp_path / "page.pdf"
    assert main(["print", str(painted_plan), "-o", str(page)]) == 0
    assert page.stat().st_size > 10_000


def test_a_plan_without_pain_cannot_be_looked_up(
    program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.plan.json"
    for erases in (None, False, True):  # nothing painted, something, and all of it taken away again
        if erases is not None:
            program.parts.session.fill_region("temple", Side.LEFT, erases)
        program.connected.files._save_to(path)
        assert main(["lookup", "--plan", str(path)]) == (0 if erases is False else 2)
        assert ("No pain is painted" in capsys.readouterr().err) == (erases is not False)
