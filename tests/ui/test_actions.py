from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui_fakes import PLAN

from bodymap.ui.actions import Actions
from bodymap.ui.command_palette import CommandPalette
from bodymap.ui.main_window import MainWindow
from bodymap.ui.menus import ApplicationMenu


def _note_down(told: list[str], words: str, _is_checked: bool = False) -> None:
    told.append(words)


@pytest.fixture
def fired(window: MainWindow) -> list[str]:
    """Names of the commands in the order they ran."""
    told: list[str] = []
    for action in window._actions.all():
        action.triggered.connect(partial(_note_down, told, action.text()))
    window.activateWindow()
    return told


def test_every_command_has_words_and_a_tooltip_and_its_own_key() -> None:
    actions = Actions()
    assert all(action.text() and action.statusTip() and action.toolTip() for action in actions.all())
    keys = [a.shortcut().toString() for a in actions.all() if not a.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))
    assert len({action.text() for action in actions.all()}) == len(actions.all())


@pytest.mark.parametrize(
    ("keys", "words"),
    [("1", "Front"), ("4", "Right"), ("0", "Whole body"), ("m", "Add the other side too"), ("/", "Search")],
)
def test_single_keys_work_while_the_body_has_the_keyboard(
    window: MainWindow, fired: list[str], keys: str, words: str
) -> None:
    window.viewport.setFocus()
    QTest.keyClicks(window.viewport, keys)
    assert fired == [words]


def _search(window: MainWindow) -> QWidget:
    return window.browser.search


def _note(window: MainWindow) -> QWidget:
    return window.plan.header.note


def _diameter(window: MainWindow) -> QWidget:
    return window.plan.editor.needle.diameter.field


def _technique(window: MainWindow) -> QWidget:
    return window.plan.editor.technique


@pytest.mark.parametrize("field", [_search, _note, _diameter, _technique])
def test_single_keys_do_nothing_while_typing(
    window: MainWindow, fired: list[str], field: Callable[[MainWindow], QWidget]
) -> None:
    window.plan.set_plan(PLAN)
    window.plan.set_selection((PLAN.sites[0].place,))
    window.show_plan_tab()
    widget = field(window)
    widget.setFocus()
    QTest.keyClicks(widget, "1m/pb 0")
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    assert fired == []


def test_space_and_tab_mean_the_body_only_on_the_body(window: MainWindow, fired: list[str]) -> None:
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Qt.Key.Key_Space)
    QTest.keyClick(window.viewport, Qt.Key.Key_Tab)
    assert fired == ["Add to plan or take out", "Next point"]
    fired.clear()
    button = window.browser.filter_button
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()
    assert fired == []


def test_escape_in_the_search_clears_first_and_steps_back_after(window: MainWindow, fired: list[str]) -> None:
    search = window.browser.search
    search.setFocus()
    QTest.keyClicks(search, "neck")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), fired) == ("", [])
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert fired == ["Step back"]


def test_undo_names_what_it_takes_back() -> None:
    actions = Actions()
    assert not actions.undo.isEnabled()
    actions.show_undo(True, "Add Soleus, left")
    assert actions.undo.text() == "Undo: Add Soleus, left"
    assert actions.undo.isEnabled()
    actions.show_undo(False, "")
    assert (actions.undo.text(), actions.undo.toolTip()) == ("Undo", "Nothing to undo")


def test_the_arrows_step_only_in_patient_mode() -> None:
    actions = Actions()
    assert not actions.patient_next.isEnabled()
    actions.set_patient_mode(True)
    assert actions.patient_next.isEnabled()
    assert actions.patient_mode.isChecked()


def test_the_menu_holds_every_command_that_is_no_mere_key(qtbot: QtBot) -> None:
    actions = Actions()
    menu = ApplicationMenu(actions)
    qtbot.addWidget(menu)

    def inside(of: ApplicationMenu | QWidget) -> list[QAction]:
        return [
            deep for action in of.actions() for deep in (inside(action.menu()) if action.menu() else [action])
        ]

    keys_only = {
        actions.search, actions.step_back, actions.next_pane, actions.next_point, actions.previous_point,
        actions.patient_next, actions.patient_previous, actions.privacy_blank, actions.toggle_theme,
    }  # fmt: skip
    assert set(actions.all()) - set(inside(menu)) == keys_only


def test_recent_plans_show_their_names_and_keep_their_paths(qtbot: QtBot) -> None:
    menu = ApplicationMenu(Actions())
    qtbot.addWidget(menu)
    assert not menu.recent.isEnabled()
    menu.set_recent(["/home/me/plans/a&b.bodymap", "/home/me/c.bodymap"])
    first = menu.recent.actions()[0]
    assert first.text() == "a&&b.bodymap"
    with qtbot.waitSignal(menu.recent_requested) as asked:
        first.trigger()
    assert asked.args == ["/home/me/plans/a&b.bodymap"]
    with qtbot.waitSignal(menu.recent_clear_requested):
        menu.recent.actions()[-1].trigger()


def test_the_palette_finds_a_command_by_a_few_letters_and_runs_it(qtbot: QtBot) -> None:
    actions = Actions()
    palette = CommandPalette(actions.all())
    qtbot.addWidget(palette)
    palette.show()
    assert palette.list.count() == sum(action.isEnabled() for action in actions.all())
    QTest.keyClicks(palette.field, "exp csv")
    assert [palette.list.item(row).text() for row in range(palette.list.count())] == ["Export CSV"]
    with qtbot.waitSignal(actions.export_csv.triggered):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_the_palette_walks_with_the_arrows_and_says_when_nothing_fits(qtbot: QtBot) -> None:
    actions = Actions()
    palette = CommandPalette(actions.all())
    qtbot.addWidget(palette)
    palette.show()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == palette.list.count() - 1
    palette.grab()
    QTest.keyClicks(palette.field, "xyzzy")
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
