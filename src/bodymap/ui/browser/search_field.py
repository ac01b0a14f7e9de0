"""The field everything starts from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from bodymap.ui.icons import icon


class SearchField(QLineEdit):
    """Search as you type. Escape clears it first and only then steps back; Down or Enter goes to the list.

    Signals
    -------
    list_requested()
        The user wants to go on in the list.
    """

    list_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Muscle, symptom, C5 ...")
        self.setAccessibleName("Search muscles, symptoms, nerve roots")
        self.setClearButtonEnabled(True)
        self.setMaxLength(80)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def event(self, event: QEvent) -> bool:
        """Qt's own: see which keys are kept from the window."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.text():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.clear()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own: what keys mean here."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list_requested.emit()
        else:
            super().keyPressEvent(event)
