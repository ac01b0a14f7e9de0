"""The legend of a pattern: a solid patch and a dotted one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bodymap.ui.controls import small_label
from bodymap.ui.theme import Space, current_theme

_WIDTH_PX, _HEIGHT_PX, _DOT_PX, _STEP_PX = 22, 12, 1.1, 4.0


class Swatch(QWidget):
    """A small patch drawn as the body draws it: solid where mostly felt, dotted where sometimes."""

    def __init__(self, is_dotted: bool) -> None:
        super().__init__()
        self._is_dotted = is_dotted
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("dotted" if is_dotted else "solid")

    def sizeHint(self) -> QSize:
        """Qt's own: the size that suits it."""
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own: paint it."""
        colour = QColor(current_theme().pattern)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if not self._is_dotted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(frame, Space.HAIR, Space.HAIR)
        else:
            painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame, Space.HAIR, Space.HAIR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            self._paint_dots(painter)
        painter.end()

    def _paint_dots(self, painter: QPainter) -> None:
        for row in range(2):
            shift = _STEP_PX / 2 if row else 0.0
            for column in range(4):
                x = 4.0 + shift + column * _STEP_PX
                painter.drawEllipse(QPointF(x, 4.0 + row * _STEP_PX), _DOT_PX, _DOT_PX)


class PatternLegend(QWidget):
    """Swatches with their words, one or both."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.SMALL)
        self.essential = _worded("often", is_dotted=False)
        self.spillover = _worded("sometimes", is_dotted=True)
        layout.addWidget(self.essential)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(self.spillover)
        layout.addStretch()

    def show_zones(self, has_essential: bool, has_spillover: bool) -> None:
        """Show the swatches of the zones that a pattern has."""
        self.essential.setVisible(has_essential)
        self.spillover.setVisible(has_spillover)
        self.setVisible(has_essential or has_spillover)


def _worded(words: str, is_dotted: bool) -> QWidget:
    pair = QWidget()
    layout = QHBoxLayout(pair)
    layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
    layout.setSpacing(Space.TINY + Space.HAIR)
    layout.addWidget(Swatch(is_dotted))
    label = small_label(words)
    label.setWordWrap(False)
    layout.addWidget(label)
    return pair
