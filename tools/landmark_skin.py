"""The standard male's skin, and how a landmark is put on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, Sex
from bodymap.geometry.anchors import Anchor, anchor_at
from bodymap.geometry.projection import Projector, closest_on_segments
from bodymap.geometry.surfaces import Surface, face_normals

Vector = NDArray[np.float64]

MIDLINE_MM = 8.0
"""What lies no farther from the midline belongs on it, like the two tips of a spinous process of the neck."""
FACING = 0.35
"""Least cosine between a landmark's direction and the skin that is looked at."""


class Skin:
    """The standard male's skin, and what is asked of it."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.surface: Surface = body.surface(Build(sex=Sex.MALE))
        vertices = self.surface.vertices.astype(np.float64)
        self._a, self._b, self._c = (vertices[self.surface.triangles[:, corner]] for corner in range(3))
        self._normals = face_normals(vertices, self.surface.triangles)
        self._projector = Projector(vertices, self.surface.triangles)

    def joint(self, name: str) -> Vector:
        """Centre of a left or midline joint."""
        joints = self.body.rig
        return joints.joint(name, Build(sex=Sex.MALE)).astype(np.float64)

    def nearest(self, place: Vector, facing: Vector | None) -> Anchor:
        """Anchor of the skin nearest to a place under it, among what faces a way.

        Raises
        ------
        ValueError
            No skin faces that way.
        """
        if abs(place[0]) < MIDLINE_MM:
            return self._nearest_on_midline(place, facing)
        landing = self._projector.closest(place, None if facing is None else _unit(facing), FACING)
        if landing is None:
            raise ValueError(f"no skin faces {facing}")
        return landing.anchor

    def _nearest_on_midline(self, place: Vector, facing: Vector | None) -> Anchor:
        """Nearest place on the edges that lie on the midline: beside a furrow other skin may be nearer."""
        triangles = self.surface.triangles
        on_it = np.abs(self.surface.vertices[triangles][:, :, 0]) < 1e-3
        faces = np.flatnonzero(on_it.sum(axis=1) == 2)
        if facing is not None:
            normals = self._normals[faces] * (0.0, 1.0, 1.0)
            normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
            faces = faces[normals @ _unit(facing) >= FACING]
        corners = self.surface.vertices.astype(np.float64)[triangles[faces]]
        first, last = np.argmax(on_it[faces], axis=1), 2 - np.argmax(on_it[faces][:, ::-1], axis=1)
        rows = np.arange(len(faces))
        found = closest_on_segments(place * (0.0, 1.0, 1.0), corners[rows, first], corners[rows, last])
        best = int(np.linalg.norm(found - place * (0.0, 1.0, 1.0), axis=1).argmin())
        anchor = anchor_at(int(faces[best]), found[best], self.surface.vertices, triangles)
        return self._on_midline(anchor)

    def seen_along(self, aim: Vector, direction: Vector, reach_mm: float = 75.0) -> Anchor:
        """Anchor of the outward-facing skin nearest to `aim` on the line through it.

        Raises
        ------
        ValueError
            No such skin lies within `reach_mm`.
        """
        along = np.asarray(direction, dtype=np.float64) / np.linalg.norm(direction)
        midline = abs(aim[0]) < MIDLINE_MM
        # A hair off the aim, so that the line does not run along an edge of the symmetric mesh.
        start = aim * (0.0 if midline else 1.0, 1.0, 1.0) + np.asarray((-1.3e-3, 0.7e-3, 0.9e-3))
        distance, faces = self._crossings(start, along)
        near = np.abs(distance) < reach_mm
        if not near.any():
            raise ValueError(f"no skin near {aim} along {direction}")
        best = np.argmin(np.abs(distance[near]))
        face = int(faces[near][best])
        anchor = anchor_at(
            face, start + distance[near][best] * along, self.surface.vertices, self.surface.triangles
        )
        return self._on_midline(anchor) if midline else anchor

    def farthest_along(self, start: Vector, direction: Vector) -> Anchor:
        """Anchor of the last skin a ray from inside meets within 60 mm."""
        along = direction / np.linalg.norm(direction)
        distance, faces = self._crossings(start, along)
        ahead = (distance > 0) & (distance < 60.0)
        face, reach = int(faces[ahead][-1]), distance[ahead][-1]
        return anchor_at(face, start + reach * along, self.surface.vertices, self.surface.triangles)

    def _crossings(self, start: Vector, along: Vector) -> tuple[Vector, NDArray[np.intp]]:
        """Signed distances along a line to the triangles that face along it, ascending, and their faces."""
        facing = np.flatnonzero(self._normals @ along > 0)
        a, u, v = self._a[facing], self._b[facing] - self._a[facing], self._c[facing] - self._a[facing]
        p = np.cross(along, v)
        det = np.einsum("ij,ij->i", u, p)
        det[np.abs(det) < 1e-12] = 1e-12
        s = start - a
        beta = np.einsum("ij,ij->i", s, p) / det
        q = np.cross(s, u)
        gamma = q @ along / det
        inside = (beta >= 0) & (gamma >= 0) & (beta + gamma <= 1)
        distance = (np.einsum("ij,ij->i", v, q) / det)[inside]
        order = np.argsort(distance)
        return distance[order], facing[inside][order]

    def _on_midline(self, anchor: Anchor) -> Anchor:
        corners = self.surface.vertices[self.surface.triangles[anchor.face]]
        weights = np.where(np.abs(corners[:, 0]) < 1e-3, anchor.barycentric, 0.0)
        first, second, third = (float(weight) for weight in weights / weights.sum())
        return Anchor(anchor.face, (first, second, third))


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / np.linalg.norm(vector))
