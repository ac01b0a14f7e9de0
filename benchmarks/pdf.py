"""What does the page cost on top of its pictures? One-page PDF, four views at 300 dpi, against its renders.

``python benchmarks/pdf.py`` prints the ratio of the whole (layout, pictures, encoding, typesetting) to the
renders alone, measured within the same calls; the target is at most 1.5.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import numpy.typing as npt

from bodymap.app.diagram import print_job, view_renderer
from bodymap.app.reference import reference_atlas, reference_body
from bodymap.domain import Plan, PointRef, Side, Site
from bodymap.printing import (
    PICTURE_DPI,
    PrintJob,
    RenderView,
    ViewSpec,
    choose_views,
    compose_pdf,
    layout_page,
)
from bodymap.printing.views import UPRIGHT

ROUNDS = 5


def four_view_plan() -> Plan:
    """Return a plan with up to three atlas points on each of the four sides of the body."""
    atlas, body = reference_atlas(), reference_body()
    every = Plan()
    for ref in atlas.refs:
        every = every.adding(Site(id=every.new_site_id(), place=PointRef(ref.point, Side(ref.side))))
    job = print_job(every, atlas, body)
    views = choose_views([s.xyz_mm for s in job.sites], [s.normal for s in job.sites], job.skin_mm)
    plan = Plan(patient="A. B.", date="2026-11-21")
    for view in UPRIGHT:
        seen = [site for site, seen_from in zip(every, views, strict=True) if seen_from is view]
        for site in seen[:: max(1, len(seen) // 3)][:3]:
            plan = plan.adding(Site(id=plan.new_site_id(), place=site.place))
    return plan


class TimedRenders:
    """Passes views on to the renderer and adds up what it takes."""

    def __init__(self, render: RenderView) -> None:
        self._render = render
        self.seconds = 0.0
        self.pixels = 0

    def __call__(self, view: ViewSpec, size_px: tuple[int, int]) -> npt.NDArray[np.uint8]:
        """Draw a view."""
        start = time.perf_counter()
        picture = self._render(view, size_px)
        self.seconds += time.perf_counter() - start
        self.pixels += size_px[0] * size_px[1]
        return picture


def measure(job: PrintJob, render: RenderView) -> tuple[float, float, int]:
    """Seconds for the PDF, seconds of them for its renders, and the pixels drawn."""
    timed = TimedRenders(render)
    start = time.perf_counter()
    compose_pdf(job, timed)
    return time.perf_counter() - start, timed.seconds, timed.pixels


def main() -> None:
    """Measure and print."""
    atlas, body = reference_atlas(), reference_body()
    plan = four_view_plan()
    job = print_job(plan, atlas, body)
    with view_renderer(plan, atlas, body) as render:
        measure(job, render)
        runs = [measure(job, render) for _ in range(ROUNDS)]
    names = ", ".join(figure.view.name for figure in layout_page(job).figures)
    whole, raw = (statistics.median(run[i] for run in runs) for i in (0, 1))
    print(f"{len(job.sites)} sites in {names}; {runs[0][2] / 1e6:.1f} megapixels at {PICTURE_DPI:.0f} dpi")
    print(f"raw renders {raw * 1e3:.0f} ms, whole page {whole * 1e3:.0f} ms")
    print(f"ratio {whole / raw:.2f} (target at most 1.5)")


if __name__ == "__main__":
    main()
