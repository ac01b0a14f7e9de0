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

    The place across the fibres is put on a circle, so that a belly, whose last column of vertices meets its first,
    has no seam. The circle's size is chosen so that one unit of it is one bundle of fibres on the real muscle.

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
    """Size of the circle at which a bundle is one unit: from how fast it turns across the larger triangles."""
    ends = triangles[:, (1, 2, 0)]
    lengths = np.linalg.norm(vertices[ends] - vertices[triangles], axis=2)
    turns = np.linalg.norm(circle[ends] - circle[triangles], axis=2)
    # Edges along the fibres do not turn; the others say how much a millimetre across is.
    across = turns > 0.5 * turns.max(axis=1, keepdims=True)
    across &= turns > 1e-3
    if not across.any():
        return np.float32(0.0)
    rate = float(turns[across].sum() / max(lengths[across].sum(), 1e-6))
    return np.float32(min(1.0 / (rate * BUNDLE_MM), _MOST_BUNDLES))
