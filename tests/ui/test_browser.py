from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import ARRHYTHMIA, LONE, PLAN, TEMPLE, UPPER_1, L, R, catalog, search

from bodymap.domain import PointRef
from bodymap.ui.browser import BrowserPane
from bodymap.ui.browser.tree import BrowserTree

LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(qtbot: QtBot) -> BrowserPane:
    pane = BrowserPane(catalog(), search)
    qtbot.addWidget(pane)
    pane.resize(280, 600)
    pane.show()
    return pane


def open_to(tree: BrowserTree, point: str) -> QModelIndex:
    index = tree.rows.index_of_point(point)
    above = index.parent()
    while above.isValid():
        tree.setExpanded(above, True)
        above = above.parent()
    return index


def click(tree: BrowserTree, point: str, *, on_add: bool = False, ctrl: bool = False) -> None:
    rect = tree.visualRect(open_to(tree, point))
    where = QPoint(rect.right() - 12, rect.center().y()) if on_add else rect.center()
    keys = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(tree.viewport(), LEFT_BUTTON, keys, where)


def test_a_click_selects_the_point_on_the_chosen_side(pane: BrowserPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.place_select_requested) as first:
        click(pane.muscles, UPPER_1)
    pane.side.set_choice(R)
    with qtbot.waitSignal(pane.place_select_requested) as second:
        click(pane.muscles, UPPER_1, ctrl=True)
    assert first.args == [PointRef(UPPER_1, L), False]
    assert second.args == [PointRef(UPPER_1, R), True]


def test_a_point_that_exists_on_one_side_is_meant_on_that_side(pane: BrowserPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.place_select_requested) as asked:
        click(pane.muscles, ARRHYTHMIA)
    assert asked.args == [PointRef(ARRHYTHMIA, R), False]


def test_plus_and_double_click_add(pane: BrowserPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.site_add_requested) as plus:
        click(pane.muscles, UPPER_1, on_add=True)
    rect = pane.muscles.visualRect(open_to(pane.muscles, LONE))
    with qtbot.waitSignal(pane.site_add_requested) as double:
        QTest.mouseDClick(pane.muscles.viewport(), LEFT_BUTTON, Qt.KeyboardModifier.NoModifier, rect.center())
    assert plus.args == [PointRef(UPPER_1, L)]
    assert double.args == [PointRef(LONE, L)]


def test_what_is_in_the_plan_is_shown_instead_of_added_again(pane: BrowserPane, qtbot: QtBot) -> None:
    pane.set_plan(PLAN)
    with (
        qtbot.assertNotEmitted(pane.site_add_requested),
        qtbot.waitSignal(pane.place_select_requested) as asked,
    ):
        click(pane.muscles, UPPER_1, on_add=True)
    assert asked.args == [PointRef(UPPER_1, L), False]


def test_the_mouse_over_a_point_asks_for_its_hover_and_ends_it(pane: BrowserPane, qtbot: QtBot) -> None:
    index = open_to(pane.muscles, UPPER_1)
    with qtbot.waitSignal(pane.place_hover_requested) as over:
        pane.muscles.entered.emit(index)
    with qtbot.waitSignal(pane.place_hover_requested) as away:
        pane.muscles.entered.emit(index.parent())
    assert over.args == [PointRef(UPPER_1, L)]
    assert away.args == [None]


def test_the_keyboard_walks_selects_and_toggles(pane: BrowserPane, qtbot: QtBot) -> None:
    tree = pane.muscles
    tree.setCurrentIndex(open_to(tree, UPPER_1))
    with qtbot.waitSignal(pane.place_hover_requested) as moved:
        QTest.keyClick(tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.place_select_requested) as entered:
        QTest.keyClick(tree, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.site_toggle_requested) as toggled:
        QTest.keyClick(tree, Qt.Key.Key_Space)
    assert moved.args[0].point.endswith(".2")
    assert entered.args == [moved.args[0], False]
    assert toggled.args == [moved.args[0]]


def test_enter_opens_and_closes_a_heading(pane: BrowserPane) -> None:
    heading = pane.muscles.rows.index(0, 0)
    pane.muscles.setCurrentIndex(heading)
    QTest.keyClick(pane.muscles, Qt.Key.Key_Return)
    assert pane.muscles.isExpanded(heading)
    QTest.keyClick(pane.muscles, Qt.Key.Key_Return)
    assert not pane.muscles.isExpanded(heading)


def test_searching_goes_from_the_field_to_the_list(pane: BrowserPane) -> None:
    QTest.keyClicks(pane.search, "headache")
    assert pane.muscles.rows.rowCount() == 2
    assert pane.footer.text() == "2 muscles, 2 points a side"
    pane.activateWindow()
    QTest.keyClick(pane.search, Qt.Key.Key_Down)
    assert pane.focusWidget() is pane.muscles
    assert pane.muscles.currentIndex().row() == 0


def test_escape_clears_the_search_before_it_steps_back(pane: BrowserPane) -> None:
    QTest.keyClicks(pane.search, "headache")
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)
    assert pane.search.text() == ""


def test_nothing_found_teaches_and_leads_back(pane: BrowserPane) -> None:
    pane.search.setText("xyzzy")
    assert pane.lists.currentWidget() is pane.nothing
    assert "xyzzy" in pane.nothing.words.text()
    assert "headache" in pane.nothing.words.text()
    pane.nothing.clear.click()
    assert pane.lists.currentWidget() is pane.muscles
    assert pane.search.text() == ""


def test_filters_narrow_and_offer_to_be_cleared(pane: BrowserPane) -> None:
    pane.filter_button.click()
    filters = pane.filters
    assert not filters.clear_button.isVisibleTo(filters)
    filters.area.setCurrentIndex(filters.area.findData("chest"))
    filters.area.activated.emit(filters.area.currentIndex())
    assert pane.footer.text() == "1 muscle, 2 points a side"
    assert filters.group.count() == 2
    filters.clear_button.click()
    assert pane.footer.text() == "3 muscles, 5 points a side"


def test_a_nerve_root_narrows_the_lists_and_is_told(pane: BrowserPane, qtbot: QtBot) -> None:
    root = pane.filters.root
    with qtbot.waitSignal(pane.root_chosen) as said:
        root.setCurrentIndex(root.findData("C3"))
        root.activated.emit(root.currentIndex())
    assert said.args == ["C3"]
    assert pane.footer.text() != "3 muscles, 5 points a side"
    with qtbot.waitSignal(pane.root_chosen) as said:
        pane.filters.clear_button.click()
    assert said.args == [""]


def test_a_nerve_narrows_the_lists(pane: BrowserPane) -> None:
    nerve = pane.filters.nerve
    offered = [nerve.itemData(row) for row in range(nerve.count())]
    assert offered[0] == ""
    assert len(offered) > 1
    nerve.setCurrentIndex(1)
    nerve.activated.emit(1)
    assert pane.footer.text() != "3 muscles, 5 points a side"


def test_what_was_open_stays_open_through_a_search(pane: BrowserPane) -> None:
    open_to(pane.muscles, UPPER_1)
    pane.search.setText("headache")
    pane.search.clear()
    assert pane.muscles.isExpanded(pane.muscles.rows.index_of_point(UPPER_1).parent())


def test_the_second_list_has_regions(pane: BrowserPane, qtbot: QtBot) -> None:
    pane.tabs.setCurrentIndex(1)
    assert pane.lists.currentWidget() is pane.regions
    assert pane.footer.text() == "3 regions in which points are felt"
    with qtbot.waitSignal(pane.place_select_requested) as asked:
        click(pane.regions, UPPER_1)
    assert asked.args == [PointRef(UPPER_1, L), False]


def test_a_selection_from_elsewhere_is_marked_with_its_side(pane: BrowserPane, qtbot: QtBot) -> None:
    with (
        qtbot.assertNotEmitted(pane.place_select_requested),
        qtbot.assertNotEmitted(pane.side_changed),
    ):
        pane.set_selection((TEMPLE, PointRef(UPPER_1, R)))
    assert pane.side.choice is R
    assert pane.muscles.currentIndex() == pane.muscles.rows.index_of_point(UPPER_1)
    assert pane.muscles.isExpanded(pane.muscles.currentIndex().parent())


def test_changing_the_side_takes_the_selected_point_along(pane: BrowserPane, qtbot: QtBot) -> None:
    pane.set_selection((PointRef(UPPER_1, L),))
    right = pane.side.findChildren(type(pane.filter_button))[1]
    with (
        qtbot.waitSignal(pane.side_changed) as changed,
        qtbot.waitSignal(pane.place_select_requested) as asked,
    ):
        right.click()
    assert changed.args == [R]
    assert asked.args == [PointRef(UPPER_1, R), False]


def test_it_is_painted_with_badges_notes_and_focus(pane: BrowserPane) -> None:
    pane.set_plan(PLAN)
    pane.set_selection((PointRef(UPPER_1, L),))
    pane.muscles.setFocus()
    plain = pane.grab().toImage()
    pane.search.setText("headache")
    assert pane.grab().toImage() != plain
