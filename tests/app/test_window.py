"""The program in a real window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from app_program import Program
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bodymap.domain import PointRef, Side, SkinRef
from bodymap.geometry.anchors import Anchor
from bodymap.storage.plan_file import read_plan

pytestmark = pytest.mark.window
PECTORALIS = PointRef("pectoralis_major_sternal.upper", Side.LEFT)


def _anchor(place: SkinRef) -> Anchor:
    return Anchor(place.face, place.barycentric)


def click(program: Program, at: QPoint) -> None:
    QTest.mouseClick(program.parts.viewport._canvas.source, Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_a_point_selects_it_and_shows_its_card(program: Program) -> None:
    at = program.parts.viewport.pixels_of(PECTORALIS)
    assert at is not None
    click(program, at.toPoint())
    assert program.parts.session.state.selection == (PECTORALIS,)
    assert program.parts.card.point.title.text() == "Sternocostal pectoralis major"


def test_a_drag_turns_the_body_and_selects_nothing(program: Program) -> None:
    parts = program.parts
    at = parts.viewport.pixels_of(PECTORALIS)
    assert at is not None
    source, pose, start = parts.viewport._canvas.source, parts.viewport.pose, at.toPoint()
    QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(source, start + QPoint(12 * step, 0))
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert parts.session.state.selection == ()
    assert parts.viewport.pose.azimuth_deg != pose.azimuth_deg


def test_bare_skin_is_offered_and_space_adds_it(program: Program) -> None:
    parts = program.parts
    middle = QPoint(parts.viewport.width() // 2, parts.viewport.height() // 3)
    click(program, middle)
    candidate = parts.session.state.candidate
    assert candidate is not None
    assert candidate.region == parts.body.regions.at(_anchor(candidate))[0]
    QTest.keyClick(parts.viewport, Qt.Key.Key_Space)
    assert program.plan.at(candidate) is not None


def test_five_sites_are_planned_saved_and_read_again(program: Program, tmp_path: Path) -> None:
    parts, wanted = program.parts, 5
    for _ in range(wanted):
        QTest.keyClick(parts.viewport, Qt.Key.Key_Tab)
        QTest.keyClick(parts.viewport, Qt.Key.Key_Space)
    assert len(program.plan.sites) == wanted
    parts.autosave.save_as(tmp_path / "five.bodymap")
    assert read_plan(tmp_path / "five.bodymap").plan == program.plan
    program.connected.files.open_path(tmp_path / "five.bodymap")
    assert parts.plan.rows.rowCount() == wanted


def test_letters_typed_into_the_search_are_no_commands(program: Program, qtbot: QtBot) -> None:
    parts = program.parts
    QTest.keyClick(parts.viewport, Qt.Key.Key_Slash)
    qtbot.waitUntil(parts.browser.search.hasFocus)
    QTest.keyClicks(parts.browser.search, "psoas 2m")
    assert parts.browser.search.text() == "psoas 2m"
    assert parts.session.state.patient_step is None
    assert abs(parts.viewport.pose.azimuth_deg) < 1.0


@pytest.mark.parametrize("view", ["image", "gl"])
@pytest.mark.parametrize("scale", ["1", "2"])
def test_the_program_starts_and_ends_at_every_scale(tmp_path: Path, view: str, scale: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "bodymap.app.command_line", "--view", view, "--data", str(tmp_path)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_SCALE_FACTOR": scale},
    )
    deadline = time.monotonic() + 40
    while not (tmp_path / "bodymap.lock").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(4)
    assert child.poll() is None
    child.send_signal(signal.SIGTERM)
    _, errors = child.communicate(timeout=20)
    assert "Traceback" not in errors
    assert child.returncode == 0
    assert not (tmp_path / "faults.log").exists()
