"""A scroll area that is as high as its content where there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class FittingScroll(QScrollArea):
    """Asks for the height of its content, takes less, and scrolls then."""

    def __init__(self, content: QWidget, minimum_px: int) -> None:
        super().__init__()
        self._content, self._minimum_px = content, minimum_px
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """Qt's own: the size of the content."""
        content = self._content
        height_px = content.sizeHint().height()
        if content.hasHeightForWidth():
            height_px = content.heightForWidth(max(self.width(), content.minimumSizeHint().width()))
        return QSize(content.sizeHint().width(), height_px)

    def minimumSizeHint(self) -> QSize:
        """Qt's own: the least height that makes sense."""
        return QSize(self._content.minimumSizeHint().width(), min(self._minimum_px, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own: ask again when the content needs another height."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
