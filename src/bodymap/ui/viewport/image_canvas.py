"""The body as a picture drawn off screen: needs no OpenGL in Qt, works on remote desktops."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bodymap.body import Body
from bodymap.scene import CameraPose, SceneFrame
from bodymap.scene.snapshot import Studio

_REST_MS = 150
_SLOW_MS = 45.0
_QUICK_MS = 22.0
_COARSEST = 0.7


class ImageCanvas(QWidget):
    """Paints pictures of a `Studio`: quick while moving, smooth a moment after.

    Signals
    -------
    drawn()
        A picture has reached the screen.

    Raises
    ------
    Refusal
        The computer has no OpenGL that works without a window.
    """

    drawn = Signal()

    def __init__(self, body: Body, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._studio: Studio | None = Studio(body)
        self._frame = SceneFrame()
        self._pose = CameraPose()
        self._image = QImage()
        self._stale = True
        self._moving = False
        self._share = 1.0
        self._ratio = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._draw_smoothly)

    @property
    def panel(self) -> QWidget:
        """The canvas itself."""
        return self

    @property
    def source(self) -> QWidget:
        """The canvas itself."""
        return self

    def show_frame(self, frame: SceneFrame) -> None:
        """Draw another frame."""
        if frame != self._frame:
            self._frame = frame
            self._mark_stale()

    def look(self, pose: CameraPose, moving: bool) -> None:
        """Draw from elsewhere."""
        if moving:
            self._moving = True
            self._rest.start()
        if pose != self._pose:
            self._pose = pose
            self._mark_stale()

    def shut_down(self) -> None:
        """Let go of the off-screen window."""
        self._rest.stop()
        studio, self._studio = self._studio, None
        if studio is not None:
            studio.close()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own: paint it."""
        moved_screen = self.devicePixelRatioF() != self._ratio
        if (self._stale or moved_screen) and self._studio is not None:
            self._draw(self._studio)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._frame.ground))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._share != 1.0)
            painter.drawImage(QRectF(self.rect()), self._image)
        painter.end()
        self.drawn.emit()

    def resizeEvent(self, _event: object) -> None:
        """Qt's own: fit the new size."""
        self._mark_stale()

    def _mark_stale(self) -> None:
        self._stale = True
        self.update()

    def _draw_smoothly(self) -> None:
        self._moving = False
        self._mark_stale()

    def _draw(self, studio: Studio) -> None:
        share = self._share if self._moving else 1.0
        self._ratio = ratio = self.devicePixelRatioF()
        width, height = (max(1, round(side * ratio * share)) for side in (self.width(), self.height()))
        clock = QElapsedTimer()
        clock.start()
        smoothness = 1 if self._moving else 2
        pixels = studio.snapshot(
            self._frame,
            self._pose,
            (width, height),
            ratio=ratio * share,
            supersampling=smoothness,
            quick=self._moving,
        )
        self._image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBX8888).copy()
        self._stale = False
        if self._moving:
            self._adapt(clock.nsecsElapsed() / 1e6)

    def _adapt(self, took_ms: float) -> None:
        """Draw the next moving picture coarser when this one took long, finer when it was quick."""
        if took_ms > _SLOW_MS:
            self._share = max(_COARSEST, self._share * 0.85)
        elif took_ms < _QUICK_MS:
            self._share = min(1.0, self._share * 1.15)
