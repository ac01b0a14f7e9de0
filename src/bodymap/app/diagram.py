"""From a plan to the printed page: the one place where the scene's pictures meet the page's layout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bodymap.app.reference import region_name
from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import Plan, PointRef, Site
from bodymap.printing import PICTURE_DPI, Direction, Paper, PrintJob, PrintSite, RenderView, ViewSpec
from bodymap.scene import CameraPose, Chosen, Mark, SceneFrame, resolve, shown_surface
from bodymap.scene.snapshot import PAPER_DPI, Studio

_PAPER_WHITE = "#FFFFFF"
_MONO_INK = "#3C3C3C"
_UPRIGHT_AZIMUTHS_DEG = {
    Direction.FRONT: 0.0,
    Direction.BACK: 180.0,
    Direction.LEFT: -90.0,
    Direction.RIGHT: 90.0,
}
_NEARLY_STRAIGHT_DEG = 89.99
"""Straight up or down a turntable camera has no up axis."""


def plan_frame(plan: Plan, atlas: Atlas, body: Body, *, mono: bool = False) -> SceneFrame:
    """Resolve the picture of a plan on white: every planned point's referral, nothing selected or hovered."""
    known = tuple(ref for ref in plan.point_refs() if ref in atlas)
    frame = resolve(
        atlas,
        body,
        Chosen(
            build=plan.build,
            selection=known,
            planned=tuple(site.place for site in _known_sites(plan, atlas)),
            ground=_PAPER_WHITE,
            with_points=False,
        ),
    )
    if mono:
        return replace(frame, layers=tuple(replace(layer, colour=_MONO_INK) for layer in frame.layers))
    return frame


def print_job(
    plan: Plan, atlas: Atlas, body: Body, *, paper: Paper = Paper.A4, mono: bool = False, clinic: str = ""
) -> PrintJob:
    """Put a plan into the page's words; a point that this atlas does not know is left out of the page."""
    frame = plan_frame(plan, atlas, body, mono=mono)
    marks = {mark.place: mark for mark in frame.marks}
    tones = {layer.place: layer.colour for layer in frame.layers}
    return PrintJob(
        patient=plan.patient,
        date=plan.date,
        note=plan.note,
        clinic=clinic,
        paper=paper,
        mono=mono,
        shaded=bool(frame.layers),
        deep=any(layer.zones.has_deep for layer in frame.layers),
        skin_mm=shown_surface(body, plan.build).vertices,
        sites=tuple(
            _print_site(
                plan.number(site.id),
                site,
                atlas,
                body,
                marks[site.place],
                tones.get(site.place, "") if isinstance(site.place, PointRef) else "",
            )
            for site in _known_sites(plan, atlas)
        ),
    )


@contextmanager
def view_renderer(
    plan: Plan, atlas: Atlas, body: Body, *, mono: bool = False, dpi: float = PICTURE_DPI
) -> Iterator[RenderView]:
    """Give the function that draws a plan's views for a page of that many dots per inch."""
    frame = plan_frame(plan, atlas, body, mono=mono)
    studio = Studio(body, with_shadow=False)

    def render(view: ViewSpec, size_px: tuple[int, int]) -> NDArray[np.uint8]:
        picture = studio.snapshot(
            frame,
            view_pose(view),
            size_px,
            ratio=dpi / PAPER_DPI,
            depth_mm=view.depth_mm,
        )
        return picture[..., :3]

    try:
        yield render
    finally:
        studio.close()


def view_pose(view: ViewSpec) -> CameraPose:
    """Return the orthographic camera of a printed view."""
    if view.direction is Direction.ABOVE:
        azimuth_deg, elevation_deg = 180.0, _NEARLY_STRAIGHT_DEG
    elif view.direction is Direction.BELOW:
        azimuth_deg, elevation_deg = 0.0, -_NEARLY_STRAIGHT_DEG
    else:
        azimuth_deg, elevation_deg = _UPRIGHT_AZIMUTHS_DEG[view.direction], 0.0
    return CameraPose(view.centre_mm, azimuth_deg, elevation_deg, view.height_mm, parallel=True)


def _known_sites(plan: Plan, atlas: Atlas) -> list[Site]:
    return [s for s in plan.sites if not isinstance(s.place, PointRef) or s.place in atlas]


def _print_site(number: int, site: Site, atlas: Atlas, body: Body, mark: Mark, tone: str) -> PrintSite:
    if isinstance(site.place, PointRef):
        muscle, point = atlas.muscle_of(site.place.point), atlas.point(site.place.point)
        name, label = muscle.english, point.label or point.id.replace("_", " ")
    else:
        name, label = "Free site", region_name(site.place.region, body)
    details = (site.technique.value if site.technique else "", site.depth, site.direction, site.note)
    return PrintSite(
        number=number,
        name=name,
        side=site.place.side,
        label=label,
        needle=site.needle.words if site.needle else "",
        position=site.position.words if site.position else "",
        note="; ".join(text for text in details if text),
        xyz_mm=mark.xyz_mm,
        normal=mark.normal,
        tone=tone,
    )
