from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui_fakes import make_window

from bodymap.ui.main_window import MainWindow
from bodymap.ui.theme import LIGHT, apply_theme

_HERE = Path(__file__).parent
# Qt's offscreen platform says so of windows that are raised, of popups, and when a least size changes.
_OFFSCREEN = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == _HERE:
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN))


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Actions, icons and fonts need the application, whichever test comes first."""


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """The window, shown at the size of the smallest laptop."""
    window = make_window()
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme, before and after."""
    apply_theme(qapp, LIGHT)
    yield qapp
    apply_theme(qapp, LIGHT)
