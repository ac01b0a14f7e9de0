"""Whole journeys in a real window: one scale and one view at a time, from the first key to the file."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from app_program import Program
from app_run import Run
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bodymap.app.window import Parts
from bodymap.domain import PointRef, Side
from bodymap.storage.plan_file import read_plan

pytestmark = pytest.mark.window
TRAPEZIUS = PointRef("trapezius_upper.1", Side.LEFT)
CONTROL = Qt.KeyboardModifier.ControlModifier
_PICKER = Path(__file__).parent / "pick_at_scale.py"


@pytest.mark.parametrize("level", ["image", "gl"])
def test_on_a_dense_screen_clicks_and_colours_are_where_they_belong(level: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(_PICKER), level, str(tmp_path)],
        env={**os.environ, "QT_SCALE_FACTOR": "2"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert said["ratio"] == 2.0
    assert len(said["clicked"]) >= 10
    assert said["selected"] == said["clicked"]
    assert said["red"] > 0.8


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    yield Run(monkeypatch, tmp_path / "data", view="gl")
    gc.unfreeze()
    gc.collect()


@pytest.mark.usefixtures("qapp")
def test_the_program_on_a_small_laptop_draws_and_takes_a_click(run: Run, tmp_path: Path) -> None:
    def fit(parts: Parts) -> None:
        parts.window.resize(1366, 768)
        parts.viewport.set_reduced_motion(True)
        run.pause_ms = 400

    def has_room(parts: Parts) -> bool:
        window, body = parts.window, parts.viewport
        return (window.width(), window.height()) == (1366, 768) and min(body.width(), body.height()) > 600

    def click(parts: Parts) -> bool:
        ref = parts.viewport.points_in_view()[0]
        at = parts.viewport.pixels_of(ref)
        assert at is not None
        QTest.mouseClick(parts.viewport._canvas.source, Qt.MouseButton.LeftButton, pos=at.toPoint())
        return parts.session.state.selection == (ref,) and not parts.card.foot.isHidden()

    assert run(fit, has_room, click) == 0
    assert run.seen == [None, True, True]
    assert not (tmp_path / "data" / "view-starting").exists(), "the view never reached the screen"
    assert not (tmp_path / "data" / "faults.log").exists()


def test_a_plan_is_made_by_keys_saved_and_opened_again(
    program: Program, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    parts, path = program.parts, tmp_path / "by keys.bodymap"
    for dialog in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(path), ""))
    for text in ("trapezius", "levator", "infraspinatus", "glut med", "soleus"):
        QTest.keyClick(parts.viewport, Qt.Key.Key_Slash)
        qtbot.waitUntil(parts.browser.search.hasFocus)
        parts.browser.search.clear()
        QTest.keyClicks(parts.browser.search, text)
        QTest.keyClick(parts.browser.search, Qt.Key.Key_Down)
        tree = parts.browser.muscles
        qtbot.waitUntil(tree.hasFocus)
        while not tree._point(tree.currentIndex()):
            QTest.keyClick(tree, Qt.Key.Key_Down)
        QTest.keyClick(tree, Qt.Key.Key_Return)
        parts.viewport.setFocus()
        QTest.keyClick(parts.viewport, Qt.Key.Key_Space)
    plan = program.plan
    assert [place.point.partition(".")[0] for place in plan.point_refs()][1:4] == [
        *("levator_scapulae", "infraspinatus", "gluteus_medius"),
    ]
    assert len(plan.sites) == 5
    QTest.keyClick(parts.viewport, Qt.Key.Key_S, CONTROL)
    assert read_plan(path).plan == plan
    QTest.keyClick(parts.viewport, Qt.Key.Key_N, CONTROL)
    assert program.plan.sites == ()
    QTest.keyClick(parts.viewport, Qt.Key.Key_O, CONTROL)
    assert program.plan == plan
    assert parts.plan.rows.rowCount() == 5


def test_the_preview_shows_the_page_that_is_saved(
    program: Program, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    program.parts.card.site_add_requested.emit(TRAPEZIUS)
    program.parts.viewport.setFocus()
    QTest.keyClick(program.parts.viewport, Qt.Key.Key_P, CONTROL)
    preview = program.connected.print_desk.preview
    assert preview is not None and preview.isVisible()
    qtbot.waitUntil(lambda: preview.words.text() == "1 page", timeout=20_000)
    (page,) = preview.pages._pages
    shown = page.grab().toImage()
    seen = {shown.pixel(x, y) for x in range(2, shown.width(), 5) for y in range(2, shown.height(), 5)}
    assert len(seen) > 20, "the page is blank"
    out = tmp_path / "page"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    preview.save_button.click()
    with pikepdf.open(io.BytesIO((tmp_path / "page.pdf").read_bytes())) as document:
        assert len(document.pages) == 1
    assert "page.pdf" in preview.notices.what.text()
    preview.close_button.click()
    assert program.connected.print_desk.preview is None
