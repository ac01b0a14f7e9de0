"""The view on the graphics card, in a real window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bodymap.body import Body
from bodymap.domain import PointRef, Side
from bodymap.scene import Chosen, resolve
from bodymap.ui.viewport import ViewLevel, Viewport, make_viewport
from scene_fakes import FakeAtlas

pytestmark = pytest.mark.window
BELLY = PointRef("belly.1", Side.LEFT)


@pytest.fixture
def window(qtbot: QtBot, body: Body, atlas: FakeAtlas) -> Iterator[Viewport]:
    viewport = make_viewport(body, ViewLevel.GL)
    viewport.resize(420, 400)
    viewport.show()
    qtbot.waitExposed(viewport)
    viewport.show_frame(resolve(atlas, body, Chosen()))
    viewport.set_view("front", animated=False)
    yield viewport
    viewport.shut_down()
    viewport.close()
    viewport.deleteLater()


def test_a_click_on_a_projected_point_activates_it(window: Viewport, qtbot: QtBot) -> None:
    at = window.pixels_of(BELLY)
    assert at is not None
    with qtbot.waitSignal(window.place_activated) as said:
        QTest.mouseClick(window._canvas.source, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert said.args == [BELLY, False]


def test_a_drag_turns_and_picks_nothing_and_keys_do_nothing_to_vtk(window: Viewport, qtbot: QtBot) -> None:
    source, before = window._canvas.source, window.pose
    with qtbot.assertNotEmitted(window.place_activated):
        QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=QPoint(210, 150))
        QTest.mouseMove(source, QPoint(260, 150))
        qtbot.waitUntil(lambda: window.pose != before)
        QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=QPoint(260, 150))
    QTest.keyClick(source, Qt.Key.Key_W)
    representation = window._canvas._renderer._skin.GetProperty().GetRepresentationAsString()  # type: ignore[attr-defined]
    assert representation == "Surface"


def test_the_card_draws_the_zone_where_the_point_is(
    window: Viewport, qtbot: QtBot, atlas: FakeAtlas, body: Body
) -> None:
    window.show_frame(resolve(atlas, body, Chosen(selection=(BELLY,), with_labels=False, with_points=False)))
    window.fly_to(BELLY, animated=False)

    def zone_is_red() -> bool:
        image = window._canvas.source.grabFramebuffer()  # type: ignore[attr-defined]
        ratio = window.devicePixelRatioF()
        colour = image.pixelColor(round((210 + 13) * ratio), round((200 + 13) * ratio))
        return bool(colour.red() > colour.green() + 80)

    qtbot.waitUntil(zone_is_red, timeout=5000)
