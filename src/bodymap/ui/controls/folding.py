"""A block that opens on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from bodymap.ui.icons import icon
from bodymap.ui.theme import Space


class Fold(QWidget):
    """A heading that shows and hides what is under it; closed at first."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.header = QPushButton()
        self.header.setProperty("role", "fold")
        self.header.setCheckable(True)
        self.header.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(Space.HUGE, Space.NONE, Space.NONE, Space.SMALL)
        self.content.setSpacing(Space.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.NONE)
        layout.addWidget(self.header)
        layout.addWidget(self.body)
        self.header.toggled.connect(self._show_body)
        self.set_title(title)
        self._show_body(False)

    def set_title(self, title: str) -> None:
        """Change the words of the heading."""
        self._title = title
        self.header.setText(f" {title}")
        self.header.setAccessibleName(title)

    def set_open(self, is_open: bool) -> None:
        """Open or close the block."""
        self.header.setChecked(is_open)

    def _show_body(self, is_open: bool) -> None:
        self.header.setIcon(icon("expanded" if is_open else "collapsed"))
        self.header.setAccessibleDescription("open" if is_open else "closed")
        self.body.setVisible(is_open)
