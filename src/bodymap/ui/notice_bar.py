"""A quiet bar for what went wrong or happened: what, what is safe, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from bodymap.ui.controls import set_tone, tool_button
from bodymap.ui.controls.labels import heading, second_label
from bodymap.ui.icons import icon
from bodymap.ui.theme import Space, current_theme


class NoticeKind(StrEnum):
    """How grave a notice is; the value names its icon and colours."""

    ERROR = "danger"
    WARNING = "caution"
    DONE = "fine"


_WORDS = {NoticeKind.ERROR: "Problem", NoticeKind.WARNING: "Please note", NoticeKind.DONE: "Done"}


@dataclass(frozen=True, slots=True)
class Notice:
    """One message in up to three sentences.

    Attributes
    ----------
    what : str
        What happened.
    safe : str
        What is safe, or nothing.
    advice : str
        What to do, or nothing.
    """

    kind: NoticeKind
    what: str
    safe: str = ""
    advice: str = ""


class NoticeBar(QFrame):
    """Shows the newest notice; dismissing it shows the one before.

    Signals
    -------
    dismissed(object)
        The `Notice` that the user put away.
    """

    dismissed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("noticeBar")
        self._notices: list[Notice] = []
        self._icon = QLabel()
        self.what = heading()
        self.what.setWordWrap(True)
        self.rest = second_label()
        self.close_button = tool_button("Dismiss", "close", "Dismiss")
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self.what)
        words.addWidget(self.rest)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, stretch=1)
        layout.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        self.close_button.clicked.connect(self._dismiss)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice on top of those not yet dismissed; the same one again is not stacked."""
        if notice in self._notices:
            self._notices.remove(notice)
        self._notices.append(notice)
        self._show_last()

    def clear(self) -> None:
        """Put everything away."""
        self._notices.clear()
        self._show_last()

    def _dismiss(self) -> None:
        if self._notices:
            notice = self._notices.pop()
            self._show_last()
            self.dismissed.emit(notice)

    def _show_last(self) -> None:
        self.setVisible(bool(self._notices))
        if not self._notices:
            return
        notice = self._notices[-1]
        side_px = current_theme().metrics.icon_px
        self._icon.setPixmap(icon(notice.kind.value, notice.kind.value).pixmap(side_px, side_px))
        self._icon.setAccessibleName(_WORDS[notice.kind])
        self.what.setText(notice.what)
        self.rest.setText(" ".join(filter(None, (notice.safe, notice.advice))))
        self.rest.setVisible(bool(self.rest.text()))
        self.setAccessibleName(_WORDS[notice.kind])
        self.setAccessibleDescription(f"{notice.what} {self.rest.text()}".strip())
        set_tone(self, notice.kind.value)
