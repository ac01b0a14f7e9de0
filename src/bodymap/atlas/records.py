"""The records of the atlas as written in ``points.json``: muscles, trigger points, patterns, needling.

The file is the truth that people edit and review; everything here mirrors it one to one. Places and shapes
are expressions over landmarks; `bodymap.atlas.expressions` and `bodymap.atlas.zones` turn them into skin.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bodymap.atlas.hazards import HAZARDS
from bodymap.atlas.shapes import Direction, Millimetres, Pattern, PlaceExpression, Slug, Strict, ZoneSpec
from bodymap.domain import Position, Side

Text = Annotated[str, Meta(min_length=1, max_length=2000)]


class Layer(StrEnum):
    """How deep a muscle lies at the sites that are needled."""

    SUPERFICIAL = "superficial"
    INTERMEDIATE = "intermediate"
    DEEP = "deep"


class Approach(StrEnum):
    """How the needle meets the muscle."""

    PERPENDICULAR = "perpendicular"
    TANGENTIAL = "tangential"
    PINCER = "pincer"


class Risk(StrEnum):
    """How much care a site asks for."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    NOT_RECOMMENDED = "not_recommended"

    @property
    def words(self) -> str:
        """The class as written on screen and paper."""
        return self.value.replace("_", " ").capitalize()


class Flag(StrEnum):
    """What is unusual about a point."""

    GOOSEFLESH = "gooseflesh"
    NO_PAIN = "no_pain"
    VARIABLE = "variable"
    RIGHT_ONLY = "right_only"
    SHARED_PATTERN = "shared_pattern"


class Patient(Strict, frozen=True):
    """Three plain sentences for the patient."""

    does: Text
    felt: Text
    helps: Text


class Needling(Strict, frozen=True, kw_only=True):
    """How a muscle is needled.

    Attributes
    ----------
    positions : tuple of Position
        Patient positions, the preferred one first.
    palpation, direction, target, caution : str
    approach : Approach or None
        None only where needling is not recommended.
    aim : dict of Direction to float
        The direction once more, as a mixture of anatomical directions at the point; empty means straight in.
    length_mm : (float, float) or None
        Shortest and longest usual needle for an average build; None where needling is not recommended.
    at_risk : tuple of str
        Keys of `HAZARDS`, the most dangerous first.
    risk : Risk
    """

    positions: tuple[Position, ...]
    palpation: Text
    approach: Approach | None
    length_mm: tuple[Millimetres, Millimetres] | None
    direction: str
    aim: dict[Direction, float] = msgspec.field(default_factory=dict)
    target: str
    at_risk: tuple[str, ...]
    caution: Text
    risk: Risk

    def __post_init__(self) -> None:
        _refuse_unknown_hazards(self.at_risk)


class NeedlingOverride(Strict, frozen=True):
    """What differs from the muscle's needling at one point; fields left out stay the muscle's."""

    positions: tuple[Position, ...] | UnsetType = UNSET
    palpation: Text | UnsetType = UNSET
    approach: Approach | UnsetType | None = UNSET
    length_mm: tuple[Millimetres, Millimetres] | UnsetType | None = UNSET
    direction: str | UnsetType = UNSET
    aim: dict[Direction, float] | UnsetType = UNSET
    target: str | UnsetType = UNSET
    at_risk: tuple[str, ...] | UnsetType = UNSET
    caution: Text | UnsetType = UNSET
    risk: Risk | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.at_risk is not UNSET:
            _refuse_unknown_hazards(self.at_risk)

    def merged_into(self, needling: Needling) -> Needling:
        """Return the muscle's needling with this point's differences."""
        changed = {name: getattr(self, name) for name in self.__struct_fields__}
        return msgspec.structs.replace(
            needling, **{name: value for name, value in changed.items() if value is not UNSET}
        )


class Dermatome(Strict, frozen=True, kw_only=True):
    """The skin that a nerve root supplies.

    Attributes
    ----------
    zone : ZoneSpec
        On the left; where neighbours overlap, which they do by half and more, its middle is what is drawn.
    words : str
        The same in words.
    sources : tuple of str
        Keys of the file's source table.
    """

    zone: ZoneSpec
    words: Text
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]


class TriggerPoint(Strict, frozen=True, kw_only=True):
    """One trigger point.

    Attributes
    ----------
    id : str
        Unique within its muscle.
    label : str
        Classic label such as ``"TrP1"``, or empty.
    place_text : str
        The place in a clinician's landmark terms.
    place : place expression
        On the left side of the standard male.
    pattern, pattern_text
        Where it is often felt, as shapes and in words.
    confidence : int
        1 weak, 2 fair, 3 well agreed between sources.
    sources : tuple of str
        ``"source:chapter"``, keys of the file's source table.
    flags : tuple of Flag
    needling : NeedlingOverride, optional
    """

    id: Slug
    label: Annotated[str, Meta(max_length=40)] = ""
    place_text: Text
    place: PlaceExpression
    pattern: Pattern
    pattern_text: Text
    confidence: Annotated[int, Meta(ge=1, le=3)]
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    flags: tuple[Flag, ...] = ()
    needling: NeedlingOverride | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides on which the point exists."""
        return (Side.RIGHT,) if Flag.RIGHT_ONLY in self.flags else (Side.LEFT, Side.RIGHT)


class Muscle(Strict, frozen=True, kw_only=True):
    """One muscle, or a part that is needled apart; the unit clinicians look things up by.

    ``familiar`` is how often its points are met in practice: 3 daily, 1 seldom; it only breaks ties.
    """

    id: Slug
    english: Text
    latin: Text
    common: tuple[Text, ...] = ()
    abbreviations: tuple[Text, ...] = ()
    group: Slug
    layer: Layer
    origin: Text
    insertion: Text
    nerve: Text
    roots: tuple[Text, ...]
    action: Text
    symptoms: tuple[Text, ...]
    look_alikes: tuple[Text, ...]
    perpetuating: tuple[Text, ...]
    patient: Patient
    needling: Needling
    familiar: Annotated[int, Meta(ge=1, le=3)] = 2
    points: Annotated[tuple[TriggerPoint, ...], Meta(min_length=1)]

    @property
    def short_name(self) -> str:
        """The name clinicians say: ``"Upper trapezius"`` for ``"Trapezius, upper fibres"``; no brackets."""
        plain = re.sub(r"\s*\([^)]*\)", "", self.english)
        part = re.fullmatch(r"(.+), (\w+) (?:fibres|part|belly)", plain)
        return f"{part[2].capitalize()} {part[1][0].lower()}{part[1][1:]}" if part else plain

    def point_id(self, point: TriggerPoint) -> str:
        """Full id of one of its points, ``"muscle.point"``."""
        return f"{self.id}.{point.id}"


def needling_of(muscle: Muscle, point: TriggerPoint) -> Needling:
    """How a point is needled: its muscle's facts with the point's own differences."""
    return muscle.needling if point.needling is None else point.needling.merged_into(muscle.needling)


def _refuse_unknown_hazards(ids: tuple[str, ...]) -> None:
    for hazard_id in ids:
        if hazard_id not in HAZARDS:
            raise ValueError(f'"{hazard_id}" is not a structure at risk that the atlas knows')
