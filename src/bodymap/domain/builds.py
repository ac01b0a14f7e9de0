"""The build of the body that is shown."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Sex(StrEnum):
    """Which average body."""

    FEMALE = "female"
    MALE = "male"


class Build(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shape parameters of the shown body; more of them come with the patient panel."""

    sex: Sex = Sex.MALE
