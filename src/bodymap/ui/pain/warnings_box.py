"""What to ask first: red flags for where it hurts, shown calmly; and what muscles there are taken for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bodymap.ui.controls import heading, small_label
from bodymap.ui.controls.labels import restyle
from bodymap.ui.pain.report import WarningWords
from bodymap.ui.theme import Space

SHOWN_AT_ONCE = 1
"""The rest opens on demand: a wall of alarms is not read."""


class WarningsBox(QFrame):
    """Questions that come before any needle. Nothing in it says that something is so."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hazards")
        self.setAccessibleName("Ask first")
        self._shown: tuple[tuple[WarningWords, ...], str, tuple[str, ...]] = ((), "", ())
        self.title = heading("Ask first")
        self.root = small_label()
        self.first = QVBoxLayout()
        self.more, self.alikes = _opener(), _opener("Also taken for this")
        self._rest = QWidget()
        self.rest = QVBoxLayout(self._rest)
        self.rest.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.TINY)
        self.rest.setSpacing(Space.SMALL)
        self.alike_words = small_label()
        for opener, opened in ((self.more, self._rest), (self.alikes, self.alike_words)):
            opener.toggled.connect(opened.setVisible)
            opened.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.TINY)
        layout.setSpacing(Space.TINY)
        self.first.setSpacing(Space.SMALL)
        layout.addWidget(self.title)
        layout.addLayout(self.first)
        openers = QHBoxLayout()
        openers.setSpacing(Space.LARGE)
        openers.addWidget(self.more)
        openers.addWidget(self.alikes)
        openers.addStretch(1)
        layout.addWidget(self._rest)
        layout.addWidget(self.root)
        layout.addWidget(self.alike_words)
        layout.addLayout(openers)

    def show_warnings(self, warnings: Sequence[WarningWords], root: str, look_alikes: Sequence[str]) -> None:
        """Show what to ask; hidden with nothing to say."""
        shown = (tuple(warnings), root, tuple(look_alikes))
        if shown == self._shown and not self.isHidden():
            return
        self._shown = shown
        self.setVisible(any(shown))
        self.title.setVisible(bool(warnings))
        _refill(self.first, [_question(each) for each in warnings[:SHOWN_AT_ONCE]])
        rest = warnings[SHOWN_AT_ONCE:]
        _refill(self.rest, [_question(each) for each in rest])
        self.more.setVisible(bool(rest))
        self._rest.setVisible(bool(rest) and self.more.isChecked())
        self.more.setText(f"{len(rest)} more to ask")
        self.more.setToolTip("\n".join(each.name for each in rest))
        self.root.setText(root)
        self.root.setVisible(bool(root))
        self.alike_words.setText("; ".join(look_alikes))
        self.alikes.setVisible(bool(look_alikes))
        self.alike_words.setVisible(bool(look_alikes) and self.alikes.isChecked())
        tone = "danger" if any(each.is_urgent for each in warnings) else "caution" if warnings else ""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


def _opener(words: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "more")
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _question(warning: WarningWords) -> QWidget:
    words = QLabel(
        f"<b>{warning.name}</b>: {warning.ask} <i>{warning.when}:</i> {warning.do}".replace("&", "&amp;")
    )
    words.setProperty("role", "small")
    words.setTextFormat(Qt.TextFormat.RichText)
    words.setWordWrap(True)
    words.setAccessibleName(f"{warning.name}. {warning.ask} {warning.when}: {warning.do}")
    return words


def _refill(layout: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
