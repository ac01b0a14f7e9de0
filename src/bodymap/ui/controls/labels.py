"""Makers of labels in the roles that the style sheet knows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def title_label(text: str = "") -> QLabel:
    """Return the title of a card."""
    return _label(text, "title")


def heading(text: str = "") -> QLabel:
    """Return the heading of a block."""
    return _label(text, "heading", wrap=False)


def small_label(text: str = "") -> QLabel:
    """Return secondary text in the small size."""
    return _label(text, "small")


def second_label(text: str = "") -> QLabel:
    """Return secondary text in the reading size."""
    return _label(text, "second")


def pill(text: str = "", tone: str = "") -> QLabel:
    """Return a word in a rounded frame; ``tone`` is ``"danger"``, ``"caution"``, ``"fine"`` or nothing."""
    label = _label(text, "pill", wrap=False)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    set_tone(label, tone)
    return label


def rule() -> QFrame:
    """Return a horizontal hairline."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def post() -> QFrame:
    """Return a vertical hairline."""
    line = QFrame()
    line.setProperty("role", "post")
    return line


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget the colours of a meaning, or of none."""
    if widget.property("tone") == tone:
        return
    widget.setProperty("tone", tone)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties have changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _label(text: str, role: str, wrap: bool = True) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
