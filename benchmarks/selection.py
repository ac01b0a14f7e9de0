"""How long from a selected point to a frame that is ready to be drawn? Target: under 2 ms before the render.

``python benchmarks/selection.py``; not called select, which would hide Python's own module of that name.
"""

from __future__ import annotations

import itertools
import statistics
import time
from typing import Any

import pyvista as pv

from bodymap.atlas import read_atlas
from bodymap.body import read_body
from bodymap.scene import CameraPose, Chosen, Screen, read_skin_detail, resolve
from bodymap.scene.gl_support import require_offscreen_gl
from bodymap.scene.renderer import BodyRenderer


def main() -> None:
    """Measure and print."""
    require_offscreen_gl()
    body = read_body()
    atlas = read_atlas(body)
    plotter: Any = pv.Plotter(off_screen=True, window_size=(746, 698), lighting="none")
    renderer = BodyRenderer(plotter.renderer, body, read_skin_detail(body.triangles, body.n_vertices))
    renderer.look(CameraPose(), Screen(746, 698))
    refs = [ref for ref in atlas.refs if len(atlas.zone(ref).vertices)]
    resolving, applying = [], []
    for ref in itertools.islice(itertools.cycle(refs), 2 * len(refs)):
        start = time.perf_counter()
        frame = resolve(atlas, body, Chosen(selection=(ref,)))
        middle = time.perf_counter()
        renderer.apply(frame)
        applying.append((time.perf_counter() - middle) * 1e3)
        resolving.append((middle - start) * 1e3)
    both = [a + b for a, b in zip(resolving, applying, strict=True)]
    plotter.close()
    print(f"{len(refs)} points with a zone, each selected twice")
    print(
        f"resolve {statistics.median(resolving):.2f} ms, apply {statistics.median(applying):.2f} ms (medians)"
    )
    worst = statistics.quantiles(both, n=100)[-1]
    print(f"both {statistics.median(both):.2f} ms, 99 of 100 under {worst:.2f} ms (target: under 2)")


if __name__ == "__main__":
    main()
