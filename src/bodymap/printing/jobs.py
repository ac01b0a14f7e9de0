"""What goes on the page, as plain values, and who draws the pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from bodymap.domain import Side
from bodymap.printing.views import ViewSpec

Point3 = tuple[float, float, float]


class Paper(StrEnum):
    """Size of the sheet, always upright."""

    A4 = "A4"
    LETTER = "Letter"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return (210.0, 297.0) if self is Paper.A4 else (215.9, 279.4)


@dataclass(frozen=True, kw_only=True)
class PrintSite:
    """One numbered site, in the words that are printed.

    Attributes
    ----------
    number : int
        The number on figure and table.
    name : str
        Muscle, or what the site is called.
    side : Side
    label, needle, position, note : str
        Table cells; empty where nothing is known.
    xyz_mm, normal : tuple of 3 float
        Place on the skin and outward direction there, RAS millimetres, on the body of ``PrintJob.skin_mm``.
    tone : str
        Colour ``"#rrggbb"`` of this site's referral shading, where the pictures tell sites apart by colour.
    """

    number: int
    name: str
    side: Side
    label: str = ""
    needle: str = ""
    position: str = ""
    note: str = ""
    xyz_mm: Point3
    normal: Point3
    tone: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class PrintJob:
    """Everything the page shows, except the pictures.

    Attributes
    ----------
    patient, date, note, clinic : str
        As printed, but an ISO date gets its month in words; any of them may be empty.
    sites : tuple of PrintSite
        In the order of the table.
    skin_mm : (n, 3) float array
        Vertices of the skin, RAS millimetres: they frame the body and keep numbers off it.
    paper : Paper
    mono : bool
        Black and white: no colour anywhere, patterns instead.
    shaded : bool
        Whether the pictures show referral zones, so that the legend explains them.
    deep : bool
        Whether part of them is dashed, being felt deep under the skin.
    felt : tuple of (str, str, str)
        Qualities of painted pain in the pictures: hatch, words and colour, for the legend.
    pain : str
        The painted pain in words.
    pain_normals : (p, 3) float array
        Outward directions of the painted skin, evenly spread over its area: it is shown from where it faces.
    """

    sites: tuple[PrintSite, ...]
    skin_mm: npt.NDArray[np.floating]
    patient: str = ""
    date: str = ""
    note: str = ""
    clinic: str = ""
    paper: Paper = Paper.A4
    mono: bool = False
    shaded: bool = True
    deep: bool = False
    felt: tuple[tuple[str, str, str], ...] = ()
    pain: str = ""
    pain_normals: npt.NDArray[np.floating] = field(default_factory=lambda: np.zeros((0, 3)))


RenderView = Callable[[ViewSpec, tuple[int, int]], npt.NDArray[np.uint8]]
"""Draws a view: (what, (width_px, height_px)) -> (height, width, 3) uint8 RGB on white."""
