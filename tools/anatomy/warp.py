"""Smooth maps of space through pairs of points, symmetric about the midline."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import RBFInterpolator

Floats = NDArray[np.float64]

MIRROR = np.array([-1.0, 1.0, 1.0])
ON_MIDLINE_MM = 1e-6
SCALE_MM = 100.0
"""Lengths are measured in this unit while solving, which keeps the equations well conditioned."""


@dataclass
class Pairs:
    """Points of the source and where they shall go, of the left half or on the midline; millimetres."""

    sources: list[Floats] = field(default_factory=list)
    targets: list[Floats] = field(default_factory=list)
    softness: list[float] = field(default_factory=list)

    def add(self, source: ArrayLike, target: ArrayLike, softness: float = 0.0) -> None:
        """Add one pair; the softer, the less exactly it is met."""
        self.sources.append(np.asarray(source, dtype=np.float64))
        self.targets.append(np.asarray(target, dtype=np.float64))
        self.softness.append(softness)

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(
            self.sources + other.sources, self.targets + other.targets, self.softness + other.softness
        )


class Warp:
    """Thin-plate spline through pairs and their mirror images: it keeps the midline on the midline.

    Parameters
    ----------
    pairs : Pairs
    """

    def __init__(self, pairs: Pairs) -> None:
        sources, targets = np.array(pairs.sources), np.array(pairs.targets)
        softness = np.array(pairs.softness)
        off = np.abs(sources[:, 0]) > ON_MIDLINE_MM
        sources = np.concatenate((sources, sources[off] * MIRROR)) / SCALE_MM
        targets = np.concatenate((targets, targets[off] * MIRROR)) / SCALE_MM
        self._spline = RBFInterpolator(
            sources, targets, kernel="thin_plate_spline", degree=1, smoothing=np.r_[softness, softness[off]]
        )

    def __call__(self, points: Floats) -> Floats:
        """Where points go, shape (k, 3); points on the midline stay on it exactly."""
        moved = SCALE_MM * self._spline(np.atleast_2d(points) / SCALE_MM)
        moved[np.abs(np.atleast_2d(points)[:, 0]) < ON_MIDLINE_MM, 0] = 0.0
        return np.asarray(moved)
