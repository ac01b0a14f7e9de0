"""Where each landmark comes from: reads landmarks.csv, one landmark a line, from head to foot.

``from`` says what the landmark is a place of, ``place`` where there, and ``facing`` which way the skin over
it faces (a name or a vector): only such skin is looked at.

======== =========================================================================================
from     place
======== =========================================================================================
bone     a place of the fitted skeleton, as in anatomy/places; the landmark is the skin nearest to it
near     the same, of a place off the bone: the landmark is of soft tissue
muscle   ``muscles @share [towards x y z]``: the surface at a share of the way from origin to insertion,
         its middle or its edge in a direction; or ``muscles level landmark towards x y z``: at a height
between  ``landmark ~share landmark [+ x y z]``: part of the way on the straight line between two others
arm      shares and offsets along the limb, see landmark_arm.py
skin     an aim point on the standard man, millimetres, RAS: picked on pictures of him; the skin seen from
         the side that it faces, so that it need only be right across that direction
======== =========================================================================================

Directions are those of the standard man, who stands with his arms half raised.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "landmarks.csv"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    id: str
    english: str
    latin: str
    segment: str
    source: str
    place: str
    facing: str

    @property
    def bone(self) -> str:
        """Bone that the landmark is a place of; empty for soft tissue."""
        return self.place.partition(".")[0] if self.source == "bone" else ""

    @property
    def numbers(self) -> tuple[float, ...]:
        """Numbers of the place, for rules that are made of nothing else."""
        return tuple(float(number) for number in self.place.split())


def read_table() -> list[Row]:
    """Rows of the table."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        return [Row(*line) for line in list(csv.reader(file))[1:]]
