"""Which points explain a painted pain, and what they leave over: all of the atlas in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas import Atlas, Flag, Risk
from bodymap.atlas.coverage import Coverage
from bodymap.body import Body
from bodymap.domain import PointRef, Refusal, Side

Hurts = NDArray[np.float32]
"""How much each vertex hurts, 0 to 1, shape (n,)."""

SPILLOVER_COUNTS = 0.6
"""Pain in the spillover zone speaks for a point less than pain in the essential one."""
OUTSIDE_COSTS = 0.3
"""Essential skin that does not hurt counts against a point, but little: patterns are rarely felt whole."""
FAMILIAR = MappingProxyType({1: 0.75, 2: 1.0, 3: 1.2})
"""How often a muscle is met in practice; small enough to decide between near equals only."""
CONFIDENCE = MappingProxyType({1: 0.6, 2: 0.95, 3: 1.0})
"""Doubtful patterns stand behind well agreed ones."""
REPEATED = 0.88
"""A muscle whose pattern is that of another further up says nothing new, so each repeat stands behind."""
VARIABLE = 0.7
"""Muscles or points that many people do not have."""
LEAST_GAIN = 0.02
"""A point that explains less of the pain than this is not worth a needle, so none is offered."""
COMMONNESS = MappingProxyType({1: "seldom met", 2: "often met", 3: "met daily"})


@dataclass(frozen=True, slots=True)
class Explained:
    """How well a point explains a pain.

    Attributes
    ----------
    ref : PointRef
    score : float
        0 to about 1; comparable between points for one pain.
    fit : float
        The score before what is known of the point beforehand.
    essential, spillover : float
        Shares of the painted pain that lie in the point's essential zone, and in the rest of its pattern.
    outside : float
        Share of its essential zone that does not hurt.
    """

    ref: PointRef
    score: float
    fit: float
    essential: float
    spillover: float
    outside: float

    @property
    def covered(self) -> float:
        """Share of the painted pain that lies in the point's whole pattern."""
        return self.essential + self.spillover

    @property
    def words(self) -> str:
        """The parts of the score in a line: ``"covers 82 % of the pain, most of it essential"``."""
        return f"covers {_percent(self.covered)} of the pain, {_much(self)} of it {_zone(self)}"

    @property
    def short_words(self) -> str:
        """The same in fewer words: ``"covers 82 %, most essential"``."""
        return f"covers {_percent(self.covered)}, {_much(self)} {_zone(self)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def _zone(each: Explained) -> str:
    return "essential" if each.essential >= 0.5 * each.covered else "spillover"


def _much(each: Explained) -> str:
    return "all" if max(each.essential, each.spillover) >= 0.95 * each.covered else "most"


@dataclass(frozen=True, slots=True)
class MuscleExplains:
    """How well a muscle explains a pain: as well as the best of its points.

    Attributes
    ----------
    muscle_id : str
    side : Side
    points : tuple of Explained
        Best first.
    """

    muscle_id: str
    side: Side
    points: tuple[Explained, ...]

    @property
    def best(self) -> Explained:
        """The point that explains it best."""
        return self.points[0]


@dataclass(frozen=True, slots=True)
class NextBest:
    """The point that would explain most of what is left.

    Attributes
    ----------
    ref : PointRef
    gain : float
        Share of the whole painted pain, 0 to 1, that it adds.
    """

    ref: PointRef
    gain: float


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
        self.areas_mm2 = Coverage(body).vertex_areas_mm2.astype(np.float32)
        self.refs = tuple(ref for ref in atlas.refs if Flag.NO_PAIN not in atlas.point(ref.point).flags)
        self._rows = {ref: row for row, ref in enumerate(self.refs)}
        zones = [atlas.zone(ref) for ref in self.refs]
        counts = np.array([len(zone.vertices) for zone in zones], dtype=np.int64)
        self._starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        self._ends = self._starts + counts
        self._vertices = np.concatenate([zone.vertices for zone in zones])
        areas = self.areas_mm2[self._vertices]
        essential = np.concatenate([zone.essential for zone in zones]) / np.float32(255)
        spillover = np.concatenate([zone.spillover for zone in zones]) / np.float32(255)
        only_spillover = np.maximum(spillover - essential, np.float32(0))
        self._essential = areas * essential
        self._spillover = areas * only_spillover
        self._cover = essential + np.float32(SPILLOVER_COUNTS) * only_spillover
        self._whole = np.add.reduceat(self._essential, self._starts)
        self._prior = np.array([prior(atlas, ref) for ref in self.refs], dtype=np.float32)
        same: dict[bytes, list[int]] = {}
        for row, zone in enumerate(zones):
            same.setdefault(zone.vertices.tobytes() + zone.essential.tobytes(), []).append(row)
        self._alike = tuple(rows for rows in same.values() if len(rows) > 1)
        self._needled = np.array(
            [atlas.needling(ref.point).risk is not Risk.NOT_RECOMMENDED for ref in self.refs],
            dtype=np.float32,
        )

    def rank(self, hurts: Hurts) -> tuple[Explained, ...]:
        """Points that explain some of a pain, the best first; empty where nothing is painted."""
        even = evened(hurts)
        painted = float(self.areas_mm2 @ even)
        if painted <= 0.0:
            return ()
        here = even[self._vertices]
        essential = np.add.reduceat(here * self._essential, self._starts)
        spillover = np.add.reduceat(here * self._spillover, self._starts)
        outside = self._whole - essential
        fit = (essential + SPILLOVER_COUNTS * spillover) / (painted + OUTSIDE_COSTS * outside)
        score = fit * self._prior
        self._hold_back_repeats(score)
        order = np.argsort(-score, kind="stable")
        order = order[score[order] > 0.0]
        missed = outside / np.maximum(self._whole, 1.0)
        parts = np.stack((score, fit, essential / painted, spillover / painted, missed), axis=1)[order]
        return tuple(
            Explained(self.refs[row], *(float(part) for part in each))
            for row, each in zip(order.tolist(), parts.tolist(), strict=True)
        )

    def explained(self, refs: Iterable[PointRef]) -> Hurts:
        """How far some points explain pain at each vertex, 0 to 1, shape (n,): spillover counts less."""
        explained = np.zeros(len(self.areas_mm2), dtype=np.float32)
        for ref in refs:
            if ref in self._rows:
                row = self._rows[ref]
                own = slice(self._starts[row], self._ends[row])
                vertices = self._vertices[own]
                explained[vertices] = np.maximum(explained[vertices], self._cover[own])
        return explained

    def share(self, hurts: Hurts, explained: Hurts) -> float:
        """Share of a pain that is explained, 0 to 1; 0 where there is none."""
        painted = float(self.areas_mm2 @ hurts)
        return float(self.areas_mm2 @ (hurts * explained)) / painted if painted > 0.0 else 0.0

    def next_best(self, hurts: Hurts, explained: Hurts) -> NextBest | None:
        """Point to add next, by greedy cover; None when no point that is needled explains any more.

        Greedy choice by gain alone is never worse than 63 % of the best choice of as many points (Nemhauser,
        Wolsey and Fisher, Mathematical Programming 1978;14:265-294), and the reader can follow it.
        """
        painted = float(self.areas_mm2 @ hurts)
        if painted <= 0.0:
            return None
        left = self.areas_mm2 * hurts
        more = np.maximum(self._cover - explained[self._vertices], np.float32(0))
        gains = np.add.reduceat(left[self._vertices] * more, self._starts) / painted
        row = int(np.argmax(gains * self._prior * self._needled))
        gain = float(gains[row])
        return NextBest(self.refs[row], gain) if gain >= LEAST_GAIN else None

    def _hold_back_repeats(self, score: NDArray[np.floating]) -> None:
        for rows in self._alike:
            ranked = sorted(rows, key=lambda row: -score[row])
            muscles: list[str] = []
            for row in ranked:
                muscle_id = self.refs[row].point.partition(".")[0]
                if muscle_id not in muscles:
                    muscles.append(muscle_id)
                score[row] *= REPEATED ** muscles.index(muscle_id)


def evened(hurts: Hurts) -> Hurts:
    """Scale pain so that its worst place counts fully: a mild one has the same pattern as a strong one."""
    worst = float(hurts.max(initial=0.0))
    return hurts / np.float32(worst) if worst > 0.0 else hurts


def by_muscle(explaining: Iterable[Explained]) -> tuple[MuscleExplains, ...]:
    """Gather ranked points under their muscles, in the order of each muscle's best point."""
    found: dict[tuple[str, Side], list[Explained]] = {}
    for each in explaining:
        found.setdefault((each.ref.point.partition(".")[0], each.ref.side), []).append(each)
    return tuple(
        MuscleExplains(muscle_id, side, tuple(points)) for (muscle_id, side), points in found.items()
    )


def prior(atlas: Atlas, ref: PointRef) -> float:
    """Weight of a point before any pain is known."""
    point = atlas.point(ref.point)
    variable = VARIABLE if Flag.VARIABLE in point.flags else 1.0
    return CONFIDENCE[point.confidence] * FAMILIAR[atlas.muscle_of(ref.point).familiar] * variable


def pain_in_regions(body: Body, places: Iterable[tuple[str, Side | None]]) -> Hurts:
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
