"""Text fields that hand over what was typed once the typing pauses, and that a refresh never disturbs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy

from bodymap.ui.theme import Space, current_theme

PAUSE_MS = 600

_MAX_LINES = 4
_FRAME_PX = 3  # border and padding of the style sheet
_SCROLL = Qt.ScrollBarPolicy.ScrollBarAsNeeded
_NO_SCROLL = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class _Pause(QTimer):
    """Fires once after the last of several starts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(PAUSE_MS)


class CommittedLine(QLineEdit):
    """One line of text.

    Signals
    -------
    committed(str)
        The text after a pause in typing, on Enter, or when the field is left; only when it differs
        from what was last shown or committed.
    """

    committed = Signal(str)

    def __init__(self, name: str, placeholder: str = "", max_length: int = 200) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max_length)
        self._value = ""
        self._pause = _Pause(self)
        self._pause.timeout.connect(self.commit)
        self.textEdited.connect(self._wait)
        self.editingFinished.connect(self.commit)

    def show_value(self, value: str) -> None:
        """Show a value; what is being typed is left alone, and an equal value changes nothing."""
        self._value = value
        if not self._pause.isActive() and self.text() != value:
            self.setText(value)

    def commit(self) -> None:
        """Hand over what was typed now."""
        self._pause.stop()
        if self.text() != self._value:
            self._value = self.text()
            self.committed.emit(self._value)

    def _wait(self) -> None:
        self._pause.start()


class CommittedNote(QPlainTextEdit):
    """Some lines of text; grows from one line to four and scrolls beyond.

    Signals
    -------
    committed(str)
        As for `CommittedLine`.
    """

    committed = Signal(str)

    def __init__(self, name: str, placeholder: str = "", max_length: int = 4000) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._max_length = max_length
        self._value = ""
        self._is_showing = False
        self._pause = _Pause(self)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._wait)
        self._fit()

    def show_value(self, value: str) -> None:
        """Show a value; what is being typed is left alone, and an equal value changes nothing."""
        self._value = value
        if not self._pause.isActive() and self.toPlainText() != value:
            self._is_showing = True
            self.setPlainText(value)
            self._is_showing = False

    def commit(self) -> None:
        """Hand over what was typed now."""
        self._pause.stop()
        text = self.toPlainText()[: self._max_length]
        if text != self._value:
            self._value = text
            self.committed.emit(text)

    def _wait(self) -> None:
        self._fit()
        if not self._is_showing:
            self._pause.start()

    def _fit(self) -> None:
        lines = min(_MAX_LINES, max(1, round(self.document().size().height())))
        self.setVerticalScrollBarPolicy(_SCROLL if lines == _MAX_LINES else _NO_SCROLL)
        line_px = QFontMetricsF(self.font()).lineSpacing()
        field_px = current_theme().metrics.field_px
        self.document().setDocumentMargin(max(Space.HAIR, round((field_px - line_px) / 2) - _FRAME_PX))
        self.setFixedHeight(field_px + round((lines - 1) * line_px))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's own: hand over what was typed."""
        super().focusOutEvent(event)
        self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own: fit what depends on the size."""
        super().resizeEvent(event)
        self._fit()
