"""The muscles of one body, made from the muscle table on its fitted skeleton.

``tools/anatomy/show_inside.py`` draws them while the table is being written.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

from piece import Shell, joined
from sheet import BLEND, SheetRecipe, make_sheet
from spindle import SpindleRecipe, make_spindles
from surroundings import Surroundings

Floats = NDArray[np.float64]

FOLDER = Path(__file__).parent / "muscles"
LEVELS = (
    *(f"c{k}" for k in range(1, 8)),
    *(f"t{k}" for k in range(1, 13)),
    *(f"l{k}" for k in range(1, 6)),
    "sacrum",
)
LEVEL = re.compile(r"\{(-?\d+)\}")
DEFAULT_TENDON = (0.05, 0.12)
BONE_CLEARANCE_MM = 0.3


@dataclass(frozen=True, eq=False)
class Muscle:
    """A muscle of the table.

    Attributes
    ----------
    id : str
    layer : int
        1 lies right under the fat.
    depth : int
        Order within the layer: the flat muscles of a smaller number lie over those of a larger one.
    volume_ml : float or None
        Of one side of an average man; only flat muscles may do without.
    source : str
    parts : tuple of dict
        Heads, slips or fascicles as written, one for each level where levels are given.
    """

    id: str
    layer: int
    depth: int
    volume_ml: float | None
    source: str
    parts: tuple[dict[str, Any], ...]


def read_muscles(folder: Path = FOLDER) -> dict[str, Muscle]:
    """Read the muscle table.

    Raises
    ------
    ValueError
        A muscle is written twice or lacks its layer; all such faults are named.
    """
    muscles: dict[str, Muscle] = {}
    faults = []
    for path in sorted(folder.glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text()).items():
            if name in muscles:
                faults.append(f"{path.name}: {name} is written twice")
            elif "layer" not in entry:
                faults.append(f"{path.name}: {name} has no layer")
            else:
                parts = tuple(part for raw in entry.get("part", [entry]) for part in _by_level(raw))
                muscles[name] = Muscle(
                    name,
                    layer=entry["layer"],
                    depth=entry.get("depth", 0),
                    volume_ml=entry.get("volume_ml"),
                    source=entry.get("source", ""),
                    parts=parts,
                )
    if faults:
        raise ValueError("\n".join(faults))
    return muscles


def _by_level(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the part once for each of its levels, ``{2}`` replaced by the second level below."""
    if "levels" not in part:
        return [part]
    share = part.get("share")
    repeated = []
    for level in part["levels"]:
        at = LEVELS.index(level)

        def level_name(match: re.Match[str], at: int = at) -> str:
            return LEVELS[min(max(at + int(match[1]), 0), len(LEVELS) - 1)]

        written = {key: _replaced(value, level_name) for key, value in part.items() if key != "levels"}
        repeated.append(written | ({"share": share / len(part["levels"])} if share else {}))
    return repeated


def _replaced(value: Any, level_name: Any) -> Any:
    if isinstance(value, str):
        return LEVEL.sub(level_name, value)
    return [_replaced(item, level_name) for item in value] if isinstance(value, list) else value


def make_muscles(muscles: dict[str, Muscle], around: Surroundings, size: float = 1.0) -> dict[str, Shell]:
    """Return closed surface of every muscle, by id.

    Parameters
    ----------
    muscles : dict of str to Muscle
    around : Surroundings
    size : float
        Volumes are those of the table times this.
    """
    made: dict[str, list[Shell]] = {name: [] for name in muscles}
    for order in sorted({(muscle.layer, muscle.depth) for muscle in muscles.values()}):
        cover = _flat_mesh(made)
        for name, muscle in muscles.items():
            if (muscle.layer, muscle.depth) == order:
                for part, volume in _volumes(muscle, size):
                    if part["kind"] == "sheet":
                        made[name].append(make_sheet(_sheet(part, muscle, volume, around), around, cover))
    recipes, owners = [], []
    for name, muscle in muscles.items():
        for part, volume in _volumes(muscle, size):
            if part["kind"] == "spindle":
                recipes.append(_spindle(part, name, volume, around))
                owners.append(name)
    if recipes:
        for name, shell in zip(owners, make_spindles(recipes, around, _flat_mesh(made)), strict=True):
            made[name].append(shell)
    return cleared({name: joined(shells) for name, shells in made.items() if shells}, around)


def _volumes(muscle: Muscle, size: float) -> list[tuple[dict[str, Any], float | None]]:
    """Parts with their volumes: those without a share split what is left evenly."""
    given = [part.get("share") for part in muscle.parts]
    left = max(1.0 - sum(share for share in given if share), 0.0)
    open_parts = sum(share is None for share in given)
    shares = [left / open_parts if share is None else share for share in given]
    total = None if muscle.volume_ml is None else muscle.volume_ml * size
    return [(part, None if total is None else total * share)
            for part, share in zip(muscle.parts, shares, strict=True)]  # fmt: skip


def _sheet(part: dict[str, Any], muscle: Muscle, volume: float | None, around: Surroundings) -> SheetRecipe:
    rows = [part["origin"], *part.get("via", []), part["insertion"]]
    return SheetRecipe(
        rows=[_left(around.places.polyline(row), muscle.id) for row in rows],
        thickness_mm=part.get("thickness_mm", 6.0),
        volume_ml=volume,
        tendon=tuple(part.get("tendon", DEFAULT_TENDON)),
        hug=part.get("hug", "skin" if muscle.layer == 1 else "path"),
        attached=tuple(part.get("attached", (True, True))),
        beneath=tuple(part.get("beneath", ())),
        follow=part.get("follow", False),
        settle=tuple(part.get("settle", (BLEND, BLEND))),
    )


def _spindle(part: dict[str, Any], name: str, volume: float | None, around: Surroundings) -> SpindleRecipe:
    if volume is None:
        raise ValueError(f"{name}: a belly needs a volume")
    path = around.places.polyline(part["path"])
    return SpindleRecipe(
        path=_left(path, name),
        belly=tuple(part.get("belly", (0.1, 0.9))),
        volume_ml=volume,
        width=part.get("width", 1.2),
        fullest=part.get("fullest", 0.5),
        superficial=part.get("superficial", False),
    )


def _left(points: Floats, name: str) -> Floats:
    """Points kept on the left of the midline.

    Raises
    ------
    ValueError
        They lie far on the right.
    """
    if points[:, 0].max() > 6.0:
        raise ValueError(f"{name}: a place lies {points[:, 0].max():.0f} mm right of the midline")
    return np.minimum(points, (0.0, np.inf, np.inf))


def _flat_mesh(made: dict[str, list[Shell]]) -> trimesh.Trimesh:
    """Return the flat muscles made so far, as one mesh."""
    shells = [shell for shells in made.values() for shell in shells]
    if not shells:
        return trimesh.Trimesh()
    whole = joined(shells)
    return trimesh.Trimesh(whole.vertices, whole.triangles, process=False)


def cleared(shells: dict[str, Shell], around: Surroundings) -> dict[str, Shell]:
    """Return the muscles with every vertex brought out of the bones and under the fascia."""
    counts = np.cumsum([0, *(len(shell.vertices) for shell in shells.values())])
    points = np.concatenate([shell.vertices for shell in shells.values()])
    faces = around.case.outer_triangles.astype(np.int64)
    bones = np.asarray(around.bones.vertices), np.asarray(around.bones.faces).astype(np.int64)
    outside = np.flatnonzero(igl.fast_winding_number(around.fascia_points, faces, points) < 0.5)
    if len(outside):
        _, _, points[outside] = igl.point_mesh_squared_distance(points[outside], around.fascia_points, faces)
    # Last out of the bones: over bones right under the skin, thin muscles lie in the fat rather than in the
    # bone.
    inside = np.flatnonzero(igl.fast_winding_number(*bones, points) > 0.5)
    if len(inside):
        points[inside] = _just_past(points[inside], *bones)
    points[:, 0] = np.minimum(points[:, 0], 0.0)
    return {
        name: Shell(points[start:end], shell.triangles, shell.along, shell.across, shell.tendon)
        for (name, shell), start, end in zip(shells.items(), counts[:-1], counts[1:], strict=True)
    }


def _just_past(points: Floats, vertices: Floats, triangles: NDArray[np.int64]) -> Floats:
    """Nearest places on a surface, and a little further."""
    _, _, place = igl.point_mesh_squared_distance(np.ascontiguousarray(points), vertices, triangles)
    way = place - points
    return np.asarray(
        place + way * (BONE_CLEARANCE_MM / np.maximum(np.linalg.norm(way, axis=1), 1e-6))[:, None]
    )
