"""Bringing points onto a surface: the closest skin, or the skin seen from a side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.anchors import Anchor, anchor_at
from bodymap.geometry.surfaces import face_normals

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Landing:
    """Where a point came to lie on a surface.

    Attributes
    ----------
    anchor : Anchor
    point : ndarray of float64, shape (3,)
    distance_mm : float
        How far the point moved.
    """

    anchor: Anchor
    point: Floats
    distance_mm: float


class Projector:
    """Brings points onto one triangle surface.

    Parameters
    ----------
    vertices : ndarray, shape (n, 3)
        Millimetres.
    triangles : ndarray of int, shape (m, 3)
    """

    def __init__(self, vertices: NDArray[np.floating], triangles: NDArray[np.integer]) -> None:
        self._vertices = np.asarray(vertices, dtype=np.float64)
        self._triangles = np.asarray(triangles)

    @cached_property
    def _corners(self) -> Floats:
        return self._vertices[self._triangles]

    @cached_property
    def _centres(self) -> Floats:
        return np.asarray(self._corners.mean(axis=1))

    @cached_property
    def _radii(self) -> Floats:
        return np.asarray(np.linalg.norm(self._corners - self._centres[:, None, :], axis=2).max(axis=1))

    @cached_property
    def _normals(self) -> Floats:
        normals = face_normals(self._vertices, self._triangles)
        return np.asarray(normals / np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None])

    @property
    def spheres(self) -> tuple[Floats, Floats]:
        """Centres, shape (m, 3), and radii, shape (m,), of spheres that hold the triangles."""
        return self._centres, self._radii

    def normal(self, anchor: Anchor) -> Floats:
        """Outward unit normal of the anchor's triangle, shape (3,)."""
        return np.asarray(self._normals[anchor.face])

    def closest(
        self, point: NDArray[np.floating], facing: NDArray[np.floating] | None = None, cosine: float = 0.0
    ) -> Landing | None:
        """Closest place of the surface, or None when no triangle faces the wanted way.

        Parameters
        ----------
        point : ndarray, shape (3,)
        facing : ndarray, shape (3,), optional
            Unit vector; only triangles whose normal makes at least `cosine` with it are looked at.
        cosine : float
        """
        target = np.asarray(point, dtype=np.float64)
        reach = np.linalg.norm(self._centres - target, axis=1)
        if facing is not None:
            reach = np.where(self._normals @ facing >= cosine, reach, np.inf)
        if not np.isfinite(reach).any():
            return None
        # No triangle is nearer than its centre less its radius, nor farther than its centre.
        near = np.flatnonzero(reach - self._radii <= reach.min())
        found = closest_on_triangles(target, self._corners[near])
        best = int(np.linalg.norm(found - target, axis=1).argmin())
        return self._landing(int(near[best]), found[best], target)

    def seen_from(self, point: NDArray[np.floating], direction: NDArray[np.floating]) -> Landing | None:
        """Skin that an onlooker from `direction` sees in front of or behind a point, or None.

        From inside the body that is where the line through the point first leaves it. From outside it is the
        nearest place on the line, to either side, where the skin faces the onlooker.

        Parameters
        ----------
        point, direction : ndarray, shape (3,)
            The direction is a unit vector.
        """
        start, way = np.asarray(point, dtype=np.float64), np.asarray(direction, dtype=np.float64)
        faces, along = self._line_hits(start, way)
        outward = self._normals[faces] @ way > 0.0
        ahead = along >= 0.0
        if ahead.any():
            first = int(np.where(ahead, along, np.inf).argmin())
            if outward[first]:
                return self._landing(int(faces[first]), start + along[first] * way, start)
        if not outward.any():
            return None
        nearest = int(np.where(outward, np.abs(along), np.inf).argmin())
        return self._landing(int(faces[nearest]), start + along[nearest] * way, start)

    def crossings_mm(self, start: NDArray[np.floating], way: NDArray[np.floating]) -> Floats:
        """Distances along a ray, ascending, at which it crosses the surface, shape (k,)."""
        _, along = self._line_hits(np.asarray(start, dtype=np.float64), np.asarray(way, dtype=np.float64))
        return np.sort(along[along >= 0.0])

    def _line_hits(self, start: Floats, way: Floats) -> tuple[NDArray[np.intp], Floats]:
        towards = self._centres - start
        beside = towards - (towards @ way)[:, None] * way
        near = np.flatnonzero(np.einsum("ij,ij->i", beside, beside) <= self._radii**2)
        a, b, c = np.moveaxis(self._corners[near], 1, 0)
        across = np.cross(way, c - a)
        volume = np.einsum("ij,ij->i", b - a, across)
        safe = np.where(np.abs(volume) < 1e-12, np.inf, volume)
        u = np.einsum("ij,ij->i", start - a, across) / safe
        tilted = np.cross(start - a, b - a)
        v = (tilted @ way) / safe
        along = np.einsum("ij,ij->i", c - a, tilted) / safe
        # A hair of slack, so that a line through an edge does not slip between its two triangles.
        hit = np.isfinite(safe) & (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1.0 + 1e-9)
        return near[hit], np.asarray(along[hit])

    def _landing(self, face: int, found: Floats, target: Floats) -> Landing:
        anchor = anchor_at(face, found, self._vertices, self._triangles)
        return Landing(anchor, found, float(np.linalg.norm(found - target)))


def closest_on_triangles(point: Floats, corners: Floats) -> Floats:
    """Closest point of each triangle to one point.

    Parameters
    ----------
    point : ndarray, shape (3,)
    corners : ndarray, shape (k, 3, 3)

    Returns
    -------
    ndarray of float64, shape (k, 3)
    """
    a, b, c = np.moveaxis(corners, 1, 0)
    normal = np.cross(b - a, c - a)
    square = np.maximum(np.einsum("ij,ij->i", normal, normal), 1e-24)
    foot = point - (np.einsum("ij,ij->i", point - a, normal) / square)[:, None] * normal
    candidates = [closest_on_segments(point, p, q) for p, q in ((a, b), (b, c), (c, a))]
    inside = np.ones(len(a), dtype=np.bool_)
    for p, q in ((a, b), (b, c), (c, a)):
        inside &= np.einsum("ij,ij->i", np.cross(q - p, foot - p), normal) >= 0.0
    edges = np.stack(candidates)
    best = np.linalg.norm(edges - point, axis=2).argmin(axis=0)
    nearest_edge = edges[best, np.arange(len(a))]
    return np.asarray(np.where(inside[:, None], foot, nearest_edge))


def closest_on_segments(point: Floats, start: Floats, end: Floats) -> Floats:
    """Closest point of each segment to one point, or to each of k points, shape (k, 3)."""
    along = end - start
    square = np.maximum(np.einsum("ij,ij->i", along, along), 1e-24)
    fraction = np.clip(np.einsum("ij,ij->i", point - start, along) / square, 0.0, 1.0)
    return np.asarray(start + fraction[:, None] * along)
