"""Plan files of version 2, before pain could be painted."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from bodymap.domain import MAX_SITES, Build, Needle, Place, Plan, Position, Posture, Site, Technique
from bodymap.domain.plans import IsoDay, LongText, ShortText, SiteId


class SiteV2(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A planned needle site of versions 1 and 2."""

    id: SiteId
    place: Place
    needle: Needle | None = None
    technique: Technique | None = None
    position: Position | None = None
    depth: ShortText = ""
    direction: ShortText = ""
    note: LongText = ""

    def upgraded(self) -> Site:
        """Return the site as of now."""
        return Site(**{name: getattr(self, name) for name in self.__struct_fields__})


SitesV2 = Annotated[tuple[SiteV2, ...], msgspec.Meta(max_length=MAX_SITES)]


class PlanV2(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A session plan of version 2."""

    patient: ShortText = ""
    date: IsoDay = ""
    note: LongText = ""
    build: Build = Build()
    posture: Posture = Posture.STANDING
    sites: SitesV2 = ()

    def __post_init__(self) -> None:
        self.upgraded()

    def upgraded(self) -> Plan:
        """Return the plan as of now, without painted pain.

        Raises
        ------
        ValueError
            It breaks the rules that hold between fields.
        """
        return Plan(
            patient=self.patient,
            date=self.date,
            note=self.note,
            build=self.build,
            posture=self.posture,
            sites=tuple(site.upgraded() for site in self.sites),
        )


class DocumentV2(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A plan file of version 2."""

    format: Literal["bodymap-plan"]
    version: Literal[2]
    program: ShortText = ""
    atlas: Annotated[str, msgspec.Meta(max_length=128)] = ""
    plan: PlanV2
