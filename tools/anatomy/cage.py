"""The outside of the ribs as one smooth surface, and the room between it and a bone upon it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Floats = NDArray[np.float64]

WINDOW_MM = 12.0
"""Ribs so near, up and around, make the surface at a place."""
OUTER_MM = 3.0
"""The smaller, the more the outermost of them count."""


class Cage:
    """Outside of the left ribs, around an upright axis inside the chest.

    Parameters
    ----------
    ribs : list of ndarray, shape (n, 3)
        Vertices of fitted ribs.
    """

    def __init__(self, ribs: list[Floats]) -> None:
        points = np.concatenate(ribs)
        low, high = points.min(axis=0), points.max(axis=0)
        self._axis = np.array([0.25 * low[0], 0.5 * (low[1] + high[1])])
        self._around, self._radius = self._cylinder(points)
        self._mean_radius = float(self._radius.mean())

    def gap_mm(self, points: Floats) -> Floats:
        """How far points stand outside the ribs, shape (k,); far above or below them it says little."""
        around, radius = self._cylinder(points)
        scale = (100.0, 1.0)
        near = cdist(around * scale, self._around * scale, "sqeuclidean") / (-2.0 * WINDOW_MM**2)
        weight = near + self._radius / OUTER_MM
        weight = np.exp(weight - weight.max(axis=1, keepdims=True))
        return np.asarray(radius - (weight @ self._radius) / weight.sum(axis=1))

    def short_of(self, points: Floats, bone: Floats, gap_mm: float) -> Floats:
        """How far points must go inwards to leave a gap to a bone outside them, shape (k,)."""
        around, radius = self._cylinder(points)
        bone_around, bone_radius = self._cylinder(bone)
        scale = (100.0, 1.0)
        apart = cdist(around * scale, bone_around * scale)
        inner = np.where(apart < WINDOW_MM, bone_radius, np.inf).min(axis=1)
        return np.maximum(radius + gap_mm - inner, 0.0)

    def inwards(self, points: Floats, way_mm: Floats) -> Floats:
        """Points moved level towards the axis, shape (k, 3)."""
        level = self._axis - points[:, :2]
        level = level / np.linalg.norm(level, axis=1, keepdims=True) * way_mm[:, None]
        return points + np.concatenate((level, np.zeros((len(points), 1))), axis=1)

    def _cylinder(self, points: Floats) -> tuple[Floats, Floats]:
        level = points[:, :2] - self._axis
        turn = np.arctan2(level[:, 1], -level[:, 0])
        return np.stack((turn, points[:, 2]), axis=1), np.asarray(np.linalg.norm(level, axis=1))
