"""X marks, numbers and names over the body, drawn crisp by Qt from projected places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from bodymap.scene.frame import Mark, MarkKind
from bodymap.scene.palette import ESSENTIAL, MARK_ACCENT, MARK_HALO, MARK_INK
from bodymap.ui.painting import sized
from bodymap.ui.theme import Space, Theme

_ARM_PX = {MarkKind.CANDIDATE: 5.0, MarkKind.PLANNED: 5.5, MarkKind.SELECTED: 6.5, MarkKind.HOVERED: 6.5}
_LABEL_WIDTH_PX = 340.0


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark and where it is on the screen, in logical pixels."""

    mark: Mark
    at: QPointF


def paint_idle_points(
    painter: QPainter, places: Sequence[tuple[float, float, float]], pixels_per_mm: float
) -> None:
    """Paint small faint X marks.

    Parameters
    ----------
    places : sequence of (x, y, facing)
        Logical pixels, and how squarely the skin faces the viewer, 0 to 1.
    pixels_per_mm : float
        They grow a little as one comes nearer.
    """
    arm = min(4.2, max(1.9, 1.5 + 1.1 * pixels_per_mm))
    pen = QPen(QColor(MARK_INK), min(1.5, max(1.0, 0.34 * arm)))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    for x, y, facing in places:
        colour = QColor(MARK_INK)
        colour.setAlphaF(0.18 + 0.34 * min(1.0, facing * 1.6))
        pen.setColor(colour)
        painter.setPen(pen)
        painter.drawLines(_cross(QPointF(x, y), arm))


def paint_marks(painter: QPainter, marks: Sequence[PlacedMark]) -> None:
    """Paint candidates, planned numbers, selected and hovered X marks, in the order given."""
    for placed in marks:
        mark = placed.mark
        if mark.kind is MarkKind.CANDIDATE:
            _paint_candidate(painter, placed.at)
        elif mark.number:
            _paint_number(painter, placed)
        else:
            if mark.colour != ESSENTIAL:
                _paint_slot(painter, placed.at, mark.colour)
            _paint_x(painter, placed.at, _ARM_PX[mark.kind], mark.kind is MarkKind.SELECTED)


def paint_names(
    painter: QPainter,
    marks: Sequence[PlacedMark],
    area: QRectF,
    font: QFont,
    theme: Theme,
    covered: QRectF | None = None,
) -> list[QRectF]:
    """Paint the names that marks carry, each beside its mark with a leader; return where they are.

    None is painted over the `covered` part, if there is one.
    """
    taken: list[QRectF] = [] if covered is None or covered.isEmpty() else [covered]
    kept = len(taken)
    metrics = QFontMetricsF(font)
    for placed in marks:
        if placed.mark.label:
            # Shortened in the middle: the side at the end must always be read.
            text = metrics.elidedText(placed.mark.label, Qt.TextElideMode.ElideMiddle, _LABEL_WIDTH_PX)
            size = (metrics.horizontalAdvance(text) + 2 * Space.SMALL, metrics.height() + Space.SMALL)
            box = _free_box(placed.at, size, area, taken)
            taken.append(box)
            _paint_name(painter, placed.at, box, text, font, theme)
    return taken[kept:]


def paint_tip(
    painter: QPainter,
    words: str,
    at: QPointF,
    area: QRectF,
    font: QFont,
    theme: Theme,
    covered: QRectF,
) -> None:
    """Paint a name beside the pointer, not over the covered part."""
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, _LABEL_WIDTH_PX)
    size = (metrics.horizontalAdvance(text) + 2 * Space.SMALL, metrics.height() + Space.SMALL)
    box = _pushed_inside(QRectF(at.x() + Space.LARGE, at.y() + Space.LARGE, *size), area)
    if box.intersects(covered):
        box = _pushed_inside(QRectF(at.x() - Space.SMALL - size[0], box.top(), *size), area)
    _paint_name(painter, box.center(), _snapped(box), text, font, theme)


def _paint_x(painter: QPainter, at: QPointF, arm: float, strong: bool) -> None:
    lines = _cross(at, arm)
    for colour, width in ((MARK_HALO, 5.0 if strong else 4.0), (MARK_INK, 2.6 if strong else 2.0)):
        pen = QPen(QColor(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLines(lines)


def _paint_slot(painter: QPainter, at: QPointF, colour: str) -> None:
    """Paint a disc in the point's own colour under its X: which X is which of several."""
    painter.setPen(QPen(QColor(MARK_HALO), 1.5))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(at, 13.0, 13.0)


def _paint_candidate(painter: QPainter, at: QPointF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((MARK_HALO, 4.0), (MARK_ACCENT, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(at, 8.0, 8.0)
        painter.drawLine(QLineF(at.x() - 3, at.y(), at.x() + 3, at.y()))
        painter.drawLine(QLineF(at.x(), at.y() - 3, at.x(), at.y() + 3))


def _paint_number(painter: QPainter, placed: PlacedMark) -> None:
    mark, at = placed.mark, placed.at
    strong = mark.kind is not MarkKind.PLANNED
    radius = 11.5 if strong else 9.5
    text = str(mark.number)
    font = sized(painter.font(), 12 if strong else 11, bold=True)
    half = max(radius, QFontMetricsF(font).horizontalAdvance(text) / 2.0 + 5.0)
    disc = QRectF(at.x() - half, at.y() - radius, 2 * half, 2 * radius)
    painter.setPen(QPen(QColor(MARK_HALO), 2.0))
    painter.setBrush(QColor(MARK_INK))
    painter.drawRoundedRect(disc, radius, radius)
    if strong:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = MARK_ACCENT if mark.colour == ESSENTIAL else mark.colour
        painter.setPen(QPen(QColor(ring), 3.0))
        outer = disc.adjusted(-3, -3, 3, 3)
        painter.drawRoundedRect(outer, radius + 3, radius + 3)
    painter.setPen(QColor(MARK_HALO))
    painter.setFont(font)
    painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), text)


def _paint_name(painter: QPainter, at: QPointF, box: QRectF, text: str, font: QFont, theme: Theme) -> None:
    end = QPointF(
        min(max(at.x(), box.left() + 6), box.right() - 6), min(max(at.y(), box.top()), box.bottom())
    )
    leader = QLineF(at, end)
    if leader.length() > 12.0:
        start = leader.pointAt(11.0 / leader.length())
        painter.setPen(QPen(QColor(theme.second_ink), 1.0))
        painter.drawLine(QLineF(start, end))
    ground = QColor(theme.panel)
    ground.setAlphaF(0.95)
    painter.setPen(QPen(QColor(theme.line), 1.0))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, theme.metrics.radius_px, theme.metrics.radius_px)
    painter.setPen(QColor(theme.ink))
    painter.setFont(font)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def _free_box(at: QPointF, size: tuple[float, float], area: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """Choose a place for a name: up right if it fits, else the first free one around and beyond."""
    width, height = size
    near = ((18.0, -18.0 - height), (-18.0 - width, -18.0 - height), (18.0, 18.0), (-18.0 - width, 18.0))
    steps = [0.0, *(sign * (height + 4.0) * n for n in range(1, 5) for sign in (-1, 1))]
    boxes = [QRectF(at.x() + dx, at.y() + dy + step, width, height) for step in steps for dx, dy in near]
    boxes += [_pushed_inside(box, area) for box in boxes]
    for box in boxes:
        if area.contains(box) and not any(box.adjusted(-2, -2, 2, 2).intersects(other) for other in taken):
            return _snapped(box)
    return _snapped(_pushed_inside(boxes[0], area))


def _pushed_inside(box: QRectF, area: QRectF) -> QRectF:
    left = min(max(box.left(), area.left()), max(area.left(), area.right() - box.width()))
    top = min(max(box.top(), area.top()), max(area.top(), area.bottom() - box.height()))
    return QRectF(left, top, box.width(), box.height())


def _snapped(box: QRectF) -> QRectF:
    """Put a box between pixels, so that its hairline is one pixel wide."""
    return QRectF(round(box.left()) + 0.5, round(box.top()) + 0.5, round(box.width()), round(box.height()))


def _cross(at: QPointF, arm: float) -> list[QLineF]:
    x, y = at.x(), at.y()
    return [QLineF(x - arm, y - arm, x + arm, y + arm), QLineF(x - arm, y + arm, x + arm, y - arm)]
