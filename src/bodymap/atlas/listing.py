"""The compiled atlas as plain data, for scripts and tests (``bodymap atlas --json``)."""

from __future__ import annotations

from typing import Any

import numpy as np

from bodymap.atlas.atlas import Atlas
from bodymap.atlas.compiled import Zone
from bodymap.atlas.coverage import Coverage
from bodymap.atlas.fields import INSIDE
from bodymap.atlas.shapes import ZoneSpec
from bodymap.body import Body
from bodymap.domain import Build, PointRef, Side


def atlas_listing(atlas: Atlas, body: Body) -> list[dict[str, Any]]:
    """One entry for every point on every side.

    ``shaded`` and ``shaded_opposite`` give, for each region on the point's own side (or the midline) and on
    the other side, the shares of its area that are shaded ``essential`` and, elsewhere in it, ``spillover``.
    """
    surface = body.surface(Build())
    coverage = Coverage(body)
    return [_entry(atlas, body, coverage, ref, surface.vertices, surface.triangles) for ref in atlas.refs]


def _entry(
    atlas: Atlas, body: Body, coverage: Coverage, ref: PointRef, vertices: Any, triangles: Any
) -> dict[str, Any]:
    muscle, point, needling = atlas.muscle_of(ref.point), atlas.point(ref.point), atlas.needling(ref.point)
    anchor = atlas.anchor(ref)
    zone = atlas.zone(ref)
    return {
        "id": ref.point,
        "muscle": muscle.id,
        "group": muscle.group,
        "label": point.label,
        "side": ref.side.value,
        "xyz_mm": [round(float(value), 1) for value in anchor.position(vertices, triangles)],
        "region": body.regions.at(anchor)[0],
        "depth_layer": muscle.layer.value,
        "essential": _regions(point.pattern.essential),
        "spillover": _regions(point.pattern.spillover),
        "shaded": _shaded(coverage, zone, (ref.side, None)),
        "shaded_opposite": _shaded(coverage, zone, (ref.side.opposite,)),
        "risk": needling.risk.value,
        "needle_length_mm": None if needling.length_mm is None else list(needling.length_mm),
        "positions": [position.value for position in needling.positions],
        "at_risk": list(needling.at_risk),
        "confidence": point.confidence,
        "sources": list(point.sources),
    }


def _regions(spec: ZoneSpec | None) -> list[str]:
    return [] if spec is None else list(spec.regions)


def _shaded(coverage: Coverage, zone: Zone, sides: tuple[Side | None, ...]) -> dict[str, dict[str, float]]:
    rest = np.where(zone.essential > INSIDE, 0, zone.spillover).astype(np.uint8)
    shares: dict[str, dict[str, float]] = {}
    for kind, field in (("essential", zone.essential), ("spillover", rest)):
        for (region_id, side), share in coverage.shares(zone.vertices, field).items():
            if side in sides:
                both = shares.setdefault(region_id, {"essential": 0.0, "spillover": 0.0})
                both[kind] = round(share, 4)
    return shares
