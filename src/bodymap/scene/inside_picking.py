"""Which structure under the skin lies under a pixel.

Boxes around the structures tell in microseconds which few of them a ray can meet; only their triangles are
tested. So nothing has to be indexed before the first question, nor again for another build or set of layers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, Posture, StructureRef
from bodymap.scene.frame import InsideLook, SceneFrame
from bodymap.scene.inside_look import Emphasis, emphases, ref_of
from bodymap.scene.lens import Ray

Floats = NDArray[np.float32]
_Shape = tuple[Build, Posture]


@dataclass(frozen=True, slots=True)
class InsideHit:
    """Where a ray first meets something under the skin.

    Attributes
    ----------
    structure : StructureRef
    distance_mm : float
        From the ray's start.
    """

    structure: StructureRef
    distance_mm: float


class InsidePicker:
    """Answers for the frame shown last; ghosts and what is hidden are passed through."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._shape: _Shape = (Build(), Posture.APART)
        self._look = InsideLook()
        self._shaped: _Shape | None = None
        self._vertices: Floats = np.zeros((0, 3), dtype=np.float32)
        self._boxes: Floats = np.zeros((0, 2, 3), dtype=np.float32)
        self._how: NDArray[np.uint8] | None = None

    def show_frame(self, frame: SceneFrame) -> None:
        """Take over another frame."""
        if frame.inside != self._look:
            self._how = None
        self._shape, self._look = (frame.build, frame.posture), frame.inside

    def cast(self, ray: Ray) -> InsideHit | None:
        """First structure on a ray, or None; also None where the skin is not seen through."""
        if not self._look.layers.is_reached:
            return None
        self._prepare()
        assert self._how is not None  # noqa: S101 - prepared
        start, direction = (np.asarray(part, dtype=np.float32) for part in (ray.origin_mm, ray.direction))
        entries = _box_entries(self._boxes, start, direction)
        entries[self._how <= Emphasis.GHOST] = np.inf
        best, nearest = -1, np.inf
        for row in np.argsort(entries, kind="stable").tolist():
            if entries[row] >= nearest:
                break
            if (distance := self._distance(row, start, direction)) < nearest:
                best, nearest = row, distance
        if best < 0:
            return None
        return InsideHit(ref_of(self._body.inside.structures[best]), float(nearest))

    def _prepare(self) -> None:
        structures = self._body.inside.structures
        if self._how is None:
            self._how = emphases(structures, self._look)
        if self._shaped != self._shape:
            self._shaped = self._shape
            self._vertices = np.asarray(self._body.inside_vertices(*self._shape), dtype=np.float32)
            self._boxes = np.stack([_box(self._vertices, structure.vertices) for structure in structures])

    def _distance(self, row: int, start: Floats, direction: Floats) -> float:
        parts = self._body.inside.structures[row].triangles
        triangles = np.concatenate([self._body.inside.triangles[part] for part in parts])
        return _nearest_hit(self._vertices[triangles], start, direction)


def _box(vertices: Floats, parts: tuple[slice, ...]) -> Floats:
    low = np.min([vertices[part].min(axis=0) for part in parts], axis=0)
    high = np.max([vertices[part].max(axis=0) for part in parts], axis=0)
    return np.stack((low, high))


def _box_entries(boxes: Floats, start: Floats, direction: Floats) -> Floats:
    """Distance at which a ray enters each box, shape (s,); infinite where it misses."""
    safe = np.where(np.abs(direction) < 1e-9, np.float32(1e-9), direction)
    ends = (boxes - start) / safe
    enter, leave = ends.min(axis=1).max(axis=1), ends.max(axis=1).min(axis=1)
    return np.where((leave >= np.maximum(enter, 0.0)), np.maximum(enter, 0.0), np.inf).astype(np.float32)


def _nearest_hit(corners: Floats, start: Floats, direction: Floats) -> float:
    """Distance to the nearest triangle that a ray meets, corners of shape (k, 3, 3); infinite for none."""
    a = corners[:, 0]
    u, v = corners[:, 1] - a, corners[:, 2] - a
    p = np.cross(direction, v)
    volume = np.einsum("ij,ij->i", u, p)
    safe = np.where(np.abs(volume) < 1e-9, np.inf, volume)
    from_a = start - a
    first = np.einsum("ij,ij->i", from_a, p) / safe
    q = np.cross(from_a, u)
    second = (q @ direction) / safe
    distance = np.einsum("ij,ij->i", v, q) / safe
    hit = np.isfinite(safe) & (first >= 0.0) & (second >= 0.0) & (first + second <= 1.0) & (distance > 0.0)
    return float(distance[hit].min()) if hit.any() else float("inf")
