from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui_fakes import PLAN, make_window

from bodymap.domain import Sex
from bodymap.ui.main_window import MainWindow
from bodymap.ui.notice_bar import Notice, NoticeBar, NoticeKind
from bodymap.ui.patient_mode import PatientWords
from bodymap.ui.theme import DARK, LIGHT, apply_theme, current_theme


def test_it_fits_the_smallest_laptop_with_the_widths_of_the_design(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 700
    assert abs(window.browser.width() - 280) <= 2
    assert abs(window.tabs.width() - 340) <= 2
    assert window.top_bar.height() in (44, 45)  # the hairline below it
    assert window.status.height() in (26, 27)


@pytest.mark.parametrize("width_px", [1024, 1366, 3840])
def test_the_body_takes_what_the_panes_leave(window: MainWindow, width_px: int) -> None:
    window.resize(width_px, 728)
    QApplication.processEvents()
    assert abs(window.viewport.width() - (window.width() - 280 - 340)) <= 8


def test_words_leave_the_top_bar_where_there_is_no_room(window: MainWindow) -> None:
    wide = window.top_bar.patient.width()
    window.resize(1024, 728)
    QApplication.processEvents()
    assert window.top_bar.patient.width() < wide
    assert window.top_bar.patient.accessibleName() == "Patient mode"


def test_panes_hide_and_come_back(window: MainWindow) -> None:
    window._actions.show_browser.trigger()
    assert not window.browser.isVisible()
    window._actions.show_right_pane.trigger()
    window.show_plan_tab()
    assert window.tabs.isVisible()
    assert window.tabs.currentWidget() is window.plan
    window.show_card_tab()
    assert window.tabs.currentWidget() is window.card


def test_the_tab_counts_the_sites(window: MainWindow) -> None:
    window.show_plan_count(5)
    assert window.tabs.tabText(1) == "Plan (5)"
    window.show_plan_count(0)
    assert window.tabs.tabText(1) == "Plan"


def test_the_top_bar_names_the_plan_and_its_state(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.top_bar
    assert bar.title.whole == "New plan"
    bar.show_title(" A. B. ", "2026-02-03")
    assert bar.title.whole == "Plan: A. B., 3 Feb 2026"
    bar.show_title("", "2026-02-03")
    assert bar.title.whole == "Plan: 3 Feb 2026"
    bar.show_state("Edited", is_edited=True)
    assert bar.state.text() == "\N{BLACK CIRCLE} Edited"
    with qtbot.assertNotEmitted(bar.sex_chosen):
        bar.show_sex(Sex.FEMALE)
    assert bar.body.choice is Sex.FEMALE


def test_patient_mode_shows_the_body_and_plain_words_alone(window: MainWindow) -> None:
    window.patient.show_step(PatientWords("It lifts.", "It aches.", "Rest."), 0, 1)
    window.set_patient_mode(True)
    parts = (window.top_bar, window.finders, window.tabs, window.status)
    assert not any(part.isVisible() for part in parts)
    assert window.patient.isVisible()
    assert window.viewport.isVisible()
    assert window._actions.patient_next.isEnabled()
    window.set_patient_mode(False)
    assert all(part.isVisible() for part in parts)
    assert not window.patient.isVisible()
    assert not window.isFullScreen()


def test_a_hidden_pane_stays_hidden_after_patient_mode(window: MainWindow) -> None:
    window._actions.show_browser.trigger()
    window.set_patient_mode(True)
    window.set_patient_mode(False)
    assert not window.browser.isVisible()


def test_the_screen_can_be_blanked(window: MainWindow, qtbot: QtBot) -> None:
    window.set_patient_mode(True)
    window.set_blank(True)
    assert window.is_blank
    assert not window.viewport.isVisible()
    assert not window.patient.isVisible()
    with qtbot.waitSignal(window.blank.return_requested):
        qtbot.mouseClick(window.blank, Qt.MouseButton.LeftButton)
    window.set_blank(False)
    assert window.viewport.isVisible()


def test_the_guard_keeps_the_window_open(window: MainWindow) -> None:
    window.close_guard = lambda: False
    assert not window.close()
    window.close_guard = lambda: True
    assert window.close()


def test_only_the_geometry_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    file = str(tmp_path / "window.ini")
    window = make_window(settings=QSettings(file, QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.plan.set_plan(PLAN)
    window.show()
    window.splitter.setSizes([0, 800, 400, 0])
    window.close()
    settings = QSettings(file, QSettings.Format.IniFormat)
    assert set(settings.allKeys()) == {"window/geometry", "window/panes"}
    again = make_window(settings=settings)
    qtbot.addWidget(again)
    again.show()
    assert again.splitter.sizes()[0] == 0


def test_a_damaged_memory_of_the_geometry_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/geometry", "nonsense")
    settings.setValue("window/panes", 7)
    window = make_window(settings=settings)
    qtbot.addWidget(window)
    assert window.width() == 1280


def test_the_theme_changes_under_an_open_window(window: MainWindow, qapp: QApplication) -> None:
    light = window.grab().toImage()
    apply_theme(qapp, DARK, touch=True)
    QApplication.processEvents()
    assert abs(window.tabs.width() - current_theme().metrics.right_pane_px) <= 4
    assert window.grab().toImage() != light
    assert window.top_bar.height() >= 60
    apply_theme(qapp, LIGHT)


def test_the_status_line_shows_hover_progress_and_saving(window: MainWindow, qtbot: QtBot) -> None:
    status = window.status
    status.show_hover("Soleus, left " * 60)
    assert status.hover.text().endswith("\N{HORIZONTAL ELLIPSIS}")
    status.show_saved("saved 14:02")
    assert status.saved.text() == "saved 14:02"
    status.show_progress("Making the page", 0.4)
    assert (status.progress.value(), status.cancel.isVisible()) == (40, True)
    with qtbot.waitSignal(status.cancel_requested):
        status.cancel.click()
    status.show_progress("Making the page", None, can_cancel=False)
    assert (status.progress.maximum(), status.cancel.isVisible()) == (0, False)
    status.end_progress()
    assert not status.progress.isVisible()


def test_notices_stack_and_go_one_by_one(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    first = Notice(NoticeKind.ERROR, "The disk is full.", "A copy is kept.", "Free some space.")
    second = Notice(NoticeKind.DONE, "The page is saved.")
    bar.show_notice(first)
    bar.show_notice(second)
    bar.show_notice(second)
    assert bar.what.text() == "The page is saved."
    assert not bar.rest.isVisibleTo(bar)
    with qtbot.waitSignal(bar.dismissed) as gone:
        bar.close_button.click()
    assert gone.args == [second]
    assert bar.rest.text() == "A copy is kept. Free some space."
    assert (bar.property("tone"), bar.accessibleName()) == ("danger", "Problem")
    bar.clear()
    assert bar.isHidden()


def test_the_hint_comes_once(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.hint.isVisible()
    window.hint.show()
    with qtbot.waitSignal(window.hint.dismissed):
        window.hint.ok.click()
    assert not window.hint.isVisible()
