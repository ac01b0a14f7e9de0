from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bodymap.ui.viewport.clicks import Clicks

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Canvas(QWidget):
    """Notes what reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0

    def keyPressEvent(self, _event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.keys += 1


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:  # noqa: ARG001 - it makes the application
    canvas = Canvas()
    canvas.resize(300, 300)
    canvas.show()
    yield canvas
    canvas.close()
    canvas.deleteLater()


@pytest.fixture
def heard(canvas: Canvas) -> list[tuple[object, ...]]:
    """Everything the canvas' clicks say, as (name, arguments...)."""
    clicks, heard = Clicks(canvas), []

    def note(name: str) -> Callable[..., None]:
        return lambda *arguments: heard.append((name, *arguments))

    for name in ("turned", "slid", "zoomed", "clicked", "double_clicked", "hovered", "left"):
        getattr(clicks, name).connect(note(name))
    for name in ("brush_put_down", "brush_lifted", "brush_withdrawn"):
        getattr(clicks, name).connect(note(name))
    return heard


@pytest.fixture
def painting(canvas: Canvas, heard: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """What is heard while every drag paints."""
    for clicks in canvas.findChildren(Clicks):
        clicks.may_paint = lambda _at: True
    return heard


def drag(
    canvas: QWidget, button: Qt.MouseButton, modifier: Qt.KeyboardModifier, *stops: tuple[int, int]
) -> None:
    QTest.mousePress(canvas, button, modifier, QPoint(*stops[0]))
    for stop in stops[1:]:
        kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        at = QPointF(*stop)
        QApplication.sendEvent(canvas, QMouseEvent(kind, at, at, none, button, modifier))
    QTest.mouseRelease(canvas, button, modifier, QPoint(*stops[-1]))


def names(heard: list[tuple[object, ...]]) -> list[object]:
    return [entry[0] for entry in heard]


def test_a_click(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(100, 120))
    assert heard == [("clicked", QPointF(100, 120), False, False)]


@pytest.mark.parametrize("modifier", [SHIFT, CTRL])
def test_a_click_that_extends(
    canvas: Canvas, heard: list[tuple[object, ...]], modifier: Qt.KeyboardModifier
) -> None:
    QTest.mouseClick(canvas, LEFT, modifier, QPoint(100, 120))
    assert heard == [("clicked", QPointF(100, 120), True, False)]


def test_a_drag_turns_and_never_clicks(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    drag(canvas, LEFT, NONE, (100, 100), (102, 100), (110, 100), (130, 90))
    assert names(heard) == ["turned", "turned"]
    assert sum(entry[1] for entry in heard) == 30  # type: ignore[misc]
    assert sum(entry[2] for entry in heard) == -10  # type: ignore[misc]


@pytest.mark.parametrize(
    ("button", "modifier"), [(RIGHT, NONE), (LEFT, SHIFT), (Qt.MouseButton.MiddleButton, NONE)]
)
def test_other_drags_move_the_picture(
    canvas: Canvas, heard: list[tuple[object, ...]], button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    drag(canvas, button, modifier, (100, 100), (120, 110))
    assert heard == [("slid", 20.0, 10.0)]


def test_a_right_click_is_nothing(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    QTest.mouseClick(canvas, RIGHT, NONE, QPoint(100, 120))
    assert heard == []


def test_a_double_click(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    QTest.mouseDClick(canvas, LEFT, NONE, QPoint(50, 60))
    assert names(heard)[-1] == "double_clicked"


def test_the_wheel_zooms_to_the_pointer(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    for notch in (120, -120):
        wheel = QWheelEvent(
            QPointF(30, 40), QPointF(30, 40), QPoint(), QPoint(0, notch), Qt.MouseButton.NoButton, NONE,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, wheel)
    (nearer, farther) = heard
    assert nearer[0] == "zoomed"
    assert nearer[1] > 1.0  # type: ignore[operator]
    assert nearer[1] * farther[1] == pytest.approx(1.0)  # type: ignore[operator]
    assert nearer[2] == QPointF(30, 40)


def test_a_tap_clicks_and_two_fingers_pinch(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    device = QTest.createTouchDevice()
    assert isinstance(device, QPointingDevice)
    QTest.touchEvent(canvas, device).press(0, QPoint(80, 80))
    QTest.touchEvent(canvas, device).release(0, QPoint(80, 80))
    (name, at, extends, by_finger), *_ = heard
    assert (name, extends, by_finger) == ("clicked", False, True)
    # Qt's offscreen platform gives the window a frame of two pixels.
    assert isinstance(at, QPointF)
    assert (at.x(), at.y()) == pytest.approx((80, 80), abs=2)
    heard.clear()
    QTest.touchEvent(canvas, device).press(1, QPoint(100, 100)).press(2, QPoint(200, 100))
    QTest.touchEvent(canvas, device).move(1, QPoint(80, 110)).move(2, QPoint(220, 110))
    QTest.touchEvent(canvas, device).release(1, QPoint(80, 110)).release(2, QPoint(220, 110))
    said = {entry[0]: entry[1:] for entry in heard}
    assert "clicked" not in said
    assert "turned" not in said
    assert said["slid"] == (0.0, 10.0)
    assert said["zoomed"][0] == pytest.approx(1.4)


def test_one_finger_turns(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(canvas, device).press(0, QPoint(80, 80))
    QTest.touchEvent(canvas, device).move(0, QPoint(100, 80))
    QTest.touchEvent(canvas, device).release(0, QPoint(100, 80))
    assert [entry for entry in heard if entry[0] != "left"] == [("turned", 20.0, 0.0)]


def test_keys_do_not_reach_the_canvas(canvas: Canvas, heard: list[tuple[object, ...]]) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_W)
    assert canvas.keys == 0
    assert heard == []


def test_a_second_button_ends_the_stroke_of_the_first(
    canvas: Canvas, painting: list[tuple[object, ...]]
) -> None:
    QTest.mousePress(canvas, LEFT, NONE, QPoint(100, 100))
    QTest.mousePress(canvas, RIGHT, NONE, QPoint(100, 100))
    QTest.mouseRelease(canvas, RIGHT, NONE, QPoint(100, 100))
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(100, 100))
    assert names(painting) == ["brush_put_down", "brush_lifted"]


def test_a_button_let_go_elsewhere_ends_the_stroke(
    canvas: Canvas, painting: list[tuple[object, ...]]
) -> None:
    QTest.mousePress(canvas, LEFT, NONE, QPoint(100, 100))
    at, none = QPointF(150, 100), Qt.MouseButton.NoButton
    QApplication.sendEvent(canvas, QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, NONE))
    assert names(painting) == ["brush_put_down", "brush_lifted", "hovered"]


def test_a_pinch_leaves_no_paint(canvas: Canvas, painting: list[tuple[object, ...]]) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(canvas, device).press(0, QPoint(80, 80))
    QTest.touchEvent(canvas, device).stationary(0).press(1, QPoint(200, 80))
    QTest.touchEvent(canvas, device).move(0, QPoint(60, 80)).move(1, QPoint(220, 80))
    QTest.touchEvent(canvas, device).release(0, QPoint(60, 80)).release(1, QPoint(220, 80))
    assert "brush_lifted" not in names(painting)
    assert names(painting)[:2] == ["brush_put_down", "brush_withdrawn"]
    assert "zoomed" in names(painting)


def test_a_double_tap_with_the_brush_is_a_double_click(
    canvas: Canvas, painting: list[tuple[object, ...]]
) -> None:
    device = QTest.createTouchDevice()
    for at in (QPoint(80, 80), QPoint(84, 78)):
        QTest.touchEvent(canvas, device).press(0, at)
        QTest.touchEvent(canvas, device).release(0, at)
    said = [name for name in names(painting) if name != "left"]
    assert said == ["brush_put_down", "brush_lifted", "brush_put_down", "brush_withdrawn", "double_clicked"]


def test_two_strokes_of_a_finger_are_no_double_tap(
    canvas: Canvas, painting: list[tuple[object, ...]]
) -> None:
    device = QTest.createTouchDevice()
    for at in (QPoint(80, 80), QPoint(140, 80)):
        QTest.touchEvent(canvas, device).press(0, at)
        QTest.touchEvent(canvas, device).release(0, at)
    assert names(painting).count("brush_lifted") == 2
    assert "double_clicked" not in names(painting)
