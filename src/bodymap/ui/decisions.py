"""Dialogs, which are for decisions only: each says what is at stake and offers words, not "yes" and "no"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bodymap.ui.controls import primary_button, push_button, title_label
from bodymap.ui.controls.dialogs import NarrowDialog
from bodymap.ui.controls.labels import second_label
from bodymap.ui.theme import Space


class Answer(StrEnum):
    """What the user decided."""

    SAVE = "save"
    DISCARD = "discard"
    RECOVER = "recover"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Question:
    """A decision to be made.

    Attributes
    ----------
    title, text : str
    choices : sequence of (Answer, words)
        The recommended one first; Escape means the last one.
    """

    title: str
    text: str
    choices: Sequence[tuple[Answer, str]]


class DecisionDialog(NarrowDialog):
    """Asks a `Question`; the answer is in `answer` when it has closed."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question.title, parent)
        self.setAccessibleDescription(question.text)
        self.answer = question.choices[-1][0]
        self.buttons: dict[Answer, QPushButton] = {}
        self.page.addWidget(title_label(question.title))
        self.page.addWidget(second_label(question.text))
        self.page.addSpacing(Space.SMALL)
        self.page.addLayout(self._button_row(question.choices))

    def _button_row(self, choices: Sequence[tuple[Answer, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addStretch()
        for place, (answer, words) in enumerate(reversed(choices), start=1):
            is_first = place == len(choices)
            button = primary_button(words) if is_first else push_button(words)
            button.setDefault(is_first)
            button.setAutoDefault(is_first)
            button.setProperty("answer", answer.value)
            button.clicked.connect(self._decide)
            self.buttons[answer] = button
            row.addWidget(button)
        self.buttons[choices[0][0]].setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    def _decide(self) -> None:
        self.answer = Answer(str(self.sender().property("answer")))
        self.accept()


def unsaved_question(plan_name: str) -> Question:
    """Ask what to do with a plan that has changed since it was saved."""
    return Question(
        "Save this plan first?",
        f"{plan_name} has changes that are in no file yet.",
        ((Answer.SAVE, "Save"), (Answer.DISCARD, "Leave without saving"), (Answer.CANCEL, "Cancel")),
    )


def replace_question(file_name: str) -> Question:
    """Ask whether a file that is there may be written over."""
    return Question(
        "Replace this file?",
        f"There is a file {file_name} already. What it holds would be lost.",
        ((Answer.SAVE, "Replace"), (Answer.CANCEL, "Cancel")),
    )


def recovery_question(plan_name: str, saved_at: QDateTime, site_count: int) -> Question:
    """Offer a plan that was open when the program last ended without being closed."""
    when = QLocale().toString(saved_at, QLocale.FormatType.ShortFormat)
    sites = "1 site" if site_count == 1 else f"{site_count} sites"
    return Question(
        "A plan was left open",
        f"bodymap ended before this plan was saved. {plan_name} with {sites} was kept on {when}. "
        "If you begin without it, the kept copy is removed.",
        ((Answer.RECOVER, "Open the kept plan"), (Answer.DISCARD, "Begin without it")),
    )


def ask(question: Question, parent: QWidget | None = None) -> Answer:
    """Ask and wait for the answer."""
    dialog = DecisionDialog(question, parent)
    dialog.exec()
    answer = dialog.answer
    dialog.deleteLater()
    return answer
