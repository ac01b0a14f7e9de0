from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bodymap.ui.controls import ChoiceBox, ClampedText, Fold, Segmented
from bodymap.ui.controls.committed_fields import CommittedLine, CommittedNote
from bodymap.ui.controls.date_field import DateField, format_date, parse_date
from bodymap.ui.controls.elided_label import ElidedLabel

LONG = "A sentence that goes on for a while and then a little longer. " * 8


pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    holder = QWidget()
    QVBoxLayout(holder)
    qtbot.addWidget(holder)
    holder.resize(300, 400)
    holder.show()
    return holder


def put(holder: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        holder.layout().addWidget(widget)
    holder.layout().activate()
    QApplication.processEvents()


def test_long_text_is_cut_at_three_lines_until_asked(holder: QWidget) -> None:
    text = ClampedText()
    put(holder, text)
    text.set_text(LONG)
    QApplication.processEvents()
    short = text.heightForWidth(280)
    assert text.more.isVisibleTo(holder)
    text.more.click()
    QApplication.processEvents()
    assert text.more.text() == "less"
    assert text.heightForWidth(280) > 2 * short
    assert text.accessibleName() == LONG
    text.grab()


def test_short_text_needs_no_more(holder: QWidget) -> None:
    text = ClampedText()
    put(holder, text)
    text.set_text("Short.")
    QApplication.processEvents()
    assert not text.more.isVisibleTo(holder)
    text.set_text("")
    assert not text.isVisibleTo(holder)


def test_a_fold_opens_and_closes(holder: QWidget) -> None:
    fold = Fold("Sources")
    put(holder, fold)
    assert not fold.body.isVisibleTo(holder)
    fold.header.click()
    assert fold.body.isVisibleTo(holder)
    assert fold.header.accessibleDescription() == "open"
    fold.set_open(False)
    assert not fold.body.isVisibleTo(holder)


def test_segments_tell_only_what_the_user_chose(holder: QWidget, qtbot: QtBot) -> None:
    segments = Segmented("Side", (("l", "Left"), ("r", "Right")))
    put(holder, segments)
    assert segments.choice == "l"
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_choice("r")
    assert segments.choice == "r"
    with pytest.raises(ValueError, match="not in list"):
        segments.set_choice("up")


def test_a_line_hands_over_its_text_once_and_only_when_it_changed(holder: QWidget) -> None:
    line = CommittedLine("Depth")
    put(holder, line)
    told: list[str] = []
    line.committed.connect(told.append)
    QTest.keyClicks(line, "15 mm")
    assert told == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    line.commit()
    assert told == ["15 mm"]


def test_a_pause_in_typing_is_enough(holder: QWidget, qtbot: QtBot) -> None:
    line = CommittedLine("Depth")
    line._pause.setInterval(5)
    put(holder, line)
    with qtbot.waitSignal(line.committed) as told:
        QTest.keyClicks(line, "deep")
    assert told.args == ["deep"]


def test_a_refresh_leaves_what_is_being_typed_alone(holder: QWidget) -> None:
    line, note = CommittedLine("Depth"), CommittedNote("Note")
    put(holder, line, note)
    line.show_value("old")
    line.setCursorPosition(1)
    line.show_value("old")
    assert line.cursorPosition() == 1
    QTest.keyClicks(line, "XY")
    line.show_value("from elsewhere")
    assert line.text() == "oXYld"
    QTest.keyClicks(note, "typing")
    note.show_value("from elsewhere")
    assert note.toPlainText() == "typing"


def test_a_note_grows_with_its_lines_and_says_nothing_when_shown(holder: QWidget, qtbot: QtBot) -> None:
    note = CommittedNote("Note", max_length=10)
    put(holder, note)
    one_line = note.height()
    with qtbot.assertNotEmitted(note.committed):
        note.show_value("a\nb\nc")
        note.commit()
    assert note.height() > one_line
    with qtbot.waitSignal(note.committed) as told:
        note.setPlainText("x" * 50)
        note.commit()
    assert told.args == ["x" * 10]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2026-02-03", "2026-02-03"),
        ("3 Feb 2026", "2026-02-03"),
        ("", ""),
        ("  ", ""),
        ("3.2.2026", "2026-02-03"),
        ("today", QDate.currentDate().toString("yyyy-MM-dd")),
        ("31 Feb 2026", None),
        ("soon", None),
        ("1 Jan 0001", None),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, iso: str | None) -> None:
    assert parse_date(typed) == iso


def test_dates_are_written_with_the_month_as_a_word() -> None:
    assert format_date("2026-02-03") == "3 Feb 2026"
    assert format_date("") == ""


def test_a_date_field_marks_what_is_no_date_and_tells_iso(holder: QWidget, qtbot: QtBot) -> None:
    field = DateField("Date")
    put(holder, field)
    with qtbot.assertNotEmitted(field.date_committed):
        QTest.keyClicks(field, "soon")
        field.commit()
    assert field.property("invalid") == "true"
    assert "not a date" in field.accessibleDescription()
    field.selectAll()
    with qtbot.waitSignal(field.date_committed) as told:
        QTest.keyClicks(field, "2026-02-03")
        field.commit()
    assert told.args == ["2026-02-03"]
    assert field.text() == "3 Feb 2026"
    assert field.property("invalid") == "false"


def test_a_date_can_be_picked(holder: QWidget, qtbot: QtBot) -> None:
    field = DateField("Date")
    put(holder, field)
    field.show_date("2026-02-03")
    field._pick()
    assert field._calendar.selectedDate() == QDate(2026, 2, 3)
    with qtbot.waitSignal(field.date_committed) as told:
        field._calendar.clicked.emit(QDate(2026, 2, 5))
    assert told.args == ["2026-02-05"]
    assert field.text() == "5 Feb 2026"


def test_a_choice_keeps_plain_letters_to_itself(holder: QWidget) -> None:
    box = ChoiceBox()
    put(holder, box)

    def is_kept(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
        event.ignore()
        QApplication.sendEvent(box, event)
        return event.isAccepted()

    assert is_kept(Qt.Key.Key_P, "p", Qt.KeyboardModifier.NoModifier)
    assert not is_kept(Qt.Key.Key_P, "\x10", Qt.KeyboardModifier.ControlModifier)
    assert not is_kept(Qt.Key.Key_Escape, "\x1b", Qt.KeyboardModifier.NoModifier)


def test_an_elided_label_keeps_the_whole_text(holder: QWidget) -> None:
    label = ElidedLabel()
    put(holder, label)
    label.show_text(LONG)
    QApplication.processEvents()
    assert label.whole == label.toolTip() == LONG
    assert label.text().endswith("\N{HORIZONTAL ELLIPSIS}")
