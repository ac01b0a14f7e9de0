"""What a patient feels where: marks of a brush on the skin, in the order they were made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import msgspec

from bodymap.domain.builds import Build
from bodymap.domain.places import REGION_ID
from bodymap.domain.sides import Side
from bodymap.geometry.anchors import Anchor

MAX_MARKS = 400
"""More marks than any pain drawing has; a file with more is refused as damaged."""

MAX_FELT_MARKS = 10
"""Marks of what was felt at one site."""

MAX_PATH_LETTERS = 2000
"""A longer stroke goes on as a second one: some hundred and fifty stops of the brush."""

LEAST_RADIUS_MM, LARGEST_RADIUS_MM = 8.0, 60.0

_STOP = re.compile(r"(\d{1,9}):(\d{1,3}):(\d{1,3})")
_PATH = r"^\d{1,9}:\d{1,3}:\d{1,3}( \d{1,9}:\d{1,3}:\d{1,3})*$(?!\n)"


class Quality(StrEnum):
    """How a pain feels."""

    ACHE = "ache"
    SHARP = "sharp"
    BURNING = "burning"
    NUMB = "numb"
    STIFF = "stiff"

    @property
    def words(self) -> str:
        """The quality as written on screen and paper."""
        return "numb or tingling" if self is Quality.NUMB else self.value


class Stroke(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag="stroke",
    tag_field="kind",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """One stroke of a round brush over the skin.

    Attributes
    ----------
    path : str
        Where the brush stopped, as ``"face:first:second"`` separated by spaces: a triangle of the outer skin
        and the weights of its first two corners in per cent; the third has the rest.
    radius_mm : float
        Of the brush, along the skin of `build`.
    quality : Quality
    intensity : int
        0 (none) to 10 (worst).
    erases : bool
        Whether it takes pain away, of every quality, in place of adding some.
    mirrored : bool
        Whether it is made on the other side too.
    build : Build
        The body it was drawn on; from then on it follows every other one, as a referral zone does.

    Raises
    ------
    ValueError
        A stop lies beside its triangle.
    """

    path: Annotated[str, msgspec.Meta(max_length=MAX_PATH_LETTERS, pattern=_PATH)]
    radius_mm: Annotated[float, msgspec.Meta(ge=LEAST_RADIUS_MM, le=LARGEST_RADIUS_MM)] = 20.0
    quality: Quality = Quality.ACHE
    intensity: Annotated[int, msgspec.Meta(ge=0, le=10)] = 5
    erases: bool = False
    mirrored: bool = False
    build: Build = Build()

    def __post_init__(self) -> None:
        if any(int(first) + int(second) > 100 for _, first, second in _STOP.findall(self.path)):
            raise ValueError("has a painted stroke that leaves the skin")

    @property
    def stops(self) -> tuple[Anchor, ...]:
        """Where the brush stopped."""
        found = (tuple(int(number) for number in stop) for stop in _STOP.findall(self.path))
        return tuple(Anchor(face, (a / 100, b / 100, (100 - a - b) / 100)) for face, a, b in found)


class Fill(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag="fill",
    tag_field="kind",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """A whole region, filled or emptied.

    Attributes
    ----------
    region : str
        Id of the region; a deep one fills the skin that shows it.
    side : Side or None
        None for both sides, and for a region on the midline.
    quality : Quality
    intensity : int
        0 (none) to 10 (worst).
    erases : bool
        Whether it takes pain away, of every quality, in place of adding some.
    """

    region: Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=REGION_ID)]
    side: Side | None = None
    quality: Quality = Quality.ACHE
    intensity: Annotated[int, msgspec.Meta(ge=0, le=10)] = 5
    erases: bool = False


PainMark = Stroke | Fill
Pain = tuple[PainMark, ...]


def path_of(stops: Iterable[Anchor]) -> str:
    """Write stops of a brush as the path of a `Stroke`."""
    words = []
    for stop in stops:
        first, second = (round(100 * weight) for weight in stop.barycentric[:2])
        words.append(f"{stop.face}:{first}:{min(second, 100 - first)}")
    return " ".join(words)


def has_room(path: str) -> bool:
    """Whether one more stop fits into a path."""
    return len(path) < MAX_PATH_LETTERS - 20
