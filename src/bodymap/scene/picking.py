"""What lies under a pixel: our own rays against an indexed copy of the shown surface.

VTK's pickers rebuild their index or test every triangle; a locator kept per build answers in microseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import mutable
from vtkmodules.vtkCommonDataModel import vtkStaticCellLocator

from bodymap.geometry.anchors import Anchor
from bodymap.geometry.surfaces import Surface
from bodymap.scene.camera import CameraPose
from bodymap.scene.lens import Ray, Screen, project, ray_through
from bodymap.scene.meshes import make_mesh

REACH_MM = 20_000.0
_CLEARANCE_MM = 2.0
_BEYOND_BODY_MM = 2500.0
_GRAZING = 0.05


@dataclass(frozen=True, slots=True)
class SurfaceHit:
    """Where a ray meets the skin.

    Attributes
    ----------
    face : int
    barycentric : tuple of 3 float
    xyz_mm : tuple of 3 float
    """

    face: int
    barycentric: tuple[float, float, float]
    xyz_mm: tuple[float, float, float]

    @property
    def anchor(self) -> Anchor:
        """The same place, kept on the topology."""
        return Anchor(self.face, self.barycentric)


class Picker:
    """Answers what is under a pixel and which places can be seen.

    Parameters
    ----------
    surface : Surface
        What is shown.
    n_faces : int or None
        Number of outer faces; a hit on a later one (mouth, eye socket) is no hit. None: all.
    """

    def __init__(self, surface: Surface, n_faces: int | None = None) -> None:
        self._n_faces = len(surface.triangles) if n_faces is None else n_faces
        self._mesh = make_mesh(surface.vertices, surface.triangles)
        self._locator: Any = vtkStaticCellLocator()
        self._locator.SetDataSet(self._mesh)
        # Smaller boxes than the default: hands and face are much denser than the rest.
        self._locator.SetNumberOfCellsPerNode(2)
        self._locator.BuildLocator()
        # Kept between calls: making them costs as much as the search itself.
        self._share, self._part, self._face = mutable(0.0), mutable(0), mutable(0)
        self._xyz, self._weights = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]

    def cast(self, ray: Ray) -> SurfaceHit | None:
        """First place of the outer skin on a ray, or None."""
        start, direction = ray.origin_mm, ray.direction
        end = [start[axis] + direction[axis] * REACH_MM for axis in range(3)]
        if not self._meets(start, end) or int(self._face) >= self._n_faces:
            return None
        second, third = max(self._weights[0], 0.0), max(self._weights[1], 0.0)
        total = max(1.0, second + third)
        second, third = second / total, third / total
        x, y, z = self._xyz
        return SurfaceHit(int(self._face), (max(0.0, 1.0 - second - third), second, third), (x, y, z))

    def pick(self, x: float, y: float, pose: CameraPose, screen: Screen) -> SurfaceHit | None:
        """Place of the skin at a logical pixel, or None."""
        return self.cast(ray_through(x, y, pose, screen))

    def visible(
        self,
        points_mm: NDArray[np.floating],
        normals: NDArray[np.floating],
        pose: CameraPose,
        cut_mm: float | None = None,
    ) -> NDArray[np.bool_]:
        """Whether the viewer sees each place of the skin, shape (k,).

        Parameters
        ----------
        cut_mm : float or None
            What stands further than this before the focal point is left out of a parallel picture, and so
            hides nothing and is not seen; None leaves nothing out.
        """
        points = np.asarray(points_mm, dtype=np.float64).reshape(-1, 3)
        towards = self._towards(points, pose)
        seen = np.einsum("ij,ij->i", towards, np.asarray(normals).reshape(-1, 3)) > _GRAZING
        reach = np.full((len(points), 1), _BEYOND_BODY_MM)
        if cut_mm is not None:
            reach[:, 0] = cut_mm - (points - np.asarray(pose.focal_mm)) @ pose.backward
            seen &= reach[:, 0] > _CLEARANCE_MM
        rows = np.flatnonzero(seen)
        starts = points[rows] + towards[rows] * _CLEARANCE_MM
        ends = points[rows] + towards[rows] * reach[rows]
        for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
            seen[row] = not self._meets(start, end)
        return np.asarray(seen)

    def nearest_visible(
        self,
        points_mm: NDArray[np.floating],
        normals: NDArray[np.floating],
        x: float,
        y: float,
        radius_px: float,
        pose: CameraPose,
        screen: Screen,
    ) -> int | None:
        """Row of the place that is nearest to a logical pixel on the screen and can be seen, or None."""
        if not len(points_mm):
            return None
        placed = project(points_mm, pose, screen)
        distance = np.hypot(placed[:, 0] - x, placed[:, 1] - y)
        near = np.flatnonzero((distance <= radius_px) & (placed[:, 2] > 0.0))
        for row in near[np.argsort(distance[near], kind="stable")].tolist():
            if self.visible(points_mm[row : row + 1], normals[row : row + 1], pose)[0]:
                return int(row)
        return None

    def _towards(self, points: NDArray[np.float64], pose: CameraPose) -> NDArray[np.float64]:
        """Return the unit vectors from points to the viewer."""
        if pose.parallel:
            return np.broadcast_to(pose.backward, points.shape)
        apart = pose.position_mm - points
        return np.asarray(apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9))

    def _meets(self, start: Sequence[float], end: Sequence[float]) -> bool:
        return bool(
            self._locator.IntersectWithLine(
                start, end, 0.0, self._share, self._xyz, self._weights, self._part, self._face
            )
        )
