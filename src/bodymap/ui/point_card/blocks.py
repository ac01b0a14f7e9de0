"""The blocks that the card of a point is put together from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bodymap.domain import Side
from bodymap.ui.controls import ClampedText, pill, push_button, set_tone
from bodymap.ui.controls.labels import heading, small_label
from bodymap.ui.icons import IconLabel
from bodymap.ui.point_card.content import Fact, HazardLine
from bodymap.ui.theme import FACT_NAME_PX, Space, current_theme

_HAZARD_LOOKS = {
    3: ("Danger", "danger", "danger"),
    2: ("Caution", "caution", "caution"),
    1: ("Note", "info", ""),
}


class FactGrid(QWidget):
    """Names in second ink on the left, what holds on the right, each at most three lines."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        self._grid.setHorizontalSpacing(Space.SMALL)
        self._grid.setVerticalSpacing(Space.SMALL)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, FACT_NAME_PX)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts, one below the other."""
        clear_layout(self._grid)
        for row, fact in enumerate(facts):
            name = small_label(fact.name)
            name.setMinimumHeight(self.fontMetrics().lineSpacing())
            text = ClampedText()
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)
            text.set_text(fact.text)  # in its place by now: alone it would open as a window


class HazardBlock(QFrame):
    """Structures at risk: the dangerous ones first, each line with an icon and a word."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hazards")
        self.risk = pill()
        self.caution = ClampedText()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.TINY)
        top = QHBoxLayout()
        top.addWidget(heading("At risk"))
        top.addStretch()
        top.addWidget(self.risk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        layout.addLayout(top)
        layout.addLayout(self._lines)
        layout.addWidget(self.caution)

    def show_hazards(
        self, lines: Sequence[HazardLine], caution: str, risk_words: str, risk_tone: str
    ) -> None:
        """Show what a needle must keep clear of."""
        clear_layout(self._lines)
        for line in lines:
            self._lines.addWidget(_hazard_row(line))
        self.caution.set_text(caution)
        self.risk.setText(risk_words)
        set_tone(self.risk, risk_tone)
        set_tone(self, risk_tone)


class SourceList(QWidget):
    """Where the facts come from, in small print."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        self._rows.setSpacing(Space.TINY)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines, one below the other."""
        clear_layout(self._rows)
        for line in lines:
            self._rows.addWidget(small_label(line))


def confidence_words(confidence: int) -> str:
    """Return a confidence of 1 to 3 in words and dots."""
    dots = "\N{BLACK CIRCLE}" * confidence + "\N{WHITE CIRCLE}" * (3 - confidence)
    return f"Confidence {confidence} of 3  {dots}"


def side_button() -> QPushButton:
    """Return the button beside the side that goes to the other one."""
    button = push_button("Other side", "other_side", "accent")
    button.setProperty("role", "link")
    return button


def show_other_side(button: QPushButton, side: Side, is_there: bool) -> None:
    """Let a side button name the side it goes to."""
    button.setAccessibleName(f"Other side: {side.opposite.value}")
    button.setToolTip(f"See the same place on the {side.opposite.value}")
    button.setVisible(is_there)


def clear_layout(layout: QLayout) -> None:
    """Take the widgets out of a layout and let Qt delete them."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _hazard_row(line: HazardLine) -> QWidget:
    word, icon_name, tone = _HAZARD_LOOKS[line.danger]
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
    row.setSpacing(Space.SMALL)
    row.addWidget(IconLabel(icon_name, tone or "second_ink"), alignment=Qt.AlignmentFlag.AlignTop)
    label = QLabel(f"{word}: {line.words}")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumHeight(current_theme().metrics.icon_px)
    if line.danger == 3:
        label.setProperty("role", "heading")
    set_tone(label, tone)
    row.addWidget(label, stretch=1)
    return holder
