"""The calibration sheet: from the atlas to the cards a clinician proof-reads on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

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
from bodymap.scene import CameraPose, Chosen, Screen, facing, project, resolve, shown_surface
from bodymap.scene.camera import orbit
from bodymap.scene.framing import STEPS_ASIDE_DEG, pattern_view
from bodymap.scene.picking import Picker
from bodymap.scene.snapshot import PAPER_DPI, Studio

_CLOSE_UP_HEIGHT_MM = 290.0
_SMALLER_CLOSE_UPS_MM = {"head": 200.0, "neck": 240.0, "hand": 200.0, "foot": 220.0}
"""Where the body offers more to go by."""
_LEAST_PATTERN_HEIGHT_MM = 300.0
_FILLED = 0.74
"""Part of the picture's width or height that a pattern fills."""

_PAPER_WHITE = "#FFFFFF"
_BUILD = Build()
_RATIO = PICTURE_PX[0] / PICTURE_WIDTHS_MM[0] * 25.4 / PAPER_DPI
_WHOLE = 0.92
"""Part of a pattern in view from which on nothing is said of the rest."""

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
) -> tuple[CardPicture, CardPicture]:
    """Draw a point's pattern and its close-up."""
    frame = resolve(
        atlas,
        body,
        Chosen(build=_BUILD, selection=(ref,), ground=_PAPER_WHITE, with_points=False, with_labels=False),
    )
    (mark,) = frame.marks
    place = np.asarray([mark.xyz_mm])
    normal = np.asarray([mark.normal])

    def picture(pose: CameraPose, what: str, remark: str = "") -> CardPicture:
        pixels = studio.snapshot(frame, pose, PICTURE_PX, ratio=_RATIO)
        x, y, _ = project(place, pose, Screen(*PICTURE_PX))[0].tolist()
        return CardPicture(
            pixels=pixels[..., :3],
            cross=(x / PICTURE_PX[0], y / PICTURE_PX[1]),
            behind=not picker.visible(place, normal, pose)[0],
            caption=f"{what}, {view_words(pose)}{remark}",
            height_mm=pose.height_mm,
        )

    square, share = pattern_view(atlas, body, _BUILD, ref, picker)
    square = replace(square, parallel=True)
    felt = np.vstack((shown_surface(body, _BUILD).vertices[atlas.zone(ref).vertices], place))
    group = body.regions.region(body.regions.at(atlas.anchor(ref))[0]).group
    height_mm = _SMALLER_CLOSE_UPS_MM.get(group, _CLOSE_UP_HEIGHT_MM)
    aside = replace(facing(mark.xyz_mm, mark.normal, height_mm), parallel=True)
    return (
        picture(_filled(square, felt), "Pattern", ", part hidden" if share < _WHOLE else ""),
        picture(_unhidden(aside, place, normal, picker), "Point"),
    )


def view_words(pose: CameraPose) -> str:
    """Say where a view is taken from: ``"back left"``, ``"front, above"``."""
    words = _VIEWS[round(pose.azimuth_deg / 45.0) % len(_VIEWS)]
    if abs(pose.elevation_deg) < 30.0:
        return words
    return f"{words}, {'above' if pose.elevation_deg > 0.0 else 'below'}"


def _filled(pose: CameraPose, seen_mm: NDArray[np.float64]) -> CameraPose:
    """Return the pose as near as still shows everything with some of the body around it."""
    aspect = PICTURE_PX[0] / PICTURE_PX[1]
    placed = project(seen_mm, pose, Screen(aspect, 1.0))
    across = 2.0 * float(np.abs(placed[:, 0] / aspect - 0.5).max())
    down = 2.0 * float(np.abs(placed[:, 1] - 0.5).max())
    fitted = pose.height_mm * max(across, down) / _FILLED
    return replace(pose, height_mm=max(fitted, _LEAST_PATTERN_HEIGHT_MM))


def _unhidden(
    pose: CameraPose, place: NDArray[np.float64], normal: NDArray[np.float64], picker: Picker
) -> CameraPose:
    """Return the pose, or the nearest step aside from which nothing hides the place."""
    steps = (orbit(pose, *step_deg) for step_deg in STEPS_ASIDE_DEG)
    return next((step for step in steps if picker.visible(place, normal, step)[0]), pose)
