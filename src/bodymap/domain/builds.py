"""The build of the body that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec


class Sex(StrEnum):
    """Which average body."""

    FEMALE = "female"
    MALE = "male"


AGE_YEARS = (18.0, 90.0)
HEIGHT_MM = (1400.0, 2100.0)
WEIGHT_KG = (35.0, 200.0)
"""Limits of what can be entered; a body shows what comes nearest to it."""


class Build(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shape of the shown body.

    Attributes
    ----------
    sex : Sex
    age_years : float
        Adults only.
    height_mm, weight_kg : float or None
        None for those of the average body of that sex.
    muscle : float
        From 0, hardly any, over 0.5, average, to 1, very muscular.
    """

    sex: Sex = Sex.MALE
    age_years: Annotated[float, msgspec.Meta(ge=AGE_YEARS[0], le=AGE_YEARS[1])] = 25.0
    height_mm: Annotated[float, msgspec.Meta(ge=HEIGHT_MM[0], le=HEIGHT_MM[1])] | None = None
    weight_kg: Annotated[float, msgspec.Meta(ge=WEIGHT_KG[0], le=WEIGHT_KG[1])] | None = None
    muscle: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.5

    @property
    def is_average(self) -> bool:
        """Whether it is the average body of its sex."""
        return self == Build(sex=self.sex)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a shown body really measures.

    Attributes
    ----------
    height_mm, weight_kg : float
    lightest_kg, heaviest_kg : float
        Weights that can be shown at its sex, age, height and muscle.
    """

    height_mm: float
    weight_kg: float
    lightest_kg: float
    heaviest_kg: float


def average_figures(sex: Sex) -> Figures:
    """Return the figures of the average body of a sex, as it was modelled."""
    return _AVERAGES[sex]


_AVERAGES = {
    Sex.FEMALE: Figures(1588.06, 47.63, 35.22, 84.24),
    Sex.MALE: Figures(1729.33, 63.47, 47.41, 126.75),
}
