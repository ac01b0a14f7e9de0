"""What lies under the skin, as actors that are filled when their layer is first looked at.

Bones, muscles and structures at risk each have points of their own, so that opening the skeleton does not pay
for the muscles. Three actors draw them: what is solid, what is seen through, and halos as wide as a vessel or
nerve commonly strays. Which structures those are is a list of triangles each; how they look is one array.
Neither meshes nor actors are ever replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer

from bodymap.body import Body, Structure
from bodymap.domain import Build, Posture
from bodymap.scene import inside_shader
from bodymap.scene.actors import make_actor
from bodymap.scene.coarse import cell_sizes_mm, coarse_triangles
from bodymap.scene.fibres import fibre_attributes
from bodymap.scene.frame import InsideLook
from bodymap.scene.inside_look import Emphasis, emphases
from bodymap.scene.inside_palette import VEILED, colour_of
from bodymap.scene.meshes import fill_cells, make_mesh, set_points, shared_array
from bodymap.scene.palette import INSERTION, ORIGIN, channels
from bodymap.scene.shape import seamless_normals

_COARSEST_MM = 16.0
_CELLS_ACROSS = 3
_LAYERS_IN_MOTION = 3
_ATTRIBUTES = ("look", "fibre")
_SEAM_MM = 1e-3


class InsideView:
    """Everything under the skin, as drawn by one renderer.

    Parameters
    ----------
    renderer : vtkRenderer
        Gets the actors, empty at first; what is added later is drawn over them.
    body : Body
        Its inside is read when a layer is first opened.
    """

    def __init__(self, renderer: vtkRenderer, body: Body) -> None:
        self._body = body
        self._groups = (_Group(("bone",)), _Group(("muscle",)), _Group(("organ", "vessel", "nerve", "cord")))
        for group in self._groups:
            renderer.AddActor(group.solid)
        for group in self._groups:
            renderer.AddActor(group.veil)
        for group in self._groups:
            renderer.AddActor(group.halo)

    def apply(self, build: Build, look: InsideLook, posture: Posture = Posture.APART) -> None:
        """Show a build in a posture, and of it what is to be seen."""
        if not look.layers.is_open:
            for group in self._groups:
                group.hide()
            return
        structures = self._body.inside.structures
        how = emphases(structures, look)
        for group in self._groups:
            group.apply(self._body, build, posture, how)

    def set_quick(self, quick: bool) -> None:
        """Draw coarsely while something moves, or in full."""
        for group in self._groups:
            group.set_quick(quick)


@dataclass(frozen=True, eq=False)
class _Part:
    """A structure in a group's mesh: its row among all structures, vertices and triangles."""

    row: int
    structure: Structure
    vertices: NDArray[np.int64]
    fine: NDArray[np.int32]


class _Group:
    """The structures of some kinds as one mesh, drawn by a solid and a translucent actor."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._solid_mesh, self._veil_mesh = _empty_mesh(), _empty_mesh()
        self.solid = make_actor(
            self._solid_mesh, inside_shader.VERTEX, inside_shader.SOLID_FRAGMENT, _ATTRIBUTES
        )
        self.veil = make_actor(
            self._veil_mesh, inside_shader.VERTEX, inside_shader.VEIL_FRAGMENT, _ATTRIBUTES
        )
        self._halo_mesh = _empty_mesh()
        self.halo = make_actor(
            self._halo_mesh, inside_shader.HALO_VERTEX, inside_shader.HALO_FRAGMENT, _ATTRIBUTES
        )
        for actor in (self.veil, self.halo):
            actor.ForceOpaqueOff()
            actor.ForceTranslucentOn()
            actor.GetProperty().BackfaceCullingOn()
        self._meshes = (self._solid_mesh, self._veil_mesh, self._halo_mesh)
        self._parts: list[_Part] = []
        self._seam: NDArray[np.int64] = np.zeros((0, 2), dtype=np.int64)
        self._rows: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._shown: tuple[Build, Posture] | None = None
        self._how: NDArray[np.uint8] | None = None
        self._quick = False
        self._coarse: list[NDArray[np.int32]] | None = None
        self._look: NDArray[np.float32] = np.zeros((0, 4), dtype=np.float32)
        self._look_array: Any = None
        self._vertices = self._normals = np.zeros((0, 3), dtype=np.float32)
        self.hide()
        for actor in (self.solid, self.veil, self.halo):
            actor.PickableOff()
            uniforms = actor.GetShaderProperty().GetFragmentCustomUniforms()
            uniforms.SetUniform3f("originColour", channels(ORIGIN))
            uniforms.SetUniform3f("insertionColour", channels(INSERTION))

    def hide(self) -> None:
        """Draw none of it."""
        for actor in (self.solid, self.veil, self.halo):
            actor.SetVisibility(False)

    def apply(self, body: Body, build: Build, posture: Posture, how: NDArray[np.uint8]) -> None:
        """Show a build in a posture, and its structures as `how` says for each of the inside's structures."""
        own = how[[part.row for part in self._parts]] if self._parts else how[self._rows_of_kind(body)]
        if not own.any():
            self.hide()
            return
        if not self._parts:
            self._read(body)
        if (build, posture) != self._shown:
            self._shown = (build, posture)
            self._set_shape(body.inside_vertices(build, posture)[self._rows])
        if self._how is None or not np.array_equal(own, self._how):
            self._how = own
            self._set_looks(own)
            self._fill()
        for mesh, actor in zip(self._meshes, (self.solid, self.veil, self.halo), strict=True):
            actor.SetVisibility(mesh.GetNumberOfPolys() > 0)

    def set_quick(self, quick: bool) -> None:
        """Draw coarsely, or in full."""
        if quick == self._quick:
            return
        self._quick = quick
        if self._how is not None:
            self._fill()

    def _rows_of_kind(self, body: Body) -> list[int]:
        return [row for row, s in enumerate(body.inside.structures) if s.record.kind in self._kinds]

    def _read(self, body: Body) -> None:
        """Take the structures of these kinds, with vertices numbered within the group."""
        inside = body.inside
        rows, start = [], 0
        for row in self._rows_of_kind(body):
            structure = inside.structures[row]
            old = np.concatenate([np.arange(part.start, part.stop) for part in structure.vertices])
            triangles = np.concatenate([inside.triangles[part] for part in structure.triangles])
            fine = np.searchsorted(old, triangles).astype(np.int32) + np.int32(start)
            self._parts.append(_Part(row, structure, np.arange(start, start + len(old)), fine))
            rows.append(old)
            start += len(old)
        self._rows = np.concatenate(rows)
        self._seam = self._seam_pairs(body.inside_vertices(Build())[self._rows, 0])
        self._look = np.zeros((start, 4), dtype=np.float32)
        for part in self._parts:
            self._look[part.vertices, :3] = colour_of(part.structure)
        is_muscle = "muscle" in self._kinds
        shape = body.inside_vertices(Build())[self._rows] if is_muscle else None
        parts = [(part.vertices, part.fine) for part in self._parts]
        along, across, tendon = (
            values[self._rows] for values in (inside.along, inside.across, inside.tendon)
        )
        fibre = fibre_attributes(along, across, tendon, shape, parts)
        self._look_array = shared_array(self._look, "look")
        for part in self._parts:
            if _has_halo(part.structure):
                fibre[part.vertices, 2] = part.structure.record.tolerance_mm
        fibre_array = shared_array(fibre, "fibre")
        for mesh in self._meshes:
            mesh.GetPointData().AddArray(self._look_array)
            mesh.GetPointData().AddArray(fibre_array)

    def _seam_pairs(self, x_mm: NDArray[np.float32]) -> NDArray[np.int64]:
        """Pairs of vertices, shape (k, 2), at which the halves of what lies on the midline meet."""
        pairs = [np.zeros((0, 2), dtype=np.int64)]
        for part in self._parts:
            if len(part.structure.vertices) == 2:
                left, right = np.split(part.vertices, 2)
                on_seam = np.abs(x_mm[left]) < _SEAM_MM
                pairs.append(np.stack((left[on_seam], right[on_seam]), axis=1))
        return np.concatenate(pairs)

    def _set_shape(self, vertices: NDArray[np.float32]) -> None:
        self._vertices = np.ascontiguousarray(vertices, dtype=np.float32)
        triangles = np.concatenate([part.fine for part in self._parts])
        self._normals = seamless_normals(self._vertices, triangles, self._seam)
        set_points(self._meshes, self._vertices, self._normals)

    def _set_looks(self, how: NDArray[np.uint8]) -> None:
        for part, emphasis in zip(self._parts, how.tolist(), strict=True):
            self._look[part.vertices, 3] = emphasis
        self._look_array.Modified()

    def _fill(self) -> None:
        """Give the two meshes the triangles of what is shown."""
        assert self._how is not None  # noqa: S101 - both callers have looked
        triangles = self._coarse_parts() if self._quick else [part.fine for part in self._parts]
        solid: list[NDArray[np.int32]] = []
        veiled: list[NDArray[np.int32]] = []
        haloed: list[NDArray[np.int32]] = []
        deepest = self._deepest_in_sight() if self._quick else np.inf
        for part, own, emphasis in zip(self._parts, triangles, self._how.tolist(), strict=True):
            if emphasis != Emphasis.HIDDEN and part.structure.record.layer <= deepest:
                is_veiled = emphasis == Emphasis.GHOST or part.structure.id in VEILED
                (veiled if is_veiled else solid).append(own)
                if _has_halo(part.structure) and not is_veiled:
                    haloed.append(own)
        for mesh, chosen in zip(self._meshes, (solid, veiled, haloed), strict=True):
            fill_cells(mesh, np.concatenate((np.zeros((0, 3), dtype=np.int32), *chosen)))

    def _deepest_in_sight(self) -> float:
        """Layer of muscles under which, where all are solid, hardly anything shows."""
        assert self._how is not None  # noqa: S101 - asked for what is shown
        if not (self._how[self._how > Emphasis.HIDDEN] == Emphasis.PLAIN).all():
            return np.inf
        shown = [part.structure.record.layer for part, how in zip(self._parts, self._how, strict=True) if how]
        return min(shown, default=0) + _LAYERS_IN_MOTION - 1

    def _coarse_parts(self) -> list[NDArray[np.int32]]:
        """Coarse triangles of each part; the first movement makes them, and they serve every build."""
        if self._coarse is None:
            owners = np.zeros(len(self._vertices), dtype=np.int64)
            for number, part in enumerate(self._parts):
                owners[part.vertices] = number
            vertices = [part.vertices for part in self._parts]
            cells = cell_sizes_mm(self._vertices, vertices, _COARSEST_MM, _CELLS_ACROSS)
            fine = np.concatenate([part.fine for part in self._parts])
            coarse = coarse_triangles(self._vertices, self._normals, fine, cells, owners)
            ends = np.searchsorted(owners[coarse[:, 0]], np.arange(1, len(self._parts)))
            self._coarse = np.split(coarse, ends)
        return self._coarse


def _has_halo(structure: Structure) -> bool:
    return structure.record.kind in ("vessel", "nerve") and structure.record.tolerance_mm > 0.0


def veil_skin(skin: vtkActor, dots: vtkActor, opacity: float) -> None:
    """Give the skin an opacity: translucent, it is drawn last, and its far side not at all."""
    veiled = opacity < 1.0
    for actor in (skin, dots):
        actor.SetForceOpaque(not veiled)
        actor.SetForceTranslucent(veiled)
    skin.GetProperty().SetBackfaceCulling(veiled)
    skin.GetShaderProperty().GetFragmentCustomUniforms().SetUniformf("skinOpacity", float(opacity))
    dots.GetShaderProperty().GetVertexCustomUniforms().SetUniformi("onlyFacing", int(veiled))


def _empty_mesh() -> vtkPolyData:
    return make_mesh(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.int32), np.zeros((0, 3), np.float32))
