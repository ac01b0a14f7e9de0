"""Sending finished pages to a printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from bodymap.ui.print_preview import Paper


def ask_printer(paper: Paper, parent: QWidget | None = None) -> QPrinter | None:
    """Let the user choose a printer for this paper; None when he thinks better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize.PageSizeId.A4 if paper is Paper.A4 else QPageSize.PageSizeId.Letter
    printer.setPageSize(QPageSize(size))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print")
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(printer: QPrinter, pages: Sequence[bytes]) -> bool:
    """Paint pages, given as PNG images of the whole sheet, one to a sheet.

    Returns
    -------
    bool
        Whether the printer took them.
    """
    painter = QPainter()
    if not pages or not painter.begin(printer):
        return False
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number, page in enumerate(pages):
        if number and not printer.newPage():
            painter.end()
            return False
        sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
        printable = printer.pageLayout().paintRectPixels(printer.resolution())
        sheet.moveTopLeft(sheet.topLeft() - printable.topLeft().toPointF())
        painter.drawImage(sheet, QImage.fromData(page))
    return painter.end()
