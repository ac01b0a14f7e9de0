"""The calibration sheet: every point of the atlas with its pictures and its record, four to a page.

It is read with a pencil in hand. So each card shows what the file says and what the program draws from it
side by side, and no text is ever cut: a card's letters shrink to 8 points, then its pictures become smaller,
then the card grows and fewer fit on the page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from bodymap.domain import Refusal
from bodymap.printing.jobs import Paper
from bodymap.printing.lettering import FAMILIES, LAST_RESORT, breakable, printable
from bodymap.printing.paint import PDF_STANDARDS, set_document
from bodymap.printing.sheets import COLOURED

PICTURE_PX = (450, 450)
"""Width and height of every picture, device pixels."""
PICTURE_WIDTHS_MM = (38.0, 35.0, 32.0, 29.0, 26.0)
TEXT_SIZES_PT = (9.0, 8.5, 8.0)
CARDS_PER_PAGE = 4
JPEG_QUALITY = 85

_TITLE = "Calibration sheet"
_FOOT = "Reference model, not a patient. Left and right are the subject's own."


@dataclass(frozen=True, kw_only=True)
class CardFact:
    """One row of a card: what is said, and its part (first) that must not be overlooked."""

    name: str
    text: str
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class PointCard:
    """The words of one point.

    Attributes
    ----------
    record : str
        Id of the point in the atlas.
    area : str
        Part of the body under which the contents list it; cards of one area follow one another.
    muscle, latin, label, side : str
    risk : str
        In words.
    grave : bool
        Whether the risk is written in the colour of danger.
    facts : tuple of CardFact
        Beside the pictures.
    zones : tuple of CardFact
        Under them.
    """

    record: str
    area: str
    muscle: str
    latin: str
    label: str
    side: str
    risk: str
    grave: bool
    facts: tuple[CardFact, ...]
    zones: tuple[CardFact, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class CardPicture:
    """A picture of a card.

    Attributes
    ----------
    pixels : (height, width, 3) uint8
        In the proportions of `PICTURE_PX`.
    cross : (float, float) or None
        Where the X goes, in parts of width and height from the top left corner; None draws no X.
    behind : bool
        The point is hidden in this view; its X is drawn faint.
    caption : str
    height_mm : float
        Millimetres of body from the top of the picture to its bottom, for the scale bar.
    """

    pixels: npt.NDArray[np.uint8]
    cross: tuple[float, float] | None
    behind: bool = False
    caption: str
    height_mm: float


@dataclass(frozen=True, kw_only=True)
class CalibrationWords:
    """Everything on the sheet but its pictures.

    Attributes
    ----------
    digest : str
        Start of the atlas's digest, to tell one print from another.
    cards : tuple of PointCard
    notes : tuple of str
        How to read the sheet, one paragraph each.
    sources : tuple of (str, str)
        Short name as used on the cards, and the full one.
    """

    digest: str
    cards: tuple[PointCard, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


DrawCard = Callable[[int], Sequence[CardPicture]]


def calibration_pdf(
    words: CalibrationWords, draw: DrawCard, progress: Callable[[int, int], None] = lambda _, __: None
) -> bytes:
    """Return the sheet as tagged PDF.

    Parameters
    ----------
    words : CalibrationWords
    draw : function
        From the index of a card to its two or three pictures: the pattern, the close-up, the rest of the
        pattern. Only one card's pictures are in memory at a time.
    progress : function
        Told how many cards are drawn, of how many.

    Raises
    ------
    Refusal
        The folder for temporary files takes nothing.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="bodymap-") as folder:
            cards = []
            for i, card in enumerate(words.cards):
                cards.append(_card(card, i, draw(i), Path(folder)))
                progress(i + 1, len(words.cards))
            (document,) = set_document(
                "calibration.typ",
                _sheet_data(words, cards),
                folder,
                format="pdf",
                pdf_standards=PDF_STANDARDS,
            )
            return document
    except OSError as error:
        raise Refusal(
            f"The sheet could not be made: the folder for temporary files takes nothing ({error.strerror}). "
            "Make room on the disk and try again."
        ) from error


def _sheet_data(words: CalibrationWords, cards: list[dict[str, Any]]) -> dict[str, Any]:
    width_mm, height_mm = Paper.A4.size_mm
    return {
        "title": f"{_TITLE}, atlas {printable(words.digest)}",
        "heading": _TITLE,
        "digest": printable(words.digest),
        "foot": _FOOT,
        "notes": [printable(note) for note in words.notes],
        "sources": [[_set(short, 24), _set(full, 60)] for short, full in words.sources],
        "contents": _contents(words.cards),
        "cards": cards,
        "look": COLOURED,
        "paper": {"width": width_mm, "height": height_mm},
        "per_page": CARDS_PER_PAGE,
        "picture_widths": list(PICTURE_WIDTHS_MM),
        "text_sizes": list(TEXT_SIZES_PT),
        "aspect": PICTURE_PX[0] / PICTURE_PX[1],
        "families": list(FAMILIES),
        "last_resort": LAST_RESORT,
        "letterless": "",
    }


def _contents(cards: Sequence[PointCard]) -> list[list[Any]]:
    """Return areas, each with its muscles and the number of each muscle's first card."""
    areas: dict[str, dict[str, int]] = {}
    for i, card in enumerate(cards):
        areas.setdefault(card.area, {}).setdefault(card.muscle, i)
    return [
        [_set(area, 24), [[_set(muscle, 24), first] for muscle, first in muscles.items()]]
        for area, muscles in areas.items()
    ]


def _card(card: PointCard, index: int, pictures: Sequence[CardPicture], folder: Path) -> dict[str, Any]:
    names = ("record", "muscle", "latin", "label", "side", "risk")
    return {name: _set(getattr(card, name), 48 if name == "record" else 24) for name in names} | {
        "grave": card.grave,
        "facts": _facts(card.facts),
        "zones": _facts(card.zones),
        "pictures": [
            _picture(picture, card, f"{index}-{i}.jpg", folder) for i, picture in enumerate(pictures)
        ],
    }


def _facts(facts: Sequence[CardFact]) -> list[dict[str, str]]:
    return [{name: _set(text, 30) for name, text in asdict(fact).items()} for fact in facts]


def _picture(picture: CardPicture, card: PointCard, name: str, folder: Path) -> dict[str, Any]:
    image = Image.fromarray(np.ascontiguousarray(picture.pixels[..., :3]))
    image.save(folder / name, quality=JPEG_QUALITY, optimize=True)
    # A third of the picture's height at most, and a number one reckons with.
    bar_mm = next((mm for mm in (500, 200, 100, 50, 20) if mm <= picture.height_mm / 3.0), 10)
    return {
        "file": name,
        "alt": printable(f"{picture.caption}: {card.muscle} {card.label}, {card.side}"),
        "caption": printable(picture.caption),
        "cross": picture.cross,
        "behind": picture.behind,
        "bar": bar_mm / picture.height_mm,
        "bar_words": f"{bar_mm} mm",
    }


def _set(text: str, letters: int) -> str:
    return breakable(printable(text.strip()), letters)
