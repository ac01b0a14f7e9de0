"""Hovering and clicking what lies under the skin, and the landmarks on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bodymap.body import Body, read_body
from bodymap.domain import LandmarkRef, Layers, Side, SkinRef, StructureRef
from bodymap.scene import CameraPose, Chosen, project, resolve
from bodymap.ui.viewport import ViewLevel, Viewport, make_viewport
from scene_fakes import FakeAtlas
from toy_inside import THIGH, with_toy_inside

THIGH_VIEW = CameraPose((THIGH[0], THIGH[1], 660.0), 0.0, 0.0, 400.0)
OUTER, FEMUR = StructureRef("outer", Side.LEFT), StructureRef("femur", Side.LEFT)


@pytest.fixture(scope="module")
def filled() -> Body:
    return with_toy_inside(read_body())


@pytest.fixture
def thigh(qtbot: QtBot, filled: Body, atlas: FakeAtlas) -> Iterator[Viewport]:
    viewport = make_viewport(filled, ViewLevel.IMAGE)
    viewport.resize(400, 400)
    viewport.show()
    qtbot.waitExposed(viewport)
    open_layers(viewport, atlas, filled, Layers(skin=0.3, muscles=True, bones=True))
    viewport.look_from(THIGH_VIEW)
    yield viewport
    viewport.shut_down()
    viewport.close()
    viewport.deleteLater()


def open_layers(viewport: Viewport, atlas: FakeAtlas, body: Body, layers: Layers) -> None:
    viewport.show_frame(resolve(atlas, body, Chosen(layers=layers)))


def middle(viewport: Viewport) -> QPointF:
    return QPointF(viewport.width() / 2, viewport.height() / 2)


def click(viewport: Viewport, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    source = viewport._canvas.source
    QTest.mouseClick(source, Qt.MouseButton.LeftButton, modifier, middle(viewport).toPoint())


def test_the_pointer_goes_through_thin_skin(thigh: Viewport, qtbot: QtBot) -> None:
    with qtbot.waitSignal(thigh.inside_hovered) as said:
        QTest.mouseMove(thigh._canvas.source, middle(thigh).toPoint())
    assert said.args == [OUTER]
    assert thigh._canvas.source.cursor().shape() is Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(thigh.inside_hovered) as said:
        thigh._look_under(None)
    assert said.args == [None]


@pytest.mark.parametrize("skin", [0.7, 1.0])
def test_but_not_through_thick_skin(
    thigh: Viewport, qtbot: QtBot, atlas: FakeAtlas, filled: Body, skin: float
) -> None:
    open_layers(thigh, atlas, filled, Layers(skin=skin, muscles=True, bones=True))
    with qtbot.assertNotEmitted(thigh.inside_hovered):
        thigh._look_under(middle(thigh))
    with qtbot.waitSignal(thigh.place_activated) as said, qtbot.assertNotEmitted(thigh.structure_activated):
        click(thigh)
    assert isinstance(said.args[0], SkinRef)


def test_a_click_activates_the_muscle_and_with_ctrl_asks_for_a_ghost(thigh: Viewport, qtbot: QtBot) -> None:
    with qtbot.waitSignal(thigh.structure_activated) as said, qtbot.assertNotEmitted(thigh.place_activated):
        click(thigh)
    assert said.args == [OUTER, False]
    with qtbot.waitSignal(thigh.structure_activated) as said:
        click(thigh, Qt.KeyboardModifier.ControlModifier)
    assert said.args == [OUTER, True]


def test_what_is_peeled_off_is_not_met(thigh: Viewport, qtbot: QtBot, atlas: FakeAtlas, filled: Body) -> None:
    open_layers(thigh, atlas, filled, Layers(skin=0.3, muscles=True, bones=True, peel=2))
    with qtbot.waitSignal(thigh.structure_activated) as said:
        click(thigh)
    assert said.args == [FEMUR, False]


def test_a_landmark_is_named_under_the_pointer(
    thigh: Viewport, qtbot: QtBot, atlas: FakeAtlas, filled: Body
) -> None:
    open_layers(thigh, atlas, filled, Layers(landmarks=True))
    thigh.look_from(CameraPose((0.0, 100.0, 1090.0), 0.0, 0.0, 180.0))
    field = thigh._frame.landmarks
    assert field is not None
    row = field.refs.index(LandmarkRef("umbilicus"))
    x, y, _ = project(field.xyz_mm[row : row + 1], thigh.pose, thigh.screen_size)[0].tolist()
    with qtbot.waitSignal(thigh.inside_hovered) as said:
        thigh._look_under(QPointF(x, y))
    assert said.args == [LandmarkRef("umbilicus")]
    assert thigh._canvas.source.cursor().shape() is Qt.CursorShape.ArrowCursor


def picture(viewport: Viewport) -> np.ndarray:
    image = viewport.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def test_landmarks_are_marked_and_named_only_from_near(
    thigh: Viewport, atlas: FakeAtlas, filled: Body
) -> None:
    changed = {}
    for height_mm in (2000.0, 180.0):
        thigh.look_from(CameraPose((0.0, 100.0, 1090.0), 0.0, 0.0, height_mm))
        shots = []
        for layers in (Layers(), Layers(landmarks=True)):
            open_layers(thigh, atlas, filled, layers)
            shots.append(picture(thigh))
        marks = len(thigh._spotter.seen_landmarks(thigh.pose, thigh.screen_size))
        changed[height_mm] = np.abs(shots[0] - shots[1]).max(axis=2).astype(bool).sum(), marks
    pixels, marks = changed[2000.0]
    assert marks > 20
    assert 3 * marks < pixels < 45 * marks  # rings alone
    assert changed[180.0][0] > 300  # the name beside the navel


def test_the_tip_stands_by_the_pointer_but_not_under_a_panel(thigh: Viewport) -> None:
    thigh._look_under(middle(thigh))
    before = picture(thigh)
    thigh.show_tip("Outer muscle, left")
    free = picture(thigh)
    shown = np.argwhere((before != free).any(axis=2))
    assert shown[:, 1].min() > 200
    thigh.set_covered(QRect(205, 0, 195, 400))
    moved = np.argwhere((picture(thigh) != before).any(axis=2))
    assert moved[:, 1].max() < 205
    thigh.show_tip("")
    assert (picture(thigh) == before).all()
