"""Vessels and nerves: tubes along places that bones carry."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from heart import ball_triangles
from places import FittedPlaces
from skin_case import SkinCase
from structures import Piece

Floats = NDArray[np.float64]

FOLDER = Path(__file__).parent / "tubes"
RINGS, SIDES = 44, 8
LEAST_COVER_MM = 1.5
"""A tube keeps at least so much under the skin, whatever its path says."""
SOFT_MM, LEAST_PUSH_MM = 1.0, 0.02
COVER_ROUNDS = 5


@dataclass(frozen=True)
class Tube:
    """A vessel or nerve of the left side.

    Attributes
    ----------
    id : str
    kind : str
        "vessel" or "nerve".
    radius_mm : float
    path : tuple of str
        Place expressions, from the trunk outwards.
    """

    id: str
    kind: str
    radius_mm: float
    path: tuple[str, ...]


@cache
def read_tubes() -> tuple[Tube, ...]:
    """Every tube of the tables, in order of file and place in it."""
    return tuple(
        Tube(name, entry["kind"], float(entry["radius_mm"]), tuple(entry["path"]))
        for path in sorted(FOLDER.glob("*.toml"))
        for name, entry in tomllib.loads(path.read_text()).items()
    )


def make_tubes(case: SkinCase, places: FittedPlaces) -> list[Piece]:
    """Tubes of one body."""
    tubes = read_tubes()
    lines = np.stack([smooth_line(places.polyline(list(tube.path))) for tube in tubes])
    lines = covered(case, lines, np.array([tube.radius_mm for tube in tubes]))
    return [
        Piece(tube.id, tube.kind, False, *tube_surface(line, tube.radius_mm))
        for tube, line in zip(tubes, lines, strict=True)
    ]


def smooth_line(points: Floats) -> Floats:
    """`RINGS` points evenly along a smooth curve through points, shape (RINGS, 3)."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    # Centripetal: steps count by their root, so that the curve makes no loops at close points.
    at = np.concatenate(([0.0], np.cumsum(np.sqrt(steps))))
    curve = CubicSpline(at, points, bc_type="natural")(np.linspace(0.0, at[-1], 8 * RINGS))
    length = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))))
    even = np.linspace(0.0, length[-1], RINGS)
    return np.stack([np.interp(even, length, curve[:, axis]) for axis in range(3)], axis=1)


def covered(case: SkinCase, lines: Floats, radius_mm: Floats) -> Floats:
    """Lines pressed inwards where their tubes would come through the skin, shape (tubes, RINGS, 3)."""
    for _ in range(COVER_ROUNDS):
        points = lines.reshape(-1, 3)
        _, normals, _ = case.nearest(points)
        short = radius_mm[:, None] + LEAST_COVER_MM - case.depth_mm(points).reshape(lines.shape[:2])
        push = np.maximum(SOFT_MM * np.logaddexp(0.0, short / SOFT_MM) - LEAST_PUSH_MM, 0.0)
        spread = np.pad(push, ((0, 0), (2, 2)), mode="edge")
        push = np.mean([spread[:, k : k + RINGS] for k in range(5)], axis=0)
        lines = lines - normals.reshape(lines.shape) * push[..., None]
    return lines


def tube_surface(line: Floats, radius_mm: float) -> tuple[Floats, NDArray[np.int64]]:
    """Vertices and triangles of a tube with rounded ends."""
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.zeros_like(line)
    first = np.cross(along[0], (0.31, 0.87, 0.38))
    side[0] = first / np.linalg.norm(first)
    for k in range(1, len(line)):
        turned = side[k - 1] - (side[k - 1] @ along[k]) * along[k]
        side[k] = turned / np.linalg.norm(turned)
    other = np.cross(along, side)
    angle = np.arange(SIDES) * (2.0 * np.pi / SIDES)
    round_ = np.cos(angle)[:, None] * side[:, None] + np.sin(angle)[:, None] * other[:, None]
    rings = (line[:, None] + radius_mm * round_).reshape(-1, 3)
    tips = line[[0, -1]] + along[[0, -1]] * np.array([[-0.6], [0.6]]) * radius_mm
    points = np.concatenate((tips[:1], rings, tips[1:]))
    return points, ball_triangles(len(line), SIDES)[:, ::-1]
