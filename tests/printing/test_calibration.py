"""The calibration sheet as PDF: four cards to a page, every word on it, nothing cut."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from bodymap.domain import Refusal
from bodymap.printing.calibration import (
    PICTURE_PX,
    TEXT_SIZES_PT,
    CalibrationWords,
    CardFact,
    CardPicture,
    PointCard,
    calibration_pdf,
)

HOSTILE = (
    '#let x = 1 $ \\ *bold* _under_ @ref <label> `raw` // comment /* ] [ } { "quote" \u202e\u0000\ue000 '
    "\u5de6\u80a9 \U0001f9b4 " + "W" * 90
)


def card(number: int, text: str = "Halfway between two landmarks.") -> PointCard:
    return PointCard(
        record=f"muscle_{number}.1",
        area="Neck" if number < 4 else "Shoulder",
        muscle=f"Muscle number {number}",
        latin=f"Musculus {number}",
        label="TrP1",
        side="Left",
        risk="High risk",
        grave=True,
        facts=(
            CardFact(name="Place", text=text),
            CardFact(name="At risk", lead="Lung (pneumothorax)", text="Accessory nerve"),
        ),
        zones=(CardFact(name="Essential", text="temple"), CardFact(name="Spillover", text="forehead")),
    )


def draw(index: int) -> Sequence[CardPicture]:
    pixels = np.full((PICTURE_PX[1] // 10, PICTURE_PX[0] // 10, 3), 40 * (index % 5), np.uint8)
    pattern = CardPicture(
        pixels=pixels, cross=(0.4, 0.6), behind=True, caption="Pattern, front", height_mm=600
    )
    close_up = CardPicture(
        pixels=pixels + np.uint8(7), cross=(0.5, 0.5), caption="Point, left", height_mm=200
    )
    return pattern, close_up


def sheet(*cards: PointCard) -> bytes:
    sources = (("Simons 1999", "Simons DG. A book."),)
    return calibration_pdf(
        CalibrationWords(digest="0123456789ab", cards=cards, notes=("How to read it.",), sources=sources),
        draw,
    )


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\ufffe", ""))


@pytest.fixture(scope="module")
def six() -> bytes:
    return sheet(*map(card, range(6)))


def test_four_cards_stand_on_a_page_after_the_contents(six: bytes) -> None:
    pages = texts(six)
    assert [page.count("Musculus") for page in pages] == [0, 4, 2]
    for number, page in enumerate(pages, start=1):
        assert "Atlas 0123456789ab" in page
        assert f"Page {number} of 3" in page


def test_contents_name_the_page_of_every_muscle_by_area(six: bytes) -> None:
    contents = texts(six)[0]
    assert re.search(r"Neck Muscle number 0 2 .* Shoulder Muscle number 4 3", contents)
    assert "Simons DG. A book." in contents
    assert "How to read it." in contents


def test_a_card_carries_all_its_words_and_both_pictures(six: bytes) -> None:
    page = texts(six)[1]
    for words in ("Muscle number 2 TrP1", "Musculus 2", "Left · muscle_2.1", "High risk", "Essential temple"):
        assert words in page
    assert "Lung (pneumothorax); Accessory nerve" in page
    assert "200 mm" in page
    with pikepdf.open(io.BytesIO(six)) as document:
        assert len(document.pages[1].get_images()) == 8


def test_the_document_is_a4_with_title_language_and_alternative_texts(six: bytes) -> None:
    with pikepdf.open(io.BytesIO(six)) as document:
        assert {tuple(map(round, page.mediabox[2:])) for page in document.pages} == {(595, 842)}
        assert str(document.docinfo["/Title"]) == "Calibration sheet, atlas 0123456789ab"
        assert str(document.Root.Lang) == "en-GB"
        alts = [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert "Pattern, front: Muscle number 0 TrP1, Left" in alts


@pytest.mark.parametrize("words", [60, 180, 330])
def test_a_long_text_is_never_cut(words: int) -> None:
    text = " ".join(f"w{i}" for i in range(words))
    long = card(0, text=text)
    pages = texts(sheet(long, card(1), card(2), card(3)))
    assert text in pages[1]
    assert sum(page.count("Musculus") for page in pages) == 4
    assert len(pages) == 2 or words > 180


def test_a_text_longer_than_a_page_goes_on_overleaf() -> None:
    words = [f"w{i}" for i in range(2500)]
    pages = texts(sheet(card(0), card(1, text=" ".join(words))))
    found = set(" ".join(pages).split())
    assert found.issuperset(words)


def test_letters_stay_legible() -> None:
    assert min(TEXT_SIZES_PT) >= 8.0
    for size in letter_sizes(sheet(card(0, text="word " * 250), card(1))):
        assert size >= 7.9


def letter_sizes(pdf: bytes) -> set[float]:
    """Nominal sizes of all letters, points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sizes = set()
        for page in document:
            text = page.get_textpage()
            for i in range(text.count_chars()):
                if text.get_text_range(i, 1).strip():
                    sizes.add(round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, i), 2))
        return sizes
    finally:
        document.close()


def test_hostile_text_is_shown_as_it_stands() -> None:
    hostile = replace(
        card(0, text=HOSTILE), muscle=HOSTILE, latin=HOSTILE, label=HOSTILE, record=HOSTILE, area=HOSTILE
    )
    page = texts(sheet(hostile, card(1)))[1]
    assert "#let x = 1 $" in page
    assert "*bold* _under_ @ref <label> `raw` // comment" in page
    assert page.replace(" ", "").count("W" * 90) >= 3


def test_progress_is_told_and_an_empty_sheet_is_a_sheet() -> None:
    told: list[tuple[int, int]] = []
    words = CalibrationWords(digest="0", cards=(card(0), card(1)))
    calibration_pdf(words, draw, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    assert len(texts(sheet())) == 1


def test_a_full_disk_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(Refusal, match="temporary files"):
        sheet(card(0))
