"""From millimetres to pixels and back: the one place that knows the picture's size and the screen's density.

Pixels here are logical ones as Qt counts them: from the top left corner, y down, fractions allowed. A pose
and a size fully determine the picture, so neither direction ever asks VTK.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.scene.camera import VIEW_ANGLE_DEG, CameraPose


@dataclass(frozen=True, slots=True)
class Screen:
    """Size of a picture.

    Attributes
    ----------
    width, height : float
        Logical pixels.
    ratio : float
        Device pixels per logical pixel.
    """

    width: float
    height: float
    ratio: float = 1.0

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / max(self.height, 1.0)

    @property
    def device_size(self) -> tuple[int, int]:
        """Width and height in device pixels, rounded as Qt rounds them."""
        return max(1, round(self.width * self.ratio)), max(1, round(self.height * self.ratio))

    def from_device(self, x: float, y_up: float) -> tuple[float, float]:
        """Logical pixel of a device pixel's place as VTK counts it: from the bottom left."""
        return x / self.ratio, self.height - y_up / self.ratio

    def to_device(self, x: float, y: float) -> tuple[float, float]:
        """Place in device pixels from the bottom left, as VTK counts it, of a logical pixel."""
        return x * self.ratio, (self.height - y) * self.ratio

    def from_middle(self, x: float, y: float) -> tuple[float, float]:
        """Offset of a pixel from the middle, right and up, in parts of the height."""
        height = max(self.height, 1.0)
        return (x - self.width / 2.0) / height, (self.height / 2.0 - y) / height


@dataclass(frozen=True, slots=True)
class Ray:
    """A half line in millimetres: where it starts and its unit direction."""

    origin_mm: tuple[float, float, float]
    direction: tuple[float, float, float]


def project(points_mm: NDArray[np.floating], pose: CameraPose, screen: Screen) -> NDArray[np.float64]:
    """Pixels of points.

    Parameters
    ----------
    points_mm : ndarray, shape (k, 3)

    Returns
    -------
    ndarray of float64, shape (k, 3)
        Logical x, logical y, and depth in millimetres in front of the viewer (negative behind).
    """
    apart = np.asarray(points_mm, dtype=np.float64).reshape(-1, 3) - pose.position_mm
    depth = -(apart @ pose.backward)
    if pose.parallel:
        scale: NDArray[np.float64] | float = screen.height / pose.height_mm
    else:
        scale = screen.height / 2.0 / math.tan(math.radians(VIEW_ANGLE_DEG / 2.0)) / _away_from_zero(depth)
    x = screen.width / 2.0 + (apart @ pose.right) * scale
    y = screen.height / 2.0 - (apart @ pose.up) * scale
    return np.stack((x, y, depth), axis=1)


def ray_through(x: float, y: float, pose: CameraPose, screen: Screen) -> Ray:
    """Ray of everything seen at a logical pixel."""
    right, up = screen.from_middle(x, y)
    side = (pose.right * right + pose.up * up) * pose.height_mm
    if pose.parallel:
        origin, direction = pose.position_mm + side, -pose.backward
    else:
        origin = pose.position_mm
        direction = side - pose.backward * pose.distance_mm
        direction = direction / np.linalg.norm(direction)
    first, second = origin.tolist(), direction.tolist()
    return Ray((first[0], first[1], first[2]), (second[0], second[1], second[2]))


def pixels_per_mm(pose: CameraPose, screen: Screen) -> float:
    """Logical pixels per millimetre at the focal point."""
    return screen.height / pose.height_mm


def _away_from_zero(depth: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.abs(depth) < 1e-6, 1e-6, depth)
