"""The vertebral canal and the spinal cord: left halves of tubes down the middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from piece import grid_triangles
from places import FittedPlaces

Floats = NDArray[np.float64]

VERTEBRAE = tuple(
    f"{part}{k}" for part, count in (("c", 7), ("t", 12), ("l", 5)) for k in range(1, count + 1)
)
LEVELS = ("skull", *VERTEBRAE, "sacrum")
COLUMNS, STEPS_PER_LEVEL = 13, 4
CANAL_MM = {"skull": (15.0, 16.0), "c1": (13.0, 9.5), "c3": (11.5, 7.0), "c6": (12.0, 7.0), "t1": (10.0, 7.5),
            "t6": (8.0, 7.5), "t12": (10.5, 8.0), "l3": (11.5, 8.0), "l5": (12.5, 8.0),
            "sacrum": (5.0, 3.5)}  # fmt: skip
"""Half width and half depth of the average man's canal, from the skull to the end of the dural sac."""
CORD_MM = {"skull": (6.0, 5.0), "c1": (5.7, 4.2), "c5": (6.8, 4.0), "t1": (5.2, 3.8), "t6": (4.3, 3.6),
           "t11": (5.0, 4.2), "l1": (3.6, 3.2), "l2": (1.0, 1.0)}  # fmt: skip
"""Half width and half depth of the cord, down to the tip of the conus at L1 to L2."""


def canal_surface(
    places: FittedPlaces, sizes: dict[str, tuple[float, float]], size: float
) -> tuple[Floats, NDArray[np.int64]]:
    """Left half of a tube through the canal, its edge on x = 0: vertices and triangles.

    Parameters
    ----------
    places : FittedPlaces
    sizes : dict of str to tuple of 2 float
        Half width and half depth at levels, from the first to the last of which the tube runs.
    size : float
        1 in the average man.
    """
    known = list(sizes)
    first, last = LEVELS.index(known[0]), LEVELS.index(known[-1])
    levels = LEVELS[first : last + 1]
    centres = np.array([places.point(f"{level}.canal_centre") for level in levels]) * (0.0, 1.0, 1.0)
    at = np.array([LEVELS.index(level) - first for level in known], dtype=np.float64)
    steps = np.linspace(0.0, len(levels) - 1.0, (len(levels) - 1) * STEPS_PER_LEVEL + 1)
    half = (
        np.stack([np.interp(steps, at, values) for values in np.array(list(sizes.values())).T], axis=1) * size
    )
    line = CubicSpline(np.arange(len(levels)), centres)
    middle, down = line(steps), line(steps, 1)
    down /= np.linalg.norm(down, axis=1, keepdims=True)
    forward = np.cross((1.0, 0.0, 0.0), down)
    forward *= np.sign(forward[:, 1:2])
    angle = np.linspace(0.0, np.pi, COLUMNS)
    rings = (middle[:, None] + half[:, None, 1:] * np.cos(angle)[:, None] * forward[:, None]
             - half[:, None, :1] * np.sin(angle)[:, None] * np.array([1.0, 0.0, 0.0]))  # fmt: skip
    rings[:, [0, -1], 0] = 0.0
    ends = middle[[0, -1]]
    grid = grid_triangles(len(steps), COLUMNS, wrap=False)
    column = np.arange(COLUMNS - 1)
    top, bottom = len(steps) * COLUMNS, len(steps) * COLUMNS + 1
    lid = np.stack((np.full_like(column, top), column, column + 1), axis=1)
    start = (len(steps) - 1) * COLUMNS
    base = np.stack((np.full_like(column, bottom), start + column + 1, start + column), axis=1)
    return np.concatenate((rings.reshape(-1, 3), ends)), np.concatenate((grid, lid, base))
