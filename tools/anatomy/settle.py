"""Bring points to a wanted depth under the skin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skin_case import SkinCase

Floats = NDArray[np.float64]

ROUNDS = 3


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


def sunk(case: SkinCase, points: Floats, least_mm: Floats, along: tuple[float, float, float]) -> Floats:
    """Points moved square away from the skin where they do not lie so deep, shape (k, 3)."""
    for _ in range(ROUNDS):
        short = np.maximum(least_mm - case.depth_mm(points), 0.0)
        points = points - case.nearest(points)[1] * np.asarray(along) * short[:, None]
    return points


def fat_above(case: SkinCase, points: Floats) -> Floats:
    """Skin and fat at the places of the skin nearest to points, shape (k,)."""
    return np.asarray(case.fat_mm[case.nearest(points)[2]])
