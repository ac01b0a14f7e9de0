"""Places on a surface, kept on its topology: they follow every shape and pose of the same mesh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place on a triangle surface.

    Attributes
    ----------
    face : int
        Index of the triangle.
    barycentric : tuple of 3 float
        Weights of its corners, non-negative, summing to one.

    Raises
    ------
    ValueError
        The face is negative, or the weights are negative or do not sum to one.
    """

    face: int
    barycentric: tuple[float, float, float]

    def __post_init__(self) -> None:
        if self.face < 0:
            raise ValueError(f"an anchor's face is an index, not {self.face}")
        # Asked this way round so that a NaN is refused too.
        if not (min(self.barycentric) >= -1e-6 and abs(sum(self.barycentric) - 1.0) <= 1e-5):
            raise ValueError(f"barycentric weights are >= 0 and sum to 1, unlike {self.barycentric}")

    def position(self, vertices: NDArray[np.floating], triangles: NDArray[np.integer]) -> NDArray[np.float64]:
        """Point in millimetres, shape (3,), on the surface that these vertices give the topology."""
        corners = np.asarray(vertices[triangles[self.face]], dtype=np.float64)
        return np.asarray(np.asarray(self.barycentric) @ corners)


def anchor_positions(
    faces: NDArray[np.integer],
    barycentric: NDArray[np.floating],
    vertices: NDArray[np.floating],
    triangles: NDArray[np.integer],
) -> NDArray[np.float64]:
    """Points of many anchors at once.

    Parameters
    ----------
    faces : ndarray of int, shape (k,)
    barycentric : ndarray, shape (k, 3)
    vertices : ndarray, shape (n, 3)
    triangles : ndarray of int, shape (m, 3)

    Returns
    -------
    ndarray of float64, shape (k, 3)
    """
    corners = np.asarray(vertices[triangles[faces]], dtype=np.float64)
    return np.asarray(np.einsum("kc,kcx->kx", np.asarray(barycentric, dtype=np.float64), corners))


def anchor_at(
    face: int, point: NDArray[np.floating], vertices: NDArray[np.floating], triangles: NDArray[np.integer]
) -> Anchor:
    """Anchor on the given triangle closest to a point in its plane.

    A point outside the triangle is brought back by clipping its weights, so only pass points that
    lie on it or all but do.
    """
    a, b, c = np.asarray(vertices[triangles[face]], dtype=np.float64)
    u, v, w = b - a, c - a, np.asarray(point, dtype=np.float64) - a
    uu, uv, vv, wu, wv = u @ u, u @ v, v @ v, w @ u, w @ v
    area = uu * vv - uv * uv
    if area <= 0.0:
        return Anchor(int(face), (1.0, 0.0, 0.0))
    beta, gamma = (vv * wu - uv * wv) / area, (uu * wv - uv * wu) / area
    weights = np.clip([1.0 - beta - gamma, beta, gamma], 0.0, 1.0)
    first, second, third = (float(weight) for weight in weights / weights.sum())
    return Anchor(int(face), (first, second, third))
