"""Bring bones that poke through the skin back under it, bending each as little as possible."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from skin_case import SkinCase

Floats = NDArray[np.float64]

ROUNDS = 12
SMALL_BONE_MM = 75.0
REACH_MM = {True: 9.0, False: 32.0}
"""How far along a small or a large bone a push is felt."""
MARGIN_MM = {True: 1.6, False: 2.5}
"""Least depth under the skin of a small or a large bone."""


WIDE_ROUNDS, WIDE_REACH_MM, WIDE_ABOVE_MM, CELL_MM = 3, 50.0, 3.0, 15.0
"""What lacks more than this is first mended by moving everything around it, as cells of points push it."""
WATCHED_MM = 25.0
"""Points so much deeper than they must be cannot come to the skin while others are pushed."""


def pushed_in(case: SkinCase, bones: dict[str, Floats]) -> dict[str, Floats]:
    """Bones with every vertex under the skin; those on the midline stay on it."""
    names = list(bones)
    small = {name: np.linalg.norm(np.ptp(bones[name], axis=0)) < SMALL_BONE_MM for name in names}
    ends = np.cumsum([0, *(len(bones[name]) for name in names)])
    points = np.concatenate([bones[name] for name in names])
    on_midline = points[:, 0] == 0.0
    margin = np.concatenate([np.full(len(bones[name]), MARGIN_MM[bool(small[name])]) for name in names])
    points = _moved_together(case, points, margin)
    depth = case.depth_mm(points)
    watched = np.flatnonzero(depth < margin + WATCHED_MM)
    for _ in range(ROUNDS):
        short = np.zeros(len(points))
        short[watched] = margin[watched] - case.depth_mm(points[watched])
        if short.max() <= 0.2:
            break
        shallow = np.flatnonzero(short > 0)
        pushes = _inward(case, points[shallow]) * short[shallow, None]
        for name, start, end in zip(names, ends[:-1], ends[1:], strict=True):
            own = slice(*np.searchsorted(shallow, (start, end)))
            if own.start < own.stop:
                reach = REACH_MM[bool(small[name])]
                points[start:end] += _spread(points[start:end], points[shallow[own]], pushes[own], reach)
        points[on_midline, 0] = 0.0
    return {name: points[start:end] for name, start, end in zip(names, ends[:-1], ends[1:], strict=True)}


def _moved_together(case: SkinCase, points: Floats, margin: Floats) -> Floats:
    """All bones moved alike where thin skin asks for much, so that they keep clear of each other; (n, 3)."""
    points = points.copy()
    on_midline = points[:, 0] == 0.0
    for _ in range(WIDE_ROUNDS):
        short = margin - case.depth_mm(points)
        shallow = np.flatnonzero(short > WIDE_ABOVE_MM)
        if len(shallow) == 0:
            break
        pushes = _inward(case, points[shallow]) * (short[shallow, None] - WIDE_ABOVE_MM)
        _, cell = np.unique(np.round(points[shallow] / CELL_MM), axis=0, return_inverse=True)
        count = np.bincount(cell)[:, None]
        middle = np.stack([np.bincount(cell, points[shallow, k]) for k in range(3)], axis=1) / count
        push = np.stack([np.bincount(cell, pushes[:, k]) for k in range(3)], axis=1) / count
        points += _spread(points, middle, push, WIDE_REACH_MM)
        points[on_midline, 0] = 0.0
    return points


def _inward(case: SkinCase, points: Floats) -> Floats:
    """Return unit directions into the body from the skin nearest to points, shape (k, 3)."""
    return -case.nearest(points)[1]


def _spread(points: Floats, pushed: Floats, pushes: Floats, reach_mm: float) -> Floats:
    """Movement of a bone's points when some are pushed: a Gaussian average that fades with distance."""
    shares = np.exp(-cdist(points, pushed, "sqeuclidean") / (2 * reach_mm**2))
    return np.asarray(shares @ pushes / (shares.sum(axis=1, keepdims=True) + 0.3))
