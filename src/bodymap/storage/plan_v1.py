"""Plan files of version 1, where a body was no more than a sex and always stood."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from bodymap.domain import Build, Plan, Sex
from bodymap.domain.plans import IsoDay, LongText, ShortText
from bodymap.storage.plan_v2 import SitesV2


class BuildV1(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shown body of version 1."""

    sex: Sex = Sex.MALE


class PlanV1(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A session plan of version 1."""

    patient: ShortText = ""
    date: IsoDay = ""
    note: LongText = ""
    build: BuildV1 = BuildV1()
    sites: SitesV2 = ()

    def __post_init__(self) -> None:
        self.upgraded()

    def upgraded(self) -> Plan:
        """Return the plan as of now: on the average body of its sex, standing.

        Raises
        ------
        ValueError
            It breaks the rules that hold between fields.
        """
        return Plan(
            patient=self.patient,
            date=self.date,
            note=self.note,
            build=Build(sex=self.build.sex),
            sites=tuple(site.upgraded() for site in self.sites),
        )


class DocumentV1(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A plan file of version 1."""

    format: Literal["bodymap-plan"]
    version: Literal[1]
    program: ShortText = ""
    atlas: Annotated[str, msgspec.Meta(max_length=128)] = ""
    plan: PlanV1
