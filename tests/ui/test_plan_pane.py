from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from ui_fakes import LONE, PLAN, TEMPLE, UPPER_1, L, R, place_name

from bodymap.domain import Needle, Plan, PointRef, Position, Site, Technique
from bodymap.ui.plan import PlanPane
from bodymap.ui.plan.plan_model import PlanModel
from bodymap.ui.plan.row_delegate import PlanRowDelegate, RowAction
from bodymap.ui.plan.rows import plan_rows, totals_words

NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(qtbot: QtBot) -> PlanPane:
    pane = PlanPane(place_name)
    qtbot.addWidget(pane)
    pane.resize(340, 660)
    pane.set_plan(PLAN)
    pane.show()
    return pane


def make_current(pane: PlanPane, site_id: str) -> None:
    pane.list.show_current(site_id)


def ids(model: PlanModel) -> list[str]:
    return [row.site_id for row in model.rows()]


def test_rows_write_the_side_apart_as_a_letter_and_a_word() -> None:
    rows = plan_rows(PLAN, place_name)
    assert [(row.number, row.name, row.side.letter, row.side.value) for row in rows] == [
        (1, "Upper trapezius TrP1", "L", "left"),
        (2, "Levator scapulae (upper)", "R", "right"),
        (3, "Free site, temple", "L", "left"),
    ]
    assert rows[1].words.startswith("2, Levator scapulae (upper), right, 2 of 0.25")
    assert rows[0].has_note


def test_totals_count_needles_turns_and_what_is_open() -> None:
    dot = "  \N{MIDDLE DOT}  "
    assert totals_words(PLAN) == dot.join(("3 sites", "3 needles", "1 turn", "1 undecided"))
    assert totals_words(Plan()) == dot.join(("0 sites", "0 needles", "0 turns"))


def test_the_model_keeps_the_rules_and_changes_only_what_changed(qtbot: QtBot) -> None:
    model = PlanModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(plan_rows(PLAN, place_name))
    kept = [model.index(row) for row in range(3)]
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rowsMoved):
        model.set_rows(plan_rows(PLAN, place_name))
    model.set_rows(plan_rows(PLAN.moving("s3", 0), place_name))
    assert ids(model) == ["s3", "s1", "s2"]
    model.set_rows(plan_rows(PLAN.removing("s1"), place_name))
    assert ids(model) == ["s2", "s3"]
    grown = PLAN.adding(Site(id="s9", place=PointRef(LONE, L))).moving("s9", 1)
    model.set_rows(plan_rows(grown, place_name))
    assert ids(model) == ["s1", "s9", "s2", "s3"]
    assert len(kept) == 3


@pytest.mark.parametrize(
    ("dragged", "gap", "asked"),
    [("s1", 3, ("s1", 2)), ("s3", 0, ("s3", 0)), ("s1", 2, ("s1", 1)), ("s3", -1, None), ("s2", 2, None)],
)
def test_a_drop_asks_for_the_place_it_will_have(
    dragged: str, gap: int, asked: tuple[str, int] | None
) -> None:
    model = PlanModel()
    model.set_rows(plan_rows(PLAN, place_name))
    told: list[tuple[str, int]] = []
    model.move_requested.connect(lambda site, index: told.append((site, index)))
    data = model.mimeData([model.index_of(dragged)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, gap, 0, QModelIndex())
    assert told == ([asked] if asked else [])
    assert ids(model) == ["s1", "s2", "s3"]  # the plan moves it, not the view


def test_a_drop_of_something_else_is_ignored() -> None:
    model = PlanModel()
    model.set_rows(plan_rows(PLAN, place_name))
    assert not model.dropMimeData(QMimeData(), Qt.DropAction.MoveAction, 0, 0, QModelIndex())


def test_the_current_site_stays_current_while_rows_move(pane: PlanPane) -> None:
    make_current(pane, "s2")
    pane.set_plan(PLAN.moving("s2", 0))
    assert pane.current_site_id() == "s2"
    assert pane.editor.title.text().startswith("1  Levator scapulae")


def test_an_empty_plan_teaches(pane: PlanPane) -> None:
    pane.set_plan(Plan())
    assert pane._body.currentIndex() == 0
    assert not pane._foot.isVisibleTo(pane)
    assert pane.current_site_id() == ""


def test_a_selection_from_elsewhere_makes_its_site_current_and_asks_nothing(
    pane: PlanPane, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(pane.place_select_requested):
        pane.set_selection((PointRef(LONE, R),))
        assert pane.current_site_id() == "s2"
        pane.set_selection((PointRef(LONE, L),))
    assert pane.current_site_id() == ""
    assert not pane._editor_scroll.isVisibleTo(pane)


def test_clicking_a_row_selects_its_place(pane: PlanPane, qtbot: QtBot) -> None:
    rect = pane.list.visualRect(pane.rows.index_of("s2"))
    with qtbot.waitSignal(pane.place_select_requested) as asked:
        QTest.mouseClick(pane.list.viewport(), LEFT_BUTTON, NO_KEYS, rect.center() - QPoint(60, 0))
    assert asked.args == [PointRef(LONE, R)]
    assert pane.current_site_id() == "s2"


@pytest.mark.parametrize(
    ("action", "signal", "value"),
    [
        (RowAction.JUMP, "place_jump_requested", PointRef(LONE, R)),
        (RowAction.OTHER_SIDE, "site_other_side_requested", "s2"),
        (RowAction.REMOVE, "site_remove_requested", "s2"),
    ],
)
def test_the_buttons_of_a_row_ask_for_what_they_show(
    pane: PlanPane, qtbot: QtBot, action: RowAction, signal: str, value: object
) -> None:
    delegate = pane.list.itemDelegate()
    assert isinstance(delegate, PlanRowDelegate)
    rect = delegate.action_rect(pane.list.visualRect(pane.rows.index_of("s2")), action)
    assert min(rect.width(), rect.height()) >= 24
    with qtbot.waitSignal(getattr(pane, signal)) as from_row:
        QTest.mouseClick(pane.list.viewport(), LEFT_BUTTON, NO_KEYS, rect.center())
    make_current(pane, "s2")
    button = next(b for b in pane.editor.findChildren(object) if b.property("row_action") == action.value)
    with qtbot.waitSignal(getattr(pane, signal)) as from_editor:
        button.click()
    assert from_row.args == from_editor.args == [value]


def test_the_keyboard_reorders_removes_and_jumps(pane: PlanPane, qtbot: QtBot) -> None:
    make_current(pane, "s2")
    with qtbot.waitSignal(pane.site_move_requested) as up:
        QTest.keyClick(pane.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(pane.site_move_requested) as down:
        QTest.keyClick(pane.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(pane.site_remove_requested) as removed:
        QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    with qtbot.waitSignal(pane.place_jump_requested) as jumped:
        QTest.keyClick(pane.list, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.place_select_requested) as chosen:
        QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert (up.args, down.args) == (["s2", 0], ["s2", 2])
    assert (removed.args, jumped.args, chosen.args) == (["s2"], [PointRef(LONE, R)], [TEMPLE])
    with qtbot.assertNotEmitted(pane.site_move_requested):
        QTest.keyClick(pane.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)


def test_the_mouse_over_a_row_lights_its_site(pane: PlanPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.place_hover_requested) as over:
        pane.list.entered.emit(pane.rows.index_of("s3"))
    assert over.args == [TEMPLE]


def test_the_header_hands_over_what_is_typed(pane: PlanPane, qtbot: QtBot) -> None:
    header = pane.header
    assert (header.patient.text(), header.date.text()) == ("A. B.", "3 Feb 2026")
    header.patient.selectAll()
    with qtbot.waitSignal(pane.patient_change_requested) as patient:
        QTest.keyClicks(header.patient, "C. D.")
        QTest.keyClick(header.patient, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.note_change_requested) as note:
        QTest.keyClicks(header.note, "first visit")
        pane.commit()
    with qtbot.waitSignal(pane.date_change_requested) as date:
        header.date.setText("2026-02-04")
        pane.commit()
    assert (patient.args, note.args, date.args) == (["C. D."], ["first visit"], ["2026-02-04"])


def test_a_refresh_disturbs_no_typing(pane: PlanPane) -> None:
    make_current(pane, "s1")
    field = pane.editor.depth_field
    pane.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, "half typ")
    field.setCursorPosition(4)
    pane.set_plan(msgspec.structs.replace(PLAN, patient="X. Y.").removing("s3"))
    assert field.text() == "half typ"
    assert field.cursorPosition() == 4
    assert pane.focusWidget() is field


def test_the_editor_asks_for_one_field_at_a_time(pane: PlanPane, qtbot: QtBot) -> None:
    make_current(pane, "s1")
    editor = pane.editor
    with qtbot.waitSignal(pane.site_edit_requested) as technique:
        editor.technique.setCurrentIndex(editor.technique.findData(Technique.STATIC))
        editor.technique.activated.emit(editor.technique.currentIndex())
    with qtbot.waitSignal(pane.site_edit_requested) as position:
        editor.position.setCurrentIndex(0)
        editor.position.activated.emit(0)
    with qtbot.waitSignal(pane.site_edit_requested) as direction:
        QTest.keyClicks(editor.direction_field, "inwards")
        editor.direction_field.commit()
    assert technique.args == ["s1", "technique", Technique.STATIC]
    assert position.args == ["s1", "position", None]
    assert direction.args == ["s1", "direction", "inwards"]


def test_the_editor_shows_what_is_so(pane: PlanPane) -> None:
    make_current(pane, "s2")
    editor = pane.editor
    assert editor.needle.diameter.currentText() == "0.25"
    assert (editor.needle.length.currentText(), editor.needle.count.value()) == ("30", 2)
    assert editor.position.currentData() == Position.SUPINE
    make_current(pane, "s3")
    assert editor.needle.diameter.currentText() == ""
    assert editor.technique.currentData() is None


def test_a_needle_is_typed_or_chosen_and_half_of_it_is_completed(pane: PlanPane, qtbot: QtBot) -> None:
    make_current(pane, "s3")
    needle = pane.editor.needle
    with qtbot.waitSignal(pane.site_edit_requested) as half:
        needle.length.setCurrentText("50")
        needle.length.activated.emit(0)
    assert half.args == ["s3", "needle", Needle(0.30, 50.0, 1)]
    with qtbot.waitSignal(pane.site_edit_requested) as typed:
        needle.diameter.setCurrentText("0,22 mm")
        needle.diameter.field.editingFinished.emit()
    assert typed.args == ["s3", "needle", Needle(0.22, 50.0, 1)]
    with qtbot.waitSignal(pane.site_edit_requested) as more:
        needle.count.setValue(3)
    assert more.args[2] == Needle(0.22, 50.0, 3)


def test_an_impossible_needle_is_marked_and_not_asked_for(pane: PlanPane, qtbot: QtBot) -> None:
    make_current(pane, "s1")
    needle = pane.editor.needle
    with qtbot.assertNotEmitted(pane.site_edit_requested):
        needle.length.setCurrentText("900")
        needle.length.field.editingFinished.emit()
    assert needle.length.property("invalid") == "true"
    with qtbot.waitSignal(pane.site_edit_requested) as cleared:
        needle.diameter.setCurrentText("")
        needle.length.setCurrentText("")
        needle.length.field.editingFinished.emit()
    assert cleared.args == ["s1", "needle", None]


def test_text_typed_last_goes_to_the_site_it_was_typed_for(pane: PlanPane, qtbot: QtBot) -> None:
    make_current(pane, "s1")
    QTest.keyClicks(pane.editor.depth_field, "shallow")
    with qtbot.waitSignal(pane.site_edit_requested) as asked:
        make_current(pane, "s2")
    assert asked.args == ["s1", "depth", "shallow"]
    assert pane.editor.depth_field.text() == ""


def test_text_for_a_site_that_is_gone_is_let_go(pane: PlanPane, qtbot: QtBot) -> None:
    make_current(pane, "s1")
    QTest.keyClicks(pane.editor.depth_field, "shallow")
    with qtbot.assertNotEmitted(pane.site_edit_requested):
        pane.set_plan(PLAN.removing("s1"))
        pane.commit()


def test_order_by_position_is_offered_for_two_sites_or_more(pane: PlanPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.order_by_position_requested):
        pane.order_button.click()
    pane.set_plan(Plan(sites=PLAN.sites[:1]))
    assert not pane.order_button.isEnabled()
    assert pane.rows.rows()[0].place == PointRef(UPPER_1, L)
