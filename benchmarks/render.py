"""What does the shading cost? A shaded render against a plain one of the same mesh, interleaved in one run.

``python benchmarks/render.py`` prints the ratios; the target is at most 1.15.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyvista as pv

from bodymap.atlas import read_atlas
from bodymap.body import Body, read_body
from bodymap.body.painting import PainPainter
from bodymap.domain import Build, Fill, Quality
from bodymap.scene import CameraPose, Chosen, Screen, bounds_of, facing, preset, read_skin_detail, resolve
from bodymap.scene.camera import VIEW_ANGLE_DEG, Bounds, clipping_range, orbit
from bodymap.scene.frame import PainLook
from bodymap.scene.gl_support import require_offscreen_gl
from bodymap.scene.renderer import BodyRenderer
from bodymap.scene.shape import shown_surface

SIZE = (746, 698)
ROUNDS = 25


def plain_draw(bounds: Bounds) -> tuple[Callable[[CameraPose], None], Any]:
    """PyVista's own smooth shading in one colour with its default lights."""
    surface = shown_surface(read_body(), Build())
    mesh = pv.PolyData.from_regular_faces(surface.vertices, surface.triangles)
    mesh.point_data["Normals"] = surface.normals
    mesh.point_data.active_normals_name = "Normals"
    plotter: Any = pv.Plotter(off_screen=True, window_size=SIZE)
    plotter.render_window.SetMultiSamples(0)
    plotter.add_mesh(mesh, color="#E8E0D7").prop.interpolation = "phong"
    plotter.renderer.camera_set = True
    camera = plotter.renderer.GetActiveCamera()

    def draw(pose: CameraPose) -> None:
        camera.SetFocalPoint(*pose.focal_mm)
        camera.SetPosition(*pose.position_mm)
        camera.SetViewUp(0, 0, 1)
        camera.SetViewAngle(VIEW_ANGLE_DEG)
        camera.SetClippingRange(*clipping_range(pose, bounds))
        plotter.render_window.Render()
        plotter.render_window.WaitForCompletion()

    return draw, plotter


def pain_look(body: Body) -> PainLook:
    """Painted pain of two qualities on the back."""
    marks = tuple(
        Fill(region=region, quality=quality)
        for region, quality in (("interscapular", Quality.ACHE), ("flank", Quality.BURNING))
    )
    return PainLook(marks, None, PainPainter(body).painted(marks))


def main() -> None:
    """Measure side by side and print."""
    require_offscreen_gl()
    body = read_body()
    atlas = read_atlas(body)
    bounds = bounds_of(shown_surface(body, Build()).vertices)
    plotter: Any = pv.Plotter(off_screen=True, window_size=SIZE, lighting="none")
    plotter.render_window.SetMultiSamples(0)
    renderer = BodyRenderer(plotter.renderer, body, read_skin_detail(body.triangles, body.n_vertices))

    def shaded(pose: CameraPose) -> None:
        renderer.look(pose, Screen(*SIZE))
        plotter.render_window.Render()
        plotter.render_window.WaitForCompletion()

    plain, other = plain_draw(bounds)
    widest = sorted(atlas.refs, key=lambda ref: -int((np.asarray(atlas.zone(ref).spillover) > 127).sum()))
    views = {
        "whole body": preset("back", bounds, SIZE[0] / SIZE[1]),
        "close": facing((-90.0, -100.0, 1310.0), (-0.3, -1.0, 0.1), 450.0),
    }
    frames = {"no zone": (), "one point, the largest zone": widest[:1], "six points": widest[:12:2]}
    painted = pain_look(body)
    for view, pose in views.items():
        for name, (refs, pain) in {
            **{name: (refs, None) for name, refs in frames.items()},
            "one point over painted pain": (widest[:1], painted),
        }.items():
            renderer.apply(resolve(atlas, body, Chosen(selection=tuple(refs), pain=pain)))
            times: dict[str, list[float]] = {"plain": [], "shaded": []}
            for step in range(ROUNDS):
                turned = orbit(pose, step * 0.5, 0.0)
                for kind, draw in (("plain", plain), ("shaded", shaded)):
                    start = time.perf_counter()
                    draw(turned)
                    times[kind].append((time.perf_counter() - start) * 1e3)
            before, after = (statistics.median(times[kind][3:]) for kind in ("plain", "shaded"))
            print(f"{view}, {name}: plain {before:.1f} ms, shaded {after:.1f} ms, ratio {after / before:.2f}")
    plotter.close()
    other.close()


if __name__ == "__main__":
    main()
