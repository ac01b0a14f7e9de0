"""Room for the muscles between the shoulder blade and the ribs."""

from __future__ import annotations

import igl
import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from skin_case import SkinCase

Floats = NDArray[np.float64]

RIBS = tuple(f"rib_{k}" for k in range(2, 9))
LEAST_MM, AIMED_MM = 8.0, 9.0
"""Subscapularis and serratus anterior lie in between."""
REACH_MM = 30.0
ROUNDS = 8


def ribs_clear_of_blade(
    case: SkinCase, bones: dict[str, Floats], blade_triangles: NDArray[np.int64]
) -> dict[str, Floats]:
    """Bones with the ribs sunk where the blade would touch them; all else as it was.

    Parameters
    ----------
    case : SkinCase
    bones : dict of str to ndarray, shape (n, 3)
    blade_triangles : ndarray of int64, shape (m, 3)
        Of the scapula.
    """
    blade = bones["scapula"]
    ribs = np.concatenate([bones[name] for name in RIBS])
    for _ in range(ROUNDS):
        squared, _, _ = igl.point_mesh_squared_distance(ribs, blade, blade_triangles)
        short = AIMED_MM - np.sqrt(squared)
        if short.max() <= AIMED_MM - LEAST_MM:
            break
        near = np.flatnonzero(short > 0.0)
        pushes = -case.nearest(ribs[near])[1] * short[near, None]
        shares = np.exp(-cdist(ribs, ribs[near], "sqeuclidean") / (2 * REACH_MM**2))
        ribs = ribs + shares @ pushes / (shares.sum(axis=1, keepdims=True) + 0.3)
    ends = np.cumsum([len(bones[name]) for name in RIBS])[:-1]
    return bones | dict(zip(RIBS, np.split(ribs, ends), strict=True))
