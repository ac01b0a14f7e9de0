"""The standard male's skin, and how a landmark is put on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, Sex
from bodymap.geometry.anchors import Anchor, anchor_at
from bodymap.geometry.surfaces import Surface, face_normals

Vector = NDArray[np.float64]


class Skin:
    """The standard male's skin, and what is asked of it."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.surface: Surface = body.surface(Build(sex=Sex.MALE))
        vertices = self.surface.vertices.astype(np.float64)
        self._a, self._b, self._c = (vertices[self.surface.triangles[:, corner]] for corner in range(3))
        self._normals = face_normals(vertices, self.surface.triangles)

    def joint(self, name: str) -> Vector:
        """Centre of a left or midline joint."""
        joints = self.body.rig
        return joints.joint(name, Build(sex=Sex.MALE)).astype(np.float64)

    def seen_along(self, aim: Vector, direction: Vector, reach_mm: float = 75.0) -> Anchor:
        """Anchor of the outward-facing skin nearest to `aim` on the line through it.

        Raises
        ------
        ValueError
            No such skin lies within `reach_mm`.
        """
        along = np.asarray(direction, dtype=np.float64) / np.linalg.norm(direction)
        # A hair off the aim, so that the line does not run along an edge of the symmetric mesh.
        start = aim + np.asarray((-1.3e-3, 0.7e-3, 0.9e-3))
        distance, faces = self._crossings(start, along)
        near = np.abs(distance) < reach_mm
        if not near.any():
            raise ValueError(f"no skin near {aim} along {direction}")
        best = np.argmin(np.abs(distance[near]))
        face = int(faces[near][best])
        anchor = anchor_at(
            face, start + distance[near][best] * along, self.surface.vertices, self.surface.triangles
        )
        return self._on_midline(anchor) if aim[0] == 0.0 else anchor

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
