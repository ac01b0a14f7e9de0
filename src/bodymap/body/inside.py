"""Everything under the skin: bones, muscles, and the structures that a needle must not meet.

All of it has one topology in every build, like the skin, and is mixed from the same corners. Only the left
half is stored; the right one is its mirror image, except for what has none, like the heart.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Refusal, Side
from bodymap.geometry.files import asset_path

Kind = Literal["bone", "muscle", "organ", "vessel", "nerve", "cord"]
Mix = dict[str, float]
Arrays = dict[str, NDArray[Any]]
Floats = NDArray[np.float32]


class StructureRecord(msgspec.Struct, frozen=True):
    """What is known of a structure, on both sides.

    Attributes
    ----------
    id : str
    kind : str
    english, latin : str
    group : str
        Muscle group; empty for all else.
    layer : int
        Of a muscle: 1 lies right under the fat. 0 for all else.
    region : str
        Part of the body.
    source : str
        Where its course is described.
    tolerance_mm : float
        How far the real one commonly lies from this one; 0 where nothing is said.
    """

    id: str
    kind: Kind
    english: str
    latin: str
    group: str = ""
    layer: int = 0
    region: str = ""
    source: str = ""
    tolerance_mm: float = 0.0


@dataclass(frozen=True, eq=False)
class Structure:
    """A structure on one side; both halves together for what lies on the midline.

    Attributes
    ----------
    record : StructureRecord
    side : Side or None
        None for what lies on the midline or exists once.
    triangles : tuple of slice
        Its triangles in `Inside.triangles`.
    vertices : tuple of slice
        Its vertices.
    """

    record: StructureRecord
    side: Side | None
    triangles: tuple[slice, ...]
    vertices: tuple[slice, ...]

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id


class Inside:
    """Everything under the skin.

    Parameters
    ----------
    stored : dict of str to ndarray
        Arrays of the baked file: the left half.
    records : dict of str to StructureRecord
    mirror_bones : ndarray of uint8, shape (b,)
        The rig bone on the other side of each.

    Attributes
    ----------
    structures : tuple of Structure
    triangles : ndarray of int32, shape (m, 3)
        Of both sides: the left ones in the file's order, then the right ones.
    along, across, tendon : ndarray of uint8, shape (v,)
        A muscle's fibres: place along them, across them, and how much is tendon.
    weight_bones, weights : ndarray, shape (v, 4)
        The rig bones that carry each vertex, and their shares.
    """

    def __init__(
        self, stored: Arrays, records: dict[str, StructureRecord], mirror_bones: NDArray[np.uint8]
    ) -> None:
        self._mean = stored["mean"].astype(np.float32)
        self._steps = stored["coefficients"].astype(np.float32) * stored["basis_step_mm"].astype(np.float32)
        self._basis = stored["basis"]
        self._corners = {str(key): row for row, key in enumerate(stored["corners"])}
        mirrored = np.repeat(~stored["whole"].astype(bool), np.diff(stored["vertex_starts"]))
        self._mirrored = np.flatnonzero(mirrored)
        right_of = np.full(len(self._mean), -1, dtype=np.int64)
        right_of[self._mirrored] = len(self._mean) + np.arange(len(self._mirrored))
        self.structures, self.triangles = _both_sides(stored, records, right_of)
        self.along, self.across, self.tendon = (
            self._both(stored[name]) for name in ("along", "across", "tendon")
        )
        self.weights = (self._both(stored["weights"]) / np.float32(65535)).astype(np.float32)
        own = stored["weight_bones"]
        self.weight_bones = np.concatenate((own, mirror_bones[own[self._mirrored]])).astype(np.uint8)
        self._kept: Callable[[tuple[tuple[str, float], ...]], Floats] = lru_cache(maxsize=4)(self._mixed)

    @property
    def n_vertices(self) -> int:
        """Number of vertices, both sides together."""
        return len(self._mean) + len(self._mirrored)

    def find(self, structure_id: str) -> tuple[Structure, ...]:
        """Find the structures with an id: one, or one on each side; empty when there is none."""
        return tuple(structure for structure in self.structures if structure.id == structure_id)

    def vertices(self, mix: Mix) -> Floats:
        """Vertices of a build, shape (v, 3), millimetres, RAS, in the frame of its skin.

        Parameters
        ----------
        mix : dict of str to float
            Shares of the corners, from `Morphs.mix`. Corners that are not stored are left out and the others
            scaled up; where none is stored, the first stored corner of the same sex stands in.
        """
        return self._kept(tuple(sorted(mix.items())))

    def _both(self, values: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate((values, values[self._mirrored]))

    def _mixed(self, mix: tuple[tuple[str, float], ...]) -> Floats:
        known = [(self._corners[key], share) for key, share in mix if key in self._corners]
        total = sum(share for _, share in known)
        if total <= 0.0:
            sex = mix[0][0].partition("-")[0] if mix else ""
            stand_in = next((key for key in self._corners if key.startswith(f"{sex}-")), None)
            known, total = [(0 if stand_in is None else self._corners[stand_in], 1.0)], 1.0
        factors = np.zeros(self._steps.shape[1], dtype=np.float32)
        for row, share in known:
            factors += np.float32(share / total) * self._steps[row]
        left = self._mean.copy()
        for factor, direction in zip(factors, self._basis, strict=True):
            left += factor * direction
        return np.concatenate((left, left[self._mirrored] * np.asarray((-1.0, 1.0, 1.0), dtype=np.float32)))


def _both_sides(
    stored: Arrays, records: dict[str, StructureRecord], right_of: NDArray[np.int64]
) -> tuple[tuple[Structure, ...], NDArray[np.int32]]:
    """Structures of both sides, and their triangles; `right_of` gives each left vertex's mirror image."""
    vertex_starts, triangle_starts = (stored[f"{name}_starts"].tolist() for name in ("vertex", "triangle"))
    left_triangles = stored["triangles"].astype(np.int64)
    triangles, structures, end = [left_triangles], [], len(left_triangles)
    for row, (name, kind) in enumerate(zip(stored["names"].tolist(), stored["kinds"].tolist(), strict=True)):
        record = records.get(name) or StructureRecord(name, kind, english=name, latin="")
        vertices = slice(vertex_starts[row], vertex_starts[row + 1])
        own = slice(triangle_starts[row], triangle_starts[row + 1])
        if stored["whole"][row]:
            structures.append(Structure(record, None, (own,), (vertices,)))
            continue
        opposite = right_of[left_triangles[own]][:, ::-1]  # turned round, or it would face inwards
        right, end = slice(end, end + len(opposite)), end + len(opposite)
        triangles.append(opposite)
        first = int(right_of[vertices.start])
        right_vertices = slice(first, first + vertices.stop - vertices.start)
        if stored["midline"][row]:
            structures.append(Structure(record, None, (own, right), (vertices, right_vertices)))
        else:
            structures.append(Structure(record, Side.LEFT, (own,), (vertices,)))
            structures.append(Structure(record, Side.RIGHT, (right,), (right_vertices,)))
    return tuple(structures), np.ascontiguousarray(np.concatenate(triangles), dtype=np.int32)


def read_inside(rig_bones: tuple[str, ...]) -> Inside:
    """Read the baked inside.

    Parameters
    ----------
    rig_bones : tuple of str
        Names of the rig's bones; ``_l`` and ``_r`` tell the sides apart.

    Raises
    ------
    Refusal
        The program's own files are missing or damaged.
    """
    try:
        return _read(rig_bones)
    except (OSError, EOFError, ValueError, KeyError, IndexError, zipfile.BadZipFile, zlib.error) as error:
        raise Refusal(
            "What lies under the skin cannot be shown: the program's own file is missing or damaged. "
            "Your plan is safe; install bodymap again."
        ) from error


def _read(rig_bones: tuple[str, ...]) -> Inside:
    swap = {"_l": "_r", "_r": "_l"}
    opposite = [name[:-2] + swap.get(name[-2:], name[-2:]) for name in rig_bones]
    mirror_bones = np.array([rig_bones.index(name) for name in opposite], dtype=np.uint8)
    records = msgspec.json.decode(asset_path("structures.json").read_bytes(), type=list[StructureRecord])
    with (
        asset_path("meshes/inside.npz").open("rb") as file,  # numpy forgets to close what it cannot read
        np.load(file, allow_pickle=False) as stored,
    ):
        arrays = dict(stored)
    _check(arrays)
    return Inside(arrays, {record.id: record for record in records}, mirror_bones)


def _check(stored: Arrays) -> None:
    """Do nothing when the arrays fit together; ValueError otherwise, KeyError when one is missing."""
    count, structures = len(stored["mean"]), len(stored["names"])
    rank = len(stored["basis_step_mm"])
    of_vertices = ("along", "across", "tendon", "weight_bones", "weights")
    of_structures = ("kinds", "midline", "whole")
    fits = (
        stored["basis"].shape == (rank, count, 3)
        and stored["coefficients"].shape == (len(stored["corners"]), rank)
        and all(len(stored[name]) == count for name in of_vertices)
        and all(len(stored[name]) == structures for name in of_structures)
        and bool(np.isfinite(stored["mean"].astype(np.float64)).all())
    )
    for name, end in (("vertex_starts", count), ("triangle_starts", len(stored["triangles"]))):
        starts = stored[name].astype(np.int64)
        fits = fits and len(starts) == structures + 1 and starts[0] == 0 and starts[-1] == end
        fits = fits and bool((np.diff(starts) >= 0).all())
    triangles = stored["triangles"].astype(np.int64)
    fits = (
        fits
        and triangles.ndim == 2
        and (triangles.size == 0 or 0 <= triangles.min() <= triangles.max() < count)
    )
    if not fits:
        raise ValueError("the arrays of the inside do not fit together")
