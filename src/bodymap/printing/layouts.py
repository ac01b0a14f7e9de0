"""The composed page: boxes, marks and lines in millimetres, ready to be drawn by anybody."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bodymap.printing.boxes import Box
from bodymap.printing.views import ViewSpec

Spot = tuple[float, float]

MARGIN_MM = 15.0
FOOT_MM = 19.0
"""Bottom margin, which holds the fine print."""


@dataclass(frozen=True)
class Mark:
    """A number (or a close-up's letter) with its leader.

    Attributes
    ----------
    text : str
    site : tuple of 2 float
        Where the leader points.
    label : tuple of 2 float
        Centre of the disc.
    radius : float
        Of the disc.
    letter : bool
        Whether it names a close-up: drawn as a square and pointing at its frame.
    """

    text: str
    site: Spot
    label: Spot
    radius: float
    letter: bool = False

    @property
    def leader(self) -> tuple[Spot, Spot]:
        """The line as drawn: from beside the site's cross to the edge of the disc."""
        (x, y), (u, v) = self.site, self.label
        length = max(math.hypot(u - x, v - y), 1e-9)
        start, end = (0.0 if self.letter else 1.25) / length, 1.0 - self.radius / length
        if end <= start:
            return self.site, self.site
        return (x + start * (u - x), y + start * (v - y)), (x + end * (u - x), y + end * (v - y))


@dataclass(frozen=True)
class Words:
    """Which side of the patient this is; ``text`` ends in left or right, ``small`` is on one line."""

    text: str
    box: Box
    align: str
    small: bool = False


@dataclass(frozen=True)
class Figure:
    """One picture with its marks. Coordinates are relative to ``PageLayout.area``.

    Attributes
    ----------
    view : ViewSpec
        The picture to ask the renderer for.
    slot, picture : Box
        The figure's share of the page, and the picture in it.
    close_up : bool
        Whether the picture is framed.
    caption, tag : str
        Words under it; letter of a close-up.
    crosses, dots : tuple of (x, y)
        Sites numbered here; sites numbered in a close-up of this figure.
    marks : tuple of Mark
    frames : tuple of (Box, str)
        What the close-ups show, and their letters.
    words : tuple of Words
    alt : str
        The figure in words, for those who listen to the page.
    """

    view: ViewSpec
    slot: Box
    picture: Box
    close_up: bool
    caption: str
    tag: str
    crosses: tuple[Spot, ...]
    dots: tuple[Spot, ...]
    marks: tuple[Mark, ...]
    frames: tuple[tuple[Box, str], ...]
    words: tuple[Words, ...]
    alt: str

    def picture_px(self, dpi: float) -> tuple[int, int]:
        """Size of the picture at a resolution."""
        width, height = (
            max(8, round(side / 25.4 * dpi)) for side in (self.picture.width, self.picture.height)
        )
        return width, height


@dataclass(frozen=True)
class PageLayout:
    """The first page; the table flows after ``area``.

    Attributes
    ----------
    width, height : float
        The sheet, millimetres.
    area : Box
        The figures' part of the sheet.
    figures : tuple of Figure
    """

    width: float
    height: float
    area: Box
    figures: tuple[Figure, ...]
