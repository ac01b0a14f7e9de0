"""The inside of the rib cage as a smooth surface, and the marks that pleura and heart are placed by.

Everything is worked out on the left side: angles run about the axis of the left half of the chest, 0 in
front, a right angle to the side, a half turn behind. The right side is the mirror image.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator, RectBivariateSpline
from scipy.sparse.linalg import spsolve

from bodymap.geometry.surfaces import vertex_normals
from skeleton import read_source

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

RIBS = tuple(f"rib_{k}" for k in range(1, 13))
AXIS_RIBS = ("rib_1", "rib_3", "rib_5", "rib_7", "rib_9")
AXIS_SHARE = 0.62
"""The axis runs this share of the way from the midline to the side of the ribs."""
AXIS_FORWARD_MM = 8.0
ANGLE_CELLS, HEIGHT_CELLS = 40, 26
STIFFNESS = 0.6
INNER_COSINE = 0.25
"""A vertex is on the inner face of a bone when its normal points to the axis by at least this."""
ROUNDS, INWARD_PULL, SOFT_MM = 6, 15.0, 1.5
"""The surface is drawn to the innermost bone: what stands inside it counts so much more than the rest."""
WIDTH_MM = 150.0
"""Half width of the chest of which other measures are written."""


@dataclass(frozen=True, eq=False)
class Chest:
    """The rib cage of one body.

    Parameters
    ----------
    skeleton : dict of str to ndarray, shape (n, 3)
    """

    skeleton: dict[str, Floats]

    @cached_property
    def scale(self) -> float:
        """Width of this chest against the average man's."""
        sides = [self.skeleton[f"rib_{k}"][_side(f"rib_{k}")][0] for k in (6, 7, 8)]
        return float(-np.mean(sides) / WIDTH_MM)

    @cached_property
    def _axis(self) -> tuple[Floats, Floats]:
        rows = []
        for name in AXIS_RIBS:
            rib = self.skeleton[name]
            side, front, back = (rib[_extreme(name, axis, sign)] for axis, sign in ((0, -1), (1, 1), (1, -1)))
            rows.append((AXIS_SHARE * side[0], 0.5 * (front[1] + back[1]) + AXIS_FORWARD_MM, side[2]))
        x, y, z = np.array(rows).T
        return np.polyfit(z, x, 2), np.polyfit(z, y, 1)

    def axis(self, z: Floats) -> Floats:
        """Points of the axis at heights, shape (..., 2): x and y."""
        low, high = self.skeleton["rib_9"][:, 2].mean(), self.skeleton["rib_1"][:, 2].max()
        z = np.clip(z, low, high)
        return np.stack((np.polyval(self._axis[0], z), np.polyval(self._axis[1], z)), axis=-1)

    @cached_property
    def bottom(self) -> float:
        """Lowest height of the surface."""
        return float(self.skeleton["rib_12"][:, 2].min() - 60.0)

    @cached_property
    def top(self) -> float:
        """Greatest height of the surface."""
        return float(self.skeleton["rib_1"][:, 2].max() + 15.0)

    @cached_property
    def _radius(self) -> RectBivariateSpline:
        points = np.concatenate([self.skeleton[name][_inner(name)] for name in (*RIBS[1:], "sternum")])
        out = points[:, :2] - self.axis(points[:, 2])
        angle = np.arctan2(-out[:, 0], out[:, 1]) / (2.0 * np.pi) * ANGLE_CELLS % ANGLE_CELLS
        height = (points[:, 2] - self.bottom) / (self.top - self.bottom) * HEIGHT_CELLS
        values = _fitted_grid(angle, height, np.hypot(out[:, 0], out[:, 1]))
        wrapped = np.concatenate((values[-8:], values, values[:9]))
        angles = np.arange(-8, ANGLE_CELLS + 9) * (2.0 * np.pi / ANGLE_CELLS)
        return RectBivariateSpline(angles, np.linspace(self.bottom, self.top, HEIGHT_CELLS + 1), wrapped)

    def wall(self, angle: Floats, z: Floats, inset_mm: float) -> Floats:
        """Points so far inside the ribs, at angles (-1..2 pi) and heights, shape (..., 3)."""
        angle, z = np.broadcast_arrays(angle, z)
        radius = self._radius.ev(angle, np.clip(z, self.bottom, self.top)) - inset_mm
        centre = self.axis(z)
        return np.stack(
            (centre[..., 0] - radius * np.sin(angle), centre[..., 1] + radius * np.cos(angle), z), axis=-1
        )

    def spine_front(self, z: Floats) -> Floats:
        """How far forward the bodies of the vertebrae come at heights, same shape."""
        return np.interp(z, self._spine[:, 2], self._spine[:, 1])

    @cached_property
    def _spine(self) -> Floats:
        levels = (*(f"t{k}" for k in range(12, 0, -1)), "c7")
        return np.array([self.mark(name, _body_front(name)) for name in levels])

    def breastbone_back(self, z: Floats) -> Floats:
        """How far forward there is room behind the breastbone at heights, same shape."""
        return np.asarray(self._breastbone(np.clip(z, *self._breastbone.x[[0, -1]])))

    @cached_property
    def _breastbone(self) -> PchipInterpolator:
        points = np.array([self.mark("sternum", rows) for rows in _sternum_back()])
        return PchipInterpolator(points[:, 2], points[:, 1])

    def mark(self, bone: str, rows: Indices) -> Floats:
        """Mean of some vertices, shape (3,)."""
        return np.asarray(self.skeleton[bone][rows].mean(axis=0))

    def angle_of(self, point: Floats) -> float:
        """Angle of a point about the axis, in -pi/2..3 pi/2."""
        out = point[:2] - self.axis(point[2])
        angle = float(np.arctan2(-out[0], out[1]))
        return angle if angle > -0.5 * np.pi else angle + 2.0 * np.pi


def _fitted_grid(angle: Floats, height: Floats, radius: Floats) -> Floats:
    """Smooth radii on a grid through the innermost scattered ones, shape (ANGLE_CELLS, HEIGHT_CELLS + 1)."""
    rows = HEIGHT_CELLS + 1
    i, j = np.floor(angle).astype(int), np.clip(np.floor(height).astype(int), 0, HEIGHT_CELLS - 1)
    a, b = angle - i, height - j
    column = np.concatenate([((i + di) % ANGLE_CELLS) * rows + j + dj for di in (0, 1) for dj in (0, 1)])
    share = np.concatenate([(a if di else 1 - a) * (b if dj else 1 - b) for di in (0, 1) for dj in (0, 1)])
    point = np.tile(np.arange(len(radius)), 4)
    at_points = sparse.csr_array((share, (point, column)), shape=(len(radius), ANGLE_CELLS * rows))
    smooth = STIFFNESS * _bending()
    weights = np.ones(len(radius))
    values = np.zeros(ANGLE_CELLS * rows)
    for _ in range(ROUNDS):
        weighted = sparse.diags_array(weights) @ at_points
        values = spsolve(sparse.csc_array(at_points.T @ weighted + smooth), at_points.T @ (weights * radius))
        outside = np.clip((at_points @ values - radius) / SOFT_MM, -30.0, 30.0)
        weights = 1.0 + INWARD_PULL / (1.0 + np.exp(-outside))
    return np.asarray(values.reshape(ANGLE_CELLS, rows))


@cache
def _bending() -> sparse.csr_array:
    """Squared second differences over the grid, round in angle and open in height."""
    rows = HEIGHT_CELLS + 1
    n = ANGLE_CELLS
    around = sparse.csr_array(np.roll(np.eye(n), 1, 1) + np.roll(np.eye(n), -1, 1) - 2.0 * np.eye(n))
    up = sparse.csr_array(np.diff(np.eye(rows), 2, axis=0))
    bend = sparse.vstack((sparse.kron(around, sparse.eye_array(rows)), sparse.kron(sparse.eye_array(n), up)))
    return sparse.csr_array(bend.T @ bend)


@cache
def _inner(name: str) -> Indices:
    """Vertices on the inner face of a rib or the breastbone, told from the source."""
    bone = read_source()[name]
    chest = Chest({key: value.vertices for key, value in read_source().items()})
    normals = vertex_normals(bone.vertices, bone.triangles.astype(np.int32))
    inwards = np.concatenate((chest.axis(bone.vertices[:, 2]) - bone.vertices[:, :2],
                              np.zeros((len(bone.vertices), 1))), axis=1)  # fmt: skip
    inwards /= np.linalg.norm(inwards, axis=1, keepdims=True)
    return np.flatnonzero(np.einsum("ij,ij->i", normals, inwards) > INNER_COSINE)


@cache
def _extreme(name: str, axis: int, sign: int) -> int:
    return int(np.argmax(sign * read_source()[name].vertices[:, axis]))


@cache
def _side(name: str) -> int:
    return _extreme(name, 0, -1)


@cache
def _body_front(name: str) -> Indices:
    """Front rim of a vertebral body on the midline."""
    vertices = read_source()[name].vertices
    middle = np.abs(vertices[:, 0]) < 0.01
    return np.flatnonzero(middle & (vertices[:, 1] > vertices[middle, 1].max() - 4.0))


@cache
def _sternum_back() -> tuple[Indices, ...]:
    """Bands of the back of the breastbone near the midline, from below upwards."""
    vertices = read_source()["sternum"].vertices
    bands = []
    for low, high in (
        (1205.0, 1240.0),
        (1240.0, 1290.0),
        (1290.0, 1330.0),
        (1330.0, 1370.0),
        (1370.0, 1405.0),
    ):
        near = (np.abs(vertices[:, 0]) < 12.0) & (vertices[:, 2] >= low) & (vertices[:, 2] < high)
        back = np.quantile(vertices[near, 1], 0.4)
        bands.append(np.flatnonzero(near & (vertices[:, 1] <= back)))
    return tuple(bands)
