from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from paper_doll import draw, job, usual_sites
from PIL import Image, ImageChops
from PySide6.QtPrintSupport import QPrinter

from bodymap.domain import Refusal
from bodymap.printing import Paper, compose_png
from bodymap.printing.printer import print_pages, set_up_printer


@pytest.fixture
def printer(qapp: object, tmp_path: Path) -> QPrinter:
    assert qapp is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    return printer


@pytest.mark.parametrize("paper", Paper)
def test_pages_fill_the_sheet_exactly(printer: QPrinter, paper: Paper) -> None:
    (page,) = compose_png(job(usual_sites(2), paper=paper), draw, dpi=50)
    set_up_printer(printer, paper, "Session diagram")
    print_pages(printer, [page, page])
    with pikepdf.open(printer.outputFileName()) as document:
        assert len(document.pages) == 2
        size_mm = [float(side) / 72 * 25.4 for side in document.pages[0].mediabox][2:]
    assert size_mm == pytest.approx(paper.size_mm, abs=0.4)
    printed = pypdfium2.PdfDocument(Path(printer.outputFileName()).read_bytes())
    try:
        image = printed[0].render(scale=50 / 72).to_pil().convert("L")
    finally:
        printed.close()
    expected = Image.open(io.BytesIO(page)).convert("L").resize(image.size)
    difference = ImageChops.difference(image, expected)
    assert sum(difference.histogram()[60:]) < 0.01 * image.size[0] * image.size[1]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_start_is_a_sentence(printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "missing" / "folder" / "paper.pdf"))
    with pytest.raises(Refusal, match="did not start"):
        print_pages(printer, [b""])
