"""How quickly is the skin under the cursor found? Against VTK's unindexed picker and trimesh's indexed ray.

``python benchmarks/pick.py`` prints the ratios; the three must find the same place.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyvista as pv
from vtkmodules.vtkRenderingCore import vtkActor, vtkCellPicker, vtkPolyDataMapper

from bodymap.body import read_body
from bodymap.domain import Build
from bodymap.scene import CameraPose, Screen, bounds_of, preset, ray_through, shown_surface
from bodymap.scene.camera import VIEW_ANGLE_DEG, clipping_range
from bodymap.scene.gl_support import require_offscreen_gl
from bodymap.scene.meshes import make_mesh
from bodymap.scene.picking import Picker

SCREEN = Screen(746, 698)
PIXELS = [(float(x), float(y)) for x in range(330, 420, 12) for y in range(60, 620, 40)]


def median_us(action: Callable[[float, float], object], pixels: list[tuple[float, float]]) -> float:
    """Median time of one pick in microseconds."""
    times = []
    for x, y in pixels:
        start = time.perf_counter()
        action(x, y)
        times.append((time.perf_counter() - start) * 1e6)
    return statistics.median(times)


def unindexed_picker(pose: CameraPose) -> tuple[Callable[[float, float], Any], Any]:
    """VTK's cell picker on a plain actor, as in most programs; also returns what must be kept alive."""
    surface = shown_surface(read_body(), Build())
    plotter: Any = pv.Plotter(off_screen=True, window_size=(746, 698))
    mapper = vtkPolyDataMapper()
    mapper.SetInputData(make_mesh(surface.vertices, surface.triangles, surface.normals))
    actor = vtkActor()
    actor.SetMapper(mapper)
    plotter.add_actor(actor, reset_camera=False)
    plotter.renderer.camera_set = True
    camera = plotter.renderer.GetActiveCamera()
    camera.SetFocalPoint(*pose.focal_mm)
    camera.SetPosition(*pose.position_mm)
    camera.SetViewUp(0, 0, 1)
    camera.SetViewAngle(VIEW_ANGLE_DEG)
    camera.SetClippingRange(*clipping_range(pose, bounds_of(surface.vertices)))
    plotter.render_window.Render()
    picker = vtkCellPicker()
    picker.SetTolerance(0.0)

    def pick(x: float, y: float) -> Any:
        device_x, device_y = SCREEN.to_device(x, y)
        if not picker.Pick(device_x, device_y, 0.0, plotter.renderer):
            return None
        return np.asarray(picker.GetPickPosition())

    return pick, plotter


def trimesh_ray(pose: CameraPose) -> Callable[[float, float], Any]:
    """Return trimesh's ray query, with the fastest index that is installed."""
    import trimesh

    surface = shown_surface(read_body(), Build())
    mesh = trimesh.Trimesh(surface.vertices, surface.triangles, process=False)

    def pick(x: float, y: float) -> Any:
        ray = ray_through(x, y, pose, SCREEN)
        places, _, _ = mesh.ray.intersects_location([ray.origin_mm], [ray.direction], multiple_hits=False)
        return places[0] if len(places) else None

    pick(*PIXELS[0])
    return pick


def main() -> None:
    """Measure side by side and print."""
    require_offscreen_gl()
    body = read_body()
    surface = shown_surface(body, Build())
    pose = preset("front", bounds_of(surface.vertices), SCREEN.aspect)
    own = Picker(surface, len(body.triangles))
    vtk_pick, plotter = unindexed_picker(pose)
    tri_pick = trimesh_ray(pose)
    same = hits = 0
    for x, y in PIXELS:
        found, theirs, third = own.pick(x, y, pose, SCREEN), vtk_pick(x, y), tri_pick(x, y)
        if found is None or theirs is None or third is None:
            same += found is None and theirs is None and third is None
            continue
        hits += 1
        same += all(np.linalg.norm(np.subtract(found.xyz_mm, other)) < 0.5 for other in (theirs, third))
    ours = median_us(lambda x, y: own.pick(x, y, pose, SCREEN), PIXELS * 5)
    unindexed = median_us(vtk_pick, PIXELS)
    indexed = median_us(tri_pick, PIXELS)
    plotter.close()
    print(f"{len(surface.vertices)} vertices, {len(PIXELS)} pixels, {hits} hits, same answer for {same}")
    print(f"ours {ours:8.1f} us")
    print(f"vtkCellPicker {unindexed:.1f} us, {unindexed / ours:.0f} times ours (target: at least 50)")
    print(f"trimesh, indexed {indexed:.1f} us, {indexed / ours:.1f} times ours (target: at least 1)")


if __name__ == "__main__":
    main()
