"""Where the viewer stands: a frozen pose, and the pure moves that give a new one.

The camera is a turntable: it looks at a focal point, up stays up, and it never tips over the pole. Azimuth 0
faces the front of the body, 90 its right side, 180 its back, -90 its left side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Posture

VIEW_ANGLE_DEG = 20.0
MAX_ELEVATION_DEG = 85.0
MIN_HEIGHT_MM = 40.0
MAX_HEIGHT_MM = 4000.0
PLACE_HEIGHT_MM = 450.0
AZIMUTHS_DEG = {"front": 0.0, "back": 180.0, "left": -90.0, "right": 90.0}
"""Preset views; "left" shows the subject's left side."""

_TABLE_DEG = 84.0
_STEEP_DEG = 50.0
_TABLE_VIEWS: dict[Posture, dict[str, tuple[float, float]]] = {
    Posture.PRONE: {
        "back": (180.0, _TABLE_DEG),
        "front": (0.0, -_TABLE_DEG),
        "left": (-90.0, 12.0),
        "right": (90.0, 12.0),
    },
    Posture.SUPINE: {
        "front": (0.0, _TABLE_DEG),
        "back": (180.0, -_TABLE_DEG),
        "left": (-90.0, 12.0),
        "right": (90.0, 12.0),
    },
    Posture.LEFT_UP: {
        "left": (180.0, _TABLE_DEG),
        "right": (0.0, -_TABLE_DEG),
        "front": (0.0, 12.0),
        "back": (180.0, 12.0),
    },
    Posture.RIGHT_UP: {
        "right": (180.0, _TABLE_DEG),
        "left": (0.0, -_TABLE_DEG),
        "front": (0.0, 12.0),
        "back": (180.0, 12.0),
    },
}
_TABLE_VIEWS[Posture.PRONE_HANGING] = _TABLE_VIEWS[Posture.PRONE]

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class CameraPose:
    """A viewer's place, in millimetres, RAS.

    Attributes
    ----------
    focal_mm : tuple of 3 float
        What the middle of the picture looks at.
    azimuth_deg, elevation_deg : float
        Direction from the focal point to the viewer.
    height_mm : float
        Height of the picture where it passes through the focal point.
    parallel : bool
        Without perspective, for print.
    """

    focal_mm: Point = (0.0, 0.0, 900.0)
    azimuth_deg: float = 0.0
    elevation_deg: float = 0.0
    height_mm: float = 1900.0
    parallel: bool = False

    @property
    def distance_mm(self) -> float:
        """Distance of the viewer from the focal point."""
        if self.parallel:
            return MAX_HEIGHT_MM  # any place outside the body gives the same picture
        return self.height_mm / 2.0 / math.tan(math.radians(VIEW_ANGLE_DEG / 2.0))

    @property
    def backward(self) -> NDArray[np.float64]:
        """Unit vector from the focal point to the viewer, shape (3,), read-only."""
        return _axes(self.azimuth_deg, self.elevation_deg)[0]

    @property
    def right(self) -> NDArray[np.float64]:
        """Unit vector to the right of the picture, shape (3,), read-only."""
        return _axes(self.azimuth_deg, self.elevation_deg)[1]

    @property
    def up(self) -> NDArray[np.float64]:
        """Unit vector to the top of the picture, shape (3,), read-only."""
        return _axes(self.azimuth_deg, self.elevation_deg)[2]

    @property
    def position_mm(self) -> NDArray[np.float64]:
        """The viewer's place, shape (3,)."""
        return np.asarray(self.focal_mm) + self.backward * self.distance_mm


@lru_cache(maxsize=64)
def _axes(azimuth_deg: float, elevation_deg: float) -> tuple[NDArray[np.float64], ...]:
    """Backward, right and up; kept, because one pose is asked for them many times a frame."""
    azimuth, elevation = math.radians(azimuth_deg), math.radians(elevation_deg)
    flat = math.cos(elevation)
    backward = (math.sin(azimuth) * flat, math.cos(azimuth) * flat, math.sin(elevation))
    right = (-math.cos(azimuth), math.sin(azimuth), 0.0)
    axes = np.asarray((backward, right, np.cross(backward, right)), dtype=np.float64)
    axes.flags.writeable = False
    return axes[0], axes[1], axes[2]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box around the body, millimetres, RAS."""

    low: Point
    high: Point

    @property
    def centre(self) -> Point:
        """Middle of the box."""
        x, y, z = ((a + b) / 2.0 for a, b in zip(self.low, self.high, strict=True))
        return (x, y, z)

    @property
    def radius_mm(self) -> float:
        """Half the box's diagonal."""
        return math.dist(self.low, self.high) / 2.0


def bounds_of(vertices: NDArray[np.floating]) -> Bounds:
    """Box around vertices of shape (n, 3)."""
    low, high = vertices.min(axis=0).tolist(), vertices.max(axis=0).tolist()
    return Bounds((low[0], low[1], low[2]), (high[0], high[1], high[2]))


def view_angles(name: str, posture: Posture = Posture.APART) -> tuple[float, float]:
    """Azimuth and elevation of a preset view, degrees: of a lying body one side is seen from above.

    Raises
    ------
    KeyError
        There is no such view.
    """
    upright = (AZIMUTHS_DEG[name], 0.0)
    return _TABLE_VIEWS.get(posture, {}).get(name, upright)


def upper_view(posture: Posture) -> str:
    """Name of the view that shows the side which lies on top; the front of an upright body."""
    views = _TABLE_VIEWS.get(posture, {"front": (0.0, 0.0)})
    return max(views, key=lambda name: views[name][1])


def preset(
    name: str,
    bounds: Bounds,
    aspect: float,
    parallel: bool = False,
    free_below: float = 0.0,
    posture: Posture = Posture.APART,
) -> CameraPose:
    """Whole body seen from one side, fitted to the picture.

    Parameters
    ----------
    name : str
        ``"front"``, ``"back"``, ``"left"`` or ``"right"``.
    bounds : Bounds
    aspect : float
        Width over height of the picture.
    parallel : bool
    free_below : float
        Share of the picture's height to keep free at its lower edge.
    posture : Posture
        How the body stands or lies.

    Raises
    ------
    KeyError
        There is no such view.
    """
    azimuth, elevation = view_angles(name, posture)
    pose = CameraPose(azimuth_deg=azimuth, elevation_deg=elevation)
    span = np.asarray(bounds.high) - np.asarray(bounds.low)
    width, height, depth = (float(np.abs(axis) @ span) for axis in (pose.right, pose.up, pose.backward))
    # The near side of the body comes closer than the focal point: leave it room.
    needed = max(height / (1.0 - free_below), width / max(aspect, 0.05))
    nearer = depth * math.tan(math.radians(VIEW_ANGLE_DEG / 2.0))
    fitted = _clamped_height(max(1.09 * needed, 1.03 * needed + nearer))
    focal = np.asarray(bounds.centre) - pose.up * (fitted * free_below / 2.0)
    return CameraPose(_point(focal), azimuth, elevation, fitted, parallel)


def orbit(pose: CameraPose, azimuth_deg: float, elevation_deg: float) -> CameraPose:
    """Walk around the focal point; the elevation stops short of the poles."""
    elevation = max(-MAX_ELEVATION_DEG, min(MAX_ELEVATION_DEG, pose.elevation_deg + elevation_deg))
    return replace(pose, azimuth_deg=_wrapped(pose.azimuth_deg + azimuth_deg), elevation_deg=elevation)


def pan(pose: CameraPose, right: float, up: float, bounds: Bounds) -> CameraPose:
    """Move the picture's content, in parts of the picture's height; the focal point stays by the body."""
    shift = -(pose.right * right + pose.up * up) * pose.height_mm
    return replace(pose, focal_mm=_kept_near(np.asarray(pose.focal_mm) + shift, bounds))


def zoom(pose: CameraPose, factor: float, cursor: tuple[float, float], bounds: Bounds) -> CameraPose:
    """Come nearer (factor above 1) or back off, keeping what lies under the cursor there.

    Parameters
    ----------
    cursor : tuple of 2 float
        From the picture's middle, right and up, in parts of its height.
    """
    height = _clamped_height(pose.height_mm / factor)
    gained = pose.height_mm - height
    shift = (pose.right * cursor[0] + pose.up * cursor[1]) * gained
    return replace(pose, focal_mm=_kept_near(np.asarray(pose.focal_mm) + shift, bounds), height_mm=height)


def facing(
    point_mm: Sequence[float], normal: Sequence[float], height_mm: float = PLACE_HEIGHT_MM
) -> CameraPose:
    """Look at a place of the skin as one would step up to it.

    The viewer stands square to it around the body. Up and down he only leans, so that head and shoulders do
    not come between; soles and the crown, which face up or down altogether, are seen from there.
    """
    x, y, z = (float(value) for value in normal)
    flat = math.hypot(x, y)
    elevation = math.degrees(math.atan2(z, flat))
    azimuth = math.degrees(math.atan2(x, y)) if flat > 1e-6 else 0.0
    steep = min(1.0, max(0.0, (abs(elevation) - 55.0) / 25.0))
    leaned = elevation * (0.45 + 0.55 * steep * steep * (3.0 - 2.0 * steep))
    limited = max(-MAX_ELEVATION_DEG, min(MAX_ELEVATION_DEG, leaned))
    return CameraPose(_point(point_mm), _wrapped(azimuth), limited, _clamped_height(height_mm))


def facing_table(
    point_mm: Sequence[float], normal: Sequence[float], posture: Posture, height_mm: float = PLACE_HEIGHT_MM
) -> CameraPose:
    """Look at a place of a lying body as one bends over it: its head where the view from above has it."""
    x, y, z = (float(value) for value in normal)
    elevation = math.degrees(math.atan2(z, math.hypot(x, y)))
    azimuth = math.degrees(math.atan2(x, y))
    if elevation > _STEEP_DEG:
        azimuth, _ = view_angles(upper_view(posture), posture)
    limited = max(-MAX_ELEVATION_DEG, min(MAX_ELEVATION_DEG, elevation))
    return CameraPose(_point(point_mm), _wrapped(azimuth), limited, _clamped_height(height_mm))


def blend(start: CameraPose, end: CameraPose, share: float) -> CameraPose:
    """Pose on the way between two, the shorter way around; 0 gives the start and 1 the end exactly."""
    if share <= 0.0:
        return start
    if share >= 1.0:
        return end
    eased = share * share * (3.0 - 2.0 * share)
    turn = _wrapped(end.azimuth_deg - start.azimuth_deg)
    tilt = end.elevation_deg - start.elevation_deg
    focal = np.asarray(start.focal_mm) * (1.0 - eased) + np.asarray(end.focal_mm) * eased
    return CameraPose(
        focal_mm=_point(focal),
        azimuth_deg=_wrapped(start.azimuth_deg + turn * eased),
        elevation_deg=start.elevation_deg + tilt * eased,
        height_mm=math.exp(math.log(start.height_mm) * (1.0 - eased) + math.log(end.height_mm) * eased),
        parallel=end.parallel,
    )


def clipping_range(pose: CameraPose, bounds: Bounds) -> tuple[float, float]:
    """Nearest and farthest depth in which the body can lie, millimetres from the viewer."""
    depth = float((pose.position_mm - np.asarray(bounds.centre)) @ pose.backward)
    reach = bounds.radius_mm + 50.0
    far = max(depth + reach, 20.0)
    return max(depth - reach, far / 500.0, 5.0), far


def _wrapped(angle_deg: float) -> float:
    """Bring an angle into [-180, 180)."""
    return (angle_deg + 180.0) % 360.0 - 180.0


def _clamped_height(height_mm: float) -> float:
    return max(MIN_HEIGHT_MM, min(MAX_HEIGHT_MM, height_mm))


def _kept_near(focal: NDArray[np.floating], bounds: Bounds) -> Point:
    return _point(np.clip(focal, np.asarray(bounds.low) - 100.0, np.asarray(bounds.high) + 100.0))


def _point(values: Sequence[float] | NDArray[np.floating]) -> Point:
    x, y, z = (float(value) for value in values)
    return (x, y, z)
