"""Places and patterns as written in ``points.json``: expressions over landmarks and regions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Slug = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")]
Millimetres = Annotated[float, Meta(gt=0, le=400)]


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


class Referral(StrEnum):
    """Which side of the body feels it."""

    SAME = "same"
    BOTH = "both"


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
    """A zone as written: the regions it is named by, and its shape on the skin.

    Attributes
    ----------
    regions : tuple of str
    shapes : tuple of Shape
    narrow : dict of str to str
        Of an essential zone, the named regions of which it shades less than a third, each with the reason.
    """

    regions: Annotated[tuple[Slug, ...], Meta(min_length=1)]
    shapes: Annotated[tuple[Shape, ...], Meta(min_length=1)]
    narrow: dict[Slug, Annotated[str, Meta(min_length=1, max_length=120)]] = {}

    def __post_init__(self) -> None:
        for region_id, reason in self.narrow.items():
            if region_id not in self.regions:
                raise ValueError(f'"narrow" speaks of {region_id}, which the zone does not name')
            if not reason.strip():
                raise ValueError(f'"narrow" gives no reason for {region_id}')


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

    def __post_init__(self) -> None:
        if self.spillover is not None and self.spillover.narrow:
            raise ValueError('"narrow" belongs to an essential zone, not to a spillover')
