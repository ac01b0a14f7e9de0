"""The records of the atlas as written in ``points.json``: muscles, trigger points, patterns, needling.

The file is the truth that people edit and review; everything here mirrors it one to one. Places and shapes
are expressions over landmarks; `bodymap.atlas.expressions` and `bodymap.atlas.zones` turn them into skin.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bodymap.atlas.hazards import HAZARDS
from bodymap.domain import Position, Side

Slug = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")]
Text = Annotated[str, Meta(min_length=1, max_length=2000)]
Millimetres = Annotated[float, Meta(gt=0, le=400)]


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


class Referral(StrEnum):
    """Which side of the body feels it."""

    SAME = "same"
    BOTH = "both"


class Direction(StrEnum):
    """Anatomical directions; which of them a body segment knows is said in `bodymap.atlas.frames`."""

    UP = "up"
    DOWN = "down"
    ANTERIOR = "anterior"
    POSTERIOR = "posterior"
    LATERAL = "lateral"
    MEDIAL = "medial"
    PROXIMAL = "proximal"
    DISTAL = "distal"
    RADIAL = "radial"
    ULNAR = "ulnar"
    VOLAR = "volar"
    DORSAL = "dorsal"
    PLANTAR = "plantar"


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A record that refuses fields it does not know."""


class Spot(Strict, frozen=True):
    """A place worked out from others; exactly one of `between` and `from_` is given.

    Attributes
    ----------
    between : tuple of place expressions
        Corners of a straight polyline, two or more.
    at : float
        Fraction of the polyline's length.
    from_ : place expression
        Written ``"from"`` in the file.
    offset_mm : dict
        Millimetres of the standard body along named directions of the first landmark's segment.
    face : Direction, optional
        The side the skin is seen from; None means the closest skin that faces as the landmarks do.
    """

    between: tuple[PlaceExpression, ...] = ()
    at: Annotated[float, Meta(ge=0, le=1)] = 0.5
    from_: PlaceExpression | None = msgspec.field(default=None, name="from")
    offset_mm: dict[Direction, float] = {}
    face: Direction | None = None

    def __post_init__(self) -> None:
        if (self.from_ is not None) == bool(self.between):
            raise ValueError('a place is written with either "from" or "between"')
        if self.between and len(self.between) < 2:
            raise ValueError('"between" needs two places or more')


PlaceExpression = str | Spot
"""A landmark id, or a place worked out from others."""


class Shape(Strict, frozen=True):
    """A patch of skin; exactly one of `blob`, `stroke` and `fill` is given.

    Attributes
    ----------
    blob : place expression
        Centre of a geodesic disc of `radius_mm`.
    stroke : tuple of place expressions
        Line over the skin of `width_mm`, a number or one per place.
    fill : str
        Id of a whole region.
    within : tuple of str
        Regions the shape is cut to; empty leaves it whole.
    side : "same" or "opposite"
    """

    blob: PlaceExpression | None = None
    radius_mm: Millimetres | None = None
    stroke: tuple[PlaceExpression, ...] = ()
    width_mm: Millimetres | tuple[Millimetres, ...] | None = None
    fill: Slug | None = None
    within: tuple[Slug, ...] = ()
    side: Literal["same", "opposite"] = "same"

    def __post_init__(self) -> None:
        if (self.blob is not None) + bool(self.stroke) + (self.fill is not None) != 1:
            raise ValueError('a shape is written with exactly one of "blob", "stroke" and "fill"')
        if (self.blob is not None) != (self.radius_mm is not None):
            raise ValueError('"radius_mm" belongs to a "blob", and a blob needs it')
        if bool(self.stroke) != (self.width_mm is not None):
            raise ValueError('"width_mm" belongs to a "stroke", and a stroke needs it')
        if self.stroke and len(self.stroke) < 2:
            raise ValueError('"stroke" needs two places or more')
        if isinstance(self.width_mm, tuple) and len(self.width_mm) != len(self.stroke):
            raise ValueError('"width_mm" has one number, or one for each place of the stroke')


class ZoneSpec(Strict, frozen=True):
    """A zone as written: the regions it is named by, and its shape on the skin."""

    regions: Annotated[tuple[Slug, ...], Meta(min_length=1)]
    shapes: Annotated[tuple[Shape, ...], Meta(min_length=1)]


class Pattern(Strict, frozen=True, kw_only=True):
    """Where a point is often felt.

    Attributes
    ----------
    referral : Referral
    essential : ZoneSpec or None
        None only for points that refer no pain.
    spillover : ZoneSpec or None
        Drawn where the essential zone is not.
    """

    referral: Referral = Referral.SAME
    essential: ZoneSpec | None
    spillover: ZoneSpec | None = None


class Patient(Strict, frozen=True):
    """Three plain sentences for the patient."""

    does: Text
    felt: Text
    helps: Text


class Needling(Strict, frozen=True):
    """How a muscle is needled.

    Attributes
    ----------
    positions : tuple of Position
        Patient positions, the preferred one first.
    palpation, direction, target, caution : str
    approach : Approach or None
        None only where needling is not recommended.
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
    """One muscle, or a part that is needled apart; the unit clinicians look things up by."""

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


def _refuse_unknown_hazards(ids: tuple[str, ...]) -> None:
    for hazard_id in ids:
        if hazard_id not in HAZARDS:
            raise ValueError(f'"{hazard_id}" is not a structure at risk that the atlas knows')
