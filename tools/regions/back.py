"""Back of the trunk: columns beside the spine, ribs, flank, iliac crest, sacrum."""

from __future__ import annotations

import numpy as np

from regions.canvas import Canvas, Field, Mask, along, interval
from regions.trunk import BACK_AXILLARY_DEG, MID_AXILLARY_DEG, Trunk, spine_place

# Half-width of the column beside the spine: the groove between the shoulder blades, then the rib angles,
# then the outer edge of the erector spinae.
COLUMN_MM = {
    "T1": 30,
    "T6": 30,
    "T7": 36,
    "T8": 56,
    "T9": 68,
    "T12": 70,
    "L2": 70,
    "L4": 60,
    "L5": 52,
    "S1": 46,
}


def paint_back(c: Canvas) -> None:
    """Paint the back of the trunk; the shoulder is painted over it."""
    trunk = Trunk(c)
    behind = trunk.zone & (trunk.around >= MID_AXILLARY_DEG)
    _paint_ribs(c, trunk, behind)
    _paint_columns(c, trunk, behind)
    _paint_crest(c, trunk)
    _paint_sacrum(c, trunk)


def _last_rib(c: Canvas) -> Field:
    """Height of the lower border of the rib cage behind and at the side."""
    t12, tip, side = c.points("T12", "rib12_tip", "rib10_lateral")
    return along([(30.0, t12[2] - 14.0), (-tip[0], tip[2] - 2.0), (-side[0], side[2] - 4.0)], c.lateral)


def _paint_ribs(c: Canvas, trunk: Trunk, behind: Mask) -> None:
    crest = c.point("iliac_crest_top")
    rib = _last_rib(c)
    c.paint("flank", behind & (c.up < rib) & (c.up > crest[2] - 40.0))
    c.paint("back_lower_ribs", behind & (trunk.around >= BACK_AXILLARY_DEG) & (c.up >= rib))


def _paint_columns(c: Canvas, trunk: Trunk, behind: Mask) -> None:
    width = along([(spine_place(name), float(half)) for name, half in COLUMN_MM.items()], trunk.level)
    column = behind & (c.lateral < width)
    ends = ("T1", "T4"), ("T5", "T8"), ("T9", "T12"), ("L1", "L3"), ("L4", "S1")
    names = ("thoracic_paraspinal_upper", "thoracic_paraspinal_mid", "thoracic_paraspinal_lower",
             "lumbar_paraspinal_upper", "lumbar_paraspinal_lower")  # fmt: skip
    for name, (first, last) in zip(names, ends, strict=True):
        rows = interval(trunk.level, spine_place(first) - 0.5, spine_place(last) + 0.5)
        c.paint(name, column & rows)
    between = behind & interval(trunk.level, spine_place("T1") - 0.5, spine_place("T7") + 0.5)
    c.paint(
        "interscapular", between & (c.lateral >= width) & (c.lateral < -c.point("scapula_inferior_angle")[0])
    )


def crest_height(c: Canvas) -> Field:
    """Height of the iliac crest behind, from the PSIS out to its top, as a function of `lateral`."""
    psis, top = c.points("psis", "iliac_crest_top")
    rise, out = top[2] - psis[2], psis[0] - top[0]
    arch = ((0.0, 0.0), (0.25, 0.42), (0.55, 0.78), (0.8, 0.95), (1.0, 1.0))
    return along([(-psis[0] + out * share, psis[2] + rise * up) for share, up in arch], c.lateral)


def _paint_crest(c: Canvas, trunk: Trunk) -> None:
    top, tubercle, psis = c.points("iliac_crest_top", "iliac_tubercle", "psis")
    crest = crest_height(c)
    zone = c.left & (c.up > psis[2] - 30.0) & (c.up < top[2] + 30.0)
    behind = zone & (trunk.around >= MID_AXILLARY_DEG) & (c.lateral > -psis[0] - 4.0) & (c.front <= top[1])
    c.paint("iliac_crest_posterior", behind & interval(c.up, crest - 30.0, crest + 8.0))
    middle = np.asarray((top + tubercle) / 2.0)
    front = c.distance("iliac_crest_top", middle, "iliac_tubercle", "asis") < 17.0
    c.paint("iliac_crest_anterior", c.left & front & (c.front > top[1]))


def _paint_sacrum(c: Canvas, trunk: Trunk) -> None:
    psis, edge, coccyx, s1 = c.points("psis", "sacrum_edge_s3", "coccyx_tip", "S1")
    s4 = c.point("S4")
    behind = c.left & (c.front < coccyx[1] + 40.0) & (c.up < s1[2] + 14.0)
    joint = (c.distance("psis") < 40.0) & (c.up < psis[2] + 12.0) & (c.lateral < -psis[0] + 14.0)
    c.paint("sacroiliac", behind & joint)
    borders = [
        (s4[2] - 8.0, 20.0),
        (edge[2] - 14.0, -edge[0] - 5.0),
        (psis[2] - 34.0, 20.0),
        (s1[2] + 10.0, 22.0),
    ]
    between = along(borders, c.up)
    bone = behind & (c.lateral < between) & (trunk.level > spine_place("S1") - 0.5)
    c.paint("sacrum", bone & (c.up > s4[2] - 8.0))
    tail = behind & (c.up <= s4[2] - 8.0) & (c.up > coccyx[2] - 12.0) & (c.lateral < 20.0)
    c.paint("coccyx", tail)
