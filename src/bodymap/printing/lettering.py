"""Text and fonts: strangers' words made printable, and letters that are the same on every machine."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import typst

from bodymap.domain.text import clean_text
from bodymap.geometry.files import asset_path

FAMILIES = ("Source Sans Pro", "DejaVu Sans")
"""Shipped in assets/fonts with their licences."""

LAST_RESORT = "Last Resort High-Efficiency"
MOST_LOOKS = 64
ZERO_WIDTH_SPACE, JOINER = "\u200b", "\u200d"

_PROBE = b"""#set document(title: "letters")
#set page(width: auto, height: auto)
#set text(font: json(bytes(sys.inputs.families)), fallback: true)
#sys.inputs.text
"""

_SURELY_COVERED = {*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x180)), *"‐–—‘’“”…•×−≤≥\n"}


def printable(text: str) -> str:
    """Return the text as it can be set: without hidden characters, and U+FFFD for what no font may draw."""
    return "".join(map(_printable, clean_text(text)))


def _printable(char: str) -> str:
    if char == "\t":
        return " "
    private = unicodedata.category(char) == "Co"
    no_character = 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE
    return "\ufffd" if private or no_character else char


def breakable(text: str, letters: int) -> str:
    """Return the text with places to break, invisible otherwise, in words of more than so many letters."""
    return re.sub(rf"[^\s/-]{{{letters + 1},}}", lambda word: _with_breaks(word[0], letters), text)


def _with_breaks(word: str, letters: int) -> str:
    pieces, start = [], 0
    while len(word) - start > letters:
        end = start + letters
        # A mark stays with the letter that it stands on, and joined emoji stay joined.
        while end < len(word) and (
            unicodedata.category(word[end])[0] == "M" or JOINER in word[end - 1 : end + 1]
        ):
            end += 1
        pieces.append(word[start:end])
        start = end
    return ZERO_WIDTH_SPACE.join([*pieces, word[start:]] if start < len(word) else pieces)


@dataclass(frozen=True, eq=False)
class Lettering:
    """Fonts for one document.

    Attributes
    ----------
    fonts : typst.Fonts
    letterless : str
        Letters that no font has; they are set in ``LAST_RESORT``, which shows the box of their script.
    """

    fonts: typst.Fonts
    letterless: str


def lettering_for(text: str) -> Lettering:
    """Return the fonts that have a letter for everything in a printable text.

    Latin, Greek, Cyrillic, Hebrew and Arabic come with the program, so most pages are the same everywhere;
    the system's fonts are looked up for other scripts only.
    """
    unusual = "".join(sorted(set(text) - _SURELY_COVERED))
    if not unusual or _has_letters(unusual, system=False):
        return Lettering(_fonts(system=False), "")
    if _has_letters(unusual, system=True):
        return Lettering(_fonts(system=True), "")
    return Lettering(_fonts(system=True, last_resort=True), _letterless(unusual))


def last_resort_for(text: str) -> Lettering:
    """Return fonts that cannot fail: every unusual letter as the box of its script.

    For texts whose letters all exist but cannot be set together, such as a mark that its letter's font lacks.
    """
    return Lettering(_fonts(system=True, last_resort=True), "".join(sorted(set(text) - _SURELY_COVERED)))


def _letterless(unusual: str) -> str:
    """Letters no font has; of many candidates, rows of 256 code points are judged together, for speed."""
    missing = []
    looks = 0
    for _, row in groupby(unusual, key=lambda char: ord(char) >> 8):
        letters = "".join(row)
        if _has_letters(letters, system=True):
            continue
        if looks + len(letters) > MOST_LOOKS:
            missing.append(letters)
            continue
        looks += len(letters)
        missing += [char for char in letters if not _has_letters(char, system=True)]
    return "".join(missing)


def _has_letters(text: str, *, system: bool) -> bool:
    """Whether the fonts can set the text: PDF/A refuses a page with a missing letter."""
    compiler = typst.Compiler(_PROBE, font_paths=_fonts(system=system), ignore_system_fonts=True)
    families = json.dumps(FAMILIES)
    try:
        compiler.compile(
            format="pdf", pdf_standards=["a-2u"], timestamp=0, sys_inputs={"text": text, "families": families}
        )
    except typst.TypstError:
        return False
    return True


@cache
def _fonts(*, system: bool, last_resort: bool = False) -> typst.Fonts:
    folders = [asset_path("fonts/text"), *([asset_path("fonts/last_resort")] if last_resort else [])]
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=folders)
