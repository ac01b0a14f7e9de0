"""Where to stand to see a point together with the skin it is felt on."""

from __future__ import annotations

import numpy as np

from bodymap.body import Body
from bodymap.domain import Build, PointRef, Posture
from bodymap.scene.camera import CameraPose, facing, orbit
from bodymap.scene.picking import Picker
from bodymap.scene.resolve import PointSource, point_field
from bodymap.scene.shape import shown_surface

_AROUND = 1.7
"""Room around the pattern, so that the part of the body is recognised."""
_LEAST_HEIGHT_MM = 520.0
_INSIDE = 128

STEPS_ASIDE_DEG = (
    *((0.0, 0.0), (35.0, 0.0), (-35.0, 0.0), (0.0, 35.0), (0.0, -35.0), (70.0, 0.0), (-70.0, 0.0)),
    *((35.0, 35.0), (-35.0, 35.0), (35.0, -35.0), (-35.0, -35.0), (100.0, 0.0), (-100.0, 0.0)),
)
"""How to step aside, nearest first, where another part of the body hides something."""

_SAMPLES = 60
_WORTH_A_STEP = 0.25
"""How much more of a pattern must be seen from aside."""


def pattern_view(
    atlas: PointSource,
    body: Body,
    build: Build,
    ref: PointRef,
    picker: Picker,
    posture: Posture = Posture.APART,
) -> tuple[CameraPose, float]:
    """Return the square view of a pattern, or one from aside where much more of it shows, and how much does.

    Parameters
    ----------
    atlas : PointSource
    body : Body
    build : Build
    ref : PointRef
    picker : Picker
        Of this build and posture.
    posture : Posture

    Returns
    -------
    CameraPose
    float
        Part of the pattern that is neither turned away nor behind another part of the body, 0 to 1.

    Raises
    ------
    KeyError
        The point is not in the atlas.
    """
    surface, zone = shown_surface(body, build, posture), atlas.zone(ref)
    felt = zone.vertices[np.maximum(zone.essential, zone.spillover) >= _INSIDE]
    felt = felt[:: len(felt) // _SAMPLES + 1]
    square = pattern_pose(atlas, body, build, ref, posture)

    def seen(pose: CameraPose) -> float:
        if not len(felt):
            return 1.0
        return float(picker.visible(surface.vertices[felt], surface.normals[felt], pose).mean())

    shares = {pose: seen(pose) for pose in (orbit(square, *step_deg) for step_deg in STEPS_ASIDE_DEG)}
    best = max(shares, key=lambda pose: shares[pose])
    pose = best if shares[best] > shares[square] + _WORTH_A_STEP else square
    return pose, shares[pose]


def pattern_pose(
    atlas: PointSource, body: Body, build: Build, ref: PointRef, posture: Posture = Posture.APART
) -> CameraPose:
    """Return the pose that shows a point's whole referral as squarely as it can be seen from one place.

    Raises
    ------
    KeyError
        The point is not in the atlas.
    """
    surface = shown_surface(body, build, posture)
    zone = atlas.zone(ref)
    felt = zone.vertices[np.maximum(zone.essential, zone.spillover) >= _INSIDE]
    essential = zone.vertices[zone.essential >= _INSIDE]
    points = point_field(atlas, body, build, posture)
    place = points.xyz_mm[points.index[ref]]
    seen = np.vstack((surface.vertices[felt], place[None]))
    middle = (seen.min(axis=0) + seen.max(axis=0)) / 2.0
    outward = surface.normals[essential].mean(axis=0) if len(essential) else np.zeros(3)
    outward = outward + 0.35 * points.normals[points.index[ref]]
    extent_mm = float(np.linalg.norm(seen.max(axis=0) - seen.min(axis=0)))
    return facing(middle.tolist(), outward.tolist(), max(_AROUND * extent_mm, _LEAST_HEIGHT_MM))
