"""The swatch of a quality of pain, hatched as on the body."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from bodymap.domain import Quality
from bodymap.scene.palette import PAIN

_GAP_PX = 5.0


def paint_felt(painter: QPainter, box: QRectF, quality: Quality) -> None:
    """Paint the swatch of a quality of pain."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3.0, 3.0)
    tint = QColor(PAIN[quality])
    tint.setAlphaF(0.4)
    painter.fillPath(shape, QColor("#FFFFFF"))
    painter.fillPath(shape, tint)
    painter.setClipPath(shape)
    painter.setPen(QPen(QColor(PAIN[quality]), 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_hatch(quality, box))
    painter.setClipping(False)
    painter.setPen(QPen(QColor(PAIN[quality]), 1.0))
    painter.drawPath(shape)
    painter.restore()


def _hatch(quality: Quality, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    height = box.height()
    if quality in (Quality.SHARP, Quality.BURNING):
        left = box.left() - height
        while left < box.right():
            _add_line(path, left, box.bottom(), left + height, box.top())
            if quality is Quality.BURNING:
                _add_line(path, left, box.top(), left + height, box.bottom())
            left += _GAP_PX
    elif quality is Quality.STIFF:
        for share in (0.27, 0.5, 0.73):
            _add_line(path, box.left(), box.top() + share * height, box.right(), box.top() + share * height)
    elif quality is Quality.NUMB:
        x = box.left() + _GAP_PX
        while x < box.right() - 2.0:
            path.addEllipse(QPointF(x, box.center().y()), 2.1, 2.1)
            x += _GAP_PX + 1.0
    return path


def _add_line(path: QPainterPath, x: float, y: float, to_x: float, to_y: float) -> None:
    path.moveTo(x, y)
    path.lineTo(to_x, to_y)
