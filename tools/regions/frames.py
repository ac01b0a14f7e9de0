"""Coordinates that follow a part of the body: along and around a limb, and up the spine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.canvas import Field, Point


def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale a vector to length one."""
    return np.asarray(vector / np.linalg.norm(vector))


@dataclass(frozen=True, eq=False)
class LimbFrame:
    """Cylinder coordinates about the axis from `start` to `end` of a limb segment.

    Attributes
    ----------
    start, end : Point
        Ends of the axis, proximal first.
    zero : ndarray, shape (3,)
        Direction of angle 0 (made perpendicular to the axis).
    ninety : ndarray, shape (3,)
        A direction on the side of angle +90.
    """

    start: Point
    end: Point
    zero: NDArray[np.float64]
    ninety: NDArray[np.float64]

    @property
    def length(self) -> float:
        """Length of the axis in millimetres."""
        return float(np.linalg.norm(self.end - self.start))

    def along(self, places: NDArray[np.float64]) -> Field:
        """Millimetres from the start, measured along the axis."""
        return np.asarray((places - self.start) @ unit(self.end - self.start))

    def angle(self, places: NDArray[np.float64]) -> Field:
        """Degrees around the axis, -180 to 180."""
        axis = unit(self.end - self.start)
        zero = unit(self.zero - axis * (self.zero @ axis))
        side = np.cross(axis, zero)
        side = side if side @ self.ninety > 0 else -side
        offset = places - self.start
        return np.asarray(np.degrees(np.arctan2(offset @ side, offset @ zero)))

    def radius(self, places: NDArray[np.float64]) -> Field:
        """Millimetres from the axis."""
        axis = unit(self.end - self.start)
        offset = places - self.start
        return np.asarray(np.linalg.norm(offset - np.outer(offset @ axis, axis), axis=1))


def turned(angle: Field | float, base: Field | float) -> Field:
    """Degrees from `base` to `angle`, brought into -180 to 180."""
    return np.asarray((np.asarray(angle) - base + 180.0) % 360.0 - 180.0)


def level_along(line: NDArray[np.float64], places: NDArray[np.float64]) -> Field:
    """Place on a line of (front, up) points, in units of its points, found through planes square to it.

    Parameters
    ----------
    line : ndarray, shape (k, 2)
        From top to bottom, such as the spinous processes.
    places : ndarray, shape (n, 3)

    Returns
    -------
    Field
        0 at the first point, k - 1 at the last; extrapolated beyond both.
    """
    tangents = np.gradient(line, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    # Tangents blended with straight down keep the planes from crossing inside the body.
    tangents = tangents + np.asarray((0.0, -1.0))
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    ahead = np.stack(
        [(places[:, 1:] - point) @ tangent for point, tangent in zip(line, tangents, strict=True)], axis=1
    )
    low = np.clip((ahead > 0).sum(axis=1) - 1, 0, len(line) - 2)
    rows = np.arange(len(places))
    before, after = ahead[rows, low], ahead[rows, low + 1]
    return np.asarray(low + before / np.where(before - after == 0, 1.0, before - after))
