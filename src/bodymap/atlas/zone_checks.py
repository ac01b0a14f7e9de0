"""Whether the shaded skin agrees with the regions that a record names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.atlas import Atlas
from bodymap.atlas.compiled import Zone
from bodymap.atlas.coverage import Coverage, RegionSide
from bodymap.atlas.shapes import Pattern, Referral, ZoneSpec
from bodymap.body import Body
from bodymap.domain import PointRef, Side

LEAST_SHARE = 1.0 / 3.0
"""An essential zone shades this much of each region it names, unless the record says why it is narrower."""
REAL_SHARE = 0.05
"""Shading of less than this of a region is not to be seen there."""
OUTSIDE_SHARE = 0.2
"""Less than this of a zone lies outside the regions it names and their neighbours."""
STRAY_SHARE = 0.25
"""At most this much of a one-sided zone lies over the midline."""

ZoneName = Literal["essential", "spillover"]
Areas = dict[RegionSide, float]

Finding = tuple[str, str]
"""Point id and sentence."""


def zone_problems(atlas: Atlas, body: Body) -> Iterator[Finding]:
    """Problems of every left zone; the right ones are their mirror images."""
    ruler = _Ruler(body)
    for muscle in atlas.muscles:
        for point in muscle.points:
            point_id = muscle.point_id(point)
            zone = atlas.zone(PointRef(point_id, Side.LEFT))
            for name, field in _fields(zone):
                for what in ruler.findings(name, point.pattern, zone.vertices, field):
                    yield point_id, f"the {name} zone {what}"


def _fields(zone: Zone) -> tuple[tuple[ZoneName, NDArray[np.uint8]], ...]:
    return ("essential", zone.essential), ("spillover", zone.spillover)


def region_neighbours(body: Body) -> dict[str, set[str]]:
    """For each region, the regions it borders on."""
    labels = body.regions.of_vertex[body.triangles].astype(np.int64)
    pairs = np.concatenate((labels[:, [0, 1]], labels[:, [1, 2]], labels[:, [2, 0]]))
    pairs = np.unique(pairs[(pairs[:, 0] != pairs[:, 1]) & (pairs >= 0).all(axis=1)], axis=0)
    neighbours: dict[str, set[str]] = {region_id: set() for region_id in body.regions.ids}
    ids = body.regions.ids
    for first, second in pairs.tolist():
        neighbours[ids[first]].add(ids[second])
        neighbours[ids[second]].add(ids[first])
    return neighbours


class _Ruler:
    """Measures zones on one body."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._coverage = Coverage(body)
        self._neighbours = region_neighbours(body)
        self._known = frozenset(region.id for region in body.regions.vocabulary)

    def findings(
        self,
        name: ZoneName,
        pattern: Pattern,
        vertices: NDArray[np.int32],
        field: NDArray[np.uint8],
    ) -> Iterator[str]:
        """Say what is wrong with one of a pattern's zones."""
        essential, spillover = pattern.essential, pattern.spillover
        own = essential if name == "essential" else spillover
        if own is None:
            return
        # The spillover field holds the essential zone too.
        specs = (own,) if name == "essential" or essential is None else (own, essential)
        unknown = [region_id for region_id in own.regions if region_id not in self._known]
        yield from (f'names "{region_id}", which is no region' for region_id in unknown)
        areas = self._coverage.areas_mm2(vertices, field)
        if not areas:
            yield "shades no skin"
        if unknown or not areas:
            return
        yield from self._named_findings(own, areas, is_essential=name == "essential")
        yield from self._outside_findings(specs, areas)
        yield from _stray_findings(specs, pattern, areas)

    def _named_findings(self, spec: ZoneSpec, areas: Areas, is_essential: bool) -> Iterator[str]:
        for name in spec.regions:
            on = self._body.regions.region(name).shown_on
            shares = [a / self._coverage.region_areas_mm2[key] for key, a in areas.items() if key[0] in on]
            label = name if on == (name,) else f"{name} (shown on {', '.join(on)})"
            share = max(shares, default=0.0)
            if share == 0.0:
                yield f"names {label}, yet shades none of it"
            elif share < REAL_SHARE:
                yield f"shades only {share:.0%} of {label}"
            elif is_essential and name in spec.narrow and share >= LEAST_SHARE:
                yield f"is marked as narrow in {label}, yet shades {share:.0%} of it"
            elif is_essential and name not in spec.narrow and share < LEAST_SHARE:
                yield f"shades only {share:.0%} of {label}, and no reason is given"

    def _outside_findings(self, specs: tuple[ZoneSpec, ...], areas: Areas) -> Iterator[str]:
        regions = {region_id for spec in specs for region_id in spec.regions if region_id in self._known}
        named = {shown for name in regions for shown in self._body.regions.region(name).shown_on}
        near = named.union(*(self._neighbours[shown] for shown in named))
        outside = sum(area for (region_id, _), area in areas.items() if region_id not in near)
        share = outside / sum(areas.values())
        if share >= OUTSIDE_SHARE:
            yield f"lies {share:.0%} outside its named regions and their neighbours"


def _stray_findings(specs: tuple[ZoneSpec, ...], pattern: Pattern, areas: Areas) -> Iterator[str]:
    shapes = [shape for spec in specs for shape in spec.shapes]
    one_sided = pattern.referral is Referral.SAME and all(shape.side == "same" for shape in shapes)
    strayed = sum(area for (_, side), area in areas.items() if side is Side.RIGHT) / sum(areas.values())
    if one_sided and strayed > STRAY_SHARE:
        yield f"lies {strayed:.0%} on the other side, though it is written for the same side"
