"""The heart: an egg in an ellipsoid, leaning to the left, set between the breastbone and the spine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chest import Chest
from piece import grid_triangles

Floats = NDArray[np.float64]

HALF_AXES_MM = (79.0, 57.0, 42.0)
"""Half length, half breadth and half thickness in a chest of the standard width."""
LONG_AXIS = (-0.66, 0.45, -0.60)
"""From the base to the apex: to the left, forwards and down."""
FORWARD_SHARE, LEFT_MM = 0.575, 18.0
PERICARDIUM_MM = 2.5
ROWS, COLUMNS = 20, 28
TAPER = 0.22
"""The apex is so much narrower than the middle."""


@dataclass(frozen=True, eq=False)
class Ellipsoid:
    """An ellipsoid.

    Attributes
    ----------
    centre : ndarray, shape (3,)
    axes : ndarray, shape (3, 3)
        Half axes, one a row.
    """

    centre: Floats
    axes: Floats

    @property
    def height(self) -> float:
        """Extent from top to bottom."""
        return 2.0 * float(np.linalg.norm(self.axes[:, 2]))

    def mirrored(self) -> Ellipsoid:
        """Its mirror image."""
        return Ellipsoid(self.centre * (-1.0, 1.0, 1.0), self.axes * (-1.0, 1.0, 1.0))

    def grown(self, mm: float) -> Ellipsoid:
        """Return the ellipsoid with each half axis so much longer."""
        lengths = np.linalg.norm(self.axes, axis=1, keepdims=True)
        return Ellipsoid(self.centre, self.axes * (lengths + mm) / lengths)

    def left_extent(self, y: Floats, z: Floats) -> Floats:
        """How far it reaches to the left of the midline at depths and heights; far below zero beside it."""
        inverse = np.linalg.inv(self.axes)
        # |d @ inverse| = 1 with d = point - centre: a quadratic equation in x.
        rest = np.stack((np.zeros_like(y), y - self.centre[1], z - self.centre[2]), axis=-1) @ inverse
        first = inverse[0]
        a, b, c = first @ first, rest @ first, np.einsum("...i,...i->...", rest, rest) - 1.0
        inside = b * b - a * c
        x = (-b - np.sqrt(np.maximum(inside, 0.0))) / a + self.centre[0]
        return np.asarray(-x - 60.0 * np.maximum(-inside, 0.0))


def heart_ellipsoid(chest: Chest) -> Ellipsoid:
    """Return what the heart takes up."""
    size = chest.scale
    long = np.array(LONG_AXIS) / np.linalg.norm(LONG_AXIS)
    broad = np.cross(long, (0.0, 1.0, 0.0))
    broad /= np.linalg.norm(broad)
    thick = np.cross(broad, long)
    z = chest.skeleton["t7"][:, 2].mean() - 6.0
    back, front = float(chest.spine_front(np.array(z))), float(chest.breastbone_back(np.array(z)))
    centre = np.array([-LEFT_MM * size, back + FORWARD_SHARE * (front - back), z])
    return Ellipsoid(centre, np.stack((long, broad, thick)) * (np.array(HALF_AXES_MM) * size)[:, None])


def heart_surface(ellipsoid: Ellipsoid) -> tuple[Floats, NDArray[np.int64]]:
    """Vertices and triangles of the heart's outline."""
    polar = np.linspace(0.0, np.pi, ROWS + 2)[1:-1, None]
    around = np.arange(COLUMNS) * (2.0 * np.pi / COLUMNS)
    long = np.cos(polar) * np.ones(COLUMNS)
    width = np.sin(polar) * (1.0 - TAPER * np.clip(long, 0.0, 1.0))
    unit = np.stack((long, width * np.cos(around), width * np.sin(around)), axis=-1).reshape(-1, 3)
    unit = np.concatenate(([[1.0, 0.0, 0.0]], unit, [[-1.0, 0.0, 0.0]]))
    return ellipsoid.centre + unit @ ellipsoid.axes, ball_triangles(ROWS, COLUMNS)[:, ::-1]


def ball_triangles(rows: int, columns: int) -> NDArray[np.int64]:
    """Triangles of rings of vertices between two poles, the first and the last vertex, shape (m, 3)."""
    ring = np.arange(columns)
    after = np.roll(ring, -1)
    grid = grid_triangles(rows, columns, wrap=True) + 1
    last = 1 + (rows - 1) * columns
    first_pole = np.stack((np.zeros_like(ring), ring + 1, after + 1), axis=1)
    last_pole = np.stack((np.full_like(ring, last + columns), after + last, ring + last), axis=1)
    return np.concatenate((grid, first_pole, last_pole))
