"""Which points explain a painted pain: all of the atlas, ranked in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas import Atlas, Flag
from bodymap.atlas.coverage import Coverage
from bodymap.body import Body
from bodymap.domain import PointRef, Refusal, Side

Pain = NDArray[np.float32]
"""How much each vertex hurts, 0 to 1, shape (n,)."""

SPILLOVER_COUNTS = 0.5
"""Pain in the spillover zone speaks for a point half as much as pain in the essential one."""
OUTSIDE_COSTS = 0.3
"""Essential skin that does not hurt counts against a point, but little: patterns are rarely felt whole."""
FAMILIAR = MappingProxyType({1: 0.85, 2: 1.0, 3: 1.12})
"""How often a muscle is met in practice; small enough to decide between near equals only."""
CONFIDENCE = MappingProxyType({1: 0.75, 2: 0.95, 3: 1.0})
"""Doubtful patterns stand behind well agreed ones."""
VARIABLE = 0.85
"""Muscles or points that many people do not have."""


@dataclass(frozen=True, slots=True)
class Explained:
    """How well a point explains a pain.

    Attributes
    ----------
    ref : PointRef
    score : float
        0 to about 1; comparable between points for one pain.
    essential, spillover : float
        Shares of the painted pain that lie in the point's essential zone, and in the rest of its pattern.
    outside : float
        Share of its essential zone that does not hurt.
    """

    ref: PointRef
    score: float
    essential: float
    spillover: float
    outside: float


class PainRanking:
    """All patterns laid out for one pass over them.

    The score is Tversky's index (Psychological Review 1977;84:327-352) of pattern and pain, with the weights
    above, times what is known of the point beforehand.

    Parameters
    ----------
    atlas : Atlas
    body : Body
    """

    def __init__(self, atlas: Atlas, body: Body) -> None:
        self._areas = Coverage(body).vertex_areas_mm2.astype(np.float32)
        self.refs = tuple(ref for ref in atlas.refs if Flag.NO_PAIN not in atlas.point(ref.point).flags)
        zones = [atlas.zone(ref) for ref in self.refs]
        counts = np.array([len(zone.vertices) for zone in zones], dtype=np.int64)
        self._starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        self._vertices = np.concatenate([zone.vertices for zone in zones])
        areas = self._areas[self._vertices]
        essential = np.concatenate([zone.essential for zone in zones]) / np.float32(255)
        spillover = np.concatenate([zone.spillover for zone in zones]) / np.float32(255)
        self._essential = areas * essential
        self._spillover = areas * np.maximum(spillover - essential, np.float32(0))
        self._whole = np.add.reduceat(self._essential, self._starts)
        self._prior = np.array([prior(atlas, ref) for ref in self.refs], dtype=np.float32)

    def rank(self, pain: Pain) -> tuple[Explained, ...]:
        """Points that explain some of a pain, the best first; empty where nothing is painted."""
        painted = float(self._areas @ pain)
        if painted <= 0.0:
            return ()
        here = pain[self._vertices]
        essential = np.add.reduceat(here * self._essential, self._starts)
        spillover = np.add.reduceat(here * self._spillover, self._starts)
        outside = self._whole - essential
        score = (essential + SPILLOVER_COUNTS * spillover) / (painted + OUTSIDE_COSTS * outside) * self._prior
        order = np.argsort(-score, kind="stable")
        order = order[score[order] > 0.0]
        missed = outside / np.maximum(self._whole, 1.0)
        parts = np.stack((score, essential / painted, spillover / painted, missed), axis=1)[order]
        return tuple(
            Explained(self.refs[row], float(total), float(often), float(sometimes), float(rest))
            for row, (total, often, sometimes, rest) in zip(order.tolist(), parts, strict=True)
        )


def prior(atlas: Atlas, ref: PointRef) -> float:
    """Weight of a point before any pain is known."""
    point = atlas.point(ref.point)
    variable = VARIABLE if Flag.VARIABLE in point.flags else 1.0
    return CONFIDENCE[point.confidence] * FAMILIAR[atlas.muscle_of(ref.point).familiar] * variable


def pain_in_regions(body: Body, places: Iterable[tuple[str, Side | None]]) -> Pain:
    """Pain that fills whole regions; None for the side means both, and a deep region the skin that shows it.

    Raises
    ------
    Refusal
        There is no such region.
    """
    pain = np.zeros(body.n_vertices, dtype=np.float32)
    for region_id, side in places:
        try:
            pain[body.regions.skin_of(region_id, side)] = 1.0
        except KeyError:
            raise Refusal(f'There is no region "{region_id}"; "bodymap atlas --json" names them.') from None
    return pain
