"""The resting pointer, asked about at most once a frame."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer, Signal

_FRAME_MS = 16


class Hovering(QObject):
    """Gathers the pointer's moves.

    Signals
    -------
    settled(object)
        Where the pointer is now (QPointF), or None when it has left.
    """

    settled = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pointer = QPointF()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._say)

    def move(self, pointer: QPointF) -> None:
        """Take over where the pointer is."""
        self._pointer = QPointF(pointer)
        if not self._timer.isActive():
            self._timer.start()

    def leave(self) -> None:
        """Forget the pointer."""
        self._timer.stop()
        self.settled.emit(None)

    def stop(self) -> None:
        """Say nothing more."""
        self._timer.stop()

    def _say(self) -> None:
        self.settled.emit(self._pointer)
