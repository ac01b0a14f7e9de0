"""Buttock, hip, groin and the pelvic floor; painted over the thigh and under the back."""

from __future__ import annotations

import numpy as np

from regions.canvas import Canvas, Field, Mask, Point, along, interval


def paint_pelvis(c: Canvas) -> None:
    """Paint the pelvis over the thighs."""
    behind = _behind(c)
    _paint_buttock(c, behind)
    _paint_front(c, behind)
    _paint_floor(c)
    c.paint("hip_lateral_trochanter", c.left & (c.distance("greater_trochanter") < 50.0))


def _behind(c: Canvas) -> Mask:
    """Behind the line from the ASIS to the front of the trochanter, and the thigh's outer border below it."""
    asis, trochanter = c.points("asis", "greater_trochanter")
    front_edge = along([(trochanter[2] - 60.0, trochanter[1] + 10.0), (trochanter[2], trochanter[1] + 28.0),
                        (asis[2], asis[1] - 12.0)], c.up)  # fmt: skip
    return np.asarray(c.left & (c.front < front_edge))


def _paint_buttock(c: Canvas, behind: Mask) -> None:
    crest, trochanter, fold = c.points("iliac_crest_top", "greater_trochanter", "gluteal_fold_mid")
    edge, coccyx, s2 = c.points("sacrum_edge_s3", "coccyx_tip", "S2")
    below_thigh_border = c.up < _fold_height(c, fold, trochanter)
    zone = behind & ~below_thigh_border & (c.up < crest[2] + 10.0)
    notch_top = along([(edge[0] * -1.0, s2[2] - 8.0), (-trochanter[0], trochanter[2] + 42.0)], c.lateral)
    notch_low = along([(0.0, coccyx[2] - 8.0), (-trochanter[0], trochanter[2] - 25.0)], c.lateral)
    c.paint("buttock_upper", zone & (c.up >= notch_top))
    c.paint("buttock_mid", zone & interval(c.up, notch_low, notch_top))
    c.paint("buttock_lower_fold", zone & (c.up < notch_low))


def _fold_height(c: Canvas, fold: Point, trochanter: Point) -> Field:
    """Lower border of the buttock: a little below the fold, rising to the outer side."""
    return along(
        [
            (-fold[0], fold[2] - 12.0),
            (-trochanter[0] - 25.0, fold[2] + 6.0),
            (-trochanter[0], trochanter[2] - 30.0),
        ],
        c.lateral,
    )


def _paint_front(c: Canvas, behind: Mask) -> None:
    asis, pulse, tubercle = c.points("asis", "inguinal_mid", "pubic_tubercle")
    front = c.left & ~behind & (c.front > 0.0)
    ligament = along([(-tubercle[0], tubercle[2]), (-pulse[0], pulse[2]), (-asis[0], asis[2])], c.lateral)
    below = ligament - c.up
    c.paint("hip_anterior", front & (c.lateral >= -pulse[0]) & interval(below, -6.0, 50.0 + 12.0))
    inner_thigh = c.left & (c.lateral < -pulse[0]) & (c.front > 20.0)
    crotch = c.vertices[c.left & (np.abs(c.lateral) < 1.0) & (c.up < tubercle[2]), 2].min()
    fold = along([(20.0, crotch + 2.0), (-pulse[0], pulse[2] - 46.0)], c.lateral)
    c.paint("groin", inner_thigh & (c.up < ligament + 10.0) & (c.up > fold))


def _paint_floor(c: Canvas) -> None:
    symphysis, tuberosity, coccyx = c.points("pubic_symphysis", "ischial_tuberosity", "coccyx_tip")
    near = c.left & (c.lateral < 40.0) & (c.up < symphysis[2] + 5.0)
    crotch = c.vertices[c.left & (np.abs(c.lateral) < 1.0) & (c.up < symphysis[2]), 2].min()
    root = coccyx[1] + 0.62 * (symphysis[1] - coccyx[1])  # where the perineum takes over from the genitals
    mound = along([(crotch, 14.0), (symphysis[2], 30.0)], c.up)
    c.paint("genitals", near & (c.lateral < mound) & (c.front > root) & (c.up > crotch - 3.0))
    saddle = along([(coccyx[1], 8.0), (tuberosity[1], 26.0), (root, 18.0)], c.front)
    floor = near & (c.up < coccyx[2] - 8.0) & (c.front <= root) & (c.front > coccyx[1] - 12.0)
    c.paint("perineum", floor & (c.lateral < saddle) & (c.up > crotch - 10.0))
