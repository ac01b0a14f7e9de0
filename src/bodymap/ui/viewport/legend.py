"""The legend: what solid and dotted mean, and which colour is which point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from bodymap.domain import Quality
from bodymap.scene.frame import ZoneLayer
from bodymap.scene.palette import DERMATOME, INSERTION, ORIGIN, SLOT_SHAPES
from bodymap.ui.pain_swatch import paint_felt
from bodymap.ui.theme import Space, Theme

_SWATCH = (22.0, 13.0)
_NAME_WIDTH_PX = 300.0
CLINICAL_WORDS = (
    "Essential: often felt here",
    "Spillover: sometimes felt here",
    "Dashed: felt deep under here",
)
PLAIN_WORDS = ("Often felt here", "Sometimes felt here", "Felt deep inside")


def paint_legend(
    painter: QPainter,
    layers: Sequence[ZoneLayer],
    corner: QPointF,
    font: QFont,
    theme: Theme,
    with_ends: bool = False,
    root: str = "",
    qualities: Sequence[Quality] = (),
) -> QRectF:
    """Paint the legend from its top left corner; return the area it covers, empty with nothing to say.

    Parameters
    ----------
    with_ends : bool
        Whether a muscle is lit, whose two ends have colours.
    root : str
        Nerve root whose dermatome is hatched, or empty.
    qualities : sequence of Quality
        Qualities of the painted pain.
    """
    rows = [*_zone_rows(layers, theme), *(_END_ROWS if with_ends else ())]
    rows += [
        _Row(_paint_felt, "", f"Patient: {quality.words}", tuple(Quality).index(quality))
        for quality in qualities
    ]
    if root:
        rows.append(_Row(_paint_hatched, DERMATOME, f"{root} dermatome, where it usually lies"))
    if not rows:
        return QRectF()
    metrics = QFontMetricsF(font)
    # Shortened in the middle: the side at the end must always be read.
    words = [metrics.elidedText(row.words, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH_PX) for row in rows]
    row_height = max(metrics.height(), _SWATCH[1]) + Space.TINY
    width = max(metrics.horizontalAdvance(text) for text in words) + _SWATCH[0] + 3 * Space.SMALL + Space.TINY
    box = QRectF(
        corner.x(), corner.y(), round(width), round(row_height * len(rows) + 2 * Space.SMALL - Space.TINY)
    )
    paint_ground(painter, box, theme)
    painter.setFont(font)
    for index, (row, text) in enumerate(zip(rows, words, strict=True)):
        top = box.top() + Space.SMALL + index * row_height
        middle = top + (row_height - Space.TINY) / 2.0
        swatch = QRectF(box.left() + Space.SMALL, middle - _SWATCH[1] / 2.0, *_SWATCH)
        row.paint(painter, swatch, row.colour, row.slot)
        painter.setPen(QColor(theme.second_ink if row.is_key else theme.ink))
        left = swatch.right() + Space.SMALL
        line = QRectF(left, top, box.right() - left, row_height - Space.TINY)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
    return box


def dot_path(slot: int, at: QPointF, radius: float) -> QPainterPath:
    """Outline of the spillover dots of a slot: the same shapes as on the body."""
    path = QPainterPath()
    shape = SLOT_SHAPES[slot]
    x, y = at.x(), at.y()
    if shape in {"disc", "ring"}:
        path.addEllipse(at, radius, radius)
        if shape == "ring":
            path.addEllipse(at, radius * 0.36, radius * 0.36)
    elif shape == "cross":
        thin = radius * 0.36
        path.addRect(QRectF(x - radius, y - thin, 2 * radius, 2 * thin))
        path.addRect(QRectF(x - thin, y - radius, 2 * thin, 2 * radius))
        path.setFillRule(Qt.FillRule.WindingFill)
    else:
        corners = {
            "square": ((-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)),
            "triangle": ((0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
            "diamond": ((0.0, -1.19), (1.19, 0.0), (0.0, 1.19), (-1.19, 0.0)),
        }[shape]
        path.addPolygon(QPolygonF([QPointF(x + u * radius, y + v * radius) for u, v in corners]))
        path.closeSubpath()
    return path


def _paint_felt(painter: QPainter, box: QRectF, _colour: str, slot: int) -> None:
    paint_felt(painter, box, tuple(Quality)[slot])


class _Row(NamedTuple):
    """A line of the legend: how its swatch is painted, and its words."""

    paint: Callable[[QPainter, QRectF, str, int], None]
    colour: str
    words: str
    slot: int = 0
    is_key: bool = False


def _zone_rows(layers: Sequence[ZoneLayer], theme: Theme) -> list[_Row]:
    """Say what solid, dotted and dashed mean, then which colour is which point."""
    if not layers:
        return []
    single = len(layers) == 1
    colour = layers[0].colour if single else theme.second_ink
    # Without names it is the patient who reads, and the plain words are enough.
    words = CLINICAL_WORDS if any(layer.label for layer in layers) else PLAIN_WORDS
    paints = [_paint_solid, _paint_dotted]
    if any(layer.zones.has_deep for layer in layers):
        paints.append(_paint_dashed)
    rows = [_Row(paint, colour, text, is_key=not single) for paint, text in zip(paints, words, strict=False)]
    if not single:
        rows += [_Row(_paint_both, layer.colour, layer.label, layer.slot) for layer in layers if layer.label]
    return rows


def paint_ground(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Paint the quiet ground that keeps words readable over the body."""
    ground = QColor(theme.panel)
    ground.setAlphaF(0.88)
    painter.setPen(QPen(QColor(theme.line), 1.0))
    painter.setBrush(ground)
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, theme.metrics.radius_px, theme.metrics.radius_px)


def _paint_solid(painter: QPainter, box: QRectF, colour: str, _slot: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(box, 2.0, 2.0)


def _paint_both(painter: QPainter, box: QRectF, colour: str, slot: int) -> None:
    """Paint a point of several: half solid, half dotted in its own shape."""
    solid = QRectF(box)
    solid.setWidth(box.width() * 0.44)
    _paint_solid(painter, solid, colour, slot)
    for across in (0.62, 0.90):
        painter.drawPath(dot_path(slot, QPointF(box.left() + box.width() * across, box.center().y()), 2.8))


def _paint_dashed(painter: QPainter, box: QRectF, colour: str, _slot: int) -> None:
    light = QColor(colour)
    light.setAlphaF(0.25)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(light)
    painter.drawRoundedRect(box, 2.0, 2.0)
    painter.setBrush(QColor(colour))
    for row in range(3):
        for start in (0.10, 0.58) if row != 1 else (-0.14, 0.34, 0.82):
            left, top = box.left() + start * box.width(), box.top() + 1.5 + 4.0 * row
            painter.drawRect(QRectF(left, top, 0.34 * box.width(), 2.0).intersected(box))


def _paint_hatched(painter: QPainter, box: QRectF, colour: str, _slot: int) -> None:
    light = QColor(colour)
    light.setAlphaF(0.25)
    painter.setPen(QPen(QColor(colour), 1.0))
    painter.setBrush(light)
    painter.drawRect(box)
    painter.setBrush(QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(box)


def _paint_dotted(painter: QPainter, box: QRectF, colour: str, slot: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for row, count in ((0, 4), (1, 3), (2, 4)):
        for column in range(count):
            x = box.left() + (column + (0.5 if count == 4 else 1.0)) * box.width() / 4.0
            y = box.top() + (row + 0.5) * box.height() / 3.0
            painter.drawPath(dot_path(slot, QPointF(x, y), 1.4))


_END_ROWS = (_Row(_paint_solid, ORIGIN, "Origin"), _Row(_paint_solid, INSERTION, "Insertion"))
