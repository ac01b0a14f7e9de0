"""Text of at most three lines, the rest on demand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from bodymap.ui.theme import Space, current_theme

MAX_LINES = 3


class _Lines(QWidget):
    """Wrapped text, elided after a number of lines; it paints, so that nothing but its width decides."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._max_lines: int | None = MAX_LINES
        # Not Fixed: the size hint then caps the height at what suited the width before.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str, max_lines: int | None) -> None:
        self._text = text
        self._max_lines = max_lines
        self.updateGeometry()
        self.update()

    def line_count(self, width_px: int) -> int:
        """How many lines the whole text takes."""
        return len(self._wrapped(width_px))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        count = self.line_count(width_px)
        shown = count if self._max_lines is None else min(count, self._max_lines)
        return round(shown * QFontMetricsF(self.font()).lineSpacing() + 0.5)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(self.width(), 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(current_theme().ink))
        metrics = QFontMetricsF(self.font())
        baseline = metrics.ascent()
        for line in self._shown(self.width(), metrics):
            painter.drawText(QPointF(0.0, baseline), line)
            baseline += metrics.lineSpacing()
        painter.end()

    def _shown(self, width_px: int, metrics: QFontMetricsF) -> list[str]:
        lines = self._wrapped(width_px)
        if self._max_lines is None or len(lines) <= self._max_lines:
            return lines
        rest = " ".join(line.strip() for line in lines[self._max_lines - 1 :])
        last = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width_px)
        return [*lines[: self._max_lines - 1], last]

    def _wrapped(self, width_px: int) -> list[str]:
        layout = QTextLayout(self._text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width_px)
            lines.append(self._text[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return lines


class ClampedText(QWidget):
    """A paragraph of at most three lines with "more" and "less" when it is longer."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = _Lines()
        self._text = ""
        self._is_open = False
        self.more = QPushButton()
        self.more.setProperty("role", "more")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.NONE)
        layout.addWidget(self._lines)
        layout.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self._toggle)
        self._show_text()

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text, closed again."""
        self._text = text
        self._is_open = False
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._show_text()

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._show_text()

    def _show_text(self) -> None:
        self._lines.set_text(self._text, None if self._is_open else MAX_LINES)
        self.more.setText("less" if self._is_open else "more")
        self.more.setAccessibleName("Show less" if self._is_open else "Show more")
        self._offer_more()

    def _offer_more(self) -> None:
        self.more.setVisible(self._lines.line_count(max(self.width(), 1)) > MAX_LINES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own: fit what depends on the size."""
        super().resizeEvent(event)
        self._offer_more()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own: fit what depends on the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lines.updateGeometry()
            self._offer_more()
