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


def pushed_in(case: SkinCase, bones: dict[str, Floats]) -> dict[str, Floats]:
    """Bones with every vertex under the skin; those on the midline stay on it."""
    names = list(bones)
    small = {name: np.linalg.norm(np.ptp(bones[name], axis=0)) < SMALL_BONE_MM for name in names}
    ends = np.cumsum([0, *(len(bones[name]) for name in names)])
    points = np.concatenate([bones[name] for name in names])
    on_midline = points[:, 0] == 0.0
    margin = np.concatenate([np.full(len(bones[name]), MARGIN_MM[bool(small[name])]) for name in names])
    for _ in range(ROUNDS):
        short = margin - case.depth_mm(points)
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


def _inward(case: SkinCase, points: Floats) -> Floats:
    """Return unit directions into the body from the skin nearest to points, shape (k, 3)."""
    return -case.nearest(points)[1]


def _spread(points: Floats, pushed: Floats, pushes: Floats, reach_mm: float) -> Floats:
    """Movement of a bone's points when some are pushed: a Gaussian average that fades with distance."""
    shares = np.exp(-cdist(points, pushed, "sqeuclidean") / (2 * reach_mm**2))
    return np.asarray(shares @ pushes / (shares.sum(axis=1, keepdims=True) + 0.3))
