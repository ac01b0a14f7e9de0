"""Actors that bring their own shaders."""

from __future__ import annotations

from vtkmodules.vtkCommonDataModel import vtkDataObject, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper


def make_actor(
    mesh: vtkPolyData, vertex_code: str, fragment_code: str, attributes: tuple[str, ...]
) -> vtkActor:
    """Actor of a mesh.

    Parameters
    ----------
    attributes : tuple of str
        Point arrays of the mesh that the vertex shader reads by the same name.
    """
    mapper = vtkPolyDataMapper()  # pyvista's own mapper cannot feed arrays to a shader
    mapper.SetInputData(mesh)
    mapper.ScalarVisibilityOff()
    mapper.SetVBOShiftScaleMethod(0)  # the shader reads millimetres
    mapper.StaticOn()
    for name in attributes:
        mapper.MapDataArrayToVertexAttribute(name, name, vtkDataObject.FIELD_ASSOCIATION_POINTS, -1)
    actor = vtkActor()
    actor.SetMapper(mapper)
    actor.ForceOpaqueOn()  # soft edges blend in the opaque pass: no sorting, no second pass
    actor.GetShaderProperty().SetVertexShaderCode(vertex_code)
    actor.GetShaderProperty().SetFragmentShaderCode(fragment_code)
    return actor
