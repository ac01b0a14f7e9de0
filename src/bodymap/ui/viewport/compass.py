"""The orientation figure: the body seen from above, turning with the view, with its own left and right."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform

from bodymap.scene.camera import CameraPose
from bodymap.ui.theme import Space, Theme
from bodymap.ui.viewport.legend import paint_ground

SIZE_PX = (92.0, 108.0)
COMPASS_WIDTH_PX = 130
"""Room for the longest words under the figure."""
_SHOULDERS = (26.0, 9.5)
_HEAD = (9.0, 10.5)
_LETTER_REACH_PX = 36.0
_SECTORS = (
    "Front",
    "Front and right side",
    "Right side",
    "Back and right side",
    "Back",
    "Back and left side",
    "Left side",
    "Front and left side",
)


def view_words(pose: CameraPose) -> str:
    """Say which part of the body is seen; the sides are the patient's own."""
    if pose.elevation_deg > 60.0:
        return "From above"
    if pose.elevation_deg < -60.0:
        return "From below"
    return _SECTORS[round(pose.azimuth_deg / 45.0) % 8]


def paint_compass(painter: QPainter, pose: CameraPose, corner: QPointF, font: QFont, theme: Theme) -> QRectF:
    """Paint the figure with its bottom left corner at a place; return the area it covers."""
    metrics = QFontMetricsF(font)
    words = view_words(pose)
    width = max(SIZE_PX[0], metrics.horizontalAdvance(words) + 2 * Space.SMALL)
    box = QRectF(corner.x(), corner.y() - SIZE_PX[1], round(width), SIZE_PX[1])
    paint_ground(painter, box, theme)
    middle = QPointF(box.center().x(), box.top() + SIZE_PX[0] / 2.0)
    painter.save()
    painter.translate(middle)
    # From above, the viewer at the bottom: facing the front, the nose points down.
    painter.rotate(-pose.azimuth_deg)
    _paint_figure(painter, theme)
    painter.restore()
    painter.setFont(font)
    turned = QTransform().rotate(-pose.azimuth_deg)
    for letter, side in (("R", -1.0), ("L", 1.0)):
        at = middle + turned.map(QPointF(side * _LETTER_REACH_PX, 0.0))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(at.x() - 9, at.y() - 9, 18, 18), int(Qt.AlignmentFlag.AlignCenter), letter)
    line = QRectF(box.left(), box.bottom() - metrics.height() - Space.TINY, box.width(), metrics.height())
    painter.setPen(QColor(theme.second_ink))
    painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), words)
    return box


def _paint_figure(painter: QPainter, theme: Theme) -> None:
    """Paint shoulders, head and nose; the nose points along +y of the picture."""
    outline = QPen(QColor(theme.second_ink), 1.4)
    outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(outline)
    painter.setBrush(QColor(theme.hover))
    painter.drawRoundedRect(
        QRectF(-_SHOULDERS[0], -_SHOULDERS[1], 2 * _SHOULDERS[0], 2 * _SHOULDERS[1]), 9.0, 9.0
    )
    painter.setBrush(QColor(theme.panel))
    painter.drawEllipse(QPointF(0.0, 1.0), *_HEAD)
    angle = math.radians(24.0)
    tip, side, base = 16.5, 11.2 * math.sin(angle), 11.2 * math.cos(angle)
    painter.setBrush(QColor(theme.second_ink))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([QPointF(0.0, tip + 1.0), QPointF(side, base), QPointF(-side, base)]))
