"""Pages on real paper: the very pictures of the preview, at the size of the sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from bodymap.domain import Refusal
from bodymap.printing.jobs import Paper

SHEET_DPI = 400.0
"""What to compose pages at for a printer: letters stay crisp, and a page takes about a second."""

_PAGE_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


def set_up_printer(printer: QPrinter, paper: Paper, title: str) -> None:
    """Tell the printer the sheet; the page brings its own margins, so none are added."""
    printer.setPageLayout(
        QPageLayout(
            QPageSize(_PAGE_SIZES[paper]),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
            QPageLayout.Unit.Millimeter,
        )
    )
    printer.setFullPage(True)
    printer.setDocName(title)


def print_pages(printer: QPrinter, pages: Sequence[bytes]) -> None:
    """Paint pages (PNG, each a whole sheet) on a printer that is set up.

    Raises
    ------
    Refusal
        The printer did not take them.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal(
            "The printer did not start. Check that it is on and has paper, or save the page as PDF instead."
        )
    try:
        for i, page in enumerate(pages):
            if i and not printer.newPage():
                raise Refusal(f"The printer stopped after page {i}. Print the remaining pages again.")
            sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            origin = printer.pageRect(QPrinter.Unit.DevicePixel).topLeft()
            painter.drawImage(sheet.translated(-origin), QImage.fromData(page))
    finally:
        painter.end()
