"""The session plan: what the therapist means to do, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from bodymap.domain.builds import Build
from bodymap.domain.pain import MAX_FELT_MARKS, MAX_MARKS, PainMark
from bodymap.domain.places import Place, PointRef
from bodymap.domain.postures import Posture

MAX_SITES = 500
"""More sites than any session holds; a file with more is refused as damaged."""


class Position(StrEnum):
    """How the patient lies or sits while a site is needled."""

    PRONE = "prone"
    SUPINE = "supine"
    SIDE_LYING = "side_lying"
    SEATED = "seated"

    @property
    def words(self) -> str:
        """The position as written on screen and paper."""
        return self.value.replace("_", "-")


class Technique(StrEnum):
    """How the needle is worked."""

    SUPERFICIAL = "superficial"
    DEEP = "deep"
    PISTONING = "pistoning"
    ROTATION = "rotation"
    STATIC = "static"
    ELECTRICAL = "electrical"


class Needle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Needles used at one site.

    Attributes
    ----------
    diameter_mm, length_mm : float
        Shaft diameter ("gauge") and length.
    count : int
        How many needles of this size.
    """

    diameter_mm: Annotated[float, msgspec.Meta(ge=0.1, le=1.0)] = 0.30
    length_mm: Annotated[float, msgspec.Meta(ge=5, le=150)] = 40.0
    count: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1

    @property
    def words(self) -> str:
        """Size as printed on the packet, ``"0.30 × 40 mm"``, with the count when above one."""
        size = f"{self.diameter_mm:.2f} × {self.length_mm:g} mm"
        return size if self.count == 1 else f"{self.count} of {size}"


ShortText = Annotated[str, msgspec.Meta(max_length=200)]
LongText = Annotated[str, msgspec.Meta(max_length=4000)]
SiteId = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
IsoDay = Annotated[str, msgspec.Meta(max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One planned needle site.

    Attributes
    ----------
    id : str
        Unique within the plan; stays the same when the site moves in the list.
    place : PointRef or SkinRef
    needle, technique, position
        What is known of how to needle it; None where undecided.
    depth, direction, note : str
        The therapist's own words.
    familiar : bool or None
        Whether pressing on it gave the pain that the patient knows; None where it was not asked.
    felt : tuple of Stroke or Fill
        Where the patient felt it then: the patient's own pattern.
    """

    id: SiteId
    place: Place
    needle: Needle | None = None
    technique: Technique | None = None
    position: Position | None = None
    depth: ShortText = ""
    direction: ShortText = ""
    note: LongText = ""
    familiar: bool | None = None
    felt: Annotated[tuple[PainMark, ...], msgspec.Meta(max_length=MAX_FELT_MARKS)] = ()


def _is_calendar_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A session plan. Every method returns a new plan.

    Attributes
    ----------
    patient : str
        Initials or a code, never needed in full.
    date : str
        ISO date of the session, or empty.
    note : str
    build : Build
        The body the sites are shown on.
    posture : Posture
        How that body stands or lies.
    sites : tuple of Site
        In order of needling; a site's number is its place here, from one.
    pain : tuple of Stroke or Fill
        Where the patient hurts, as painted.

    Raises
    ------
    ValueError
        The date is not a day of the calendar, or two sites have the same id.
    """

    patient: ShortText = ""
    date: IsoDay = ""
    note: LongText = ""
    build: Build = Build()
    posture: Posture = Posture.STANDING
    sites: Annotated[tuple[Site, ...], msgspec.Meta(max_length=MAX_SITES)] = ()
    pain: Annotated[tuple[PainMark, ...], msgspec.Meta(max_length=MAX_MARKS)] = ()

    def __post_init__(self) -> None:
        if self.date and not _is_calendar_day(self.date):
            raise ValueError("has a date that is not a day of the calendar, written year-month-day")
        if len({site.id for site in self.sites}) < len(self.sites):
            raise ValueError("has two sites with the same id")

    def __iter__(self) -> Iterator[Site]:
        return iter(self.sites)

    def site(self, site_id: str) -> Site:
        """Return the site with this id; KeyError when there is none."""
        return self.sites[self.index(site_id)]

    def index(self, site_id: str) -> int:
        """Position in the list, from zero; KeyError when there is none."""
        for index, site in enumerate(self.sites):
            if site.id == site_id:
                return index
        raise KeyError(site_id)

    def number(self, site_id: str) -> int:
        """Return the number shown for a site, from one; KeyError when there is none."""
        return self.index(site_id) + 1

    def at(self, place: Place) -> Site | None:
        """Return the first site at a place, or None."""
        return next((site for site in self.sites if site.place == place), None)

    def new_site_id(self) -> str:
        """Return the lowest free id of the form ``"s1"``; it depends on the plan alone, so redo agrees."""
        taken = {site.id for site in self.sites}
        return next(name for n in range(1, len(taken) + 2) if (name := f"s{n}") not in taken)

    def adding(self, site: Site) -> Plan:
        """Return the plan with the site at its end."""
        return msgspec.structs.replace(self, sites=(*self.sites, site))

    def removing(self, site_id: str) -> Plan:
        """Return the plan without the site; KeyError when there is none."""
        index = self.index(site_id)
        return msgspec.structs.replace(self, sites=self.sites[:index] + self.sites[index + 1 :])

    def moving(self, site_id: str, index: int) -> Plan:
        """Return the plan with the site at ``index`` (clamped) of the list; KeyError when there is none."""
        site = self.site(site_id)
        rest = [other for other in self.sites if other.id != site_id]
        rest.insert(max(0, min(index, len(rest))), site)
        return msgspec.structs.replace(self, sites=tuple(rest))

    def replacing(self, site: Site) -> Plan:
        """Return the plan with the site of the same id replaced; KeyError when there is none."""
        index = self.index(site.id)
        return msgspec.structs.replace(self, sites=(*self.sites[:index], site, *self.sites[index + 1 :]))

    def point_refs(self) -> tuple[PointRef, ...]:
        """Return the atlas points in the plan, in order, each once."""
        return tuple(dict.fromkeys(s.place for s in self.sites if isinstance(s.place, PointRef)))
