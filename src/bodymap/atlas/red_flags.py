"""What pain in a region may be when it is not muscle, and the one question that tells."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bodymap.domain import Quality, Side
from bodymap.geometry.files import asset_path

_Line = Annotated[str, Meta(min_length=1, max_length=200)]


class Urgency(StrEnum):
    """How soon a doctor is needed when the question is answered with yes; the most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"

    @property
    def words(self) -> str:
        """The urgency as written on screen."""
        return {"emergency": "Now", "same_day": "Today", "soon": "Soon"}[self.value]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a red flag is from."""

    title: _Line
    authors: _Line
    year: Annotated[int, Meta(ge=1900, le=2100)]
    kind: Literal["paper", "guideline", "book"]


class RedFlag(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something dangerous that can hurt where muscles refer to.

    Attributes
    ----------
    id, name : str
    regions : tuple of str
        Ids of the surface regions in which it is felt.
    share : float
        It is spoken of when so much of the painted pain lies there, 0 to 1.
    side : Side, optional
        The side on which it is felt, where it has one; regions on the midline belong to both.
    qualities : tuple of Quality
        It is spoken of only when one of these is painted; none: with every pain.
    min_intensity : int
        It is spoken of only when the pain there is so strong, 0 to 10.
    ask : str
        One question: what turns pain into a warning.
    do : str
        What to do when the answer is yes.
    urgency : Urgency
    sources : tuple of str
        Keys of the file's source table.
    """

    id: _Line
    name: _Line
    regions: Annotated[tuple[_Line, ...], Meta(min_length=1)]
    share: Annotated[float, Meta(gt=0, le=1)]
    side: Side | None = None
    qualities: tuple[Quality, ...] = ()
    min_intensity: Annotated[int, Meta(ge=0, le=10)] = 0
    ask: _Line
    do: _Line
    urgency: Urgency
    sources: Annotated[tuple[_Line, ...], Meta(min_length=1)]


class RedFlagFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of red flags."""

    format: Literal[1]
    sources: dict[str, Source]
    flags: Annotated[tuple[RedFlag, ...], Meta(min_length=1)]


def read_red_flags() -> RedFlagFile:
    """Read the red flags that ship with the program.

    Raises
    ------
    FileNotFoundError
        The program's own files are missing.
    """
    return msgspec.json.decode(asset_path("red_flags.json").read_bytes(), type=RedFlagFile)
