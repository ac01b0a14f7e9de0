"""What the patient reads: three plain sentences in large letters, no names and no needles."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from bodymap.domain import Side
from bodymap.ui.controls import small_label, tool_button
from bodymap.ui.controls.labels import heading
from bodymap.ui.theme import READING_WIDTH_PX, Space, current_theme

_NOTHING = "Choose a place on the body first."
_LEAVE = "Esc to go back, B to blank the screen"


@dataclass(frozen=True, slots=True)
class PatientWords:
    """Plain sentences for one step; an empty one is left out."""

    does: str = ""
    felt: str = ""
    helps: str = ""
    side: Side | None = None


class PatientPanel(QWidget):
    """The words beside the body in patient mode.

    Signals
    -------
    next_requested(), previous_requested()
        Another step.
    leave_requested()
        Back to planning.
    """

    next_requested = Signal()
    previous_requested = Signal()
    leave_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.does = _Sentence("What this muscle does")
        self.felt = _Sentence("Where it is often felt")
        self.helps = _Sentence("What often helps")
        self.nothing = _display_label()
        self.nothing.setText(_NOTHING)
        self.side = small_label()
        self.dots = StepDots()
        self.previous_button = tool_button("Previous step", "back", "Previous step (left arrow)")
        self.next_button = tool_button("Next step", "next", "Next step (right arrow)")
        self.leave_button = tool_button("Leave patient mode", "close", "Leave patient mode (Esc)")
        self._arrange()
        self.next_button.clicked.connect(self.next_requested)
        self.previous_button.clicked.connect(self.previous_requested)
        self.leave_button.clicked.connect(self.leave_requested)
        self.show_step(None, 0, 0)

    def show_step(self, words: PatientWords | None, step: int, count: int) -> None:
        """Show one step, from zero, of ``count``; None when there is nothing to show."""
        shown = words or PatientWords()
        self.does.show_text(shown.does)
        self.felt.show_text(shown.felt)
        self.helps.show_text(shown.helps)
        self.nothing.setVisible(words is None)
        self.side.setText(f"On your {shown.side.value} side" if shown.side is not None else "")
        self.dots.show_step(step, count)
        self.previous_button.setEnabled(step > 0)
        self.next_button.setEnabled(step + 1 < count)
        for widget in (self.previous_button, self.next_button, self.dots):
            widget.setVisible(count > 1)

    def _arrange(self) -> None:
        page = QWidget()
        page.setMaximumWidth(READING_WIDTH_PX)
        words = QVBoxLayout(page)
        words.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        words.setSpacing(Space.HUGE + Space.SMALL)
        words.addStretch(1)
        for widget in (self.nothing, self.felt, self.does, self.helps):
            words.addWidget(widget)
        words.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setAccessibleName("Words for the patient")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        top = QHBoxLayout()
        top.addWidget(self.side)
        top.addStretch()
        top.addWidget(self.leave_button)
        layout.addLayout(top)
        layout.addWidget(scroll, stretch=1)
        steps = QHBoxLayout()
        steps.setSpacing(Space.MEDIUM)
        steps.addStretch()
        for button in (self.previous_button, self.dots, self.next_button):
            steps.addWidget(button)
        steps.addStretch()
        layout.addLayout(steps)
        hint = small_label(_LEAVE)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(hint)


class StepDots(QWidget):
    """A row of dots, the current one filled."""

    def __init__(self) -> None:
        super().__init__()
        self._step, self._count = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_step(self, step: int, count: int) -> None:
        """Show which of how many."""
        self._step, self._count = step, count
        self.setAccessibleName(f"Step {step + 1} of {count}" if count else "No steps")
        self.setFixedSize(max(1, count) * Space.LARGE, Space.LARGE)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own: paint it."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.accent))
        for step in range(self._count):
            painter.setBrush(QColor(theme.accent if step == self._step else theme.panel))
            left = step * Space.LARGE + Space.TINY
            painter.drawEllipse(left, Space.TINY, Space.SMALL, Space.SMALL)
        painter.end()


class BlankPage(QWidget):
    """Nothing to see: what was on the screen is nobody else's business.

    Signals
    -------
    return_requested()
        A click, or the button.
    """

    return_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = small_label("Press B or Esc to go on")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addWidget(self.words)

    def mouseReleaseEvent(self, _event: object) -> None:
        """Qt's own: a click."""
        self.return_requested.emit()


class _Sentence(QWidget):
    """A small heading and one large sentence."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.text = _display_label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.SMALL)
        name = heading(title)
        name.setProperty("role", "second")
        layout.addWidget(name)
        layout.addWidget(self.text)

    def show_text(self, text: str) -> None:
        self.text.setText(text)
        self.setVisible(bool(text))


def _display_label() -> QLabel:
    label = QLabel()
    label.setProperty("role", "display")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
