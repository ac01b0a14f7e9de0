"""The line along the bottom: what is under the mouse, work in progress, when the plan was saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from bodymap.ui.controls.elided_label import ElidedLabel
from bodymap.ui.theme import PROGRESS_WIDTH_PX, Space


class StatusLine(QFrame):
    """Hover text on the left, progress and the time of saving on the right.

    Signals
    -------
    cancel_requested()
        The work in progress should stop.
    """

    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.hover = ElidedLabel()
        self.work = QLabel()
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(PROGRESS_WIDTH_PX)
        self.cancel = QPushButton("Cancel")
        self.cancel.setProperty("role", "more")
        self.cancel.setAccessibleName("Cancel the work in progress")
        self.saved = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.NONE, Space.MEDIUM, Space.NONE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self.hover, stretch=1)
        for widget in (self.work, self.progress, self.cancel, self.saved):
            layout.addWidget(widget)
        self.cancel.clicked.connect(self.cancel_requested)
        self.end_progress()

    def show_hover(self, text: str) -> None:
        """Say what is under the mouse; empty for nothing."""
        self.hover.show_text(text)

    def show_saved(self, text: str) -> None:
        """Say when the plan was saved, for example ``"saved 14:02"``."""
        self.saved.setText(text)

    def show_progress(self, words: str, fraction: float | None, can_cancel: bool = True) -> None:
        """Show work in progress; ``fraction`` from 0 to 1, or None when it is not known."""
        self.work.setText(words)
        self.progress.setRange(0, 0 if fraction is None else 100)
        if fraction is not None:
            self.progress.setValue(round(100 * fraction))
        for widget in (self.work, self.progress):
            widget.show()
        self.cancel.setVisible(can_cancel)

    def end_progress(self) -> None:
        """Show no work."""
        for widget in (self.work, self.progress, self.cancel):
            widget.hide()
