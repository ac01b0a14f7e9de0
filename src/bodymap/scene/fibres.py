"""Where a muscle's fibres run, as coordinates in which a shader can draw them at their real width."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BUNDLE_MM = 3.2
"""Width of the bundles of fibres that are suggested."""
_MOST_BUNDLES = 90.0


def fibre_attributes(
    along: NDArray[np.uint8],
    across: NDArray[np.uint8],
    tendon: NDArray[np.uint8],
    vertices: NDArray[np.float32] | None,
    parts: Sequence[tuple[NDArray[np.int64], NDArray[np.int32]]],
) -> NDArray[np.float32]:
    """Coordinates of the fibres at each vertex.

    The place across the fibres is put on a circle, so that a belly, whose last column of vertices meets its
    first, has no seam. One unit along the circle is one bundle of fibres on the real muscle.

    Parameters
    ----------
    along, across, tendon : ndarray of uint8, shape (v,)
    vertices : ndarray of float32, shape (v, 3), or None
        Standard body, millimetres; None for what has no fibres.
    parts : sequence of (vertices, triangles)
        Of each structure.

    Returns
    -------
    ndarray of float32, shape (v, 4)
        Circle x and y in bundles, place along (0 to 1), tendon (0 to 1); the circle is zero without fibres.
    """
    fibres = np.zeros((len(along), 4), dtype=np.float32)
    fibres[:, 2] = along / np.float32(255)
    fibres[:, 3] = tendon / np.float32(255)
    if vertices is None:
        return fibres
    angles = across * np.float32(2.0 * np.pi / 255.0)
    circle = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    for rows, triangles in parts:
        fibres[rows, :2] = circle[rows] * _circle_radius(vertices, circle, triangles)
    return fibres


def _circle_radius(
    vertices: NDArray[np.float32], circle: NDArray[np.float32], triangles: NDArray[np.int32]
) -> np.float32:
    """Size of the circle at which a bundle is one unit, from how fast the surface goes round it."""
    first, second = (vertices[triangles[:, k]] - vertices[triangles[:, 0]] for k in (1, 2))
    turn_1, turn_2 = (circle[triangles[:, k]] - circle[triangles[:, 0]] for k in (1, 2))
    aa, bb, ab = (np.einsum("ij,ij->i", u, v) for u, v in ((first, first), (second, second), (first, second)))
    square = aa * bb - ab * ab  # four times the square of the area
    kept = square > 1e-6
    tt, uu, tu = (
        np.einsum("ij,ij->i", u, v) for u, v in ((turn_1, turn_1), (turn_2, turn_2), (turn_1, turn_2))
    )
    # The length of the gradient of the circle's coordinates on each triangle.
    steep = np.sqrt(np.maximum(bb * tt - 2.0 * ab * tu + aa * uu, 0.0)[kept])
    if not len(steep) or float(steep.sum()) <= 0.0:
        return np.float32(0.0)
    rate = float(steep.sum() / np.sqrt(square[kept]).sum())
    return np.float32(min(1.0 / (rate * BUNDLE_MM), _MOST_BUNDLES))
