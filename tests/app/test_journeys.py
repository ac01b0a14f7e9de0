"""The wired window under mouse and keyboard: what is done to a widget arrives everywhere it should."""

from __future__ import annotations

import pytest
from app_program import Program
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from bodymap.domain import PointRef, Position, Sex, Side, Technique
from bodymap.scene import resolve
from bodymap.ui.browser.tree import BrowserTree
from bodymap.ui.command_palette import CommandPalette
from bodymap.ui.plan.row_delegate import RowAction
from bodymap.ui.theme import DARK, HIGH_CONTRAST, LIGHT, current_theme

TRAPEZIUS = PointRef("trapezius_upper.1", Side.LEFT)
SOLEUS = PointRef("soleus.1", Side.RIGHT)
LEFT_BUTTON = Qt.MouseButton.LeftButton


def row_of(tree: BrowserTree, point: str) -> QModelIndex:
    """The row of a point, opened and scrolled to."""
    tree.reveal(point)
    index = tree.rows.index_of_point(point)
    tree.scrollTo(index)
    QApplication.processEvents()
    return index


def test_a_muscle_is_searched_chosen_and_added_with_its_plus(program: Program) -> None:
    parts, tree = program.parts, program.parts.browser.muscles
    QTest.keyClicks(parts.browser.search, "levator scap")
    point = next(ref.point for ref in parts.atlas.refs if ref.point.startswith("levator_scapulae."))
    ref = PointRef(point, Side.LEFT)
    row = tree.visualRect(row_of(tree, point))
    QTest.mouseClick(tree.viewport(), LEFT_BUTTON, pos=row.center())
    assert parts.session.state.selection == (ref,)
    assert parts.window.tabs.currentWidget() is parts.card
    assert parts.viewport.pixels_of(ref) is not None, "the body has not turned to it"
    plus = tree._delegate.add_rect(tree.visualRect(row_of(tree, point))).center()
    QTest.mouseClick(tree.viewport(), LEFT_BUTTON, pos=plus)
    assert program.plan.point_refs() == (ref,)
    QTest.mouseClick(tree.viewport(), LEFT_BUTTON, pos=plus)
    assert (program.plan.point_refs(), program.notice) == ((ref,), ""), "the plus of a planned point shows it"
    program.showing._show_scene()
    assert [mark.number for mark in parts.viewport._frame.marks if mark.place == ref] == [1]


def test_control_click_extends_the_selection_and_all_are_shaded(program: Program) -> None:
    parts, tree = program.parts, program.parts.browser.muscles
    places = [PointRef(f"trapezius_upper.{number}", Side.LEFT) for number in (1, 2)]
    for place in places:
        held = Qt.KeyboardModifier.ControlModifier if place is places[1] else Qt.KeyboardModifier.NoModifier
        row = tree.visualRect(row_of(tree, place.point))
        QTest.mouseClick(tree.viewport(), LEFT_BUTTON, held, row.center())
    assert parts.session.state.selection == tuple(places)
    program.showing._show_scene()
    layers = parts.viewport._frame.layers
    assert [layer.place for layer in layers] == places
    assert len({layer.colour for layer in layers}) == 2


def test_the_side_of_the_list_and_of_the_card_follow_each_other(program: Program) -> None:
    parts = program.parts
    parts.browser.place_select_requested.emit(TRAPEZIUS, False)
    parts.browser.side.set_choice(Side.RIGHT)
    parts.browser.side.chosen.emit(Side.RIGHT)
    right = PointRef(TRAPEZIUS.point, Side.RIGHT)
    assert parts.session.state.selection == (right,)
    parts.card.point.side_button.click()
    assert parts.session.state.selection == (TRAPEZIUS,)
    assert parts.browser.side.choice is Side.LEFT


def test_a_point_on_one_side_only_says_so(program: Program) -> None:
    only_right = PointRef("pectoralis_major_costal.arrhythmia", Side.RIGHT)
    parts = program.parts
    parts.browser.place_select_requested.emit(only_right, False)
    parts.card.other_side_requested.emit(only_right)
    assert "right side only" in program.notice
    assert parts.session.state.selection == (only_right,)
    parts.card.plan_button.click()
    parts.actions.mirror_site.trigger()
    assert program.plan.point_refs() == (only_right,)


def test_what_the_pointer_is_on_is_named_and_lit(program: Program, qtbot: QtBot) -> None:
    parts = program.parts
    parts.viewport.fly_to(TRAPEZIUS, animated=False)
    at = parts.viewport.pixels_of(TRAPEZIUS)
    assert at is not None
    parts.viewport._clicks.hovered.emit(at)
    qtbot.waitUntil(lambda: parts.session.state.hover is not None)
    hovered = parts.session.state.hover
    assert hovered is not None
    assert parts.window.status.hover.whole.startswith(parts.atlas.place_name(hovered))
    parts.viewport._clicks.hovered.emit(QPointF(3, 3))
    qtbot.waitUntil(lambda: parts.session.state.hover is None)
    assert parts.window.status.hover.whole == ""


def test_the_card_adds_shows_and_removes(program: Program) -> None:
    parts, card = program.parts, program.parts.card
    parts.browser.place_select_requested.emit(TRAPEZIUS, False)
    card.plan_button.click()
    assert program.plan.point_refs() == (TRAPEZIUS,)
    assert card.plan_button.text() == "In plan as no. 1"
    card.plan_button.click()
    assert parts.window.tabs.currentWidget() is parts.plan
    assert parts.plan.current_site_id() == program.plan.sites[0].id
    card.remove_button.click()
    assert program.plan.sites == ()
    assert card.plan_button.text() == "Add to plan"


def test_the_fields_of_a_site_are_edited_in_place(program: Program, qtbot: QtBot) -> None:
    parts, editor = program.parts, program.parts.plan.editor
    parts.card.site_add_requested.emit(TRAPEZIUS)
    parts.window.show_plan_tab()
    editor.needle.diameter.setCurrentText("0.25")
    editor.needle.length.setCurrentText("25")
    editor.needle.length.field.editingFinished.emit()
    editor.needle.count.setValue(3)
    for combo, value in ((editor.technique, Technique.PISTONING), (editor.position, Position.SEATED)):
        combo.setCurrentIndex(combo.findData(value))
        combo.activated.emit(combo.currentIndex())
    QTest.keyClicks(editor.depth_field, "12 mm")
    QTest.keyClicks(editor.note_field, "twitch")
    qtbot.waitUntil(lambda: program.plan.sites[0].note == "twitch")
    (site,) = program.plan
    assert site.needle is not None
    assert (site.needle.diameter_mm, site.needle.length_mm, site.needle.count) == (0.25, 25, 3)
    assert site.technique is Technique.PISTONING
    assert site.position is Position.SEATED
    assert site.depth == "12 mm"
    while parts.session.undo_stack.canUndo():
        parts.actions.undo.trigger()
    assert program.plan.sites == ()
    while parts.session.undo_stack.canRedo():
        parts.actions.redo.trigger()
    assert program.plan.sites == (site,)


def test_rows_are_moved_by_dropping_and_by_keys(program: Program) -> None:
    parts, rows = program.parts, program.parts.plan.rows
    for place in (TRAPEZIUS, SOLEUS, PointRef("masseter.deep", Side.LEFT)):
        if place in parts.atlas:
            parts.card.site_add_requested.emit(place)
    ids = [site.id for site in program.plan]
    dragged = rows.mimeData([rows.index(len(ids) - 1)])
    rows.dropMimeData(dragged, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    moved = [ids[-1], *ids[:-1]]
    assert [site.id for site in program.plan] == moved
    assert [row.site_id for row in rows.rows()] == moved
    parts.plan.list.show_current(moved[0])
    QTest.keyClick(parts.plan.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [site.id for site in program.plan][:2] == moved[1::-1]
    parts.actions.undo.trigger()
    parts.actions.undo.trigger()
    assert [site.id for site in program.plan] == ids


def test_the_buttons_of_a_row_jump_mirror_and_remove(program: Program) -> None:
    parts, plan = program.parts, program.parts.plan
    parts.card.site_add_requested.emit(SOLEUS)
    parts.actions.view_front.trigger()
    (row,) = plan.rows.rows()
    plan.list.action_requested.emit(RowAction.JUMP, row)
    assert parts.viewport.pixels_of(SOLEUS) is not None
    plan.list.action_requested.emit(RowAction.OTHER_SIDE, row)
    assert [ref.side for ref in program.plan.point_refs()] == [Side.RIGHT, Side.LEFT]
    plan.list.action_requested.emit(RowAction.REMOVE, row)
    assert program.plan.point_refs() == (PointRef(SOLEUS.point, Side.LEFT),)


def test_before_the_patient_keys_leave_the_plan_alone(program: Program) -> None:
    parts, actions = program.parts, program.parts.actions
    parts.card.site_add_requested.emit(TRAPEZIUS)
    parts.card.site_add_requested.emit(SOLEUS)
    actions.patient_mode.trigger()
    state = parts.session.state
    for action in (actions.toggle_site, actions.remove_site, actions.mirror_site, actions.next_point):
        action.trigger()
    parts.viewport.place_activated.emit(TRAPEZIUS, False)
    parts.viewport.background_activated.emit()
    parts.viewport.place_hovered.emit(TRAPEZIUS)
    assert parts.session.state == state
    assert program.notice == ""


def test_patient_mode_without_a_point_asks_for_one_and_leaves_again(program: Program) -> None:
    parts = program.parts
    parts.actions.patient_mode.trigger()
    assert not parts.window.patient.nothing.isHidden()
    parts.window.patient.leave_requested.emit()
    assert parts.session.state.patient_step is None
    assert not parts.actions.patient_mode.isChecked()


def test_the_patient_buttons_step_and_the_screen_goes_blank(program: Program) -> None:
    parts, panel = program.parts, program.parts.window.patient
    for place in (TRAPEZIUS, SOLEUS):
        parts.card.site_add_requested.emit(place)
    parts.session.select(TRAPEZIUS)
    parts.actions.patient_mode.trigger()
    panel.next_button.click()
    assert parts.session.state.patient_point == SOLEUS
    assert not panel.next_button.isEnabled()
    parts.actions.privacy_blank.trigger()
    assert parts.window.is_blank
    parts.window.blank.return_requested.emit()
    assert not parts.window.is_blank
    assert parts.session.state.patient_step == 1


@pytest.mark.parametrize("theme", [DARK, HIGH_CONTRAST, LIGHT], ids=lambda theme: theme.name)
def test_each_theme_reaches_the_body_and_touch_makes_it_larger(program: Program, theme: object) -> None:
    parts, actions = program.parts, program.parts.actions
    action = {DARK: actions.theme_dark, HIGH_CONTRAST: actions.theme_contrast, LIGHT: actions.theme_light}
    action[theme].trigger()  # type: ignore[index]
    assert current_theme().ground == parts.viewport._frame.ground == theme.ground  # type: ignore[attr-defined]
    assert action[theme].isChecked()  # type: ignore[index]
    if theme is LIGHT:
        control_px = current_theme().metrics.control_px
        actions.touch_mode.trigger()
        assert current_theme().metrics.control_px >= max(44, control_px)
        actions.touch_mode.trigger()
        assert current_theme().metrics.control_px == control_px


def test_the_palette_runs_a_command_by_its_name(program: Program) -> None:
    parts = program.parts
    parts.actions.commands.trigger()
    palette = parts.window.findChild(CommandPalette)
    assert palette is not None
    QTest.keyClicks(palette.field, "back")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert abs(parts.viewport.pose.azimuth_deg) == pytest.approx(180.0)


def test_the_pages_of_help_open_and_close(program: Program) -> None:
    for action in (program.parts.actions.keyboard_help, program.parts.actions.about):
        action.trigger()
        (page,) = (dialog for dialog in program.parts.window.findChildren(QDialog) if dialog.isVisible())
        page.reject()
        QApplication.processEvents()


def test_many_changes_in_one_turn_are_drawn_once(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bodymap.app import showing

    resolved: list[object] = []

    def counted(*arguments: object) -> object:
        resolved.append(arguments)
        return resolve(*arguments)  # type: ignore[arg-type]

    qtbot.wait(20)
    monkeypatch.setattr(showing, "resolve", counted)
    for place in (TRAPEZIUS, SOLEUS):
        program.parts.card.site_add_requested.emit(place)
    program.parts.session.hover(TRAPEZIUS)
    program.parts.window.top_bar.sex_chosen.emit(Sex.FEMALE)
    qtbot.waitUntil(lambda: bool(resolved))
    qtbot.wait(20)
    assert len(resolved) == 1


def test_a_click_beside_the_body_lets_go(program: Program) -> None:
    parts = program.parts
    parts.session.select(TRAPEZIUS)
    QTest.mouseClick(parts.viewport._canvas.source, LEFT_BUTTON, pos=QPoint(4, 300))
    assert parts.session.state.selection == ()
    assert parts.session.state.candidate is None
