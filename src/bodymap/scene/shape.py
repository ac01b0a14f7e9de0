"""The body's surface as drawn and picked, kept per build."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, Posture
from bodymap.geometry.surfaces import Surface, make_surface, vertex_normals


@lru_cache(maxsize=4)
def shown_surface(body: Body, build: Build, posture: Posture = Posture.APART) -> Surface:
    """Outer skin followed by the inner one (mouth, eye sockets), so that no hole shows.

    Faces of the outer skin keep their index, so anchors mean the same here.
    """
    return make_surface(body.vertices(build, posture), np.concatenate((body.triangles, body.inner_triangles)))


def seamless_normals(
    vertices: NDArray[np.float32], triangles: NDArray[np.integer], seam: NDArray[np.integer]
) -> NDArray[np.float32]:
    """Make unit normals, shape (v, 3), that let the two halves of what lies on the midline shade as one.

    Parameters
    ----------
    seam : ndarray of int, shape (k, 2)
        Vertices of the two halves that lie in the same place.
    """
    normals = vertex_normals(vertices, triangles)
    shared = normals[seam].sum(axis=1)
    shared /= np.maximum(np.linalg.norm(shared, axis=1, keepdims=True), 1e-6)
    normals[seam] = shared[:, None]
    return normals
