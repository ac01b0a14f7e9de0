"""From a plan to the printed page: the one place where the scene's pictures meet the page's layout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bodymap.app.reference import measuring, painter_of, region_name
from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import Plan, PointRef, Quality, Site
from bodymap.geometry.surfaces import vertex_areas_mm2
from bodymap.planning.pain_words import pain_words, region_words
from bodymap.printing import PICTURE_DPI, Direction, Paper, PrintJob, PrintSite, RenderView, ViewSpec
from bodymap.scene import CameraPose, Chosen, Mark, SceneFrame, resolve, shown_surface
from bodymap.scene.frame import PainLook
from bodymap.scene.palette import PAIN, PAIN_MONO
from bodymap.scene.snapshot import PAPER_DPI, Studio

_PAPER_WHITE = "#FFFFFF"
_MONO_INK = "#3C3C3C"
_UPRIGHT_AZIMUTHS_DEG = {
    Direction.FRONT: 0.0,
    Direction.BACK: 180.0,
    Direction.LEFT: -90.0,
    Direction.RIGHT: 90.0,
}
_FAMILIAR = {True: "familiar pain", False: "other pain than the familiar", None: ""}
_PAIN_SAMPLES = 400
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
            pain=_pain_look(plan, body, mono),
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
    look = frame.pain
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
        felt=() if look is None else tuple(_felt(quality, mono) for quality in look.pain.qualities),
        pain="" if look is None else _pain_words(plan, body),
        pain_normals=np.zeros((0, 3)) if look is None else _facing_of(look, plan, body),
        skin_mm=shown_surface(body, plan.build).vertices,
        sites=tuple(
            _print_site(
                site,
                plan,
                atlas,
                body,
                marks[site.place],
                tones.get(site.place, "") if isinstance(site.place, PointRef) else "",
            )
            for site in _known_sites(plan, atlas)
        ),
    )


def _pain_look(plan: Plan, body: Body, mono: bool) -> PainLook | None:
    return PainLook(plan.pain, None, painter_of(body).painted(plan.pain), mono=mono) if plan.pain else None


def _felt(quality: Quality, mono: bool) -> tuple[str, str, str]:
    return quality.value, quality.words, PAIN_MONO if mono else PAIN[quality]


def _pain_words(plan: Plan, body: Body) -> str:
    figures = measuring(body, plan.build)(plan.pain)
    return pain_words(figures, lambda region_id: region_name(region_id, body))


def _facing_of(look: PainLook, plan: Plan, body: Body) -> NDArray[np.floating]:
    """Return normals of painted skin, drawn so that each stands for the same area."""
    surface = shown_surface(body, plan.build)
    areas = vertex_areas_mm2(surface.vertices, body.triangles) * look.pain.inside
    if not areas.any():
        return np.zeros((0, 3))
    steps = np.linspace(0.0, areas.sum(), _PAIN_SAMPLES, endpoint=False)
    return surface.normals[np.searchsorted(np.cumsum(areas), steps, side="right")]


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


def _felt_words(site: Site, plan: Plan, body: Body) -> str:
    """Where the patient felt it, by region."""
    if not site.felt:
        return ""
    figures = measuring(body, plan.build)(site.felt)
    regions = region_words(figures.regions, lambda region_id: region_name(region_id, body))
    return f"felt in: {regions}" if regions else ""


def _print_site(site: Site, plan: Plan, atlas: Atlas, body: Body, mark: Mark, tone: str) -> PrintSite:
    if isinstance(site.place, PointRef):
        muscle, point = atlas.muscle_of(site.place.point), atlas.point(site.place.point)
        name, label = muscle.english, point.label or point.id.replace("_", " ")
    else:
        name, label = "Free site", region_name(site.place.region, body)
    details = (
        site.technique.value if site.technique else "",
        site.depth,
        site.direction,
        _FAMILIAR[site.familiar],
        _felt_words(site, plan, body),
        site.note,
    )
    return PrintSite(
        number=plan.number(site.id),
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
