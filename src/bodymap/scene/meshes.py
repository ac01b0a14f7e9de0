"""Numpy arrays as VTK meshes. The arrays are shared, not copied: write in place, then call ``Modified``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData


def make_mesh(
    points: NDArray[np.float32], triangles: NDArray[np.integer], normals: NDArray[np.float32] | None = None
) -> vtkPolyData:
    """Mesh of triangles with point normals."""
    mesh = vtkPolyData()
    fill_mesh(mesh, points, triangles, normals)
    return mesh


def fill_mesh(
    mesh: vtkPolyData,
    points: NDArray[np.float32],
    triangles: NDArray[np.integer],
    normals: NDArray[np.float32] | None = None,
) -> None:
    """Give an existing mesh other points and triangles."""
    vtk_points = vtkPoints()
    vtk_points.SetData(shared_array(points, "points"))
    mesh.SetPoints(vtk_points)
    fill_cells(mesh, triangles)
    if normals is not None:
        mesh.GetPointData().SetNormals(shared_array(normals, "normals"))


def set_points(
    meshes: Sequence[vtkPolyData], points: NDArray[np.float32], normals: NDArray[np.float32]
) -> None:
    """Give several meshes the same points, which go to the graphics card once."""
    vtk_points, vtk_normals = vtkPoints(), shared_array(normals, "normals")
    vtk_points.SetData(shared_array(points, "points"))
    for mesh in meshes:
        mesh.SetPoints(vtk_points)
        mesh.GetPointData().SetNormals(vtk_normals)


def fill_cells(mesh: vtkPolyData, triangles: NDArray[np.integer]) -> None:
    """Give an existing mesh other triangles between the same points."""
    cells = vtkCellArray()
    corners = np.ascontiguousarray(triangles, dtype=np.int32).ravel()
    offsets = np.arange(0, len(corners) + 1, 3, dtype=np.int32)
    cells.SetData(shared_array(offsets, "offsets"), shared_array(corners, "connectivity"))
    mesh.SetPolys(cells)


def shared_array(values: NDArray[Any], name: str) -> Any:
    """VTK array on the memory of a contiguous numpy array, which it keeps alive."""
    array = numpy_to_vtk(values, deep=False)
    array.SetName(name)
    return array
