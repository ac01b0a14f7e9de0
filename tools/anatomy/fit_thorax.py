"""Where the sternum and the ribs belong: on their vertebrae, and at their depth under the skin all around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_spine import Vertebra, below, body_centre, spinous_tip, transverse_tip
from settle import fat_above, settled
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs, Warp

Floats = NDArray[np.float64]

STERNUM = {
    "suprasternal_notch": ((0.0, -63.0, 1404.0), 12.0),
    "sternal_angle": ((0.0, -38.0, 1360.0), 10.0),
    "sternum_mid": ((0.0, -15.0, 1300.0), 11.0),
    "xiphoid": ((0.0, 5.0, 1225.0), 14.0),
}
"""Landmark: the place on the front of the source's sternum, and its depth in the average man."""
NOTCH_BELOW_MM = 8.0
"""The bone's edge lies lower than the deepest place of the notch in the skin."""
SOFT = 6e-4
UPPER_DEPTH_MM = {1: 36.0, 2: 38.0}
"""Least depth of the first two ribs at their vertebrae; it grows less to the front."""
BEHIND_MM = {2: 26.0, 3: 21.0, 4: 19.0, 5: 17.0, 6: 16.0, 7: 15.0, 8: 16.0, 9: 17.0, 10: 20.0, 11: 22.0}
BESIDE_MM = {4: 50.0, 5: 42.0, 6: 31.0, 7: 18.0, 8: 10.0, 9: 8.0, 10: 8.0}
BEFORE_MM = {2: 17.0, 3: 16.0, 4: 14.0, 5: 11.0, 6: 9.0, 7: 8.0, 8: 8.0, 9: 9.0}
"""Muscle between the fat and each rib at its angle, at its side, and half-way from there to its front end."""


def fit_thorax(case: SkinCase, spine: dict[str, Vertebra]) -> Warp:
    """Map of the source's ribs and sternum into the case's."""
    pairs = spine_pairs(spine) + sternum_pairs(case)
    pairs += upper_rib_pairs(case, Warp(pairs))
    warp = Warp(pairs)
    for _ in range(2):
        warp = Warp(pairs + rib_pairs(case, warp))
    return warp


def upper_rib_pairs(case: SkinCase, before: Warp) -> Pairs:
    """Pairs that let the first two ribs run straight down from their vertebra to the sternum."""
    pairs = Pairs()
    for k in (1, 2):
        vertices = read_source()[f"rib_{k}"].vertices
        neck, front = transverse_tip(f"t{k}"), vertices[np.argmax(vertices[:, 1])]
        to_neck, to_front = before(np.array([neck, front]))
        along, to_along = front - neck, to_front - to_neck
        size = float(np.linalg.norm(to_along) / np.linalg.norm(along))
        for place in (0.25, 0.5, 0.75):
            near = np.abs((vertices - neck) @ along / (along @ along) - place) < 0.06
            point = vertices[near][np.argmin(vertices[near][:, 0])]
            off = point - neck - place * along
            target = to_neck + place * to_along + size * off
            for _ in range(4):
                short = UPPER_DEPTH_MM[k] * (1.0 - 0.4 * place) - case.depth_mm(target[None])[0]
                target = target - np.maximum(short, 0.0) * case.nearest(target[None])[1][0] * (0.3, 1.0, 1.0)
            pairs.add(point, target)
    return pairs


def spine_pairs(spine: dict[str, Vertebra]) -> Pairs:
    """Pairs that hold the ribs to the thoracic vertebrae."""
    pairs = Pairs()
    for level in (*(f"t{k}" for k in range(1, 13)), "l1", "l2"):
        points = np.array([spinous_tip(level), body_centre(level), transverse_tip(level)])
        for point, place in zip(points, spine[level](points), strict=True):
            pairs.add(point, place)
    return pairs


def sternum_pairs(case: SkinCase) -> Pairs:
    """Pairs for the sternum."""
    vertices = read_source()["sternum"].vertices
    middle = vertices[np.abs(vertices[:, 0]) < 0.01]
    pairs = Pairs()
    for landmark, (place, depth) in STERNUM.items():
        point = middle[np.argmin(np.linalg.norm(middle - place, axis=1))]
        target = below(case, landmark, depth) * (0.0, 1.0, 1.0)
        if landmark == "suprasternal_notch":
            target[2] = case.landmark(landmark)[2] - NOTCH_BELOW_MM
        pairs.add(point, target, 1e-4)
    return pairs


def rib_pairs(case: SkinCase, before: Warp) -> Pairs:
    """Pairs that bring the ribs to their depth under the skin, from where a first map puts them."""
    points, muscle = [], []
    for k in range(2, 12):
        vertices = read_source()[f"rib_{k}"].vertices
        hind, side, front = (
            vertices[i] for i in (vertices[:, 1].argmin(), vertices[:, 0].argmin(), vertices[:, 1].argmax())
        )
        halfway = 0.5 * (side + front)
        outward = (vertices - halfway) @ np.array([-0.7, 0.7, 0.0]) - 2.0 * np.abs(
            (vertices - halfway) @ np.array([0.7, 0.7, 0.0])
        )
        for place, table in ((hind, BEHIND_MM), (side, BESIDE_MM), (vertices[np.argmax(outward)], BEFORE_MM)):
            if k in table:
                points.append(place)
                muscle.append(table[k])
    source = np.array(points)
    first = before(source)
    targets = settled(case, first, np.array(muscle) + fat_above(case, first), (1.0, 1.0, 0.0))
    pairs = Pairs()
    for point, target in zip(source, targets, strict=True):
        pairs.add(point, target, SOFT)
    return pairs
