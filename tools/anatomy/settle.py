"""Bring points to a wanted depth under the skin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skin_case import SkinCase

Floats = NDArray[np.float64]

ROUNDS = 4


def settled(
    case: SkinCase,
    points: Floats,
    depth_mm: Floats | float,
    along: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> Floats:
    """Points moved square to the skin until they lie so deep, shape (k, 3).

    Parameters
    ----------
    case : SkinCase
    points : ndarray, shape (k, 3)
    depth_mm : ndarray, shape (k,), or float
    along : tuple of 3 float
        Share of each axis in the movement; zero keeps a coordinate.
    """
    for _ in range(ROUNDS):
        _, normals, _ = case.nearest(points)
        short = case.depth_mm(points) - depth_mm
        points = points + normals * np.asarray(along) * short[:, None]
    return points


def fat_above(case: SkinCase, points: Floats) -> Floats:
    """Skin and fat at the places of the skin nearest to points, shape (k,)."""
    return np.asarray(case.fat_mm[case.nearest(points)[2]])
