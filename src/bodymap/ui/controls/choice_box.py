"""A list to choose from that keeps the letters typed on it to itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

_PLAIN = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


class ChoiceBox(QComboBox):
    """Typing "p" on it finds "pistoning"; it must not also start what P starts in the window."""

    def event(self, event: QEvent) -> bool:
        """Qt's own: see which keys are kept from the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_plain(event):
            event.accept()
            return True
        return super().event(event)


def _is_plain(event: QKeyEvent) -> bool:
    return event.modifiers() in _PLAIN and bool(event.text()) and event.text().isprintable()
