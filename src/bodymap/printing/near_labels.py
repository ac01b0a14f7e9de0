"""Numbers beside the body: each near its site, on free ground, its leader clear of everything else.

Works on plain page coordinates (millimetres, y down). The free ground comes as a list of allowed spots, so
the search knows neither bodies nor paper. Deterministic: the same sites give the same page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bodymap.printing.segments import Bools, Floats, lengths, point_to_segment, segment_to_segment

SPOTS_PER_SITE = 500
ATTEMPTS = 6
ROUNDS = 2
LONGEST_LEADER_MM = 70.0


@dataclass(frozen=True)
class Clearances:
    """Sizes and distances kept free, in millimetres on paper.

    Attributes
    ----------
    number : float
        Radius of a number's disc.
    mark : float
        Radius of a site's cross.
    air : float
        Least distance between things that do not belong together.
    """

    number: float = 2.4
    mark: float = 1.0
    air: float = 0.6


@dataclass(frozen=True, eq=False)
class NearLabels:
    """Where the numbers went.

    Attributes
    ----------
    centres : (n, 2) float
        Centre of each number; NaN where none was found.
    unplaced : tuple of int
        Sites without a spot.
    """

    centres: Floats
    unplaced: tuple[int, ...]


def place_near(
    sites: Floats,
    spots: Floats,
    *,
    middle_x: float,
    obstacles: Floats | None = None,
    sizes: Clearances | None = None,
) -> NearLabels:
    """Choose a spot for the number of every site.

    Parameters
    ----------
    sites : (n, 2) float
        Marks that get a number.
    spots : (k, 2) float
        Allowed centres of numbers: free of body, words and figure edge.
    middle_x : float
        The figure's middle; numbers go outward from it where they can.
    obstacles : (m, 3) float, optional
        Discs (x, y, radius) that neither numbers nor leaders touch.
    sizes : Clearances, optional

    Returns
    -------
    NearLabels
        Of the numbers placed, no two leaders cross, and none touches another number, leader or mark.
    """
    search = _Search(
        sites, spots, middle_x, np.zeros((0, 3)) if obstacles is None else obstacles, sizes or Clearances()
    )
    placed = search.filled()
    for _ in range(ROUNDS):
        before, placed = placed, search.improved(placed)
        if all(np.array_equal(before[i], placed[i]) for i in placed):
            break
    centres = np.full((len(sites), 2), np.nan)
    for i, spot in placed.items():
        centres[i] = spot
    return NearLabels(centres, tuple(i for i in range(len(sites)) if i not in placed))


class _Search:
    """Greedy filling, what is left over first in the next attempt; then each number moves to its best."""

    def __init__(
        self, sites: Floats, spots: Floats, middle_x: float, obstacles: Floats, sizes: Clearances
    ) -> None:
        self._sites = sites
        self._middle_x = middle_x
        self._obstacles = obstacles
        self._sizes = sizes
        self._choices = [self._fixed_choices(i, spots) for i in range(len(sites))]

    def filled(self) -> dict[int, Floats]:
        order = sorted(range(len(self._sites)), key=lambda i: len(self._choices[i]))
        best: dict[int, Floats] = {}
        for _ in range(ATTEMPTS):
            placed: dict[int, Floats] = {}
            failed = []
            for i in order:
                spot = self._cheapest(i, placed)
                if spot is None:
                    failed.append(i)
                else:
                    placed[i] = spot
            if len(placed) > len(best):
                best = placed
            if not failed:
                break
            order = failed + [i for i in order if i not in failed]
        return best

    def improved(self, placed: dict[int, Floats]) -> dict[int, Floats]:
        for i in sorted(placed):
            rest = {j: spot for j, spot in placed.items() if j != i}
            spot = self._cheapest(i, rest)
            placed = {**rest, i: placed[i] if spot is None else spot}
        return placed

    def _fixed_choices(self, i: int, spots: Floats) -> Floats:
        """Spots that fixed things leave a site, best first: with short, level leaders that lead outward."""
        size = self._sizes
        offset = spots - self._sites[i]
        length = lengths(offset)
        outward = 1.0 if self._sites[i, 0] >= self._middle_x else -1.0
        inward = np.clip(-offset[:, 0] * outward, 0.0, None)
        cost = length + 1.3 * np.abs(offset[:, 1]) + 1.5 * inward + np.where(inward > 0, 6.0, 0.0)
        near = (length >= size.number + size.mark + 2 * size.air) & (length <= LONGEST_LEADER_MM)
        nearest = np.argsort(np.where(near, cost, np.inf), kind="stable")[
            : min(SPOTS_PER_SITE, int(near.sum()))
        ]
        chosen: Floats = spots[nearest]
        suitable: Floats = chosen[self._clear_of_fixed(i, chosen)]
        return suitable

    def _clear_of_fixed(self, i: int, spots: Floats) -> Bools:
        size, site = self._sizes, self._sites[i]
        here = np.broadcast_to(site, spots.shape)
        others = np.delete(self._sites, i, axis=0)
        centres, radii = self._obstacles[:, :2], self._obstacles[:, 2]
        # Of a mark closer than the clearance itself, a leader can only keep away by leading the other way.
        from_others = np.minimum(size.mark + size.air / 2, 0.9 * lengths(others - site))
        from_obstacles = np.minimum(radii, 0.9 * lengths(centres - site))
        clear = (
            (point_to_segment(others, here, spots) >= from_others[:, None]).all(axis=0)
            & (lengths(others[:, None] - spots[None]) >= size.number + size.mark).all(axis=0)
            & (point_to_segment(centres, here, spots) >= from_obstacles[:, None]).all(axis=0)
            & (lengths(centres[:, None] - spots[None]) >= radii[:, None] + size.number).all(axis=0)
        )
        return np.asarray(clear)

    def _cheapest(self, i: int, placed: dict[int, Floats]) -> Floats | None:
        """Best spot that the numbers placed so far leave a site; None when they leave none."""
        spots = self._choices[i]
        if len(spots) == 0:
            return None
        if not placed:
            cheapest: Floats = spots[0]
            return cheapest
        size, site = self._sizes, self._sites[i]
        starts, ends = self._sites[list(placed)], np.array(list(placed.values()))
        here = np.broadcast_to(site, spots.shape)
        beside = size.number + size.air
        apart = np.minimum(size.air, 0.5 * lengths(starts - site))
        clear = (
            (lengths(spots[:, None] - ends[None]) >= 2 * size.number + size.air).all(axis=1)
            & (point_to_segment(spots, starts, ends) >= beside).all(axis=1)
            & (point_to_segment(ends, here, spots) >= beside).all(axis=0)
            & (segment_to_segment(here, spots, starts, ends) >= apart).all(axis=1)
        )
        first = np.flatnonzero(clear)[:1]
        found: Floats | None = spots[first[0]] if len(first) else None
        return found
