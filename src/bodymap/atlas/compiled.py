"""The compiled atlas: anchors and zones of the left points, as stored in ``atlas.npz``."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.geometry.anchors import Anchor

ZONE_FIELDS = ("essential", "spillover", "deep")


@dataclass(frozen=True, eq=False)
class Zone:
    """The skin a point is felt on, as three fields on some of the body's vertices.

    A byte above 127.5 lies inside; see `bodymap.atlas.fields`. The spillover field includes the essential
    zone.

    Attributes
    ----------
    vertices : ndarray of int32, shape (k,)
        Ascending; all other vertices are zero in the first two fields.
    essential, spillover : ndarray of uint8, shape (k,)
    deep : ndarray of uint8, shape (k,)
        Where the skin only stands for something felt deep under it.
    """

    vertices: NDArray[np.int32]
    essential: NDArray[np.uint8]
    spillover: NDArray[np.uint8]
    deep: NDArray[np.uint8]

    @classmethod
    def of(cls, essential: NDArray[np.uint8], spillover: NDArray[np.uint8], deep: NDArray[np.uint8]) -> Zone:
        """Zone of three fields on all vertices."""
        vertices = np.flatnonzero((essential > 0) | (spillover > 0)).astype(np.int32)
        return cls(vertices, essential[vertices], spillover[vertices], deep[vertices])

    @cached_property
    def has_deep(self) -> bool:
        """Whether part of it is felt deep under the skin that shows it."""
        felt = np.maximum(self.essential, self.spillover)
        return bool(((self.deep >= 128) & (felt >= 128)).any())

    def mirrored(self, mirror_vertices: NDArray[np.int32]) -> Zone:
        """Mirror image of the zone."""
        partners = mirror_vertices[self.vertices]
        order = np.argsort(partners)
        return Zone(partners[order], self.essential[order], self.spillover[order], self.deep[order])


@dataclass(frozen=True, eq=False)
class SkinArea:
    """An area of skin as a field on some of the body's vertices; a byte above 127.5 lies inside.

    Attributes
    ----------
    vertices : ndarray of int32, shape (k,)
        Ascending.
    inside : ndarray of uint8, shape (k,)
    """

    vertices: NDArray[np.int32]
    inside: NDArray[np.uint8]

    @classmethod
    def of(cls, field: NDArray[np.uint8]) -> SkinArea:
        """Area of a field on all vertices."""
        vertices = np.flatnonzero(field).astype(np.int32)
        return cls(vertices, field[vertices])


@dataclass(frozen=True, eq=False)
class CompiledPoint:
    """One left point, compiled.

    Attributes
    ----------
    key : str
        Changes when the point's place, its pattern or the body changes; see `bodymap.atlas.compilation`.
    anchor : Anchor
    aim : ndarray of float32, shape (3,)
        Unit vector of the needle on the standard body, RAS.
    zone : Zone
    """

    key: str
    anchor: Anchor
    aim: NDArray[np.float32]
    zone: Zone


@dataclass(frozen=True, eq=False)
class Compiled:
    """The whole file.

    Attributes
    ----------
    digest : str
        `atlas_digest` of what it was compiled from.
    points : dict of str to CompiledPoint
        By full point id.
    dermatomes : dict of str to SkinArea
        By nerve root; both sides together.
    """

    FORMAT: ClassVar[int] = 3

    digest: str
    points: dict[str, CompiledPoint]
    dermatomes: dict[str, SkinArea]


def atlas_digest(content: bytes, body: Body) -> str:
    """Sha256, in hex, of ``points.json`` and everything of the body that zones are kept on."""
    return hashlib.sha256(content + body_digest(body)).hexdigest()


def body_digest(body: Body) -> bytes:
    """Sha256 of the skin's topology, its landmarks and its regions."""
    digest = hashlib.sha256(np.ascontiguousarray(body.triangles, dtype="<i4").tobytes())
    for landmark in body.landmarks:
        digest.update(repr((landmark.id, landmark.segment, landmark.face, landmark.barycentric)).encode())
    regions = body.regions
    digest.update(repr(tuple(regions.ids)).encode())
    for labels in (regions.of_vertex, regions.side_of_vertex):
        digest.update(np.ascontiguousarray(labels, dtype="<i2").tobytes())
    return digest.digest()


def read_compiled(path: Path) -> Compiled:
    """Read a compiled atlas.

    Raises
    ------
    OSError, ValueError, KeyError
        The file is missing, damaged or of another format.
    """
    try:
        # numpy leaves a file open that it opened itself and cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ValueError(str(error)) from error
    if int(arrays["format"]) != Compiled.FORMAT:
        raise ValueError(f"format {int(arrays['format'])}")
    for name in ("aims", "vertices", *ZONE_FIELDS, "skin_vertices", "skin_inside"):
        arrays[name].setflags(write=False)
    bounds = arrays["starts"].tolist()
    points = {}
    rows = zip(
        arrays["ids"].tolist(),
        arrays["keys"].tolist(),
        arrays["faces"].tolist(),
        arrays["barycentric"].tolist(),
        arrays["aims"],
        strict=True,
    )
    for row, (point_id, key, face, weights, aim) in enumerate(rows):
        part = slice(bounds[row], bounds[row + 1])
        zone = Zone(arrays["vertices"][part], *(arrays[name][part] for name in ZONE_FIELDS))
        points[point_id] = CompiledPoint(key, Anchor(face, tuple(weights)), aim, zone)
    ends = arrays["skin_starts"].tolist()
    dermatomes = {
        root: SkinArea(arrays["skin_vertices"][start:end], arrays["skin_inside"][start:end])
        for root, start, end in zip(arrays["roots"].tolist(), ends[:-1], ends[1:], strict=True)
    }
    return Compiled(str(arrays["digest"]), points, dermatomes)


def write_compiled(path: Path, compiled: Compiled) -> None:
    """Write a compiled atlas; the same content gives the same bytes."""
    points = tuple(compiled.points.values())
    zones = [point.zone for point in points]
    areas = tuple(compiled.dermatomes.values())
    arrays: dict[str, NDArray[Any]] = {
        "format": np.array(Compiled.FORMAT),
        "digest": np.array(compiled.digest),
        "ids": np.array(list(compiled.points)),
        "keys": np.array([point.key for point in points]),
        "faces": np.array([point.anchor.face for point in points], dtype=np.int32),
        "barycentric": np.array([point.anchor.barycentric for point in points], dtype=np.float64),
        "aims": np.array([point.aim for point in points], dtype=np.float32),
        "starts": np.cumsum([0, *(len(zone.vertices) for zone in zones)], dtype=np.int64),
        "vertices": np.concatenate([zone.vertices for zone in zones], dtype=np.int32),
        "roots": np.array(list(compiled.dermatomes), dtype=np.str_),
        "skin_starts": np.cumsum([0, *(len(area.vertices) for area in areas)], dtype=np.int64),
        "skin_vertices": np.concatenate([[], *(area.vertices for area in areas)]).astype(np.int32),
        "skin_inside": np.concatenate([[], *(area.inside for area in areas)]).astype(np.uint8),
    }
    for name in ZONE_FIELDS:
        arrays[name] = np.concatenate([getattr(zone, name) for zone in zones], dtype=np.uint8)
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    partial.replace(path)
