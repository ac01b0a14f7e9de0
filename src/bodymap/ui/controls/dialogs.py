"""Dialogs as high as their words need at their width."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from bodymap.ui.theme import DIALOG_WIDTH_PX, Space


class NarrowDialog(QDialog):
    """A modal page of some sentences; its parts go into `page`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.setFixedWidth(DIALOG_WIDTH_PX)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        self.page.setSpacing(Space.MEDIUM)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's own: take the height that the wrapped words need."""
        self.setFixedHeight(self.page.totalHeightForWidth(self.width()))
        super().showEvent(event)
