"""The body in the window: a canvas, what Qt draws on top, and the way from clicks to places."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bodymap.body import Body
from bodymap.domain import Place, PointRef, SkinRef
from bodymap.scene import (
    CameraPose,
    SceneFrame,
    Screen,
    bounds_of,
    facing,
    facing_table,
    shown_surface,
    upper_view,
)
from bodymap.ui.theme import LIGHT, Space, Theme
from bodymap.ui.viewport.brushing import Brushing
from bodymap.ui.viewport.canvas import Canvas
from bodymap.ui.viewport.clicks import Clicks
from bodymap.ui.viewport.compass import COMPASS_WIDTH_PX
from bodymap.ui.viewport.hovering import Hovering
from bodymap.ui.viewport.keyboard import steer
from bodymap.ui.viewport.navigator import Navigator
from bodymap.ui.viewport.overlay import Overlay
from bodymap.ui.viewport.pointing import Pointing
from bodymap.ui.viewport.spotter import Spotter
from bodymap.ui.viewport.spreading import Spreading
from bodymap.ui.viewport.view_pill import ViewPill

MOUSE_RADIUS_PX = 14.0
FINGER_RADIUS_PX = 24.0
_KEYBOARD_FOCUS = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class Viewport(QWidget):
    """The body, to be looked at, turned and clicked.

    It holds no state of the session: it shows frames and says what the user did. Call `shut_down` before the
    window goes.

    Parameters
    ----------
    canvas : Canvas
        Draws the body; see `make_canvas`.
    body : Body

    Signals
    -------
    place_hovered(object)
        The point under the pointer, or None.
    place_activated(object, bool)
        A point or a free spot of skin was clicked; whether to extend the selection.
    inside_hovered(object)
        The structure seen through the skin, or the landmark, under the pointer, or None.
    structure_activated(StructureRef, bool)
        A structure was clicked through the skin; whether it should only become a ghost.
    background_activated()
        A click beside the body.
    view_changed(CameraPose)
    drawn()
        A picture has reached the screen.
    """

    place_hovered = Signal(object)
    place_activated = Signal(object, bool)
    inside_hovered = Signal(object)
    structure_activated = Signal(object, bool)
    background_activated = Signal()
    view_changed = Signal(object)
    drawn = Signal()

    def __init__(self, canvas: Canvas, body: Body, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Body")
        self.setAccessibleDescription(
            "Arrow keys turn the body, plus and minus zoom, Enter chooses the middle."
        )
        self._body = body
        self._canvas = canvas
        self._theme = LIGHT
        self._frame = SceneFrame(ground=self._theme.ground)
        self._spotter = Spotter(body)
        self._pointing = Pointing(self._spotter, self)
        self._free_right_px = 0
        surface = shown_surface(body, self._frame.build)
        self._navigator = Navigator(bounds_of(surface.vertices), self)
        self._spreading = Spreading(self)
        self._overlay = Overlay(self)
        self._pill = ViewPill(self)
        self._clicks = Clicks(canvas.source)
        self._brush = Brushing(self._spotter, self._overlay, self._looking, self)
        self._hovering = Hovering(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.addWidget(canvas.panel)
        self._overlay.raise_()
        self._pill.raise_()
        self._connect()
        self._canvas.show_frame(self._frame)

    @property
    def pose(self) -> CameraPose:
        """Where the viewer is now."""
        return self._navigator.pose

    @property
    def screen_size(self) -> Screen:
        """Size of the picture."""
        return Screen(max(1, self.width()), max(1, self.height()), self.devicePixelRatioF())

    @property
    def brush(self) -> Brushing:
        """What paints on the body."""
        return self._brush

    @property
    def pill(self) -> ViewPill:
        """The row of view buttons."""
        return self._pill

    def show_frame(self, frame: SceneFrame) -> None:
        """Show another frame, on the theme's ground."""
        shown = replace(frame, ground=self._theme.ground, spread=self._spreading.share_of(frame))
        before, self._frame = self._frame, shown
        if (shown.build, shown.posture) != (before.build, before.posture):
            surface = shown_surface(self._body, shown.build, shown.posture)
            self._navigator.set_body(bounds_of(surface.vertices), shown.posture)
        self._spotter.show_frame(shown)
        self._canvas.show_frame(shown)
        self._refresh_overlay()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._theme = theme
        self._overlay.set_theme(theme)
        self.show_frame(self._frame)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Go straight to a new view and show a spreading referral at once."""
        self._navigator.reduced_motion = reduced
        self._spreading.reduced_motion = reduced

    def set_controls_shown(self, shown: bool) -> None:
        """Show or hide the view buttons, for a calm picture in patient mode."""
        if not shown and self._pill.isAncestorOf(self.focusWidget() or self):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pill.setVisible(shown)
        self._fit_into()

    def set_view(self, name: str, animated: bool = True) -> None:
        """See the whole body: ``"front"``, ``"back"``, ``"left"``, ``"right"`` or ``"reset"``."""
        whole = upper_view(self._frame.posture) if name == "reset" else name
        self._navigator.show_preset(whole, animated)

    def fly_to(self, place: Place, animated: bool = True) -> None:
        """Look straight at a place; KeyError when it is an unknown point."""
        xyz, normal = self._spotter.spot(place)
        posture = self._frame.posture
        pose = facing_table(xyz, normal, posture) if posture.is_lying else facing(xyz, normal)
        self._navigator.go(pose, animated)

    def look_from(self, pose: CameraPose, animated: bool = False) -> None:
        """Take a pose, for example one kept from before."""
        self._navigator.go(pose, animated)

    def show_tip(self, words: str) -> None:
        """Name beside the pointer what it is on; empty for nothing."""
        self._overlay.show_tip(words, self._pointing.at)

    def set_covered(self, area: QRect) -> None:
        """Keep names, and the body in its preset views, out of a part at the right that is covered."""
        self._overlay.set_covered(area)
        self._free_right_px = 0 if area.isEmpty() else self.width() - area.left()
        self._fit_into()

    def play_spread(self) -> None:
        """Let the referral spread slowly from its point."""
        self._spreading.start()

    def pixels_of(self, place: Place) -> QPointF | None:
        """Where a place is on the screen, or None when the body hides it; KeyError for an unknown point."""
        return self._spotter.pixels_of(place, self.pose, self.screen_size)

    def points_in_view(self) -> tuple[PointRef, ...]:
        """Visible atlas points in reading order: from the top down, each row from left to right."""
        return self._spotter.in_reading_order(self.pose, self.screen_size)

    def shut_down(self) -> None:
        """Let go of everything that draws; call it in the window's close event."""
        self._navigator.stop()
        self._spreading.stop()
        self._hovering.stop()
        self._canvas.shut_down()

    def _looking(self) -> tuple[CameraPose, Screen]:
        return self.pose, self.screen_size

    def _connect(self) -> None:
        clicks, navigator = self._clicks, self._navigator
        clicks.touched.connect(self._on_touched)
        clicks.hovered.connect(self._hovering.move)
        clicks.left.connect(self._hovering.leave)
        clicks.turned.connect(navigator.turn)
        clicks.slid.connect(navigator.slide)
        clicks.zoomed.connect(self._on_zoomed)
        clicks.clicked.connect(self._on_clicked)
        clicks.double_clicked.connect(self._on_double_clicked)
        self._brush.listen(clicks)
        self._canvas.drawn.connect(self.drawn)
        navigator.moved.connect(self._on_moved)
        self._pill.view_requested.connect(self.set_view)
        self._spreading.advanced.connect(self._on_spread)
        self._hovering.settled.connect(self._look_under)
        self._pointing.place_hovered.connect(self.place_hovered)
        self._pointing.inside_hovered.connect(self.inside_hovered)

    def _on_touched(self) -> None:
        self._navigator.stop()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_moved(self, pose: CameraPose, moving: bool) -> None:
        self._canvas.look(pose, moving)
        self._pill.show_pose(pose, self._frame.posture)
        self._refresh_overlay()
        self.view_changed.emit(pose)

    def _on_zoomed(self, factor: float, at: QPointF) -> None:
        self._navigator.zoom_at(factor, at.x(), at.y())

    def _on_clicked(self, at: QPointF, extend: bool, by_finger: bool) -> None:
        self._activate(at.x(), at.y(), extend, FINGER_RADIUS_PX if by_finger else MOUSE_RADIUS_PX)

    def _on_double_clicked(self, at: QPointF) -> None:
        if not self._brush.ask_fill(at) and self._spotter.skin_at(at.x(), at.y(), *self._looking()) is None:
            self.set_view("reset")

    def _look_under(self, pointer: QPointF | None) -> None:
        self._brush.hover(pointer)
        if pointer is None or self._brush.is_on:
            self._pointing.leave()
        else:
            self._pointing.look(pointer, MOUSE_RADIUS_PX, self.pose, self.screen_size)
            self._overlay.move_tip(pointer)
        can_click = self._pointing.is_clickable
        self._canvas.source.setCursor(
            Qt.CursorShape.PointingHandCursor if can_click else Qt.CursorShape.ArrowCursor
        )

    def _on_spread(self) -> None:
        self.show_frame(self._frame)

    def _activate(self, x: float, y: float, extend: bool, radius_px: float) -> None:
        pose, screen = self.pose, self.screen_size
        place: Place | SkinRef | None = self._spotter.place_at(x, y, radius_px, pose, screen)
        if place is None:
            structure = self._spotter.structure_at(x, y, pose, screen)
            if structure is not None:
                self.structure_activated.emit(structure, extend)
                return
            place = self._spotter.skin_at(x, y, pose, screen)
        if place is None:
            self.background_activated.emit()
        else:
            self.place_activated.emit(place, extend)

    def _refresh_overlay(self) -> None:
        pose, screen = self.pose, self.screen_size
        idle, marks = self._spotter.seen(pose, screen)
        self._overlay.show_landmarks(self._spotter.seen_landmarks(pose, screen))
        self._overlay.show_scene(self._frame, pose, screen.height / pose.height_mm, idle, marks)

    def _fit_into(self) -> None:
        self._overlay.setGeometry(self.rect())
        size = self._pill.sizeHint()
        left = max(0, (self.width() - size.width()) // 2)
        self._pill.setGeometry(
            left, self.height() - size.height() - Space.MEDIUM, size.width(), size.height()
        )
        clash = self._pill.isVisibleTo(self) and left < COMPASS_WIDTH_PX + 2 * Space.MEDIUM
        self._overlay.set_foot(size.height() + Space.SMALL if clash else 0)
        below = self.height() - self._pill.y() if self._pill.isVisibleTo(self) else 0
        self._navigator.set_screen(self.screen_size, below, self._free_right_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own: fit the new size."""
        super().resizeEvent(event)
        self._fit_into()
        self._on_moved(self.pose, moving=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own: turn, zoom, choose the middle."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.width() / 2.0, self.height() / 2.0, False, FINGER_RADIUS_PX)
        elif not steer(self._navigator, event.key()):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's own: show where the keyboard aims."""
        super().focusInEvent(event)
        self._overlay.set_target(event.reason() in _KEYBOARD_FOCUS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's own: the keyboard has left."""
        super().focusOutEvent(event)
        self._overlay.set_target(False)

    def event(self, event: QEvent) -> bool:
        """Qt's own: another screen may have other pixels."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._fit_into()
            self._on_moved(self.pose, moving=False)
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own: the style has changed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit_into()
