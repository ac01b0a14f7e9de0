"""A job set by typst: PDF to keep, PNG for preview, printer and export, all from the same template."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import typst
from PIL import Image

from bodymap.domain import Refusal
from bodymap.printing.composition import compose_page
from bodymap.printing.jobs import PrintJob, RenderView
from bodymap.printing.layouts import PageLayout
from bodymap.printing.lettering import Lettering, last_resort_for, lettering_for
from bodymap.printing.sheets import all_text, letterless_pattern, picture_name, sheet_data

PDF_STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
PICTURE_DPI = 300.0
JPEG_QUALITY = 92
"""Nothing of it is seen at 300 dpi, and typst passes JPEG through untouched: a tenth of the time of PNG."""

Pictures = Sequence[npt.NDArray[np.uint8]]


def layout_page(job: PrintJob) -> PageLayout:
    """Compose the page with the true heights of its words."""
    words = sheet_data(job, None)
    found = _compiler(words, lettering_for(all_text(words))).query("<heights>", field="value", one=True)
    heights = json.loads(found)
    return compose_page(job, head_mm=heights["head"], tail_mm=heights["tail"])


def draw_pictures(
    layout: PageLayout, render: RenderView, dpi: float = PICTURE_DPI
) -> list[npt.NDArray[np.uint8]]:
    """Have every figure's picture drawn."""
    return [render(figure.view, figure.picture_px(dpi)) for figure in layout.figures]


def paint_pdf(job: PrintJob, layout: PageLayout, pictures: Pictures, made: datetime | None = None) -> bytes:
    """Return the document as tagged PDF (PDF/A-2a and PDF/UA-1).

    Parameters
    ----------
    job : PrintJob
    layout : PageLayout
        Of this job.
    pictures : sequence of (height, width, 3) uint8
        One per figure, in order.
    made : datetime, optional
        Written into the file; now, when None.
    """
    (document,) = _compile(job, layout, pictures, format="pdf", pdf_standards=PDF_STANDARDS, timestamp=made)
    return document


def paint_png(job: PrintJob, layout: PageLayout, pictures: Pictures, dpi: float) -> list[bytes]:
    """Return every page as PNG: what the PDF shows, at ``dpi``."""
    return _compile(job, layout, pictures, format="png", ppi=dpi)


def compose_pdf(job: PrintJob, render: RenderView, dpi: float = PICTURE_DPI) -> bytes:
    """From a job to its PDF, with pictures at ``dpi``."""
    layout = layout_page(job)
    return paint_pdf(job, layout, draw_pictures(layout, render, dpi))


def compose_png(job: PrintJob, render: RenderView, dpi: float = PICTURE_DPI) -> list[bytes]:
    """From a job to its pages as PNG at ``dpi``: preview, export and printer."""
    layout = layout_page(job)
    return paint_png(job, layout, draw_pictures(layout, render, dpi), dpi)


def _compile(job: PrintJob, layout: PageLayout, pictures: Pictures, **how: Any) -> list[bytes]:
    # Only pictures of the reference body touch the disk; the patient's words stay in memory.
    try:
        with tempfile.TemporaryDirectory(prefix="bodymap-") as folder:
            for i, (picture, figure) in enumerate(zip(pictures, layout.figures, strict=True)):
                _write_jpeg(Path(folder) / picture_name(i), picture, job.mono, figure.picture.width)
            return set_document("page.typ", sheet_data(job, layout), folder, **how)
    except OSError as error:
        raise Refusal(
            f"The page could not be made: the folder for temporary files takes nothing ({error.strerror}). "
            "The plan is safe; make room on the disk and try again."
        ) from error


def set_document(template: str, data: dict[str, Any], folder: str, **how: Any) -> list[bytes]:
    """Have typst set a template of this package.

    Parameters
    ----------
    template : str
        File name beside this module.
    data : dict
        JSON values, texts made `printable`, with the page's ``families`` and ``last_resort``.
    folder : str
        Where the template finds its pictures.
    **how
        Passed to ``typst.Compiler.compile``.

    Returns
    -------
    list of bytes
        The document, or each of its pages as PNG.
    """
    text = all_text(data)
    try:
        pages = _compiler(data, lettering_for(text), folder, template).compile(**how)
    except typst.TypstError:
        pages = _compiler(data, last_resort_for(text), folder, template).compile(**how)
    if isinstance(pages, list):
        return pages
    return [] if pages is None else [pages]


def _write_jpeg(path: Path, picture: npt.NDArray[np.uint8], mono: bool, width_mm: float) -> None:
    image = Image.fromarray(np.ascontiguousarray(picture[..., :3]))
    dpi = picture.shape[1] / width_mm * 25.4
    (image.convert("L") if mono else image).save(path, quality=JPEG_QUALITY, subsampling=0, dpi=(dpi, dpi))


def _compiler(
    data: dict[str, Any], lettering: Lettering, root: str | None = None, template: str = "page.typ"
) -> typst.Compiler:
    data["letterless"] = letterless_pattern(lettering.letterless)
    return typst.Compiler(
        _template(template),
        root=root,
        font_paths=lettering.fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def _template(name: str) -> bytes:
    return files("bodymap.printing").joinpath(name).read_bytes()
