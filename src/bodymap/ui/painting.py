"""Strokes that more than one delegate paints: elided words, number badges, focus rings."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from bodymap.ui.theme import Space, Theme

VCENTRE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft

NAME_ELIDE = Qt.TextElideMode.ElideMiddle
"""Names of muscles often differ only at their end."""


def paint_words(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    colour: str,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Paint one elided line, centred in height; return the width it took in pixels."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, elide, rect.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(VCENTRE_LEFT), shown)
    return metrics.horizontalAdvance(shown)


def paint_badge(painter: QPainter, rect: QRect, text: str, font: QFont, theme: Theme) -> None:
    """Paint a number on the accent colour, round for one digit and longer for more."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    painter.setPen(QColor(theme.on_accent))
    painter.setFont(font)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


def paint_row_ground(
    painter: QPainter, option: QStyleOptionViewItem, theme: Theme, is_selected: bool, has_focus: bool
) -> None:
    """Paint what a row stands on: selection, hover, and the ring of the keyboard's row."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(option.rect).adjusted(Space.TINY, 1, -Space.TINY, -1)
    is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    radius = theme.metrics.radius_px
    if is_selected or is_hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.selected if is_selected else theme.hover))
        painter.drawRoundedRect(rect, radius, radius)
    if has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), theme.metrics.focus_px))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def sized(font: QFont, pixels: int, bold: bool = False) -> QFont:
    """Return a copy of a font in another size and weight."""
    changed = QFont(font)
    changed.setPixelSize(pixels)
    changed.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return changed
