"""Bones that follow the skin of the back when a body puts on weight.

The source's upper back grows with weight by much more than ultrasound finds there: ribs that stayed where
those of the average body are would come to lie twice too deep. So the back keeps only as much growth as real
fat explains, and spine, ribs and shoulder blade follow the rest backwards. The breastbone, the head and the
pelvis stay, and the chest deepens in between, as it does in stout people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from bodymap.geometry.surfaces import vertex_normals
from corner_shapes import corner_shape
from segments import rigid_map
from skin_marks import at_mark, the_body

Floats = NDArray[np.float64]

KEPT_MM, MOST_MM = 18.0, 34.0
"""What fat and muscles of the back keep of the skin's growth comes near to the first; nothing follows by more
than the second."""
SHARES = {
    "C3": 0.0, "C5": 0.1, "C6": 0.22, "C7": 0.38, "T1": 0.58, "T2": 0.82, "T3": 1.0, "T9": 1.0, "T10": 0.95,
    "T11": 0.85, "T12": 0.7, "L1": 0.5, "L2": 0.3, "L3": 0.14, "L4": 0.04, "L5": 0.0,
}  # fmt: skip
"""How far each level follows: head and pelvis stay, and the spine bends evenly in between."""
BEFORE_SKIN_MM = 62.0
"""What lies at most so far before the skin of the back follows it fully: spine, and ribs to their angles."""
FRONT_MARKS = ("suprasternal_notch", "sternal_angle", "sternum_mid", "xiphoid")
FRONT_MM = 16.0
"""From the skin of the breast to the back of the breastbone, which stays."""
FULL_SHARE, NO_SHARE = 0.62, 1.05
"""What lies within this share of the way to the shoulder joint follows fully; what lies beyond that, not."""
BAND_MM, REACH_MM = 90.0, 16.0
"""The back's growth is measured so far to the side, and averaged so far up and down."""
FACING = 0.5
VERTEBRAE = (
    *(f"c{k}" for k in range(1, 8)),
    *(f"t{k}" for k in range(1, 13)),
    *(f"l{k}" for k in range(1, 6)),
)
RIBS = tuple(f"rib_{k}" for k in range(1, 13))


@dataclass(frozen=True, eq=False)
class GrownBack:
    """How far everything follows the back of one body.

    Attributes
    ----------
    heights, follows : ndarray, shape (k,)
        Heights on the average body, upwards, and how far the spine goes backwards there.
    back, front : tuple of ndarray, shape (k,)
        Heights, and how far forward what follows fully ends; the same of what stays.
    aside : float
        Distance of the shoulder joint from the midline.
    """

    heights: Floats
    follows: Floats
    back: tuple[Floats, Floats]
    front: tuple[Floats, Floats]
    aside: float

    def way(self, points: Floats) -> Floats:
        """How far points of the average body move, shape (k, 3)."""
        z = points[:, 2]
        along = PchipInterpolator(self.heights, self.follows)(np.clip(z, *self.heights[[0, -1]]))
        behind = np.interp(z, *self.back)
        stays = np.maximum(np.interp(z, *self.front), behind + 20.0)
        shares = np.clip((stays - points[:, 1]) / (stays - behind), 0.0, 1.0)
        aside = np.abs(points[:, 0]) / self.aside
        shares = shares * _eased((NO_SHARE - aside) / (NO_SHARE - FULL_SHARE))
        return np.stack((0.0 * z, -along * shares, 0.0 * z), axis=1)

    def followed(self, bones: dict[str, Floats], shoulder: Floats) -> tuple[dict[str, Floats], Floats]:
        """Bones of the trunk and the middle of the left shoulder joint where the back takes them.

        Vertebrae and shoulder blade keep their shapes; ribs bend; the collar bone goes with the acromion.
        """
        if not self.follows.any():
            return bones, shoulder
        moved = dict(bones)
        for name in VERTEBRAE:
            whole = np.concatenate((bones[name], bones[name] * (-1.0, 1.0, 1.0)))
            moved[name] = rigid_map(whole, whole + self.way(whole))(bones[name])
            moved[name][bones[name][:, 0] == 0.0, 0] = 0.0
        for name in RIBS:
            moved[name] = bones[name] + self.way(bones[name])
        blade = rigid_map(bones["scapula"], bones["scapula"] + self.way(bones["scapula"]))
        moved["scapula"] = blade(bones["scapula"])
        clavicle = bones["clavicle"]
        medial, lateral = clavicle[clavicle[:, 0].argmax()], clavicle[clavicle[:, 0].argmin()]
        span = lateral - medial
        share = np.clip((clavicle - medial) @ span / (span @ span), 0.0, 1.0)
        moved["clavicle"] = clavicle + share[:, None] * (blade(lateral[None])[0] - lateral)
        return moved, blade(shoulder[None])[0]


@cache
def grown_back(key: str) -> GrownBack:
    """How far everything follows the back at a corner of the build space."""
    sex, age, _, _, height = key.split("-")
    average, joints = corner_shape(f"{sex}-{age}-averagemuscle-averageweight-{height}")
    backwards = average[:, 1] - corner_shape(key)[0][:, 1]
    heights = np.array([at_mark(level, average)[2] for level in SHARES])
    growth = np.maximum(_growth_behind(average, backwards, heights), 0.0)
    follows = np.array(list(SHARES.values())) * np.minimum(growth - kept_mm(growth), MOST_MM)
    levels = np.array([at_mark(level, average) for level in SHARES])
    front = np.array([at_mark(mark, average) for mark in FRONT_MARKS])
    order = np.argsort(heights)
    upwards = np.argsort(front[:, 2])
    return GrownBack(
        heights[order],
        follows[order],
        (heights[order], levels[order, 1] + BEFORE_SKIN_MM),
        (front[upwards, 2], front[upwards, 1] - FRONT_MM),
        float(abs(joints["l-shoulder"][0])),
    )


def kept_mm(growth: Floats) -> Floats:
    """How much of the back's growth its fat and muscles keep, shape (k,)."""
    return np.asarray(KEPT_MM * (1.0 - np.exp(-growth / KEPT_MM)))


def _growth_behind(average: Floats, backwards: Floats, heights: Floats) -> Floats:
    """Mean way backwards of the skin of the back at heights, shape (k,)."""
    normals = vertex_normals(average, the_body().triangles)
    behind = np.flatnonzero((normals[:, 1] < -FACING) & (np.abs(average[:, 0]) < BAND_MM))
    near = np.exp(-0.5 * ((average[behind, 2] - heights[:, None]) / REACH_MM) ** 2)
    return np.asarray(near @ backwards[behind] / near.sum(axis=1))


def _eased(share: Floats) -> Floats:
    """From 0 to 1, level at both ends."""
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))
