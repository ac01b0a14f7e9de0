"""Where the sternum and the ribs belong."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_spine import below
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs, Warp

Floats = NDArray[np.float64]


def sternum_pairs(case: SkinCase) -> Pairs:
    """Pairs for the sternum."""
    sternum = read_source()["sternum"].vertices
    middle = sternum[np.abs(sternum[:, 0]) < 0.01]
    front = []
    for z in (1404.0, 1360.0, 1300.0, 1225.0):
        near = middle[np.abs(middle[:, 2] - z) < 10.0]
        front.append(near[np.argmax(near[:, 1])])
    pairs = Pairs()
    for point, landmark, depth in zip(front, ("suprasternal_notch", "sternal_angle", "sternum_mid", "xiphoid"),
                                      (12.0, 10.0, 11.0, 14.0), strict=True):  # fmt: skip
        target = below(case, landmark, depth) * (0.0, 1.0, 1.0)
        if landmark == "suprasternal_notch":
            target[2] = case.landmark(landmark)[2] - 8.0
        pairs.add(point, target, 1e-4)
    return pairs


def rib_pairs(case: SkinCase, first: Warp) -> Pairs:
    """Pairs that bring the sides of the ribs to their depth under the skin."""
    pairs = Pairs()
    for k in range(2, 11):
        vertices = read_source()[f"rib_{k}"].vertices
        side = vertices[np.argmin(vertices[:, 0])]
        place = first(side[None])[0]
        if k >= 6:
            for _ in range(3):
                depth = case.depth_mm(place[None])[0]
                _, normal, vertex = case.nearest(place[None])
                place = place + normal[0] * (1.0, 1.0, 0.0) * (depth - case.fat_mm[vertex[0]] - 13.0)
        else:
            place = place * (0.95, 1.0, 1.0)
        pairs.add(side, place)
    return pairs
