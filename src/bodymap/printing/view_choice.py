"""Which view shows each site: facing it, not through an arm, and with few pictures in all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from bodymap.printing.segments import Bools, Floats
from bodymap.printing.views import UPRIGHT, Direction

FACING_ENOUGH = 0.55
"""Cosine between skin and camera from which a site is seen well; less aslant is not worth another picture."""

ASLANT_COST = 6.0
"""Cost, per unit of cosine lost, of a site seen more aslant than it could be; one more picture costs 1."""

SIDE_COST = 1.3
"""What a side view costs, where front or back cost 1: those show both sides and are read more easily."""

SOLE_MM = 60.0
CROWN_MM = 110.0
"""Within this of the floor, or of the top of the head, a site may be shown from below, or from above."""

HIDDEN_MM = 35.0
"""Skin this much nearer to the camera hides a site."""

DEPTH_CELL_MM = 12.0

PAIN_FACING = 0.35
"""Cosine from which painted skin is seen: an area is recognised more aslant than a point."""

PAIN_SEEN = 0.8
"""Share of the painted skin that the page shows at least."""


def choose_views(
    xyz_mm: npt.ArrayLike, normals: npt.ArrayLike, skin_mm: npt.ArrayLike
) -> tuple[Direction, ...]:
    """Return, site by site, the view that shows it, with as few views in all as show every site well.

    Parameters
    ----------
    xyz_mm, normals : (n, 3) float
        Sites on the skin and the outward directions there.
    skin_mm : (v, 3) float
        Vertices of the skin: what may hide a site.
    """
    xyz = np.asarray(xyz_mm, dtype=np.float64).reshape(-1, 3)
    outward = np.asarray(normals, dtype=np.float64).reshape(-1, 3)
    skin = np.asarray(skin_mm, dtype=np.float64)
    if len(xyz) == 0:
        return ()
    upright = np.column_stack([_facing(xyz, outward, direction, skin) for direction in UPRIGHT])
    badly = upright.max(axis=1) < FACING_ENOUGH
    crown = badly & (outward[:, 2] > FACING_ENOUGH) & (xyz[:, 2] > skin[:, 2].max() - CROWN_MM)
    sole = badly & (outward[:, 2] < -FACING_ENOUGH) & (xyz[:, 2] < skin[:, 2].min() + SOLE_MM)
    standing = ~(crown | sole)
    chosen = np.array(_fewest(upright[standing]), dtype=np.intp)
    best = chosen[upright[:, chosen].argmax(axis=1)] if len(chosen) else np.zeros(len(xyz), dtype=np.intp)
    return tuple(
        Direction.ABOVE if crown[i] else Direction.BELOW if sole[i] else UPRIGHT[int(best[i])]
        for i in range(len(xyz))
    )


def views_of_pain(pain_normals: npt.ArrayLike, shown: Sequence[Direction]) -> tuple[Direction, ...]:
    """Return the upright views to add to those shown, so that most of the painted skin is seen.

    Parameters
    ----------
    pain_normals : (p, 3) float
        Outward directions of the painted skin, each for the same area.
    shown : sequence of Direction
        Views on the page anyway.
    """
    outward = np.asarray(pain_normals, dtype=np.float64).reshape(-1, 3)
    seen = np.zeros(len(outward), dtype=bool)
    added: list[Direction] = []
    for direction in shown:
        seen |= outward @ direction.towards > PAIN_FACING
    while len(outward) and seen.mean() < PAIN_SEEN:
        gains = [float(np.mean(~seen & (outward @ each.towards > PAIN_FACING))) for each in UPRIGHT]
        best = UPRIGHT[int(np.argmax(gains))]
        if max(gains) <= 0.0:
            break
        added.append(best)
        seen |= outward @ best.towards > PAIN_FACING
    return tuple(added)


def _facing(xyz: Floats, outward: Floats, direction: Direction, skin: Floats) -> Floats:
    """Cosine between skin and camera per site; one less where other skin hides it or it faces away."""
    facing: Floats = outward @ direction.towards
    ahead = facing > 0
    facing[~ahead] -= 1.0
    if ahead.any():
        facing[ahead] -= _hidden(xyz[ahead], direction, skin)
    return facing


def _hidden(xyz: Floats, direction: Direction, skin: Floats) -> Bools:
    """Whether other skin lies well before a site: a coarse depth picture of the vertices says so."""
    across, up = skin @ direction.right, skin @ direction.up
    left, low = across.min() - DEPTH_CELL_MM, up.min() - DEPTH_CELL_MM
    columns = ((across - left) / DEPTH_CELL_MM).astype(np.intp)
    rows = ((up - low) / DEPTH_CELL_MM).astype(np.intp)
    nearest = np.full((columns.max() + 2, rows.max() + 2), -np.inf)
    np.maximum.at(nearest, (columns, rows), skin @ direction.towards)
    at = np.column_stack([xyz @ direction.right - left, xyz @ direction.up - low]) / DEPTH_CELL_MM
    at = np.clip(at, 0, np.array(nearest.shape) - 1).astype(np.intp)
    hidden: Bools = nearest[at[:, 0], at[:, 1]] > xyz @ direction.towards + HIDDEN_MM
    return hidden


def _fewest(facing: Floats) -> tuple[int, ...]:
    """Columns of the views that show every site well in few pictures; of equals, the best facing ones."""
    if len(facing) == 0:
        return ()
    wanted = np.minimum(FACING_ENOUGH, facing.max(axis=1))

    def cost(chosen: tuple[int, ...]) -> tuple[float, float]:
        seen = facing[:, chosen].max(axis=1)
        pictures = sum(1.0 if view < 2 else SIDE_COST for view in chosen)
        return pictures + ASLANT_COST * float(np.clip(wanted - seen, 0, None).sum()), -float(seen.sum())

    count = facing.shape[1]
    return min((s for size in range(1, count + 1) for s in combinations(range(count), size)), key=cost)
