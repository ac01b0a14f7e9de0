"""Where to stand to see a point together with the skin it is felt on."""

from __future__ import annotations

import numpy as np

from bodymap.body import Body
from bodymap.domain import Build, PointRef
from bodymap.scene.camera import CameraPose, facing
from bodymap.scene.resolve import PointSource, point_field
from bodymap.scene.shape import shown_surface

_AROUND = 1.7
"""Room around the pattern, so that the part of the body is recognised."""
_LEAST_HEIGHT_MM = 520.0
_INSIDE = 128


def pattern_pose(atlas: PointSource, body: Body, build: Build, ref: PointRef) -> CameraPose:
    """Return the pose that shows a point's whole referral as squarely as it can be seen from one place.

    Raises
    ------
    KeyError
        The point is not in the atlas.
    """
    surface = shown_surface(body, build)
    zone = atlas.zone(ref)
    felt = zone.vertices[np.maximum(zone.essential, zone.spillover) >= _INSIDE]
    essential = zone.vertices[zone.essential >= _INSIDE]
    points = point_field(atlas, body, build)
    place = points.xyz_mm[points.index[ref]]
    seen = np.vstack((surface.vertices[felt], place[None]))
    middle = (seen.min(axis=0) + seen.max(axis=0)) / 2.0
    outward = surface.normals[essential].mean(axis=0) if len(essential) else np.zeros(3)
    outward = outward + 0.35 * points.normals[points.index[ref]]
    extent_mm = float(np.linalg.norm(seen.max(axis=0) - seen.min(axis=0)))
    return facing(middle.tolist(), outward.tolist(), max(_AROUND * extent_mm, _LEAST_HEIGHT_MM))
