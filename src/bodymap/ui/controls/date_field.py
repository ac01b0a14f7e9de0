"""A date that may be empty, typed or picked."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from bodymap.ui.controls.committed_fields import CommittedLine
from bodymap.ui.controls.labels import restyle
from bodymap.ui.icons import icon

_SHOWN = "d MMM yyyy"
_ISO = "yyyy-MM-dd"


def parse_date(text: str) -> str | None:
    """Read a date as typed: return it as ISO text, empty for no text, None when it is not a date."""
    words = text.strip()
    if not words:
        return ""
    if words.casefold() == "today":
        return QDate.currentDate().toString(_ISO)
    locale = QLocale()
    for form in (_ISO, _SHOWN, locale.dateFormat(QLocale.FormatType.ShortFormat), "d.M.yyyy", "d/M/yyyy"):
        date = locale.toDate(words, form)
        if date.isValid() and 1900 <= date.year() <= 2200:
            return date.toString(_ISO)
    return None


def format_date(iso: str) -> str:
    """Write an ISO date with the month as a word, so that nobody reads it the wrong way round."""
    date = QDate.fromString(iso, _ISO)
    return QLocale().toString(date, _SHOWN) if date.isValid() else ""


class DateField(CommittedLine):
    """Shows dates as ``3 Feb 2026`` and understands a few more ways to write them.

    Signals
    -------
    date_committed(str)
        ISO date, or empty.
    """

    date_committed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name, placeholder="Date", max_length=20)
        self.setToolTip("For example 3 Feb 2026, 2026-02-03 or today")
        pick = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        pick.setText("Pick a date")
        pick.setToolTip("Pick a date")
        pick.triggered.connect(self._pick)
        self.committed.connect(self._read)
        self.textEdited.connect(self._forgive)
        self._menu: QMenu | None = None

    def show_date(self, iso: str) -> None:
        """Show an ISO date, or nothing for an empty one."""
        self.show_value(format_date(iso))

    def _read(self, text: str) -> None:
        iso = parse_date(text)
        self._mark(iso is None)
        if iso is not None:
            self.show_date(iso)
            self.date_committed.emit(iso)

    def _forgive(self) -> None:
        self._mark(False)

    def _mark(self, is_invalid: bool) -> None:
        wanted = "true" if is_invalid else "false"
        if self.property("invalid") != wanted:
            self.setProperty("invalid", wanted)
            self.setAccessibleDescription("This is not a date. Write it as 3 Feb 2026." if is_invalid else "")
            restyle(self)

    def _pick(self) -> None:
        if self._menu is None:
            self._menu = QMenu(self)
            self._calendar = QCalendarWidget()
            self._calendar.setAccessibleName("Calendar")
            self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self._calendar.clicked.connect(self._take)
            holder = QWidgetAction(self._menu)
            holder.setDefaultWidget(self._calendar)
            self._menu.addAction(holder)
        shown = QDate.fromString(parse_date(self.text()) or "", _ISO)
        self._calendar.setSelectedDate(shown if shown.isValid() else QDate.currentDate())
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _take(self, date: QDate) -> None:
        if self._menu is not None:
            self._menu.hide()
        self._mark(False)
        self.show_date(date.toString(_ISO))
        self.date_committed.emit(date.toString(_ISO))
