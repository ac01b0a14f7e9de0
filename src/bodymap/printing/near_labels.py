"""Numbers beside the body: each near its site, on free ground, its leader clear of everything else.

Works on plain page coordinates (millimetres, y down). The free ground comes as a list of allowed spots, so the search
neither knows bodies nor paper. Deterministic: the same sites give the same page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bodymap.printing.segments import Floats, point_to_segment, segment_to_segment

SPOTS_PER_SITE = 500
ATTEMPTS = 10
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
        With ``unplaced`` empty: no two leaders cross, no number touches another number, leader or mark.
    """
    keep = sizes or Clearances()
    blocked = np.zeros((0, 3)) if obstacles is None else obstacles
    choices = [_choices(i, sites, spots, middle_x, blocked, keep) for i in range(len(sites))]
    order = sorted(range(len(sites)), key=lambda i: len(choices[i]))
    best: dict[int, Floats] = {}
    for _ in range(ATTEMPTS):
        placed, failed = _fill(order, sites, choices, keep)
        if not best or len(placed) > len(best):
            best = placed
        if not failed:
            break
        order = failed + [i for i in order if i not in failed]
    for _ in range(ROUNDS):
        best = _improve(best, sites, choices, keep)
    centres = np.full((len(sites), 2), np.nan)
    for i, spot in best.items():
        centres[i] = spot
    return NearLabels(centres, tuple(i for i in range(len(sites)) if i not in best))


def _choices(
    i: int, sites: Floats, spots: Floats, middle_x: float, blocked: Floats, keep: Clearances
) -> Floats:
    """Spots that suit a site as far as fixed things go, dearest last."""
    site = sites[i]
    offset = spots - site
    length = np.hypot(offset[:, 0], offset[:, 1])
    outward = 1.0 if site[0] >= middle_x else -1.0
    inward = np.clip(-offset[:, 0] * outward, 0.0, None)
    cost = length + 1.3 * np.abs(offset[:, 1]) + 1.5 * inward + np.where(inward > 0, 6.0, 0.0)
    near = (length >= keep.number + keep.mark + 2 * keep.air) & (length <= LONGEST_LEADER_MM)
    nearest = np.argsort(np.where(near, cost, np.inf), kind="stable")[: min(SPOTS_PER_SITE, int(near.sum()))]
    chosen = spots[nearest]
    return chosen[_clear_of_fixed(i, sites, chosen, blocked, keep)]


def _clear_of_fixed(
    i: int, sites: Floats, spots: Floats, blocked: Floats, keep: Clearances
) -> npt.NDArray[np.bool_]:
    starts = np.broadcast_to(sites[i], spots.shape)
    others = np.delete(sites, i, axis=0)
    apart = np.hypot(*(others - sites[i]).T) if len(others) else np.zeros(0)
    wanted = np.minimum(keep.mark + keep.air / 2, 0.9 * apart)
    clear = (point_to_segment(others, starts, spots) >= wanted[:, None]).all(axis=0)
    clear &= (point_to_segment(others, spots, spots) >= keep.number + keep.mark).all(axis=0)
    away = np.hypot(*(blocked[:, :2] - sites[i]).T) if len(blocked) else np.zeros(0)
    reach = np.minimum(blocked[:, 2], 0.9 * away)
    clear &= (point_to_segment(blocked[:, :2], starts, spots) >= reach[:, None]).all(axis=0)
    on_number = np.hypot(*np.moveaxis(blocked[:, None, :2] - spots[None], 2, 0))
    clear &= (on_number >= blocked[:, 2:3] + keep.number).all(axis=0)
    return clear


def _fill(
    order: list[int], sites: Floats, choices: list[Floats], keep: Clearances
) -> tuple[dict[int, Floats], list[int]]:
    placed: dict[int, Floats] = {}
    failed: list[int] = []
    for i in order:
        spot = _cheapest(i, placed, sites, choices[i], keep)
        if spot is None:
            failed.append(i)
        else:
            placed[i] = spot
    return placed, failed


def _improve(
    placed: dict[int, Floats], sites: Floats, choices: list[Floats], keep: Clearances
) -> dict[int, Floats]:
    """Give every number in turn the best spot that the others leave it."""
    for i in sorted(placed):
        rest = {j: spot for j, spot in placed.items() if j != i}
        spot = _cheapest(i, rest, sites, choices[i], keep)
        placed = {**rest, i: placed[i] if spot is None else spot}
    return placed


def _cheapest(
    i: int, placed: dict[int, Floats], sites: Floats, spots: Floats, keep: Clearances
) -> Floats | None:
    if len(spots) == 0:
        return None
    clear = np.ones(len(spots), dtype=bool)
    if placed:
        others = list(placed)
        starts, ends = sites[others], np.array([placed[j] for j in others])
        from_here = np.broadcast_to(sites[i], spots.shape)
        number_air = keep.number + keep.air
        clear &= (np.hypot(*np.moveaxis(spots[:, None] - ends[None], 2, 0)) >= 2 * keep.number + keep.air).all(axis=1)
        clear &= (point_to_segment(spots, starts, ends) >= number_air).all(axis=1)
        clear &= (point_to_segment(ends, from_here, spots) >= number_air).all(axis=0)
        apart = np.minimum(keep.air, 0.5 * np.hypot(*(starts - sites[i]).T))
        clear &= (segment_to_segment(from_here, spots, starts, ends) >= apart).all(axis=1)
        clear &= ~_touching(from_here, spots, starts, ends)
    first = np.flatnonzero(clear)[:1]
    return spots[first[0]] if len(first) else None


def _touching(a: Floats, b: Floats, c: Floats, d: Floats) -> npt.NDArray[np.bool_]:
    """Guard for sites in the very same place: their leaders must at least not lie on each other."""
    same: npt.NDArray[np.bool_] = ((point_to_segment(b, c, d) < 1e-6) | (point_to_segment(d, a, b).T < 1e-6)).any(axis=1)
    return same
