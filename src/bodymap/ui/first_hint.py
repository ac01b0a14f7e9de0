"""What a first-time user needs to know, in one line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from bodymap.ui.controls import push_button
from bodymap.ui.controls.labels import second_label
from bodymap.ui.icons import IconLabel
from bodymap.ui.theme import Space

_HINT = (
    "Drag to turn the body, scroll to come closer. Click a point, or search on the left. "
    "P turns the screen to the patient."
)


class FirstHint(QFrame):
    """A strip above the body on first start.

    Signals
    -------
    dismissed()
        It was read and need not come again.
    """

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("firstHint")
        self.words = second_label(_HINT)
        self.ok = push_button("Got it")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(IconLabel("hand", "accent"))
        layout.addWidget(self.words, stretch=1)
        layout.addWidget(self.ok)
        self.ok.clicked.connect(self._put_away)
        self.hide()

    def _put_away(self) -> None:
        self.hide()
        self.dismissed.emit()
