"""Distances and shortest lines measured over a surface; used where assets are built, never at run time.

Distances spread from triangle to triangle: each triangle is laid flat beside its neighbour, so that on a
surface that can be laid flat the result is exact, whatever the triangles' shapes. (Fast marching with its
straight wave fronts errs by over a millimetre near a point source on a mesh as coarse as the skin.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.anchors import Anchor, anchor_positions
from bodymap.geometry.projection import Projector, closest_on_segments

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

BATCH = 8
"""Sources solved together: they share one piece of the surface, which must stay small."""

LEEWAY_MM = 20.0
"""A line shifted to its ends stays on skin this close to where it was."""


class Geodesics:
    """Distances and shortest lines over one surface.

    Parameters
    ----------
    vertices : ndarray, shape (n, 3)
        Millimetres.
    triangles : ndarray of int, shape (m, 3)
    """

    def __init__(self, vertices: NDArray[np.floating], triangles: NDArray[np.integer]) -> None:
        self._vertices = np.asarray(vertices, dtype=np.float64)
        self._triangles = np.asarray(triangles, dtype=np.intp)

    @cached_property
    def projector(self) -> Projector:
        """Brings points onto the surface."""
        return Projector(self._vertices, self._triangles)

    @cached_property
    def _edge_flips(self) -> Any:
        # Imported here because only the build tools have it.
        from potpourri3d import EdgeFlipGeodesicSolver

        used, compact = np.unique(self._triangles, return_inverse=True)
        return used, EdgeFlipGeodesicSolver(self._vertices[used], compact.reshape(-1, 3))

    def from_points(
        self, anchors: Sequence[Anchor], limit_mm: float, head_starts_mm: Sequence[float] | None = None
    ) -> Floats:
        """Distance of every vertex to the nearest of some points, less that point's head start.

        Parameters
        ----------
        anchors : sequence of Anchor
        limit_mm : float
            How far from each point to measure; beyond it the result is inf or too large.
        head_starts_mm : sequence of float, optional
            Taken off the distance to each point: with a disc's radius, the result is negative inside it.

        Returns
        -------
        ndarray of float64, shape (n,)
        """
        starts = np.zeros(len(anchors)) if head_starts_mm is None else np.asarray(head_starts_mm, float)
        result = np.full(len(self._vertices), np.inf)
        for first in range(0, len(anchors), BATCH):
            batch = slice(first, first + BATCH)
            piece, distances = self._solve_batch(anchors[batch], limit_mm)
            nearest = (distances - starts[batch, None]).min(axis=0)
            result[piece.vertex_ids] = np.minimum(result[piece.vertex_ids], nearest)
        return result

    def _solve_batch(self, anchors: Sequence[Anchor], limit_mm: float) -> tuple[_Piece, Floats]:
        faces = np.array([anchor.face for anchor in anchors])
        weights = np.array([anchor.barycentric for anchor in anchors])
        points = anchor_positions(faces, weights, self._vertices, self._triangles)
        piece = self._cut_out(points, limit_mm)
        distances = np.full((len(anchors), len(piece.vertex_ids)), np.inf)
        for row, (face, point) in enumerate(zip(faces, points, strict=True)):
            corners = self._triangles[face]
            distances[row, piece.local(corners)] = np.linalg.norm(self._vertices[corners] - point, axis=1)
        piece.spread(distances, _across_from_point, limit_mm)
        return piece, distances

    def from_level(self, values: NDArray[np.floating], limit_mm: float) -> Floats:
        """Signed distance to the zero level of a function on the vertices, negative where it is positive.

        Parameters
        ----------
        values : ndarray, shape (n,)
            Linear over each triangle. No value is to be exactly zero.
        limit_mm : float
            Beyond it the result is plus or minus inf.

        Returns
        -------
        ndarray of float64, shape (n,)
        """
        side = np.where(values > 0.0, -1.0, 1.0)
        faces, starts, ends = self._level_segments(values)
        unsigned = np.full(len(self._vertices), np.inf)
        if len(faces):
            piece = self._cut_out(self._vertices[np.unique(self._triangles[faces])], limit_mm)
            seeds = np.full(len(self._vertices), np.inf)
            for corner in self._triangles[faces].T:
                gap = self._vertices[corner] - closest_on_segments(self._vertices[corner], starts, ends)
                np.minimum.at(seeds, corner, np.linalg.norm(gap, axis=1))
            distances = seeds[piece.vertex_ids][None, :]
            piece.spread(distances, _across_from_line, limit_mm)
            unsigned[piece.vertex_ids] = distances[0]
        unsigned[unsigned > limit_mm] = np.inf
        return unsigned * side

    def _level_segments(self, values: NDArray[np.floating]) -> tuple[Indices, Floats, Floats]:
        at_corners = np.asarray(values, dtype=np.float64)[self._triangles]
        positive = at_corners > 0.0
        faces = np.flatnonzero(positive.any(axis=1) & ~positive.all(axis=1))
        # The corner that stands alone on its side: the segment crosses the two edges that leave it.
        one_positive = positive[faces].sum(axis=1) == 1
        alone = np.where(one_positive, positive[faces].T, ~positive[faces].T).argmax(axis=0)
        rows = np.arange(len(faces))
        own = self._vertices[self._triangles[faces, alone]]
        own_value = at_corners[faces, alone]
        ends = []
        for step in (1, 2):
            other = (alone + step) % 3
            other_value = at_corners[faces][rows, other]
            share = own_value / (own_value - other_value)
            ends.append(own + share[:, None] * (self._vertices[self._triangles[faces, other]] - own))
        return faces, ends[0], ends[1]

    def _faces_near(self, points: Floats, reach_mm: float) -> Indices:
        """Triangles of which some part may lie within reach of some point, in a straight line."""
        from scipy.spatial import cKDTree

        centres, radii = self.projector.spheres
        reach = reach_mm + radii
        room = reach[:, None]
        boxed = np.flatnonzero(
            ((centres >= points.min(axis=0) - room) & (centres <= points.max(axis=0) + room)).all(axis=1)
        )
        gap, _ = cKDTree(points).query(centres[boxed])
        return boxed[gap <= reach[boxed]]

    def _cut_out(self, points: Floats, reach_mm: float) -> _Piece:
        return _Piece.of(self._vertices, self._triangles[self._faces_near(points, reach_mm)])

    def line(self, start: Anchor, end: Anchor, spacing_mm: float) -> list[Anchor]:
        """Places along the shortest line over the surface, both ends included.

        Parameters
        ----------
        start, end : Anchor
        spacing_mm : float
            The places lie at most this far apart.
        """
        path, shifted = self._shortest(start, end)
        steps = np.linalg.norm(np.diff(shifted, axis=0), axis=1)
        travelled = np.concatenate(([0.0], np.cumsum(steps)))
        count = max(2, int(np.ceil(travelled[-1] / spacing_mm)) + 1)
        stations = np.linspace(0.0, travelled[-1], count)[1:-1]
        between = [
            np.stack([np.interp(stations, travelled, line[:, axis]) for axis in range(3)], axis=1)
            for line in (path, shifted)
        ]
        return [start, *self._landed(*between), end]

    def _landed(self, path: Floats, shifted: Floats) -> list[Anchor]:
        """Anchors of points beside a line on the surface, on skin that faces as the line's own does."""
        if not len(path):
            return []
        faces = self._faces_near(path, LEEWAY_MM)
        nearby = Projector(self._vertices, self._triangles[faces])
        anchors = []
        for on_line, beside in zip(path, shifted, strict=True):
            own = nearby.closest(on_line)
            landing = None if own is None else nearby.closest(beside, nearby.normal(own.anchor), 0.2)
            if landing is not None:
                anchors.append(Anchor(int(faces[landing.anchor.face]), landing.anchor.barycentric))
        return anchors

    def _shortest(self, start: Anchor, end: Anchor) -> tuple[Floats, Floats]:
        """Shortest line between the anchors' nearest vertices, and the same shifted to end at the anchors."""
        ends = [anchor.position(self._vertices, self._triangles) for anchor in (start, end)]
        corners = [int(self._triangles[a.face][int(np.argmax(a.barycentric))]) for a in (start, end)]
        if corners[0] == corners[1]:
            return np.stack(ends), np.stack(ends)
        used, solver = self._edge_flips
        from_vertex, to_vertex = np.searchsorted(used, corners)
        path = np.asarray(solver.find_geodesic_path(int(from_vertex), int(to_vertex)), dtype=np.float64)
        steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
        share = (np.concatenate(([0.0], np.cumsum(steps))) / max(float(steps.sum()), 1e-9))[:, None]
        return path, path + (1.0 - share) * (ends[0] - path[0]) + share * (ends[1] - path[-1])


@dataclass(frozen=True, eq=False)
class _Piece:
    """Part of a surface with what spreading needs: every triangle once for each of its three bases.

    Attributes
    ----------
    vertex_ids : ndarray of int, shape (k,)
        The surface's vertices, ascending.
    corners : ndarray of int, shape (3, t)
        Local ends a, b of the base and the tip c, ascending in c.
    length : ndarray, shape (t,)
        |ab|.
    tip : ndarray, shape (2, t)
        The tip in the plane: along ab from a, and away from it.
    sides : ndarray, shape (2, t)
        |ac| and |bc|.
    """

    vertex_ids: Indices
    corners: Indices
    length: Floats
    tip: Floats
    sides: Floats

    @staticmethod
    def of(vertices: Floats, triangles: Indices) -> _Piece:
        vertex_ids, local = np.unique(triangles, return_inverse=True)
        local = local.reshape(-1, 3)
        turned = np.concatenate((local, np.roll(local, 1, axis=1), np.roll(local, 2, axis=1)))
        turned = turned[np.argsort(turned[:, 2], kind="stable")]
        a, b, c = vertices[vertex_ids][turned.T]
        length = np.maximum(np.linalg.norm(b - a, axis=1), 1e-9)
        along = np.einsum("ij,ij->i", c - a, b - a) / length
        sides = np.stack((np.linalg.norm(c - a, axis=1), np.linalg.norm(c - b, axis=1)))
        away = np.sqrt(np.maximum(sides[0] ** 2 - along**2, 1e-18))
        return _Piece(vertex_ids, np.ascontiguousarray(turned.T), length, np.stack((along, away)), sides)

    def subset(self, chosen: Indices) -> _Piece:
        return _Piece(
            self.vertex_ids,
            self.corners[:, chosen],
            self.length[chosen],
            self.tip[:, chosen],
            self.sides[:, chosen],
        )

    def local(self, vertex_ids: Indices) -> Indices:
        return np.searchsorted(self.vertex_ids, vertex_ids)

    def spread(self, distances: Floats, across: Across, limit_mm: float) -> None:
        """Lower distances, shape (s, k), in place until all up to the limit stay; the rest become inf."""
        fresh = np.asarray(np.isfinite(distances).any(axis=0))
        while fresh.any():
            front = self.subset(np.flatnonzero(fresh[self.corners[0]] | fresh[self.corners[1]]))
            tips, first = np.unique(front.corners[2], return_index=True)
            from_a, from_b = distances[:, front.corners[0]], distances[:, front.corners[1]]
            by_edge = np.minimum(from_a + front.sides[0], from_b + front.sides[1])
            reached = np.minimum.reduceat(np.minimum(by_edge, across(front, from_a, from_b)), first, axis=1)
            before = distances[:, tips]
            lower = (reached < before - 1e-6) & (reached <= limit_mm)
            distances[:, tips] = np.where(lower, reached, before)
            fresh = np.zeros_like(fresh)
            fresh[tips] = lower.any(axis=0)
        distances[distances > limit_mm] = np.inf


Across = Callable[[_Piece, Floats, Floats], Floats]


def _across_from_point(piece: _Piece, from_a: Floats, from_b: Floats) -> Floats:
    """Distance of the tip from the point beyond the base that is so far from its ends; inf if none."""
    with np.errstate(invalid="ignore"):
        along = (from_a**2 - from_b**2 + piece.length**2) / (2.0 * piece.length)
        depth = np.sqrt(from_a**2 - along**2)
        height = depth + piece.tip[1]
        crossing = along + (piece.tip[0] - along) * depth / height
        seen = (crossing >= 0.0) & (crossing <= piece.length)
        return np.where(seen, np.hypot(piece.tip[0] - along, height), np.inf)


def _across_from_line(piece: _Piece, from_a: Floats, from_b: Floats) -> Floats:
    """Distance of the tip from the straight line that is so far from the base's ends; inf if none."""
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = (from_b - from_a) / piece.length
        steep = np.sqrt(1.0 - slope**2)
        crossing = piece.tip[0] - piece.tip[1] * slope / steep
        seen = (crossing >= 0.0) & (crossing <= piece.length)
        return np.where(seen, from_a + piece.tip[0] * slope + piece.tip[1] * steep, np.inf)
