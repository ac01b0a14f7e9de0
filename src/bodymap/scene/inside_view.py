"""What lies under the skin, as two actors that are made when it is first looked at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from bodymap.body import Body, Structure
from bodymap.domain import Build
from bodymap.scene.frame import InsideLook
from bodymap.scene.inside_palette import VEILED, colour_of
from bodymap.scene.meshes import fill_mesh, make_mesh, shared_array

_DIM, _PLAIN, _LIT = 0.0, 0.5, 1.0


def is_shown(structure: Structure, look: InsideLook) -> bool:
    """Whether a structure is among the open layers."""
    layers, record = look.layers, structure.record
    if not layers.is_open:
        return False
    if record.kind == "bone":
        return layers.bones
    if record.kind != "muscle":
        return layers.danger
    if layers.isolated:
        return record.id == layers.isolated
    return is_lit(structure, look) or (layers.muscles and record.layer > layers.peel)


def is_lit(structure: Structure, look: InsideLook) -> bool:
    """Whether a structure is a muscle that is looked at."""
    side = structure.side.value if structure.side is not None else ""
    return (structure.id, side) in look.lit


class InsideMeshes:
    """The inside of one build as meshes, and which of it is shown.

    Parameters
    ----------
    body : Body
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        inside = body.inside
        self._look = np.zeros((inside.n_vertices, 4), dtype=np.float32)
        fibres = [np.asarray(values, dtype=np.float32) / 255 for values in (inside.along, inside.across, inside.tendon)]
        self._fibre = np.stack((*fibres, np.zeros(inside.n_vertices, dtype=np.float32)), axis=1)
        for structure in inside.structures:
            for part in structure.vertices:
                self._look[part, :3] = colour_of(structure)
                self._fibre[part, 3] = structure.record.kind == "muscle"
        self.solid, self.veil = (
            make_mesh(np.zeros((inside.n_vertices, 3), np.float32), np.zeros((0, 3), np.int64)) for _ in range(2)
        )
        self._look_array = shared_array(self._look, "look")
        for mesh in (self.solid, self.veil):
            mesh.GetPointData().AddArray(self._look_array)
            mesh.GetPointData().AddArray(shared_array(self._fibre, "fibre"))
        self._build: Build | None = None
        self._vertices: NDArray[np.float32] = np.zeros((0, 3), np.float32)
        self._normals = self._vertices
        self.shown: tuple[Structure, ...] = ()

    @property
    def vertices(self) -> NDArray[np.float32]:
        """Vertices of the build shown last, shape (v, 3)."""
        return self._vertices

    def apply(self, build: Build, look: InsideLook) -> None:
        """Show another build, or other structures."""
        if build != self._build:
            self._build = build
            self._vertices = np.ascontiguousarray(self._body.inside_vertices(build), dtype=np.float32)
            self._normals = self._body.inside.normals(self._vertices)
        self.shown = tuple(s for s in self._body.inside.structures if is_shown(s, look))
        lit = [s for s in self.shown if is_lit(s, look)]
        for structure in self.shown:
            emphasis = _PLAIN if not lit or structure.record.kind != "muscle" else _DIM
            for part in structure.vertices:
                self._look[part, 3] = _LIT if structure in lit else emphasis
        self._look_array.Modified()
        for mesh, veiled in ((self.solid, False), (self.veil, True)):
            chosen = [s for s in self.shown if (s.id in VEILED) is veiled]
            fill_mesh(mesh, self._vertices, self.triangles_of(chosen), self._normals)
            mesh.Modified()

    def triangles_of(self, structures: list[Structure]) -> NDArray[np.int32]:
        """Triangles of some structures, shape (m, 3)."""
        parts = [self._body.inside.triangles[part] for structure in structures for part in structure.triangles]
        return np.concatenate(parts) if parts else np.zeros((0, 3), dtype=np.int32)


def hide_skin(actor: vtkActor, opacity: float) -> None:
    """Give the skin an opacity: translucent, it is drawn last, and its far side not at all."""
    if opacity >= 1.0:
        actor.ForceTranslucentOff()
        actor.ForceOpaqueOn()
        actor.GetProperty().BackfaceCullingOff()
    else:
        actor.ForceOpaqueOff()
        actor.ForceTranslucentOn()
        actor.GetProperty().BackfaceCullingOn()
    actor.GetShaderProperty().GetFragmentCustomUniforms().SetUniformf("skinOpacity", float(opacity))
