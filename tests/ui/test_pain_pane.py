from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from ui_fakes import FEW_REGIONS, LONE, PLAN, REPORT, UPPER_1, UPPER_2, L, R

from bodymap.domain import PointRef, Quality
from bodymap.session import Brush, Tool
from bodymap.ui.pain import NO_PAIN, PainPane
from bodymap.ui.theme import LIGHT, apply_theme


@pytest.fixture
def pane(qtbot: QtBot, qapp: QApplication) -> Iterator[PainPane]:
    apply_theme(qapp, LIGHT)
    made = PainPane(FEW_REGIONS)
    qtbot.addWidget(made)
    made.resize(280, 700)
    made.show()
    made.show_brush(Brush())
    yield made


def asked(signal: Any) -> list[Any]:
    found: list[Any] = []
    signal.connect(lambda *values: found.append(values[0] if len(values) == 1 else values))
    return found


def test_the_brush_shows_what_it_is_and_asks_for_what_is_chosen(pane: PainPane) -> None:
    changes = asked(pane.brush_change_requested)
    pane.show_brush(Brush(Tool.PAINT, Quality.NUMB, 8, 15.0, mirrored=True))
    assert pane.brush.tool.choice is Tool.PAINT
    assert pane.brush.qualities.checkedButton().accessibleName() == "Feels: numb or tingling"
    assert (pane.brush.strength.value(), pane.brush.width_mm.value()) == (8, 30)
    assert (pane.brush.strength_words.text(), pane.brush.size_words.text()) == ("8 of 10", "30 mm")
    assert pane.brush.both_sides.isChecked()
    assert changes == []  # what is shown is no wish
    pane.brush.qualities.button(1).click()
    pane.brush.strength.setValue(3)
    pane.brush.width_mm.setValue(60)
    pane.brush.both_sides.click()
    assert changes == [
        {"quality": Quality.SHARP},
        {"intensity": 3},
        {"radius_mm": 30.0},
        {"mirrored": False},
    ]


def test_an_empty_body_is_explained_and_a_painted_one_ranked(pane: PainPane) -> None:
    pane.show_report(NO_PAIN)
    assert pane.advice.isVisible()
    assert not pane.points.isVisible()
    pane.show_report(REPORT)
    assert not pane.advice.isVisible()
    rows = [node.text for node in pane.points.rows.nodes()]
    assert rows == ["Upper trapezius TrP1, left", "Upper trapezius TrP2, left", "Levator scapulae, right"]
    assert pane.figures.text() == REPORT.figures


def test_what_is_painted_can_be_cleared(pane: PainPane) -> None:
    cleared = asked(pane.clear_requested)
    assert not pane.clear.isEnabled()
    pane.show_can_clear(True)
    pane.clear.click()
    assert len(cleared) == 1


def test_warnings_come_first_and_the_rest_on_demand(pane: PainPane, qtbot: QtBot) -> None:
    pane.show_report(REPORT)
    box = pane.warnings
    assert box.y() < pane.meter.y()

    def read() -> list[str]:
        return [label.accessibleName() for label in box.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: any(text.startswith("Bleed around the brain") for text in read()))
    assert not any(text.startswith("Inflamed") for text in read())
    assert box.more.text() == "1 more to ask"
    qtbot.mouseClick(box.more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(text.startswith("Inflamed") for text in read()))
    assert not box.alike_words.isVisible()
    qtbot.mouseClick(box.alikes, Qt.MouseButton.LeftButton)
    assert box.alike_words.text() == "Migraine; Tension-type headache"
    assert "C2" in box.root.text()
    assert box.property("tone") == "danger"
    pane.show_report(NO_PAIN)
    assert box.isHidden()


def test_the_meter_says_how_much_and_offers_the_next(pane: PainPane) -> None:
    added, left = asked(pane.site_add_requested), asked(pane.left_requested)
    pane.show_report(REPORT)
    assert "64" in pane.meter.words.text()
    assert pane.meter.bar.value() == 64
    assert pane.meter.next_name.whole == "Next: +21\N{NO-BREAK SPACE}%  Upper trapezius TrP2, right"
    pane.meter.next_add.click()
    pane.meter.left.click()
    assert added == [PointRef(UPPER_2, R)]
    assert left == [True]


def test_rows_preview_choose_and_add_their_own_side(pane: PainPane, qtbot: QtBot) -> None:
    previewed, chosen = asked(pane.preview_requested), asked(pane.place_select_requested)
    added, toggled = asked(pane.site_add_requested), asked(pane.site_toggle_requested)
    pane.show_report(REPORT)
    tree = pane.points
    last = tree.rows.index_of_point(f"{LONE}:right")
    rect = tree.visualRect(last)
    qtbot.mouseMove(tree.viewport(), rect.center())
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    add = tree._delegate.add_rect(rect).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=add)
    tree.setCurrentIndex(last)
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    ref = PointRef(LONE, R)
    assert ref in previewed
    assert chosen == [(ref, False)]
    assert added == [ref]
    assert toggled == [ref]


def test_a_muscle_opens_by_its_caret_to_its_other_points(pane: PainPane, qtbot: QtBot) -> None:
    chosen = asked(pane.place_select_requested)
    pane.show_report(REPORT)
    tree = pane.points
    first = tree.rows.index(0, 0)
    assert not tree.isExpanded(first)
    caret = tree._delegate.caret_rect(tree.visualRect(first), first).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=caret)
    assert tree.isExpanded(first)
    assert chosen == []


def test_planned_points_carry_their_number_on_their_own_side(pane: PainPane) -> None:
    pane.show_report(REPORT)
    pane.set_plan(PLAN)
    numbers = pane.points.rows._plan_numbers
    expected = {
        f"{site.place.point}:{site.place.side.value}": str(number)
        for number, site in enumerate(PLAN, start=1)
        if isinstance(site.place, PointRef)
    }
    assert numbers == expected
    added, chosen = asked(pane.site_add_requested), asked(pane.place_select_requested)
    key = next(iter(expected))
    pane.points.point_added.emit(key)
    assert added == []  # what is in the plan is shown, not added again
    assert len(chosen) == 1


def test_regions_are_ticked_without_a_mouse(pane: PainPane, qtbot: QtBot) -> None:
    toggled = asked(pane.region_toggled)
    pane.tabs.setCurrentIndex(1)
    tree = pane.regions.tree
    tree.setFocus()
    temple, sternum = tree.topLevelItem(0), tree.topLevelItem(1)
    assert temple is not None and sternum is not None
    temple.setCheckState(2, Qt.CheckState.Checked)
    sternum.setCheckState(1, Qt.CheckState.Checked)
    temple.setCheckState(2, Qt.CheckState.Unchecked)
    assert toggled == [("temple", R, True), ("sternum", None, True), ("temple", R, False)]
    toggled.clear()
    pane.show_painted_regions([("temple", L), ("sternum", None)])
    assert temple.checkState(1) is Qt.CheckState.Checked
    assert temple.checkState(2) is Qt.CheckState.Unchecked
    assert sternum.checkState(1) is Qt.CheckState.Checked
    assert toggled == []
    qtbot.keyClicks(pane.regions.search, "breast")
    assert (temple.isHidden(), sternum.isHidden()) == (True, False)


def test_the_arrow_keys_reach_the_box_of_each_side(pane: PainPane, qtbot: QtBot) -> None:
    toggled = asked(pane.region_toggled)
    pane.tabs.setCurrentIndex(1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(pane.regions.tree, key)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(pane.regions.tree, key)
    assert toggled == [("temple", R, True), ("sternum", None, True)]


def test_a_preview_ends_with_its_row_and_with_the_keyboard(pane: PainPane, qtbot: QtBot) -> None:
    previewed = asked(pane.preview_requested)
    pane.show_report(REPORT)
    pane.activateWindow()
    pane.points.setFocus()
    qtbot.waitUntil(pane.points.hasFocus)
    qtbot.keyClick(pane.points, Qt.Key.Key_Down)
    assert isinstance(previewed[-1], PointRef)
    pane.brush.strength.setFocus()
    assert previewed[-1] is None
    pane.points.point_hovered.emit(f"{LONE}:right")
    pane.show_report(NO_PAIN)
    assert previewed[-1] is None


def test_the_site_being_painted_is_named(pane: PainPane) -> None:
    done = asked(pane.felt_done_requested)
    pane.show_felt_site("Infraspinatus, right")
    assert "Infraspinatus, right" in pane.felt.text()
    assert pane.felt.isVisible()
    pane.felt_done.click()
    assert len(done) == 1
    pane.show_felt_site("")
    assert not pane.felt.isVisible()


def test_a_ranking_that_stays_keeps_what_is_open(pane: PainPane) -> None:
    pane.show_report(REPORT)
    first = pane.points.rows.index(0, 0)
    pane.points.setExpanded(first, True)
    pane.show_report(REPORT)
    assert pane.points.isExpanded(pane.points.rows.index(0, 0))
    assert UPPER_1 in pane.points.rows.data(first, int(Qt.ItemDataRole.UserRole) + 2)
