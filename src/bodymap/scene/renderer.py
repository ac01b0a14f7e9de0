"""A scene frame as a picture: three actors made once, and only what changed is touched."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkRenderingCore import vtkRenderer

from bodymap.body import Body
from bodymap.body.painting import QUALITIES
from bodymap.domain import Build, Posture
from bodymap.geometry.surfaces import Surface
from bodymap.scene import shader
from bodymap.scene.actors import make_actor
from bodymap.scene.camera import VIEW_ANGLE_DEG, Bounds, CameraPose, bounds_of, clipping_range
from bodymap.scene.detail import SkinDetail
from bodymap.scene.frame import Dermatome, PainLook, SceneFrame, ZoneLayer
from bodymap.scene.inside_view import InsideView, veil_skin
from bodymap.scene.lens import Screen
from bodymap.scene.meshes import fill_mesh, make_mesh, shared_array
from bodymap.scene.palette import CLAY_CUT, CLAY_LIGHT, CLAY_SHADE, DERMATOME, PAIN, PAIN_MONO, channels
from bodymap.scene.shape import shown_surface
from bodymap.scene.stipple import lay_dots, spread_moments

_DERMATOME = 3  # channel of the second zone array that holds the dermatome
_REVEAL = 2  # channel of the second zone array that says when a spreading referral arrives
_SHADOW_SIZE_MM = 700.0
_SHADOW_DEPTH = 0.30
_SOLE_MM = 25.0
_HATCH_PX = 9.0  # from stroke to stroke of painted pain
_BAND_PX = 9.0  # where essential zones overlap: two bands of colour, across both


class BodyRenderer:
    """Draws frames with a renderer, on screen or off.

    Parameters
    ----------
    renderer : vtkRenderer
        VTK's own or PyVista's; it needs no lights.
    body : Body
    detail : SkinDetail
    with_shadow : bool
        Whether the body casts a faint shadow on the ground it stands on.
    """

    def __init__(
        self, renderer: vtkRenderer, body: Body, detail: SkinDetail, with_shadow: bool = True
    ) -> None:
        self._body = body
        self._detail = detail
        self._renderer = renderer
        self._renderer.SetUseDepthPeeling(False)
        self._renderer.SetUseOIT(False)  # it would rewrite the shaders of what is translucent
        self._renderer.SetAutomaticLightCreation(0)
        self._frame: SceneFrame | None = None
        self._is_cut = False
        self._touched: NDArray[np.integer] = np.zeros(0, dtype=np.int64)
        self._surface = shown_surface(body, Build())
        self._bounds = bounds_of(self._surface.vertices)
        self._zones = [np.zeros((body.n_vertices, 4), dtype=np.float32) for _ in range(2)]
        self._zone_arrays = [
            shared_array(zones, f"zones{name}") for zones, name in zip(self._zones, "AB", strict=True)
        ]
        self._pain = [np.zeros((body.n_vertices, 4), dtype=np.float32) for _ in range(2)]
        self._pain_arrays = [
            shared_array(pain, f"pain{name}") for pain, name in zip(self._pain, "AB", strict=True)
        ]
        self._open_sky = np.zeros(body.n_vertices, dtype=np.float32)
        self._deep = np.zeros(body.n_vertices, dtype=np.float32)
        self._body_mesh = self._make_body_mesh()
        self._dot_mesh = make_mesh(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.int64))
        self._shadow = make_actor(_shadow_mesh(), shader.SHADOW_VERTEX, shader.SHADOW_FRAGMENT, ())
        self._skin = make_actor(
            self._body_mesh,
            shader.BODY_VERTEX,
            shader.BODY_FRAGMENT,
            ("openSky", "feltDeep", "zonesA", "zonesB", "painA", "painB"),
        )
        self._dots = make_actor(
            self._dot_mesh, shader.DOT_VERTEX, shader.DOT_FRAGMENT, ("dotPlace", "dotLook")
        )
        self._set_constants()
        # The order is that of drawing: the shadow lies under the body, the dots' soft edges over it.
        renderer.AddActor(self._shadow)
        self._inside = InsideView(renderer, body)
        for actor in (self._skin, self._dots):
            renderer.AddActor(actor)
        for actor in (self._shadow, self._skin, self._dots):
            actor.PickableOff()
        self._with_shadow = with_shadow
        self.apply(SceneFrame())

    @property
    def surface(self) -> Surface:
        """The surface drawn last."""
        return self._surface

    @property
    def bounds(self) -> Bounds:
        """Box around the surface drawn last."""
        return self._bounds

    def apply(self, frame: SceneFrame) -> bool:
        """Take over what changed since the last frame; return whether a render is needed."""
        before, self._frame = self._frame, frame
        if before is not None and _drawn(before) == _drawn(frame):
            return False
        if before is None or before.ground != frame.ground:
            self._renderer.SetBackground(*channels(frame.ground))
        moved = before is None or (before.build, before.posture) != (frame.build, frame.posture)
        if moved:
            self._set_shape(frame.build, frame.posture)
        if before is None or moved or before.layers != frame.layers:
            self._set_layers(frame.layers)
        if before is None or before.dermatome != frame.dermatome:
            self._set_dermatome(frame.dermatome)
        if before is None or before.pain != frame.pain:
            self._set_pain(frame.pain)
        if before is None or before.spread != frame.spread:
            self._set_spread(frame.spread)
        if before is None or moved or before.inside != frame.inside:
            self._inside.apply(frame.build, frame.inside, frame.posture)
        if before is None or before.inside.layers.skin != frame.inside.layers.skin:
            veil_skin(self._skin, self._dots, frame.inside.layers.skin)
        return True

    def set_quick(self, quick: bool) -> None:
        """Draw what lies under the skin coarsely while something moves, or in full."""
        self._inside.set_quick(quick)

    def set_cut(self, cut: bool) -> None:
        """Paint what shows of the skin's inner side as the flat face of a cut, or shade it like the rest."""
        self._is_cut = cut
        self._choose_shader()

    def _choose_shader(self) -> None:
        painted = self._frame is not None and self._frame.pain is not None
        parts = [name for name, needed in (("PAINTED", painted), ("CUT", self._is_cut)) if needed]
        shaders = self._skin.GetShaderProperty()
        for get, set_code, code in (
            (shaders.GetVertexShaderCode, shaders.SetVertexShaderCode, shader.BODY_VERTEX),
            (shaders.GetFragmentShaderCode, shaders.SetFragmentShaderCode, shader.BODY_FRAGMENT),
        ):
            wanted = shader.variant(code, *parts)
            if get() != wanted:
                set_code(wanted)

    def look(self, pose: CameraPose, screen: Screen, dot_scale: float = 1.0) -> None:
        """Put the camera; the picture has the screen's size.

        Parameters
        ----------
        dot_scale : float
            Enlarges the spillover dots, in logical pixels, for paper.
        """
        camera = self._renderer.GetActiveCamera()
        camera.SetFocalPoint(*pose.focal_mm)
        camera.SetPosition(*pose.position_mm)
        camera.SetViewUp(0.0, 0.0, 1.0)
        camera.SetViewAngle(VIEW_ANGLE_DEG)
        camera.SetParallelProjection(pose.parallel)
        camera.SetParallelScale(pose.height_mm / 2.0)
        camera.SetClippingRange(*clipping_range(pose, self._bounds))
        height = screen.device_size[1]
        per_unit = height / pose.height_mm
        if not pose.parallel:
            per_unit = height / 2.0 / math.tan(math.radians(VIEW_ANGLE_DEG / 2.0))
        uniforms = self._dots.GetShaderProperty().GetVertexCustomUniforms()
        fragment = self._skin.GetShaderProperty().GetFragmentCustomUniforms()
        uniforms.SetUniformf("pixelsPerUnit", per_unit)
        uniforms.SetUniformf("dotPixels", screen.ratio * dot_scale)
        band = min(40.0, max(4.0, _BAND_PX * dot_scale * pose.height_mm / max(screen.height, 1.0)))
        fragment.SetUniformf("bandWidth", band)
        fragment.SetUniformf("hatchGap", _HATCH_PX * dot_scale * screen.ratio)

    def _make_body_mesh(self) -> vtkPolyData:
        surface = self._surface
        mesh = make_mesh(surface.vertices, surface.triangles, surface.normals)
        for array in (*self._zone_arrays, *self._pain_arrays):
            mesh.GetPointData().AddArray(array)
        mesh.GetPointData().AddArray(shared_array(self._open_sky, "openSky"))
        mesh.GetPointData().AddArray(shared_array(self._deep, "feltDeep"))
        return mesh

    def _set_constants(self) -> None:
        fragment = self._skin.GetShaderProperty().GetFragmentCustomUniforms()
        fragment.SetUniform3f("clayLight", channels(CLAY_LIGHT))
        fragment.SetUniform3f("clayShade", channels(CLAY_SHADE))
        fragment.SetUniform3f("dermatomeColour", channels(DERMATOME))
        fragment.SetUniformf("bandWidth", _BAND_PX)
        fragment.SetUniform3f("cutColour", channels(CLAY_CUT))
        fragment.SetUniformf("hatchGap", _HATCH_PX)
        for row in range(len(QUALITIES)):
            fragment.SetUniform3f(f"painColour{row}", (0.0, 0.0, 0.0))
        fragment.SetUniformf("skinOpacity", 1.0)
        for actor in (self._skin, self._dots):
            uniforms = actor.GetShaderProperty().GetFragmentCustomUniforms()
            for slot in range(shader.MAX_SLOTS):
                uniforms.SetUniform3f(f"slotColour{slot}", (0.0, 0.0, 0.0))
        shadow = self._shadow.GetShaderProperty().GetFragmentCustomUniforms()
        shadow.SetUniformf("shadowDepth", _SHADOW_DEPTH)

    def _set_shape(self, build: Build, posture: Posture) -> None:
        self._surface = surface = shown_surface(self._body, build, posture)
        self._bounds = bounds_of(surface.vertices)
        self._open_sky[:] = self._detail.occlusion[build.sex] / np.float32(255)
        fill_mesh(self._body_mesh, surface.vertices, surface.triangles, surface.normals)
        self._body_mesh.GetPointData().GetArray("openSky").Modified()
        self._body_mesh.Modified()
        # The shadow is that of a standing body's feet.
        stands = posture in (Posture.APART, Posture.STANDING)
        self._shadow.SetVisibility(self._with_shadow and stands)
        soles = surface.vertices[(surface.vertices[:, 2] < _SOLE_MM) & (surface.vertices[:, 0] > 0.0), :2]
        low, high = (soles.min(axis=0), soles.max(axis=0)) if len(soles) else (np.zeros(2), np.ones(2))
        shadow = self._shadow.GetShaderProperty().GetFragmentCustomUniforms()
        shadow.SetUniform2f("footRight", [float(value) for value in (low + high) / 2.0])
        shadow.SetUniform2f("footReach", [float(value) for value in (high - low) / 2.0])

    def _set_layers(self, layers: tuple[ZoneLayer, ...]) -> None:
        moments = [spread_moments(layer, self._surface) for layer in layers]
        first, second = self._zones
        first[self._touched] = 0
        second[self._touched, : _REVEAL + 1] = 0
        self._deep[self._touched] = 0
        for layer, moment in zip(layers, moments, strict=True):
            zones = layer.zones
            slot = self._zones[layer.slot // 4][:, layer.slot % 4]
            slot[zones.vertices] = np.maximum(slot[zones.vertices], zones.essential / np.float32(255))
            self._deep[zones.vertices] = np.maximum(self._deep[zones.vertices], zones.deep / np.float32(255))
            second[zones.vertices, _REVEAL] = np.maximum(second[zones.vertices, _REVEAL], moment)
        vertices = [layer.zones.vertices for layer in layers]
        self._touched = np.concatenate(vertices) if vertices else np.zeros(0, dtype=np.int64)
        for array in self._zone_arrays:
            array.Modified()
        self._body_mesh.GetPointData().GetArray("feltDeep").Modified()
        self._body_mesh.Modified()
        self._set_dots(layers, moments)
        self._set_colours(layers)

    def _set_dermatome(self, dermatome: Dermatome | None) -> None:
        channel = self._zones[1][:, _DERMATOME]
        channel[:] = 0
        if dermatome is not None:
            channel[dermatome.area.vertices] = dermatome.area.inside / np.float32(255)
        self._zone_arrays[1].Modified()
        self._body_mesh.Modified()
        uniforms = self._skin.GetShaderProperty().GetFragmentCustomUniforms()
        uniforms.SetUniformi("anyDermatome", int(dermatome is not None))

    def _set_pain(self, look: PainLook | None) -> None:
        first, second = self._pain
        if look is not None:
            first[:] = look.pain.cover[:4].T
            second[:, 0] = look.pain.cover[4]
            second[:, 1] = look.pain.weight
            second[:, 2] = 0.0 if look.explained is None else look.explained
            fragment = self._skin.GetShaderProperty().GetFragmentCustomUniforms()
            for row, quality in enumerate(QUALITIES):
                colour = PAIN_MONO if look.mono else PAIN[quality]
                fragment.SetUniform3f(f"painColour{row}", channels(colour))
            painted = sum(1 << QUALITIES.index(quality) for quality in look.pain.qualities)
            fragment.SetUniformi("painted", painted)
            for array in self._pain_arrays:
                array.Modified()
            self._body_mesh.Modified()
        self._choose_shader()

    def _set_dots(self, layers: tuple[ZoneLayer, ...], moments: list[NDArray[np.float32]]) -> None:
        self._dots.SetVisibility(False)
        if not layers:
            return
        batch = lay_dots(self._detail.dots, self._surface, self._open_sky, layers, moments)
        if not len(batch.points):
            return
        self._dots.SetVisibility(True)
        fill_mesh(self._dot_mesh, batch.points, batch.triangles, batch.normals)
        self._dot_mesh.GetPointData().AddArray(shared_array(batch.place, "dotPlace"))
        self._dot_mesh.GetPointData().AddArray(shared_array(batch.look, "dotLook"))
        self._dot_mesh.Modified()

    def _set_colours(self, layers: tuple[ZoneLayer, ...]) -> None:
        self._skin.GetShaderProperty().GetFragmentCustomUniforms().SetUniformi("anyZone", int(bool(layers)))
        for actor in (self._skin, self._dots):
            uniforms = actor.GetShaderProperty().GetFragmentCustomUniforms()
            for layer in layers:
                uniforms.SetUniform3f(f"slotColour{layer.slot}", channels(layer.colour))

    def _set_spread(self, spread: float) -> None:
        # A little beyond one, so that the front leaves the zone entirely.
        front = spread * 1.06 - 0.01
        self._skin.GetShaderProperty().GetFragmentCustomUniforms().SetUniformf("spread", front)
        self._dots.GetShaderProperty().GetVertexCustomUniforms().SetUniformf("spread", front)


def _drawn(frame: SceneFrame) -> SceneFrame:
    """Leave out what only Qt draws on top."""
    return replace(frame, marks=(), points=None, landmarks=None)


def _shadow_mesh() -> vtkPolyData:
    s = _SHADOW_SIZE_MM
    corners = np.asarray(((-s, -s, -0.5), (s, -s, -0.5), (s, s, -0.5), (-s, s, -0.5)), dtype=np.float32)
    return make_mesh(corners, np.asarray(((0, 1, 2), (0, 2, 3))))
