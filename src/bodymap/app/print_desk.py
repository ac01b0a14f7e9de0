"""The print preview and what it asks for. Preview, PDF and paper are the same pages.

Printing is imported where it is used: typst, Pillow and Qt's printers are not needed to open the window.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from bodymap.app.window import Parts
from bodymap.domain import Refusal
from bodymap.storage.atomic import write_atomically
from bodymap.ui.notice_bar import Notice, NoticeKind

if TYPE_CHECKING:
    from bodymap.ui.print_preview import PrintOptions, PrintPreview

_PREVIEW_DPI = 110.0


class PrintDesk(QObject):
    """Opens the preview of the session's plan.

    Signals
    -------
    refused(str)
        A sentence for the user.
    """

    refused = Signal(str)

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._preview: PrintPreview | None = None
        # The dialog is drawn before the pages are made, so that it answers at once.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(30)
        self._later.timeout.connect(self._make_pages)

    @property
    def preview(self) -> PrintPreview | None:
        """The open preview, or None."""
        return self._preview

    def open(self) -> None:
        """Show the pages of the plan; without a site there is nothing to print."""
        self._parts.plan.commit()
        if not self._parts.session.state.plan.sites:
            self.refused.emit("There is nothing to print yet; add a site to the plan first.")
            return
        from bodymap.ui.print_preview import PrintPreview

        preview = PrintPreview(parent=self._parts.window)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.options_changed.connect(self._remake)
        preview.save_requested.connect(self._save)
        preview.print_requested.connect(self._print)
        preview.finished.connect(self._closed)
        self._preview = preview
        preview.open()
        self._later.start()

    def _remake(self, _options: PrintOptions) -> None:
        if self._preview is not None:
            self._preview.show_working()
            self._later.start()

    def _closed(self) -> None:
        self._later.stop()
        self._preview = None

    def _make_pages(self) -> None:
        if self._preview is None:
            return
        try:
            self._preview.show_pages(self._pages(self._preview.options, _PREVIEW_DPI))
        except Refusal as refusal:
            self._preview.show_problem(Notice(NoticeKind.ERROR, str(refusal)))

    def _save(self) -> None:
        if self._preview is None:
            return
        path = self._parts.session.state.path
        suggested = path.with_suffix(".pdf").name if path is not None else "session-diagram.pdf"
        name, _ = QFileDialog.getSaveFileName(self._preview, "Save the page", suggested, "PDF (*.pdf)")
        if not name:
            return
        target = Path(name) if Path(name).suffix else Path(name + ".pdf")
        try:
            write_atomically(target, self._document(self._preview.options))
            self._preview.notices.show_notice(Notice(NoticeKind.DONE, f"Saved as {target.name}."))
        except Refusal as refusal:
            self._preview.show_problem(Notice(NoticeKind.ERROR, str(refusal)))

    def _print(self) -> None:
        if self._preview is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from bodymap.printing import Paper
        from bodymap.printing.printer import SHEET_DPI, print_pages, set_up_printer

        options = self._preview.options
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_up_printer(printer, Paper(options.paper.value), "Session diagram")
        dialog = QPrintDialog(printer, self._preview)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        try:
            print_pages(printer, self._pages(options, SHEET_DPI))
        except Refusal as refusal:
            self._preview.show_problem(Notice(NoticeKind.ERROR, str(refusal)))

    def _pages(self, options: PrintOptions, dpi: float) -> list[bytes]:
        return self._compose(options, dpi, as_pdf=False)

    def _document(self, options: PrintOptions) -> bytes:
        from bodymap.printing import PICTURE_DPI

        return self._compose(options, PICTURE_DPI, as_pdf=True)[0]

    def _compose(self, options: PrintOptions, dpi: float, *, as_pdf: bool) -> list[bytes]:
        from bodymap.app.diagram import print_job, view_renderer
        from bodymap.printing import Paper, compose_pdf, compose_png

        parts, mono, paper = self._parts, options.mono, Paper(options.paper.value)
        plan = parts.session.state.plan
        job = print_job(plan, parts.atlas, parts.body, paper=paper, mono=mono)
        QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        try:
            with view_renderer(plan, parts.atlas, parts.body, mono=mono, dpi=dpi) as draw:
                return [compose_pdf(job, draw, dpi)] if as_pdf else compose_png(job, draw, dpi)
        finally:
            QApplication.restoreOverrideCursor()
