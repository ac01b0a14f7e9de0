"""Chest and abdomen: bands between rib, navel and groin levels, and columns at the axillary lines."""

from __future__ import annotations

import numpy as np

from regions.canvas import Canvas, Field, along, interval
from regions.trunk import BACK_AXILLARY_DEG, MID_AXILLARY_DEG, Trunk

STRIP_MM = 45.0  # half-width of the midline strip of the abdomen
NAVEL_MM = 50.0


def paint_front(c: Canvas) -> None:
    """Paint the front and side of the trunk; shoulder and hip are painted over it."""
    trunk = Trunk(c)
    _paint_abdomen(c, trunk)
    _paint_chest(c, trunk)


def costal_margin_height(c: Canvas) -> Field:
    """Height of the costal margin in front, as a function of `lateral`."""
    xiphoid, middle, side = c.points("xiphoid", "costal_margin_mid", "rib10_lateral")
    quarter = (xiphoid + middle) / 2.0
    return along(
        [(0.0, xiphoid[2]), (-quarter[0], quarter[2] + 4.0), (-middle[0], middle[2]), (-side[0], side[2])],
        c.lateral,
    )


def inguinal_height(c: Canvas) -> Field:
    """Height of the inguinal ligament, as a function of `lateral`."""
    asis, pulse, tubercle = c.points("asis", "inguinal_mid", "pubic_tubercle")
    return along([(-tubercle[0], tubercle[2]), (-pulse[0], pulse[2]), (-asis[0], asis[2])], c.lateral)


def lower_border(c: Canvas) -> Field:
    """Height of the lower border of abdomen and flank: inguinal ligament, iliac crest at the side."""
    asis, tubercle, top = c.points("asis", "iliac_tubercle", "iliac_crest_top")
    crest = along([(asis[1], asis[2]), (tubercle[1], tubercle[2]), (top[1], top[2])], c.front)
    return np.where(c.lateral > -asis[0] - 6.0, crest, inguinal_height(c))


def _paint_abdomen(c: Canvas, trunk: Trunk) -> None:
    navel, xiphoid, symphysis = c.points("umbilicus", "xiphoid", "pubic_symphysis")
    front = trunk.zone & (trunk.around < MID_AXILLARY_DEG)
    belly = front & (c.up < xiphoid[2]) & (c.up > lower_border(c))
    c.paint("abdomen_lower_quadrant", belly & (c.up < navel[2]))
    c.paint("abdomen_upper_quadrant", belly & (c.up >= navel[2]))
    # The definitions leave gaps between the disc around the navel and the halfway levels above and below it;
    # the neighbours share them: the disc grows to an ellipse, the strips narrow towards it.
    half_up, half_down = (xiphoid[2] - navel[2]) / 2.0, (navel[2] - symphysis[2]) / 2.0
    above = along([(navel[2] + 40.0, 16.0), (navel[2] + half_up, STRIP_MM)], c.up)
    below = along([(navel[2] - half_down, STRIP_MM), (navel[2] - 40.0, 16.0)], c.up)
    c.paint("epigastrium", belly & (c.up > navel[2]) & (c.lateral < above))
    pubic = front & (c.up < navel[2]) & (c.lateral < below) & (c.up > symphysis[2] - 4.0)
    c.paint("suprapubic", pubic & (c.up > inguinal_height(c) - 4.0))
    reach = np.where(c.up > navel[2], (half_up + NAVEL_MM) / 2.0, (half_down + NAVEL_MM) / 2.0)
    navel_field = (c.lateral / NAVEL_MM) ** 2 + ((c.up - navel[2]) / reach) ** 2
    c.paint("umbilical", front & (navel_field < 1.0))
    c.paint("flank", trunk.zone & (trunk.around >= MID_AXILLARY_DEG) & (trunk.around < BACK_AXILLARY_DEG)
            & (c.up > lower_border(c)) & (c.up < c.point("rib10_lateral")[2] - 4.0))  # fmt: skip


def _paint_chest(c: Canvas, trunk: Trunk) -> None:
    xiphoid, angle, notch, fold, side = c.points(
        "xiphoid", "sternal_angle", "suprasternal_notch", "axillary_fold_anterior", "rib10_lateral"
    )
    margin = costal_margin_height(c)
    front = trunk.zone & (trunk.around < trunk.front_axillary) & (c.up > margin - 12.0)
    rib = (angle[2] - xiphoid[2]) / 5.6  # the second to the seventh rib meet the sternum between these two
    third = along([(24.0, angle[2] - rib), (-fold[0], fold[2] + 8.0)], c.lateral)
    c.paint("chest_pectoral", front)
    c.paint("costal_margin", front & (c.up < margin + 30.0))
    c.paint("chest_upper", front & (c.up >= third))
    lateral = trunk.zone & interval(trunk.around, trunk.front_axillary, BACK_AXILLARY_DEG)
    c.paint("chest_lateral", lateral & (c.up > side[2] - 4.0))
    c.paint("breast_nipple", trunk.zone & (c.distance("nipple") < 40.0))
    bone = along(
        [(xiphoid[2] - 10.0, 10.0), (xiphoid[2] + 16.0, 24.0), (angle[2], 25.0), (notch[2], 34.0)], c.up
    )
    c.paint("sternum", trunk.zone & (trunk.around < 60) & (c.lateral < bone)
            & interval(c.up, xiphoid[2] - 10.0, notch[2] + 2.0))  # fmt: skip
