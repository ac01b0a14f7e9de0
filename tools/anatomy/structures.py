"""What the inside consists of: pieces, their names, and the rig bones that carry them."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.files import asset_path
from muscles import read_muscles
from piece import Shell

Floats = NDArray[np.float64]

HERE = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Piece:
    """A structure of one body.

    Attributes
    ----------
    id : str
    kind : str
        "bone", "muscle", "organ", "vessel", "nerve" or "cord".
    midline : bool
        Only the left half of a structure on the midline, its cut edge on x = 0.
    vertices : ndarray, shape (n, 3)
    triangles : ndarray of int, shape (m, 3)
    whole : bool
        A structure that has no mirror image, like the heart.
    fibres : Shell or None
        Where a muscle has its fibres.
    """

    id: str
    kind: str
    midline: bool
    vertices: Floats
    triangles: NDArray[np.int64]
    whole: bool = False
    fibres: Shell | None = None

    def fibre(self, name: str) -> Floats:
        """One of the fibre arrays, shape (n,); zero for what has no fibres."""
        return np.zeros(len(self.vertices)) if self.fibres is None else np.asarray(getattr(self.fibres, name))


@cache
def bone_names() -> dict[str, dict[str, str]]:
    """Names, region and rig bone of every bone."""
    return tomllib.loads((HERE / "bone_names.toml").read_text())


def bone_rig_rows(rig_bones: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Rows of the rig bones that carry each bone's left and right one."""
    rows = {}
    for name, entry in bone_names().items():
        left = entry["rig"]
        right = left[:-2] + "_r" if left.endswith("_l") else left
        rows[name] = rig_bones.index(left), rig_bones.index(right)
    return rows


def structure_records(structures: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return records of the structures for the program, in their order in the mesh file."""
    table = read_muscles()
    with asset_path("muscles.csv").open(newline="") as stream:
        muscles = {row["id"]: row for row in csv.DictReader(stream)}
    danger = danger_names()
    records = []
    for name, kind in structures:
        record: dict[str, Any]
        if kind == "bone":
            record = {key: value for key, value in bone_names()[name].items() if key != "rig"}
        elif kind == "muscle":
            row, muscle = muscles[name], table[name]
            record = {"english": row["english"], "latin": row["latin_ta2"], "group": row["group"],
                      "layer": muscle.layer, "source": muscle.source}  # fmt: skip
        else:
            record = danger[name]
        records.append({"id": name, "kind": kind} | record)
    return records


def danger_names() -> dict[str, dict[str, Any]]:
    """Names, tolerance and source of the danger structures."""
    return tomllib.loads((HERE / "danger_names.toml").read_text())
