"""The transparent sheet over the body: marks, names, legend and orientation, painted by Qt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bodymap.scene.camera import CameraPose
from bodymap.scene.frame import SceneFrame
from bodymap.scene.palette import MARK_HALO, MARK_INK
from bodymap.ui.painting import sized
from bodymap.ui.theme import LIGHT, Space, Theme
from bodymap.ui.viewport.compass import paint_compass
from bodymap.ui.viewport.landmark_marks import paint_landmarks
from bodymap.ui.viewport.legend import paint_legend
from bodymap.ui.viewport.marks import PlacedMark, paint_idle_points, paint_marks, paint_names, paint_tip


class Overlay(QWidget):
    """Shows what it was given last; takes no input and draws no ground."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = LIGHT
        self._frame = SceneFrame()
        self._pose = CameraPose()
        self._pixels_per_mm = 1.0
        self._idle: Sequence[tuple[float, float, float]] = ()
        self._marks: Sequence[PlacedMark] = ()
        self._landmarks: Sequence[tuple[float, float, str]] = ()
        self._tip, self._tip_at = "", QPointF()
        self._brush_mm, self._brush_erases = 0.0, False
        self._brush_at: QPointF | None = None
        self._covered = QRectF()
        self._with_target = False
        self._foot_px = 0

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def set_target(self, shown: bool) -> None:
        """Show or hide the keyboard's focus: a frame, and a ring where Enter chooses a place."""
        self._with_target = shown
        self.update()

    def set_foot(self, foot_px: int) -> None:
        """Keep the lower edge free of the orientation figure, where buttons lie."""
        self._foot_px = foot_px
        self.update()

    def show_landmarks(self, landmarks: Sequence[tuple[float, float, str]]) -> None:
        """Mark landmarks: logical pixels and names of those that can be seen."""
        self._landmarks = landmarks
        self.update()

    def set_covered(self, area: QRect) -> None:
        """Write no names in a part that something else lies over; empty for none."""
        self._covered = QRectF(area)
        self.update()

    def show_tip(self, words: str, at: QPointF) -> None:
        """Write a name beside the pointer; empty takes it away."""
        if (words, at) != (self._tip, self._tip_at):
            self._tip, self._tip_at = words, at
            self.update()

    def set_brush(self, radius_mm: float, erases: bool) -> None:
        """Draw a ring as large as the brush where it stands; none for a radius of nought."""
        self._brush_mm, self._brush_erases = radius_mm, erases
        self.update()

    def move_brush(self, at: QPointF | None) -> None:
        """Move the ring; None: the brush is not over the body."""
        if at != self._brush_at:
            self._brush_at = at
            self.update()

    def move_tip(self, at: QPointF) -> None:
        """Let the name follow the pointer."""
        if self._tip:
            self.show_tip(self._tip, at)

    def show_scene(
        self,
        frame: SceneFrame,
        pose: CameraPose,
        pixels_per_mm: float,
        idle: Sequence[tuple[float, float, float]],
        marks: Sequence[PlacedMark],
    ) -> None:
        """Show a frame as seen from a pose.

        Parameters
        ----------
        idle : sequence of (x, y, facing)
            Visible atlas points that carry no mark.
        marks : sequence of PlacedMark
            Visible marks.
        """
        self._frame, self._pose, self._pixels_per_mm = frame, pose, pixels_per_mm
        self._idle, self._marks = idle, marks
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own: paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = sized(self.font(), self._theme.metrics.small_px)
        paint_landmarks(painter, self._landmarks, self._pixels_per_mm, small)
        paint_idle_points(painter, self._idle, self._pixels_per_mm)
        paint_marks(painter, self._marks)
        gap = float(Space.MEDIUM)
        area = QRectF(self.rect()).adjusted(gap, gap, -gap, -gap)
        lit = bool(self._frame.inside.lit)
        root = self._frame.dermatome.root if self._frame.dermatome is not None else ""
        pain = self._frame.pain
        paint_legend(
            painter,
            self._frame.layers,
            area.topLeft(),
            small,
            self._theme,
            with_ends=lit,
            root=root,
            qualities=() if pain is None else pain.pain.qualities,
        )
        paint_compass(
            painter, self._pose, QPointF(area.left(), area.bottom() - self._foot_px), small, self._theme
        )
        names = sized(self.font(), self._theme.metrics.text_px)
        paint_names(painter, self._marks, area, names, self._theme, self._covered)
        if self._tip:
            paint_tip(painter, self._tip, self._tip_at, area, names, self._theme, self._covered)
        if self._brush_mm and self._brush_at is not None:
            self._paint_brush(painter, self._brush_at)
        if self._with_target:
            self._paint_target(painter)
        painter.end()

    def _paint_brush(self, painter: QPainter, at: QPointF) -> None:
        radius_px = self._brush_mm * self._pixels_per_mm
        style = Qt.PenStyle.DashLine if self._brush_erases else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(MARK_HALO), 3.0))
        painter.drawEllipse(at, radius_px, radius_px)
        painter.setPen(QPen(QColor(MARK_INK), 1.25, style))
        painter.drawEllipse(at, radius_px, radius_px)

    def _paint_target(self, painter: QPainter) -> None:
        middle = QPointF(self.width() / 2.0, self.height() / 2.0)
        painter.setPen(QPen(QColor(self._theme.accent), self._theme.metrics.focus_px))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 9.0, 9.0)
        painter.drawPoint(middle)
        inner = self._theme.metrics.focus_px / 2.0
        painter.drawRect(QRectF(self.rect()).adjusted(inner, inner, -inner, -inner))
