"""Every control has a name that can be read out, and can be hit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui_fakes import PLAN, REPORT, UPPER_1, content, make_window

from bodymap.ui.actions import Actions
from bodymap.ui.command_palette import CommandPalette
from bodymap.ui.decisions import DecisionDialog, recovery_question, unsaved_question
from bodymap.ui.help_pages import AboutDialog, KeyboardDialog
from bodymap.ui.main_window import MainWindow
from bodymap.ui.patient_mode import PatientWords
from bodymap.ui.print_preview import PrintPreview
from bodymap.ui.theme import LIGHT

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QTabBar)
# Parts that Qt makes inside its own controls; the control has the name.
INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton")


def controls(root: QWidget) -> Iterator[QWidget]:
    for widget in [root, *root.findChildren(QWidget)]:
        is_inner = widget.objectName().startswith(INNER) or isinstance(
            widget.parentWidget(), QLineEdit | QAbstractSpinBox
        )
        popup = widget.window() is not root.window()
        is_focusable_area = (
            isinstance(widget, QAbstractScrollArea) and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        )
        hidden_part = isinstance(widget, QHeaderView)
        if (
            not is_inner
            and not popup
            and not hidden_part
            and (isinstance(widget, CONTROLS) or is_focusable_area)
        ):
            yield widget


def fill(window: MainWindow) -> None:
    window.browser.set_plan(PLAN)
    window.pain.show_report(REPORT)
    window.plan.set_plan(PLAN)
    window.plan.set_selection((PLAN.sites[0].place,))
    window.card.show_point(content(UPPER_1), 1)
    window.patient.show_step(PatientWords("a", "b", "c"), 0, 2)


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} {w.objectName()} in {type(w.parentWidget()).__name__}"
        for w in controls(root)
        if not w.accessibleName()
    ]


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    fill(window)
    assert len(list(controls(window))) > 60
    assert nameless(window) == []


@pytest.mark.parametrize("name", ["palette", "unsaved", "recovery", "about", "keyboard", "print"])
def test_every_control_of_a_dialog_has_a_name(qtbot: QtBot, name: str) -> None:
    actions = Actions()
    dialog = {
        "palette": lambda: CommandPalette(actions.all()),
        "unsaved": lambda: DecisionDialog(unsaved_question("This plan")),
        "recovery": lambda: DecisionDialog(recovery_question("A plan", QDateTime.currentDateTime(), 2)),
        "about": lambda: AboutDialog("1.0"),
        "keyboard": lambda: KeyboardDialog(actions.all()),
        "print": PrintPreview,
    }[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.accessibleName()
    assert nameless(dialog) == []


@pytest.mark.parametrize(("touch", "least_px"), [(False, 24), (True, 44)])
def test_buttons_can_be_hit(qtbot: QtBot, touch: bool, least_px: int) -> None:
    window = make_window(LIGHT, touch)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    fill(window)
    bars = (window.top_bar, window.browser, window.card.foot)
    inline = {"more", "fold", "link"}
    small = [
        f"{type(button).__name__} {button.accessibleName()} {button.width()}x{button.height()}"
        for bar in bars
        for button in controls(bar)
        if isinstance(button, QAbstractButton) and button.isVisibleTo(window)
        if button.property("role") not in inline
        if min(button.width(), button.height()) < least_px
    ]
    assert small == []


def test_the_keyboard_reaches_every_pane(window: MainWindow) -> None:
    fill(window)
    seen = set()
    for _ in range(3):
        window.top_bar.window()
        window._actions.next_pane.trigger()
        focus = window.focusWidget()
        seen.add(next(p for p in (window.browser, window.viewport, window.tabs) if _holds(p, focus)))
    assert len(seen) == 3


def _holds(pane: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (pane is widget or pane.isAncestorOf(widget))
