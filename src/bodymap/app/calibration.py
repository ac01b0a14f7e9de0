"""The calibration sheet: from the atlas to the cards a clinician proof-reads on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bodymap.app.calibration_cards import proof_refs, sheet_words
from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import Build, PointRef
from bodymap.printing.calibration import (
    PICTURE_PX,
    PICTURE_WIDTHS_MM,
    CardPicture,
    calibration_pdf,
)
from bodymap.scene import CameraPose, Chosen, Screen, project, resolve, shown_surface
from bodymap.scene.picking import Picker
from bodymap.scene.proof_views import ProofView, proof_views
from bodymap.scene.snapshot import PAPER_DPI, Studio

_CLOSE_UP_HEIGHT_MM = 290.0
_SMALLER_CLOSE_UPS_MM = {"head": 200.0, "neck": 240.0, "hand": 200.0, "foot": 220.0}
"""Where the body offers more to go by."""

_EDGE = 0.03
"""An X nearer to a picture's edge than this part of its size is not drawn."""

_PAPER_WHITE = "#FFFFFF"
_BUILD = Build()
_FINE_DOTS = 0.42
"""Dots are smaller than elsewhere on paper: these pictures are small, and so are the zones of the head."""
_RATIO = _FINE_DOTS * PICTURE_PX[0] / PICTURE_WIDTHS_MM[0] * 25.4 / PAPER_DPI

_VIEWS = ("front", "front right", "right", "back right", "back", "back left", "left", "front left")


def calibration_sheet(atlas: Atlas, body: Body, progress: Callable[[int, int], None]) -> bytes:
    """Return the calibration sheet of the whole atlas as PDF.

    Parameters
    ----------
    atlas : Atlas
    body : Body
    progress : function
        Told how many points are drawn, of how many.

    Raises
    ------
    Refusal
        The computer has no OpenGL that works without a window, or temporary files cannot be written.
    """
    return sheet_of(proof_refs(atlas, body), atlas, body, progress)


def sheet_of(
    refs: Sequence[PointRef], atlas: Atlas, body: Body, progress: Callable[[int, int], None]
) -> bytes:
    """Return the calibration sheet of some points."""
    surface = shown_surface(body, _BUILD)
    picker = Picker(surface)
    studio = Studio(body, with_shadow=False)
    try:
        return calibration_pdf(
            sheet_words(refs, atlas, body),
            lambda index: draw_pictures(refs[index], atlas, body, studio, picker),
            progress,
        )
    finally:
        studio.close()


def draw_pictures(
    ref: PointRef, atlas: Atlas, body: Body, studio: Studio, picker: Picker
) -> tuple[CardPicture, ...]:
    """Draw a point's pattern, its close-up and, where these hide some of the pattern, the rest of it."""
    frame = resolve(
        atlas,
        body,
        Chosen(build=_BUILD, selection=(ref,), ground=_PAPER_WHITE, with_points=False, with_labels=False),
    )
    (mark,) = frame.marks
    place, normal = np.asarray([mark.xyz_mm]), np.asarray([mark.normal])
    group = body.regions.region(body.regions.at(atlas.anchor(ref))[0]).group
    height_mm = _SMALLER_CLOSE_UPS_MM.get(group, _CLOSE_UP_HEIGHT_MM)

    def picture(view: ProofView) -> CardPicture:
        pose = view.pose
        pixels = studio.snapshot(
            frame, pose, PICTURE_PX, ratio=_RATIO, cut_mm=view.cut_mm, depth_mm=view.depth_mm
        )
        x, y, _ = project(place, pose, Screen(*PICTURE_PX))[0].tolist()
        within = all(_EDGE <= at / size <= 1.0 - _EDGE for at, size in zip((x, y), PICTURE_PX, strict=True))
        return CardPicture(
            pixels=pixels[..., :3],
            cross=(x / PICTURE_PX[0], y / PICTURE_PX[1]) if within else None,
            behind=not picker.visible(place, normal, pose, view.cut_mm)[0],
            caption=_caption(view),
            height_mm=pose.height_mm,
        )

    return tuple(
        picture(view) for view in proof_views(atlas, body, _BUILD, ref, picker, close_up_mm=height_mm)
    )


def _caption(view: ProofView) -> str:
    """Say what a picture shows, from where, and what is missing from it."""
    cut = ", cut free" if view.cut_mm is not None else ""
    hidden = "" if view.complete else ", part hidden"
    return f"{view.shows.value}, {view_words(view.pose)}{cut}{hidden}"


def view_words(pose: CameraPose) -> str:
    """Say where a view is taken from: ``"back left"``, ``"front, above"``."""
    words = _VIEWS[round(pose.azimuth_deg / 45.0) % len(_VIEWS)]
    if abs(pose.elevation_deg) < 30.0:
        return words
    if pose.elevation_deg < -70.0:
        return "from below"
    return f"{words}, {'above' if pose.elevation_deg > 0.0 else 'below'}"
