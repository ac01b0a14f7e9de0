"""Numbers in two columns, left and right of a picture: works for any sites, whatever the crowd.

Straight leaders matched to their numbers with the least total length never cross; swapping the numbers of any
two that do makes the whole shorter, so the untangling below ends. Millimetres, y down. Deterministic.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np

from bodymap.printing.segments import Bools, Floats, lengths, point_to_segment, segments_cross

PROPOSALS = 120
SEARCHED_AT_MOST = 40
"""With more numbers than this to a picture no order is good; the first that does not cross has to do."""


@dataclass(frozen=True)
class Columns:
    """Room for numbers beside a picture, in millimetres.

    Attributes
    ----------
    left_x, right_x : float
        Centres of the two columns.
    top, bottom : float
        Ends of both columns, discs included.
    """

    left_x: float
    right_x: float
    top: float
    bottom: float

    def radius(self, count: int, wanted: float, air: float) -> float:
        """Disc radius at which ``count`` numbers fit, at most ``wanted``."""
        rows = max(1, math.ceil(count / 2))
        return min(wanted, (self.bottom - self.top) / rows / 2 * wanted / (wanted + air / 2))


def place_in_columns(sites: Floats, columns: Columns, *, radius: float, air: float, mark: float) -> Floats:
    """Return the centre of every site's number, (n, 2); leaders do not cross and numbers do not touch.

    Parameters
    ----------
    sites : (n, 2) float
        Marks, all between the columns.
    columns : Columns
    radius : float
        Of the discs: ``columns.radius(n, ...)`` or less, so that they fit.
    air : float
        Wanted between discs; given up first where room is short.
    mark : float
        Radius around other sites that leaders avoid where they can.
    """
    if len(sites) == 0:
        return np.zeros((0, 2))
    rows = math.ceil(len(sites) / 2)
    pitch = min(2 * radius + air, (columns.bottom - columns.top) / max(rows, 1))
    capacity = max(rows, int((columns.bottom - columns.top + 1e-9) / pitch))
    search = _Search(sites, columns, pitch, capacity, mark)
    return search.best()


class _Search:
    """Hill climbing over sides and heights of the numbers; each candidate is untangled, then judged."""

    def __init__(self, sites: Floats, columns: Columns, pitch: float, capacity: int, mark: float) -> None:
        self._sites = sites
        self._columns = columns
        self._pitch = pitch
        self._capacity = capacity
        self._mark = mark
        apart = lengths(sites[:, None] - sites[None])
        self._wanted = np.minimum(mark, 0.9 * apart)
        np.fill_diagonal(self._wanted, 0.0)

    def best(self) -> Floats:
        dice = random.Random(len(self._sites))  # noqa: S311 - a fixed sequence, so that a page is reproducible
        heights = self._sites[:, 1].copy()
        sides = self._balanced(self._sites[:, 0] >= (self._columns.left_x + self._columns.right_x) / 2)
        labels = self._labels(sides, heights)
        covered, length = self._faults(labels)
        for _ in range(PROPOSALS):
            if not covered.any() or len(self._sites) > SEARCHED_AT_MOST:
                break
            i = dice.choice([int(j) for j in np.flatnonzero(covered)])
            new_sides, new_heights = sides.copy(), heights.copy()
            if dice.random() < 0.3:
                new_sides[i] = ~new_sides[i]
            new_heights[i] = dice.uniform(self._columns.top, self._columns.bottom)
            new_labels = self._labels(self._balanced(new_sides), new_heights)
            new_covered, new_length = self._faults(new_labels)
            if (new_covered.sum(), new_length) < (covered.sum(), length):
                sides, heights, labels = new_sides, new_heights, new_labels
                covered, length = new_covered, new_length
        return labels

    def _balanced(self, right: Bools) -> Bools:
        """Move the sites nearest the other side over, until both columns hold their numbers."""
        right = right.copy()
        for full, sign in ((True, 1.0), (False, -1.0)):
            members = np.flatnonzero(right == full)
            excess = len(members) - self._capacity
            if excess > 0:
                nearest = members[np.argsort(sign * self._sites[members, 0], kind="stable")[:excess]]
                right[nearest] = not full
        return right

    def _labels(self, right: Bools, heights: Floats) -> Floats:
        labels = np.zeros_like(self._sites)
        for full, x in ((True, self._columns.right_x), (False, self._columns.left_x)):
            members = np.flatnonzero(right == full)
            members = members[np.argsort(heights[members], kind="stable")]
            low, high = self._columns.top + self._pitch / 2, self._columns.bottom - self._pitch / 2
            labels[members, 0] = x
            labels[members, 1] = spread(heights[members], self._pitch, low, high)
        return untangle(self._sites, labels)

    def _faults(self, labels: Floats) -> tuple[Bools, float]:
        over = point_to_segment(self._sites, self._sites, labels) < self._wanted
        steep = np.abs(labels[:, 1] - self._sites[:, 1]).sum()
        return np.asarray(over.any(axis=0)), float(lengths(labels - self._sites).sum() + steep)


def spread(wanted: Floats, pitch: float, low: float, high: float) -> Floats:
    """Move sorted heights as little as possible until they are ``pitch`` apart within ``low`` .. ``high``.

    Least squares under the spacing: runs of too close neighbours share the room around their mean.
    """
    count = len(wanted)
    if count == 0:
        return np.zeros(0)
    steps = np.arange(count) * pitch
    blocks: list[tuple[float, int]] = []
    for value in np.asarray(wanted, dtype=np.float64) - steps:
        mean, size = float(value), 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        blocks.append((mean, size))
    base = np.repeat([mean for mean, _ in blocks], [size for _, size in blocks])
    moved: Floats = np.clip(base, low, max(low, high - steps[-1])) + steps
    return moved


def untangle(sites: Floats, labels: Floats) -> Floats:
    """Swap labels between sites until no two straight leaders cross."""
    labels = labels.copy()
    for _ in range(20 * len(sites) ** 2 + 1):
        crossing = np.argwhere(np.triu(segments_cross(sites, labels, sites, labels), 1))
        if len(crossing) == 0:
            break
        i, j = crossing[0]
        labels[[i, j]] = labels[[j, i]]
    return labels
