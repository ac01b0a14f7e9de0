"""Named places on bones, written in source coordinates, on the skeleton of any body.

A place is stored once (``places/*.toml``) as a point on the bone in the source's posture. On a fitted
skeleton it is the same point of the same triangle; a free place, off the bone, keeps its offset in the
bone's own frame.

Expressions: ``"bone.place"``, ``"bone.line@0.3"`` (part of the way along a line), ``"bone.line@0.2:0.8"``
(a part of the line), ``"A ~ B"`` (half-way) and ``"A ~0.3 B"`` (30 % of the way from A to B).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import igl
import numpy as np
from numpy.typing import NDArray

from skeleton import Bone, read_source

Floats = NDArray[np.float64]

FOLDER = Path(__file__).parent / "places"
SNAP_LIMIT_MM = 6.0
PART = re.compile(r"^(?P<name>[^@~\s]+)(?:@(?P<start>[\d.]+)(?::(?P<end>[\d.]+))?)?$")
BETWEEN = re.compile(r"\s~(?P<share>[\d.]*)\s")


@dataclass(frozen=True, eq=False)
class Place:
    """A point, or the points of a line, on one bone.

    Attributes
    ----------
    bone : str
    faces : ndarray of int, shape (k,)
    barycentric : ndarray, shape (k, 3)
    offsets : ndarray, shape (k, 3)
        From the point on the bone, millimetres in source axes; zero unless free.
    is_line : bool
    english, latin : str
        Empty for places that only serve the muscle table.
    """

    bone: str
    faces: NDArray[np.intp]
    barycentric: Floats
    offsets: Floats
    is_line: bool
    english: str = ""
    latin: str = ""


def read_places(folder: Path = FOLDER) -> dict[str, Place]:
    """Every place by its name, ``bone.place``.

    Raises
    ------
    ValueError
        Places are written twice, lie on unknown bones or too far from their bone; all of them are named.
    """
    bones = read_source()
    places: dict[str, Place] = {}
    faults = []
    for path in sorted(folder.glob("*.toml")):
        for bone, entries in tomllib.loads(path.read_text()).items():
            for name, entry in entries.items():
                full = f"{bone}.{name}"
                if full in places:
                    faults.append(f"{path.name}: {full} is written twice")
                elif bone not in bones:
                    faults.append(f"{path.name}: {full}: there is no bone {bone}")
                else:
                    places[full] = place = _made(bone, bones[bone], entry)
                    off = np.linalg.norm(place.offsets, axis=1).max()
                    if off and not entry.get("free"):
                        faults.append(f"{path.name}: {full} lies {off:.1f} mm from its bone")
    if faults:
        raise ValueError("\n".join(faults))
    return places


def _made(bone: str, shape: Bone, entry: dict[str, Any]) -> Place:
    points = np.array(entry.get("line") or [entry["at"]], dtype=np.float64)
    triangles = shape.triangles.astype(np.int64)
    _, faces, on_bone = igl.point_mesh_squared_distance(points, shape.vertices, triangles)
    corners = [np.ascontiguousarray(shape.vertices[triangles[faces, k]]) for k in range(3)]
    shares = igl.barycentric_coordinates(np.ascontiguousarray(on_bone), *corners)
    offsets = points - on_bone
    far = np.linalg.norm(offsets, axis=1).max() > SNAP_LIMIT_MM
    if not entry.get("free") and not far:
        offsets[:] = 0.0
    return Place(
        bone, faces, shares, offsets, "line" in entry, entry.get("english", ""), entry.get("latin", "")
    )


@dataclass(frozen=True, eq=False)
class FittedPlaces:
    """Places on one fitted skeleton.

    Parameters
    ----------
    places : dict of str to Place
    skeleton : dict of str to ndarray, shape (n, 3)
        Vertices of each bone, millimetres, RAS.
    """

    places: dict[str, Place]
    skeleton: dict[str, Floats]

    @cached_property
    def _source(self) -> dict[str, Bone]:
        return read_source()

    def point(self, expression: str) -> Floats:
        """One point, shape (3,).

        Raises
        ------
        ValueError
            The expression names a line or an unknown place.
        """
        points = self.points(expression)
        if len(points) != 1:
            raise ValueError(f"{expression!r} is a line where a point is needed")
        return points[0]

    def polyline(self, expressions: list[str]) -> Floats:
        """Points of places and lines joined in order, shape (k, 3)."""
        return np.concatenate([self.points(expression) for expression in expressions])

    def points(self, expression: str) -> Floats:
        """Points of one expression, shape (k, 3)."""
        between = BETWEEN.search(expression)
        if between:
            start = self.points(expression[: between.start()].strip())
            end = self.points(expression[between.end() :].strip())
            share = float(between["share"] or 0.5)
            if len(start) != len(end):
                start, end = resampled(start, 12), resampled(end, 12)
            return (1.0 - share) * start + share * end
        part = PART.match(expression.strip())
        if part is None or part["name"] not in self.places:
            raise ValueError(f"there is no place {expression!r}")
        points = self._fitted(self.places[part["name"]])
        if part["start"] is None:
            return points
        if part["end"] is None:
            return along(points, np.array([float(part["start"])]))
        shares = np.linspace(float(part["start"]), float(part["end"]), 12)
        return along(points, shares)

    def _fitted(self, place: Place) -> Floats:
        triangles = self._source[place.bone].triangles[place.faces]
        on_bone = np.einsum("kc,kcx->kx", place.barycentric, self.skeleton[place.bone][triangles])
        return np.asarray(on_bone + place.offsets @ self._turn(place.bone).T)

    def _turn(self, bone: str) -> Floats:
        """Linear part of the affine map that best takes the source bone to the fitted one, shape (3, 3)."""
        if bone not in self._turns:
            source, fitted = self._source[bone], self.skeleton[bone]
            before, after = both_halves(source.vertices, source.midline), both_halves(fitted, source.midline)
            before, after = before - before.mean(axis=0), after - after.mean(axis=0)
            self._turns[bone] = np.linalg.lstsq(before, after, rcond=None)[0].T
        return self._turns[bone]

    @cached_property
    def _turns(self) -> dict[str, Floats]:
        return {}


def both_halves(vertices: Floats, midline: bool) -> Floats:
    """Vertices with their mirror images where only the left half is stored, shape (k, 3)."""
    return np.concatenate((vertices, vertices * (-1.0, 1.0, 1.0))) if midline else vertices


def along(points: Floats, shares: Floats) -> Floats:
    """Points at shares 0..1 of a polyline's length, shape (k, 3)."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    length = np.concatenate(([0.0], np.cumsum(steps)))
    return np.stack([np.interp(shares * length[-1], length, points[:, axis]) for axis in range(3)], axis=1)


def resampled(points: Floats, count: int) -> Floats:
    """`count` points evenly along a polyline, shape (count, 3)."""
    if len(points) == 1:
        return np.repeat(points, count, axis=0)
    return along(points, np.linspace(0.0, 1.0, count))
