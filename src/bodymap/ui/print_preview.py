"""The pages as they will be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bodymap.ui.controls import Segmented, primary_button, push_button, small_label
from bodymap.ui.controls.labels import second_label
from bodymap.ui.notice_bar import Notice, NoticeBar
from bodymap.ui.theme import PREVIEW_SIZE_PX, Space, current_theme

_PAPER_COLOUR = QColor(Qt.GlobalColor.white)


class Paper(StrEnum):
    """Sheets that the page is laid out for."""

    A4 = "A4"
    LETTER = "Letter"


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What the user chose for the page."""

    paper: Paper = Paper.A4
    mono: bool = False


class PrintPreview(QDialog):
    """Shows pages, which the application makes, and asks for what should become of them.

    Signals
    -------
    options_changed(object)
        `PrintOptions` for which new pages are wanted.
    save_requested(), print_requested()
        Keep the pages as a PDF file; send them to a printer.
    """

    options_changed = Signal(object)
    save_requested = Signal()
    print_requested = Signal()

    def __init__(self, options: PrintOptions | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        chosen = options or PrintOptions()
        self.setWindowTitle("Print")
        self.setAccessibleName("Print preview")
        self.resize(*PREVIEW_SIZE_PX)
        self.paper = Segmented("Paper", ((Paper.A4, "A4"), (Paper.LETTER, "Letter")), stretch=False)
        self.paper.set_choice(chosen.paper)
        self.mono = QCheckBox("Black and white")
        self.mono.setAccessibleName("Black and white")
        self.mono.setChecked(chosen.mono)
        self.notices = NoticeBar()
        self.words = small_label()
        self.pages = _PageColumn()
        self.save_button = push_button("Save PDF...", "save")
        self.print_button = primary_button("Print...", "print")
        self.close_button = push_button("Close")
        self._arrange()
        self.paper.chosen.connect(self._emit_options)
        self.mono.toggled.connect(self._emit_options)
        self.save_button.clicked.connect(self.save_requested)
        self.print_button.clicked.connect(self.print_requested)
        self.close_button.clicked.connect(self.reject)
        self.show_working()

    @property
    def options(self) -> PrintOptions:
        """What is chosen now."""
        return PrintOptions(Paper(str(self.paper.choice)), self.mono.isChecked())

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show pages given as PNG images."""
        images = [QImage.fromData(page) for page in pages]
        self.pages.show_images([image for image in images if not image.isNull()])
        self.words.setText("1 page" if len(images) == 1 else f"{len(images)} pages")
        self._enable(bool(images))

    def show_working(self, words: str = "Laying out the page ...") -> None:
        """Say that pages are being made; the ones before stay visible."""
        self.words.setText(words)
        self._enable(False)

    def show_problem(self, notice: Notice) -> None:
        """Say why there are no pages."""
        self.notices.show_notice(notice)
        self.words.setText("")
        self._enable(False)

    def _arrange(self) -> None:
        options = QHBoxLayout()
        options.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        options.setSpacing(Space.LARGE)
        for widget in (second_label("Paper"), self.paper, self.mono):
            options.addWidget(widget)
        options.addStretch()
        options.addWidget(self.words)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("Pages")
        scroll.setWidget(self.pages)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        buttons.setSpacing(Space.SMALL)
        buttons.addWidget(self.close_button)
        buttons.addStretch()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.NONE)
        layout.addWidget(self.notices)
        layout.addLayout(options)
        layout.addWidget(scroll, stretch=1)
        layout.addLayout(buttons)
        self.words.setWordWrap(False)

    def _enable(self, has_pages: bool) -> None:
        self.save_button.setEnabled(has_pages)
        self.print_button.setEnabled(has_pages)

    def _emit_options(self) -> None:
        self.options_changed.emit(self.options)


class _PageColumn(QWidget):
    """Pages below each other, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(Space.HUGE, Space.MEDIUM, Space.HUGE, Space.HUGE)
        self._layout.setSpacing(Space.LARGE)
        self._layout.addStretch()
        self._pages: list[_Page] = []

    def show_images(self, images: Sequence[QImage]) -> None:
        while len(self._pages) > len(images):
            page = self._pages.pop()
            self._layout.removeWidget(page)
            page.deleteLater()
        while len(self._pages) < len(images):
            page = _Page(len(self._pages) + 1)
            self._pages.append(page)
            self._layout.insertWidget(len(self._pages) - 1, page)
        for page, image in zip(self._pages, images, strict=True):
            page.show_image(image)


class _Page(QWidget):
    """One page on a sheet of white paper."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setAccessibleName(f"Page {number}")
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        if self._image.isNull():
            return width_px
        return round(width_px * self._image.height() / self._image.width())

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), _PAPER_COLOUR)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(QColor(current_theme().line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
