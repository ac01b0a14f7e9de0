"""The standard male's skin, the measurements that the rules are written in, and the labels they paint.

Rules speak of the left half only (x <= 0); the labels are mirrored when all are painted. Lengths are in
millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import potpourri3d
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.body.skin import read_skin
from bodymap.domain import Build

Field = NDArray[np.float64]
Mask = NDArray[np.bool_]
Point = NDArray[np.float64]

UNPAINTED = -1


class Canvas:
    """What the rules see and paint on; fields and masks hold one value per vertex, shape (n,).

    Attributes
    ----------
    vertices : ndarray, shape (n, 3)
    lateral, front, up : Field
        Distance to the left of the midline, and the y and z coordinates.
    left : Mask
        The left half, vertices on the midline included.
    label : ndarray of int16, shape (n,)
        Index into `ids`, or `UNPAINTED`.
    """

    def __init__(self, body: Body, ids: Sequence[str]) -> None:
        surface = body.surface(Build())
        self.vertices: Field = surface.vertices.astype(np.float64)
        self.normals: Field = surface.normals.astype(np.float64)
        self.triangles = body.triangles
        self.front: Field = self.vertices[:, 1]
        self.up: Field = self.vertices[:, 2]
        mirror = body.mirror_vertices
        midline = mirror == np.arange(len(mirror))
        self.lateral: Field = np.where(midline, 0.0, -self.vertices[:, 0])
        self.mirror = mirror
        outer = np.zeros(len(self.vertices), dtype=bool)
        outer[body.triangles] = True
        self.outer: Mask = outer
        self.left: Mask = outer & ((self.vertices[:, 0] < 0.0) | midline)
        self.ids = tuple(ids)
        self.label = np.full(len(self.vertices), UNPAINTED, dtype=np.int16)
        self._body = body

    def paint(self, region: str, where: Mask) -> None:
        """Give these vertices to a region, whosever they were."""
        self.label[where & self.left] = self.ids.index(region)

    def painted(self, *regions: str) -> Mask:
        """Vertices that belong to any of these regions so far."""
        return np.asarray(np.isin(self.label, [self.ids.index(region) for region in regions]))

    @property
    def unpainted(self) -> Mask:
        """Vertices of the left half that no rule has claimed yet."""
        return np.asarray(self.left & (self.label == UNPAINTED))

    def point(self, landmark: str) -> Point:
        """Position of a landmark on the left side or the midline, shape (3,)."""
        anchor = self._body.landmarks.anchor(landmark)
        return anchor.position(self.vertices, self.triangles)

    def points(self, *landmarks: str) -> NDArray[np.float64]:
        """Positions of landmarks, shape (k, 3)."""
        return np.stack([self.point(landmark) for landmark in landmarks])

    def joint(self, name: str) -> Point:
        """Centre of a joint of the animation rig, such as ``"l-elbow"``."""
        return np.asarray(self._body.rig.joint(name, Build()), dtype=np.float64)

    def share(self, *bones: str) -> Field:
        """How much of each vertex's motion follows these bones of the rig, 0 to 1."""
        rig = self._body.rig
        chosen = np.isin(rig.weight_bones, [rig.bones.index(bone) for bone in bones])
        coarse = (rig.weights * chosen).sum(axis=1, keepdims=True)
        return np.asarray(read_skin().subdivision.refine(coarse)[:, 0])

    @cached_property
    def _compact(self) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """The outer vertices, and the triangles in terms of them."""
        used = np.flatnonzero(self.outer)
        to_used = np.full(len(self.vertices), -1, dtype=np.int64)
        to_used[used] = np.arange(len(used))
        return used, to_used[self.triangles]

    @cached_property
    def _solver(self) -> Any:
        used, triangles = self._compact
        return potpourri3d.MeshHeatMethodDistanceSolver(self.vertices[used], triangles)

    def distance(self, *route: str | Point) -> Field:
        """Distance over the skin to a landmark, or to the route over several.

        The route runs along the straight lines between them, put on the nearest skin.
        """
        places = [self.point(place) if isinstance(place, str) else np.asarray(place) for place in route]
        samples = [places[0]]
        for start, end in pairwise(places):
            steps = max(1, int(np.linalg.norm(end - start) // 4.0))
            samples += [start + (end - start) * step / steps for step in range(1, steps + 1)]
        return self._distance_to(np.asarray(samples))

    def _distance_to(self, samples: NDArray[np.float64]) -> Field:
        used, _ = self._compact
        skin = self.vertices[used]
        skin_left = np.where(skin[:, :1] <= 2.0, skin, np.inf)
        nearest = np.unique([int(np.argmin(((skin_left - sample) ** 2).sum(axis=1))) for sample in samples])
        over_skin = self._solver.compute_distance_multisource(nearest.astype(np.int32))
        straight = np.sqrt(np.min([((skin - sample) ** 2).sum(axis=1) for sample in samples], axis=0))
        # Sources are vertices, up to half an edge off the route; close by, the straight distance is better.
        blend = np.clip((straight - 30.0) / 30.0, 0.0, 1.0)
        near_truth = np.abs(over_skin - straight) < 12.0
        result = np.where(near_truth, (1.0 - blend) * straight + blend * over_skin, over_skin)
        field = np.full(len(self.vertices), np.inf)
        field[used] = result
        return field


def inside(polygon: NDArray[np.float64] | Sequence[tuple[float, float]], u: Field, v: Field) -> Mask:
    """Whether points (u, v) lie in a polygon given by its corners in order (even-odd rule)."""
    corners = np.asarray(polygon, dtype=np.float64)
    result = np.zeros(u.shape, dtype=bool)
    for (u0, v0), (u1, v1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if v0 == v1:
            continue
        crosses = (v0 <= v) != (v1 <= v)
        result ^= crosses & (u < u0 + (v - v0) * (u1 - u0) / (v1 - v0))
    return result


def along(line: Sequence[tuple[float, float]], at: Field) -> Field:
    """Interpolate between (place, value) pairs; constant beyond the first and the last."""
    places, values = np.asarray(sorted(line), dtype=np.float64).T
    return np.asarray(np.interp(at, places, values))


def interval(field: Field, low: float | Field, high: float | Field) -> Mask:
    """Where low <= field < high."""
    return np.asarray((field >= low) & (field < high))
