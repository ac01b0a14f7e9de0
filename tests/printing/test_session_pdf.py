"""The finished document: what a reader, a screen reader, an archive and a printer find in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_doll import BACK, draw, job, site_near, usual_sites
from PIL import Image

from bodymap.domain import Refusal
from bodymap.printing import Paper, PrintJob, compose_pdf, compose_png, draw_pictures, layout_page, paint_pdf


def pdf_of(work: PrintJob) -> bytes:
    return compose_pdf(work, draw, dpi=60)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def tags(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from tags(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from tags(node.K)


@pytest.fixture(scope="module")
def five() -> bytes:
    return pdf_of(job(usual_sites(5), note="Review in a week."))


@pytest.mark.parametrize(("paper", "points"), [(Paper.A4, (595.276, 841.89)), (Paper.LETTER, (612.0, 792.0))])
@pytest.mark.parametrize("count", [0, 1, 5, 12])
def test_a_session_is_one_page_of_the_right_size(
    paper: Paper, points: tuple[float, float], count: int
) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(job(usual_sites(count), paper=paper)))) as document:
        (page,) = document.pages
        assert [float(side) for side in page.mediabox] == pytest.approx([0, 0, *points], abs=0.01)


def test_the_document_is_tagged_archivable_and_accessible(five: bytes) -> None:
    with pikepdf.open(io.BytesIO(five)) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        found = list(tags(root.StructTreeRoot.K))
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Session diagram, A. B., 21 November 2026"
    names = [name for name, _ in found]
    assert names.count("/TH") == 7
    assert names.count("/TR") == 6
    assert "/Title" in names
    alts = [alt for name, alt in found if name == "/Figure"]
    assert alts[0].startswith("Reference body, seen from the back. Sites: 1 Upper trapezius, left;")


def test_every_font_is_embedded(five: bytes) -> None:
    with pikepdf.open(io.BytesIO(five)) as document:
        fonts = [
            o
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)
        assert all("SourceSansPro" in str(font.FontName) for font in fonts)


def test_the_page_says_what_it_must(five: bytes) -> None:
    (text,) = texts(five)
    for words in (
        "Session diagram",
        "A. B.",
        "21 November 2026",
        "Mill Lane Physiotherapy",
        "patient's left",
        "patient's right",
        "Reference model, not this patient",
        "A planning record for trained professionals, not a medical device.",
        "Levator scapulae",
        "0.30 × 40 mm",
        "Review in a week.",
        "pain often felt here",
    ):
        assert words in squeezed(text).replace("’", "'")
    assert "Page 1" not in text


def test_sides_stand_as_letter_and_word() -> None:
    (text,) = texts(pdf_of(job(usual_sites(6))))
    assert len(re.findall(r"\bL\s+left\b", text)) == 5
    assert len(re.findall(r"\bR\s+right\b", text)) == 1


def test_without_shading_the_legend_explains_none() -> None:
    assert "pain" not in squeezed(texts(pdf_of(job(usual_sites(2), shaded=False)))[0])


def test_thirty_sites_spill_with_heading_and_page_numbers() -> None:
    sites = [site_near(i + 1, (-100, -90, 1400 - 30 * i), BACK, name=f"Multifidus {i}") for i in range(30)]
    pages = texts(pdf_of(job(sites, patient="Q. R.")))
    assert len(pages) == 2
    assert all("Muscle or place" in page for page in pages)
    assert "Page 1 of 2" in pages[0]
    assert "Page 2 of 2" in pages[1]
    assert "Q. R." in pages[1]
    everything = "\n".join(pages)
    assert all(f"Multifidus {i}" in everything for i in range(30))


def test_a_note_longer_than_a_page_is_not_cut() -> None:
    note = " ".join(f"word{i}" for i in range(1400))
    pages = texts(pdf_of(job([*usual_sites(2), site_near(3, (0, -130, 1200), BACK, note=note)])))
    assert [word for i in range(1400) if (word := f"word{i}") not in squeezed(" ".join(pages)).split()] == []


def test_a_word_wider_than_its_column_is_broken_not_cut() -> None:
    word = "Musculusextensordigitorumcommunislongissimus"
    site = site_near(1, (0, -130, 1200), BACK, name=word, position=word, needle=word, label=word, note=word)
    document = pypdfium2.PdfDocument(pdf_of(job([site], patient=word, clinic=word * 4)))
    try:
        page = document[0].get_textpage()
        boxes = [page.get_charbox(i) for i in range(page.count_chars())]
        text = page.get_text_bounded()
    finally:
        document.close()
    assert max(right for _, _, right, _ in boxes) <= 595.3 - 42
    letters = re.sub(r"[^A-Za-z]", "", text)
    assert letters.lower().count(word[:8].lower()) >= 9


def test_without_room_for_temporary_files_the_refusal_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    with pytest.raises(Refusal, match="temporary files"):
        pdf_of(job(usual_sites(1)))


HOSTILE = (
    "#panic() $x^2$ *bold* _it_ `raw` @ref <label> // c /* d */ \\ ~ [a] {b} = Head",
    '#image("/etc/passwd") #sys.inputs',
    "Weiß, Ångström; Œuvre — “quoted”",
    "Ιωάννης Жанна",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stand_there_verbatim(name: str) -> None:
    site = site_near(1, (0, -130, 1200), BACK, name=name)
    (text,) = texts(pdf_of(job([site], patient=name[:30], clinic=name)))
    assert squeezed(text).count(squeezed(name)) >= 2


@pytest.mark.parametrize("name", ["יוסף כהן", "محمد علي", "山田太郎", "สมชาย", "👩‍⚕️ नमस्ते"])
def test_no_script_breaks_the_page(name: str) -> None:
    (text,) = texts(pdf_of(job(usual_sites(1), patient=name)))
    assert "Session diagram" in text


def test_letters_of_shipped_scripts_are_kept() -> None:
    (text,) = texts(pdf_of(job(usual_sites(1), patient="כהן")))
    assert set("כהן") <= set(text)


@settings(max_examples=12)
@example("\u202egnp.exe\u202c", "a\x00b\ud800", "\ue000\ufffe\U0010ffff")
@example("e\u0301\u0301\u0301", "\u0378\u0e31\u200d", "\n" * 50)
@given(st.text(max_size=60), st.text(st.characters(), max_size=60), st.text(max_size=200))
def test_any_text_makes_a_page(patient: str, name: str, note: str) -> None:
    work = job(
        [site_near(1, (0, -130, 1200), BACK, name=name, note=note)], patient=patient, clinic=name, note=note
    )
    assert texts(pdf_of(work))


def test_a_turned_around_line_is_read_as_written() -> None:
    (text,) = texts(pdf_of(job(usual_sites(1), patient="\u202etfel")))
    assert "tfel" in text
    assert "\u202e" not in text


def _page_picture(work: PrintJob) -> np.ndarray[Any, np.dtype[np.int16]]:
    (page,) = compose_png(work, draw, dpi=60)
    return np.asarray(Image.open(io.BytesIO(page)).convert("RGB")).astype(np.int16)


def test_a_mono_page_holds_no_colour() -> None:
    plain = _page_picture(job(usual_sites(12), mono=True))
    assert np.ptp(plain, axis=2).max() == 0
    assert np.ptp(_page_picture(job(usual_sites(12))), axis=2).max() > 80


def test_sites_told_apart_by_colour_have_it_in_the_table() -> None:
    tones = ("#d55e00", "#0072b2")
    sites = [site_near(i + 1, (0, -130, 1200 - 90 * i), BACK, tone=tone) for i, tone in enumerate(tones)]
    assert "colours as in the table" in squeezed(texts(pdf_of(job(sites)))[0])
    picture = _page_picture(job(sites))
    for tone in tones:
        rgb = [int(tone[i : i + 2], 16) for i in (1, 3, 5)]
        assert (np.abs(picture - rgb).max(axis=2) < 6).any()
    assert np.ptp(_page_picture(job(sites, mono=True)), axis=2).max() == 0


def test_the_preview_has_the_pages_of_the_pdf_at_its_resolution() -> None:
    (page,) = compose_png(job(usual_sites(5), paper=Paper.LETTER), draw, dpi=100)
    assert Image.open(io.BytesIO(page)).size == (850, 1100)


def test_pictures_have_the_resolution_asked_for() -> None:
    layout = layout_page(job(usual_sites(5)))
    (figure,) = layout.figures
    (picture,) = draw_pictures(layout, draw, dpi=300)
    assert picture.shape[1] == round(figure.picture.width / 25.4 * 300)


def test_the_same_moment_gives_the_same_file() -> None:
    work = job(usual_sites(3))
    layout = layout_page(work)
    pictures = draw_pictures(layout, draw, 60)
    moment = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert paint_pdf(work, layout, pictures, moment) == paint_pdf(work, layout, pictures, moment)
