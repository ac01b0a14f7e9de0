from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QDateTime, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bodymap.domain import Side
from bodymap.ui.actions import Actions
from bodymap.ui.decisions import Answer, DecisionDialog, recovery_question, unsaved_question
from bodymap.ui.help_pages import AboutDialog, KeyboardDialog
from bodymap.ui.notice_bar import Notice, NoticeKind
from bodymap.ui.patient_mode import PatientPanel, PatientWords
from bodymap.ui.print_preview import Paper, PrintOptions, PrintPreview


def page(width_px: int = 210, height_px: int = 297) -> bytes:
    image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def panel(qtbot: QtBot) -> PatientPanel:
    panel = PatientPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 760)
    panel.show()
    return panel


def test_the_patient_reads_three_sentences_and_the_side(panel: PatientPanel) -> None:
    panel.show_step(PatientWords("It lifts.", "It aches.", "", Side.LEFT), 1, 3)
    assert panel.felt.text.text() == "It aches."
    assert not panel.helps.isVisibleTo(panel)
    assert not panel.nothing.isVisibleTo(panel)
    assert panel.side.text() == "On your left side"
    assert panel.dots.accessibleName() == "Step 2 of 3"
    panel.grab()


def test_steps_end_at_both_ends(panel: PatientPanel, qtbot: QtBot) -> None:
    words = PatientWords("a", "b", "c")
    panel.show_step(words, 0, 2)
    assert (panel.previous_button.isEnabled(), panel.next_button.isEnabled()) == (False, True)
    with qtbot.waitSignal(panel.next_requested):
        panel.next_button.click()
    panel.show_step(words, 1, 2)
    assert (panel.previous_button.isEnabled(), panel.next_button.isEnabled()) == (True, False)
    with qtbot.waitSignal(panel.previous_requested):
        panel.previous_button.click()
    with qtbot.waitSignal(panel.leave_requested):
        panel.leave_button.click()
    panel.show_step(words, 0, 1)
    assert not panel.dots.isVisibleTo(panel)


def test_nothing_to_show_is_said(panel: PatientPanel) -> None:
    panel.show_step(None, 0, 0)
    assert panel.nothing.isVisibleTo(panel)


@pytest.mark.parametrize(("pressed", "answer"), [(Answer.SAVE, Answer.SAVE), (None, Answer.CANCEL)])
def test_a_decision_is_made_by_a_button_or_escape(
    qtbot: QtBot, pressed: Answer | None, answer: Answer
) -> None:
    dialog = DecisionDialog(unsaved_question("Plan A. B."))
    qtbot.addWidget(dialog)
    dialog.show()
    if pressed is None:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.buttons[pressed].click()
    assert dialog.answer is answer
    assert not dialog.isVisible()


def test_the_recovery_offer_says_what_is_kept_and_what_is_lost(qtbot: QtBot) -> None:
    question = recovery_question("Plan A. B.", QDateTime(2026, 2, 3, 14, 2, 0), 1)
    dialog = DecisionDialog(question)
    qtbot.addWidget(dialog)
    assert "Plan A. B. with 1 site was kept on" in question.text
    assert "removed" in question.text
    assert list(dialog.buttons) == [Answer.DISCARD, Answer.RECOVER]
    assert dialog.buttons[Answer.RECOVER].isDefault()


def test_about_says_what_it_is_not(qtbot: QtBot) -> None:
    dialog = AboutDialog("9.9")
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "bodymap 9.9" in words
    assert "not a medical device" in words


def test_the_keys_are_those_of_the_commands(qtbot: QtBot) -> None:
    actions = Actions()
    dialog = KeyboardDialog(actions.all())
    qtbot.addWidget(dialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Ctrl+P", "Save the plan", "Drag"} <= words


def test_the_preview_asks_for_pages_of_the_chosen_kind(qtbot: QtBot) -> None:
    preview = PrintPreview(PrintOptions(Paper.LETTER, mono=True))
    qtbot.addWidget(preview)
    assert preview.options == PrintOptions(Paper.LETTER, mono=True)
    assert not preview.print_button.isEnabled()
    with qtbot.waitSignal(preview.options_changed) as asked:
        preview.mono.click()
    assert asked.args == [PrintOptions(Paper.LETTER, mono=False)]


def test_the_preview_shows_pages_and_then_lets_them_go_out(qtbot: QtBot) -> None:
    preview = PrintPreview()
    qtbot.addWidget(preview)
    preview.show()
    preview.show_pages([page(), page()])
    assert preview.words.text() == "2 pages"
    first = preview.pages._pages[0]
    qtbot.waitUntil(lambda: abs(first.height() - first.width() * 297 / 210) < 2)
    with qtbot.waitSignal(preview.save_requested):
        preview.save_button.click()
    with qtbot.waitSignal(preview.print_requested):
        preview.print_button.click()
    preview.show_pages([page()])
    assert len(preview.pages._pages) == 1
    preview.grab()


def test_the_preview_says_why_there_is_no_page(qtbot: QtBot) -> None:
    preview = PrintPreview()
    qtbot.addWidget(preview)
    preview.show_working()
    assert preview.words.text() == "Laying out the page ..."
    preview.show_problem(Notice(NoticeKind.ERROR, "The page cannot be made."))
    assert preview.notices.isVisibleTo(preview)
    assert not preview.save_button.isEnabled()
