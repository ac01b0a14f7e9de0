"""Coordinates of the trunk: around it, and up the spine."""

from __future__ import annotations

import numpy as np

from regions.arm import arm_frame, arm_start_mm
from regions.canvas import Canvas, Field, Mask, along
from regions.frames import level_along

SPINE = (
    *(f"C{k}" for k in range(2, 8)),
    *(f"T{k}" for k in range(1, 13)),
    *(f"L{k}" for k in range(1, 6)),
    *(f"S{k}" for k in range(1, 5)),
    "coccyx_tip",
)
FRONT_AXILLARY_DEG = 60.0
MID_AXILLARY_DEG = 90.0
BACK_AXILLARY_DEG = 120.0


class Trunk:
    """Fields of the trunk.

    Attributes
    ----------
    zone : Mask
        The left half of the trunk, limbs and neck left out roughly (their own rules come later).
    around : Field
        Degrees around the trunk on an ellipse that fits each level: 0 in front, 90 at the side, 180 behind.
    front_axillary : Field
        Degrees of the anterior axillary line at each height: it starts behind the axillary fold.
    level : Field
        Place along `SPINE`, so that 9.5 lies between T4 and T5.
    """

    def __init__(self, c: Canvas) -> None:
        trunk_bones = ("spine_01", "spine_02", "spine_03", "pelvis", "clavicle_l", "neck_01")
        near_arm = (arm_frame(c).along(c.vertices) <= arm_start_mm(c)) & (c.share("upperarm_l") > 0.2)
        body = (c.share(*trunk_bones) > 0.5) | near_arm
        self.zone: Mask = c.left & body & (c.up < c.point("C7")[2] + 20.0)
        self.around = _around(c, c.left & (c.share(*trunk_bones) > 0.85))
        fold = c.point("axillary_fold_anterior")
        at_fold = float(self.around[int(np.argmin(((c.vertices - fold) ** 2).sum(axis=1)))]) + 5.0
        self.front_axillary = along([(fold[2] - 70.0, FRONT_AXILLARY_DEG), (fold[2] - 15.0, at_fold)], c.up)
        self.level = level_along(c.points(*SPINE)[:, 1:], c.vertices)


def spine_place(vertebra: str) -> float:
    """Place of a vertebra along `SPINE`."""
    return float(SPINE.index(vertebra))


def _around(c: Canvas, core: Mask) -> Field:
    heights = np.arange(c.point("pubic_symphysis")[2], c.point("T2")[2], 20.0)
    half_width, middle, half_depth = [], [], []
    for height in heights:
        ring = core & (np.abs(c.up - height) < 14.0)
        front, back = c.front[ring].max(), c.front[ring].min()
        half_width.append(c.lateral[ring].max())
        middle.append((front + back) / 2.0)
        half_depth.append((front - back) / 2.0)
    width = np.interp(c.up, heights, half_width)
    centre, depth = np.interp(c.up, heights, middle), np.interp(c.up, heights, half_depth)
    return np.asarray(np.degrees(np.arctan2(c.lateral / width, (c.front - centre) / depth)))
