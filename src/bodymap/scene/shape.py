"""The body's surface as drawn and picked, kept per build."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, Posture
from bodymap.geometry.surfaces import Surface, make_surface, vertex_normals

_SEAM_MM = 1e-3


@lru_cache(maxsize=4)
def shown_surface(body: Body, build: Build, posture: Posture = Posture.APART) -> Surface:
    """Outer skin followed by the inner one (mouth, eye sockets), so that no hole shows.

    Faces of the outer skin keep their index, so anchors mean the same here.
    """
    return make_surface(body.vertices(build, posture), np.concatenate((body.triangles, body.inner_triangles)))


def seamless_normals(vertices: NDArray[np.float32], triangles: NDArray[np.integer]) -> NDArray[np.float32]:
    """Unit normals, shape (v, 3), that let the two halves of what lies on the midline shade as one.

    The halves meet at x = 0 with vertices of their own, whose normals are made to lie in that plane.
    """
    normals = vertex_normals(vertices, triangles)
    seam = np.abs(vertices[:, 0]) < _SEAM_MM
    normals[seam, 0] = 0.0
    normals[seam] /= np.maximum(np.linalg.norm(normals[seam], axis=1, keepdims=True), 1e-6)
    return normals
