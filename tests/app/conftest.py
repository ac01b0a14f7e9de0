from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_program import Program
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bodymap.app.reference import reference_atlas, reference_body
from bodymap.app.window import build_window, shut_down
from bodymap.app.wiring import connect
from bodymap.domain import Plan
from bodymap.ui.viewport import ViewLevel

# Qt's offscreen platform says so of windows that are raised and of popups.
_OFFSCREEN = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN))


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The whole window on the real atlas and body, drawn as an image, at the size of a small laptop."""
    parts = build_window(reference_atlas(), reference_body(), tmp_path, ViewLevel.IMAGE)
    connected = connect(qapp, parts)
    connected.look.restore()
    parts.session.load_plan(Plan(date="2026-02-03"))
    connected.showing.show_everything()
    parts.window.hint.hide()
    parts.window.resize(1366, 728)
    parts.window.show()
    qtbot.waitExposed(parts.window)
    parts.window.activateWindow()
    qtbot.waitUntil(parts.window.isActiveWindow)
    parts.viewport.setFocus()
    parts.viewport.set_reduced_motion(True)
    yield Program(parts, connected, tmp_path)
    parts.window.close_guard = None
    parts.window.close()
    shut_down(parts)
    parts.window.deleteLater()
