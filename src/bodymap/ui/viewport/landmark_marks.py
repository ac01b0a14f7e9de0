"""Landmarks over the body: small rings, and their names where there is room to read them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from bodymap.scene.palette import MARK_ACCENT, MARK_HALO, MARK_INK

NAMES_FROM_PX_PER_MM = 1.5
"""Names appear together once a millimetre is so many pixels; before that only under the pointer."""
_RADIUS_PX = (1.8, 3.2)
"""From afar, and from where the names appear."""
_GAP_PX = 5.0
_HALO_PX = 3.0


def paint_landmarks(
    painter: QPainter, landmarks: Sequence[tuple[float, float, str]], pixels_per_mm: float, font: QFont
) -> None:
    """Paint a ring for each landmark, and names that do not meet another name or ring.

    Parameters
    ----------
    landmarks : sequence of (x, y, name)
        Logical pixels.
    """
    near = min(1.0, pixels_per_mm / NAMES_FROM_PX_PER_MM)
    radius = _RADIUS_PX[0] + (_RADIUS_PX[1] - _RADIUS_PX[0]) * near
    painter.setPen(QPen(QColor(MARK_HALO), 0.8 + 0.4 * near))
    painter.setBrush(QColor(MARK_ACCENT))
    for x, y, _ in landmarks:
        painter.drawEllipse(QPointF(x, y), radius, radius)
    if near == 1.0:
        _paint_names(painter, landmarks, font)


def _paint_names(painter: QPainter, landmarks: Sequence[tuple[float, float, str]], font: QFont) -> None:
    metrics = QFontMetricsF(font)
    reach = _RADIUS_PX[1] + 1.0
    taken = [QRectF(x - reach, y - reach, 2 * reach, 2 * reach) for x, y, _ in landmarks]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, (x, y, name) in enumerate(landmarks):
        width, height = metrics.horizontalAdvance(name), metrics.height()
        top = y - height / 2.0
        others = taken[:number] + taken[number + 1 :]
        for left in (x + reach + _GAP_PX, x - reach - _GAP_PX - width):
            box = QRectF(left, top, width, height)
            if not any(box.intersects(other) for other in others):
                taken.append(box)
                path = QPainterPath()
                path.addText(QPointF(left, top + metrics.ascent()), font, name)
                painter.strokePath(path, QPen(QColor(MARK_HALO), _HALO_PX))
                painter.fillPath(path, QColor(MARK_INK))
                break
