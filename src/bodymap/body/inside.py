"""Everything under the skin: bones, muscles, and the structures that a needle must not meet.

All of it has one topology in every build, like the skin, and is mixed from the same corners. Only the left half is
stored; the right one is its mirror image, except for what has none, like the heart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Side
from bodymap.geometry.files import asset_path
from bodymap.geometry.surfaces import vertex_normals

Kind = Literal["bone", "muscle", "organ", "vessel", "nerve", "cord"]
Mix = dict[str, float]


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
    """A structure on one side.

    Attributes
    ----------
    record : StructureRecord
    side : Side or None
        None for what lies on the midline or exists once.
    triangles : slice or tuple of slice
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

    Attributes
    ----------
    structures : tuple of Structure
    triangles : ndarray of int32, shape (m, 3)
        Of both sides.
    of_triangle : ndarray of int16, shape (m,)
        Row in `structures`.
    along, across, tendon : ndarray of uint8, shape (v,)
        A muscle's fibres: place along them, across them, and how much is tendon.
    weight_bones, weights : ndarray, shape (v, 4)
        The rig bones that carry each vertex, and their shares.
    """

    def __init__(
        self,
        stored: dict[str, NDArray[np.generic]],
        records: dict[str, StructureRecord],
        mirror_bones: NDArray[np.uint8],
    ) -> None:
        self._mean = stored["mean"].astype(np.float32)
        self._steps = stored["coefficients"].astype(np.float32) * stored["basis_step_mm"].astype(np.float32)
        self._basis = stored["basis"]
        self._corners = {str(key): row for row, key in enumerate(stored["corners"])}
        vertex_starts, triangle_starts = stored["vertex_starts"], stored["triangle_starts"]
        whole, midline = stored["whole"].astype(bool), stored["midline"].astype(bool)
        count = len(self._mean)
        mirrored = np.repeat(~whole, np.diff(vertex_starts))
        self._mirrored = np.flatnonzero(mirrored)
        right_of = np.full(count, -1, dtype=np.int64)
        right_of[self._mirrored] = count + np.arange(len(self._mirrored))
        left_triangles = stored["triangles"].astype(np.int64)
        triangles = [left_triangles]
        structures: list[Structure] = []
        ends = len(left_triangles)
        for row, (name, kind) in enumerate(zip(stored["names"], stored["kinds"], strict=True)):
            record = records.get(str(name)) or StructureRecord(str(name), str(kind), str(name), "")  # type: ignore[arg-type]
            own_vertices = slice(int(vertex_starts[row]), int(vertex_starts[row + 1]))
            own = slice(int(triangle_starts[row]), int(triangle_starts[row + 1]))
            if whole[row]:
                structures.append(Structure(record, None, (own,), (own_vertices,)))
                continue
            opposite = right_of[left_triangles[own]][:, ::-1]
            right = slice(ends, ends + len(opposite))
            first = int(right_of[own_vertices.start])
            right_vertices = slice(first, first + own_vertices.stop - own_vertices.start)
            triangles.append(opposite)
            ends = right.stop
            if midline[row]:
                structures.append(Structure(record, None, (own, right), (own_vertices, right_vertices)))
            else:
                structures.append(Structure(record, Side.LEFT, (own,), (own_vertices,)))
                structures.append(Structure(record, Side.RIGHT, (right,), (right_vertices,)))
        self.structures = tuple(structures)
        self.triangles = np.ascontiguousarray(np.concatenate(triangles), dtype=np.int32)
        self.of_triangle = np.zeros(len(self.triangles), dtype=np.int16)
        for row, structure in enumerate(structures):
            for part in structure.triangles:
                self.of_triangle[part] = row
        self.along, self.across, self.tendon = (
            self._both(stored[name]) for name in ("along", "across", "tendon")
        )
        self.weights = (self._both(stored["weights"]) / np.float32(65535)).astype(np.float32)
        self.weight_bones = np.concatenate(
            (stored["weight_bones"], mirror_bones[stored["weight_bones"][self._mirrored]])
        ).astype(np.uint8)
        self._kept: Callable[[tuple[tuple[str, float], ...]], NDArray[np.float32]] = lru_cache(maxsize=4)(
            self._mixed
        )

    @property
    def n_vertices(self) -> int:
        """Number of vertices, both sides together."""
        return len(self._mean) + len(self._mirrored)

    def find(self, structure_id: str) -> tuple[Structure, ...]:
        """The structures with an id: one, or one on each side; empty when there is none."""
        return tuple(structure for structure in self.structures if structure.id == structure_id)

    def vertices(self, mix: Mix) -> NDArray[np.float32]:
        """Vertices of a build, shape (v, 3), millimetres, RAS, in the frame of its skin.

        Parameters
        ----------
        mix : dict of str to float
            Shares of the corners, from `Morphs.mix`. Corners that are not stored are left out and the others scaled up.

        Raises
        ------
        ValueError
            None of the corners is stored.
        """
        return self._kept(tuple(sorted(mix.items())))

    def normals(self, vertices: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit normals at the vertices, shape (v, 3); seams on the midline face straight, so they do not show."""
        normals = vertex_normals(vertices, self.triangles)
        seam = np.abs(vertices[:, 0]) < 1e-3
        normals[seam, 0] = 0.0
        lengths = np.linalg.norm(normals[seam], axis=1, keepdims=True)
        normals[seam] /= np.maximum(lengths, 1e-6)
        return normals

    def _both(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.concatenate((values, values[self._mirrored]))

    def _mixed(self, mix: tuple[tuple[str, float], ...]) -> NDArray[np.float32]:
        known = [(self._corners[key], share) for key, share in mix if key in self._corners]
        total = sum(share for _, share in known)
        if not known or total <= 0.0:
            raise ValueError("nothing is stored of the inside of this build")
        factors = np.zeros(self._steps.shape[1], dtype=np.float32)
        for row, share in known:
            factors += np.float32(share / total) * self._steps[row]
        left = self._mean.copy()
        for factor, direction in zip(factors, self._basis, strict=True):
            left += factor * direction
        return np.concatenate((left, left[self._mirrored] * np.float32((-1.0, 1.0, 1.0))))


def read_inside(rig_bones: tuple[str, ...]) -> Inside:
    """Read the baked inside.

    Parameters
    ----------
    rig_bones : tuple of str
        Names of the rig's bones; ``_l`` and ``_r`` tell the sides apart.

    Raises
    ------
    FileNotFoundError
        The program's own files are missing.
    """
    swap = {"_l": "_r", "_r": "_l"}
    opposite = [name[:-2] + swap.get(name[-2:], name[-2:]) for name in rig_bones]
    mirror_bones = np.array([rig_bones.index(name) for name in opposite], dtype=np.uint8)
    records = msgspec.json.decode(asset_path("structures.json").read_bytes(), type=list[StructureRecord])
    with np.load(asset_path("meshes/inside.npz"), allow_pickle=False) as stored:
        return Inside(dict(stored), {record.id: record for record in records}, mirror_bones)
