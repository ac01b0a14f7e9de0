"""Mouse, touch and pinch on the canvas, as intents.

A Qt event filter, because VTK never delivers the release of a button reliably. It keeps every input event
from the canvas below: VTK's own mouse styles and single-letter keys must not act.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QNativeGestureEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from bodymap.ui.viewport.press import HELD_MS, Grip, Press, press

if TYPE_CHECKING:
    from collections.abc import Callable

_WHEEL_STEP = 1.15
_NOTCH = 120.0
_SWALLOWED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.Gesture,
        QEvent.Type.Enter,
    }
)


class Clicks(QObject):
    """Listens to one canvas.

    Signals
    -------
    touched()
        Any input that should stop a running movement.
    hovered(QPointF), left()
        The pointer moves without a button, or is gone.
    turned(float, float), slid(float, float)
        A drag to orbit, or to move the picture, by logical pixels.
    zoomed(float, QPointF)
        A factor above one comes nearer; towards a pixel.
    brush_put_down(QPointF), brush_moved(QPointF), brush_lifted(), brush_withdrawn()
        A drag to paint: one that begins where `may_paint` says so. It is no click, however short. It is
        withdrawn when it turns out to be something else: two fingers, or a second tap.
    clicked(QPointF, bool, bool)
        Where; whether to extend the selection; whether a finger did it.
    double_clicked(QPointF)
        A finger's second tap is one too where the brush paints.
    """

    touched = Signal()
    hovered = Signal(QPointF)
    left = Signal()
    turned = Signal(float, float)
    slid = Signal(float, float)
    zoomed = Signal(float, QPointF)
    clicked = Signal(QPointF, bool, bool)
    double_clicked = Signal(QPointF)
    brush_put_down = Signal(QPointF)
    brush_moved = Signal(QPointF)
    brush_lifted = Signal()
    brush_withdrawn = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.may_paint: Callable[[QPointF], bool] = _nowhere
        self._clock = QElapsedTimer()
        self._clock.start()
        self._press: Press | None = None
        self._fingers: tuple[QPointF, ...] = ()
        self._was_two = False
        self._tap: Press | None = None
        self._handlers: dict[QEvent.Type, Callable[[QEvent], None]] = {
            QEvent.Type.MouseButtonPress: self._on_press,
            QEvent.Type.MouseMove: self._on_move,
            QEvent.Type.MouseButtonRelease: self._on_release,
            QEvent.Type.MouseButtonDblClick: self._on_double,
            QEvent.Type.Wheel: self._on_wheel,
            QEvent.Type.Leave: self._on_leave,
            QEvent.Type.NativeGesture: self._on_native,
            QEvent.Type.TouchBegin: self._on_touch,
            QEvent.Type.TouchUpdate: self._on_touch,
            QEvent.Type.TouchEnd: self._on_touch_end,
            QEvent.Type.TouchCancel: self._on_cancel,
        }
        canvas.setMouseTracking(True)
        canvas.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        canvas.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's own: hand the event on as an intent."""
        handler = self._handlers.get(event.type())
        if handler is not None:
            handler(event)
            event.accept()
            return True
        return event.type() in _SWALLOWED

    def _on_press(self, event: QEvent) -> None:
        assert isinstance(event, QMouseEvent)  # noqa: S101 - narrows for the type checker
        self.touched.emit()
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._begin(event.position(), Grip.TURN if is_left and not is_shifted else Grip.SLIDE)

    def _begin(self, at: QPointF, grip: Grip) -> None:
        self._lift(self._press)  # a second button, or a finger beside the mouse, ends what the first began
        if grip is Grip.TURN and self.may_paint(at):
            grip = Grip.PAINT
            self.brush_put_down.emit(at)
        self._press = press(grip, _place(at), self._now())

    def _lift(self, held: Press | None) -> bool:
        """End a stroke of the brush; return whether there was one."""
        painted = held is not None and held.grip is Grip.PAINT
        if painted:
            self.brush_lifted.emit()
        return painted

    def _withdraw(self, held: Press | None) -> None:
        """Take back a stroke that has hardly begun; end one that has."""
        if held is None or (held.dragging and self._now() - held.since_ms > HELD_MS):
            self._lift(held)
        elif held.grip is Grip.PAINT:
            self.brush_withdrawn.emit()

    def _on_move(self, event: QEvent) -> None:
        assert isinstance(event, QMouseEvent)  # noqa: S101 - narrows for the type checker
        if self._press is not None and not event.buttons():
            self._lift(self._press)  # let go over another window, for example a dialog
            self._press = None
        if self._press is None:
            self.hovered.emit(event.position())
        else:
            self._drag(event.position())

    def _on_release(self, event: QEvent) -> None:
        assert isinstance(event, QMouseEvent)  # noqa: S101 - narrows for the type checker
        held, self._press = self._press, None
        if self._lift(held):
            return
        if held is not None and not held.dragging and event.button() is Qt.MouseButton.LeftButton:
            extending = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self.clicked.emit(event.position(), bool(event.modifiers() & extending), False)

    def _on_double(self, event: QEvent) -> None:
        assert isinstance(event, QMouseEvent)  # noqa: S101 - narrows for the type checker
        self.touched.emit()
        self._lift(self._press)
        self._press = None
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit(event.position())

    def _on_wheel(self, event: QEvent) -> None:
        assert isinstance(event, QWheelEvent)  # noqa: S101 - narrows for the type checker
        self.touched.emit()
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            self.zoomed.emit(_WHEEL_STEP**notches, event.position())

    def _on_leave(self, _event: QEvent) -> None:
        self.left.emit()

    def _on_native(self, event: QEvent) -> None:
        assert isinstance(event, QNativeGestureEvent)  # noqa: S101 - narrows for the type checker
        self.touched.emit()
        if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoomed.emit(max(0.2, 1.0 + event.value()), event.position())

    def _on_touch(self, event: QEvent) -> None:
        assert isinstance(event, QTouchEvent)  # noqa: S101 - narrows for the type checker
        fingers = tuple(point.position() for point in event.points()[:2])
        if event.type() is QEvent.Type.TouchBegin:
            self.touched.emit()
            self._was_two = False
            self._begin(fingers[0], Grip.TURN)
        if len(fingers) == 2:
            # Two fingers never end as a click, nor as a turn when one of them is lifted first.
            self._withdraw(self._press)
            self._press, self._was_two = None, True
            if len(self._fingers) == 2:
                self._pinch(self._fingers, fingers)
        elif fingers and self._press is not None:
            self._drag(fingers[0])
        self._fingers = fingers

    def _on_touch_end(self, event: QEvent) -> None:
        assert isinstance(event, QTouchEvent)  # noqa: S101 - narrows for the type checker
        held, self._press = self._press, None
        self._fingers = ()
        if held is not None and held.grip is Grip.PAINT:
            self._lift_finger(held)
        elif held is not None and not held.dragging and not self._was_two:
            self.clicked.emit(QPointF(*held.start), False, True)
        self.left.emit()

    def _lift_finger(self, held: Press) -> None:
        """End a finger's stroke, or take it as the second half of a double tap."""
        before, self._tap = self._tap, None if held.dragging else held
        interval_ms = QGuiApplication.styleHints().mouseDoubleClickInterval()
        if before is None or not held.follows(before, interval_ms):
            self._lift(held)
            return
        self._tap = None
        self.brush_withdrawn.emit()
        self.double_clicked.emit(QPointF(*held.start))

    def _on_cancel(self, _event: QEvent) -> None:
        self._withdraw(self._press)
        self._press, self._fingers = None, ()

    def _pinch(self, before: tuple[QPointF, ...], after: tuple[QPointF, ...]) -> None:
        old, new = before[0] - before[1], after[0] - after[1]
        middle_before, middle_after = (before[0] + before[1]) / 2.0, (after[0] + after[1]) / 2.0
        self.slid.emit(middle_after.x() - middle_before.x(), middle_after.y() - middle_before.y())
        apart = math.hypot(old.x(), old.y())
        if apart > 1.0:
            self.zoomed.emit(math.hypot(new.x(), new.y()) / apart, middle_after)

    def _drag(self, position: QPointF) -> None:
        assert self._press is not None  # noqa: S101 - both callers have looked
        if self._press.grip is Grip.PAINT:
            self.brush_moved.emit(position)
        self._press, (across, down) = self._press.moved_to(_place(position), self._now())
        if self._press.grip is not Grip.PAINT and (across or down):
            signal = self.turned if self._press.grip is Grip.TURN else self.slid
            signal.emit(across, down)

    def _now(self) -> int:
        return int(self._clock.elapsed())


def _place(position: QPointF) -> tuple[float, float]:
    return (position.x(), position.y())


def _nowhere(_at: QPointF) -> bool:
    return False
