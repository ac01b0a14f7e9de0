"""Shoulder blade, slope of the neck, deltoid and armpit; painted over the trunk and the arm."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regions.arm import arm_frame
from regions.canvas import Canvas, Field, Mask, along, interval
from regions.frames import LimbFrame, turned
from regions.neck import neck_frame, trapezius_front
from regions.trunk import Trunk, spine_place


def paint_shoulder(c: Canvas) -> None:
    """Paint the shoulder over trunk and arm."""
    trunk = Trunk(c)
    arm = arm_frame(c)
    _paint_blade(c, trunk)
    _paint_armpit(c)
    _paint_deltoid(c, arm)
    _paint_slope(c, trunk)


def _paint_blade(c: Canvas, trunk: Trunk) -> None:
    corner, root, spine, edge = c.points(
        "scapula_superior_angle", "scapular_spine_root", "scapular_spine_mid", "acromion_angle"
    )
    inner_border = (
        "scapula_superior_angle",
        "scapular_spine_root",
        "scapula_medial_border_mid",
        "scapula_inferior_angle",
    )
    middle, low = c.points(*inner_border[2:])
    behind = c.left & (trunk.around > 100.0) & (c.normals[:, 1] < 0.4) & (c.front < 10.0)
    crest = along([(-root[0], root[2]), (-spine[0], spine[2]), (-edge[0], edge[2])], c.lateral)
    inner = along(
        [(place[2], -place[0]) for place in (low, middle, root)] + [(corner[2], -corner[0] - 8.0)], c.up
    )
    blade = behind & (c.lateral > inner)
    c.paint("scapula_infraspinous", blade & (c.up < crest) & (c.up > low[2]) & _inside_outer_border(c))
    c.paint("scapula_upper", blade & (c.up >= crest))
    _paint_outer_border(c, behind)
    # Wider on the side of the spine: the blade is narrow where the arms stand away from the trunk.
    strip = c.distance(*inner_border) < np.where(c.lateral > inner, 9.0, 20.0)
    c.paint("scapula_medial_border", behind & strip & (c.up < corner[2] - 5.0))
    disc = c.distance("scapula_inferior_angle") < 40.0
    c.paint("scapula_lower_angle", behind & disc & (c.up < low[2] + 26.0))


def _inside_outer_border(c: Canvas) -> Mask:
    low, side, fold = c.points(
        "scapula_inferior_angle", "scapula_lateral_border_mid", "axillary_fold_posterior"
    )
    outer = along([(low[2], -low[0] + 4.0), (side[2], -side[0]), (fold[2] + 24.0, -fold[0] + 20.0)], c.up)
    return np.asarray(c.lateral < outer)


def _paint_outer_border(c: Canvas, behind: Mask) -> None:
    low, side = c.points("scapula_inferior_angle", "scapula_lateral_border_mid")
    upper_end = side + 0.5 * (side - low)
    border = c.distance(low, side, upper_end) < 12.0
    fold = c.distance("scapula_lateral_border_mid", "axillary_fold_posterior") < 20.0
    c.paint("scapula_lateral_border", behind & (border | fold))


def _paint_armpit(c: Canvas) -> None:
    front, back = c.points("axillary_fold_anterior", "axillary_fold_posterior")
    between = interval(c.front, back[1] + 12.0, front[1] - 14.0)
    below = c.up < np.minimum(front[2], back[2]) + 30.0
    c.paint("axilla", c.left & (c.distance("axilla_apex") < 52.0) & between & below)


def _paint_deltoid(c: Canvas, arm: LimbFrame) -> None:
    """Three heads, split by lines from the front and back corners of the acromion to the insertion."""
    down, angle = arm.along(c.vertices), _from_outside(arm, c.vertices)
    marks = (
        "acromion_tip",
        "acromion_angle",
        "deltoid_tuberosity",
        "axillary_fold_anterior",
        "axillary_fold_posterior",
    )
    tip, corner, insertion, front, back = (
        (float(arm.along(c.points(name))[0]), float(_from_outside(arm, c.points(name))[0])) for name in marks
    )
    end = insertion[0] + 8.0
    front_edge = along([(front[0], front[1] + 12.0), (end, insertion[1] - 22.0)], down)
    back_edge = along([(back[0], back[1] - 20.0), (end, insertion[1] + 22.0)], down)
    first = along([(tip[0], tip[1] - 26.0), (insertion[0], insertion[1] - 16.0)], down)
    second = along([(corner[0], corner[1]), (insertion[0], insertion[1] + 16.0)], down)
    muscle = c.left & (down < end) & _shoulder_cap(c) & interval(angle, front_edge, back_edge)
    c.paint("shoulder_anterior_deltoid", muscle & (angle < first))
    c.paint("shoulder_lateral_deltoid", muscle & interval(angle, first, second))
    c.paint("shoulder_posterior_deltoid", muscle & (angle >= second))


def _from_outside(arm: LimbFrame, places: NDArray[np.float64]) -> Field:
    """Degrees from the outer side of the arm, backwards positive."""
    return turned(arm.angle(places), 90.0)


def _shoulder_cap(c: Canvas) -> Mask:
    """Lateral of the deltopectoral groove in front, and of the muscle's inner border behind."""
    clavicle, ac, coracoid, fold = c.points(
        "clavicle_mid", "acromioclavicular_joint", "coracoid", "axillary_fold_anterior"
    )
    spine, back = c.points("scapular_spine_mid", "axillary_fold_posterior")
    outer_third = clavicle + 0.33 * (ac - clavicle)
    groove = along(
        [(fold[2], -fold[0] + 2.0), (coracoid[2], -coracoid[0] - 13.0), (outer_third[2], -outer_third[0])],
        c.up,
    )
    rear = along([(back[2], -back[0] + 8.0), (spine[2] - 10.0, -spine[0] + 34.0)], c.up)
    return np.where(c.front > ac[1] - 5.0, c.lateral > groove, c.lateral > rear)


def _paint_slope(c: Canvas, trunk: Trunk) -> None:
    c7, c6, corner, tip, angle, ac = c.points(
        "C7", "C6", "neck_shoulder_angle", "acromion_tip", "acromion_angle", "acromioclavicular_joint"
    )
    spine, clavicle, superior = c.points("scapular_spine_mid", "clavicle_mid", "scapula_superior_angle")
    half = -tip[0] / 2.0
    lower_line = [
        (20.0, c7[2] - 16.0),
        (-superior[0], superior[2] + 12.0),
        (half, superior[2] + 10.0),
        (-spine[0], spine[2] + 14.0),
        (-angle[0], angle[2] - 8.0),
    ]
    lower = along(lower_line, c.lateral)
    upper = along(
        [(20.0, c6[2] - 6.0), (-corner[0] - 8.0, corner[2] + 8.0), (-corner[0], corner[2] + 12.0)], c.lateral
    )
    behind_trapezius = neck_frame(c).angle(c.vertices) >= trapezius_front(c, neck_frame(c)) - 2.0
    outer_third = clavicle + 0.35 * (ac - clavicle)
    clavicle_edge = [
        (half, outer_third[1] + 4.0),
        (-outer_third[0], outer_third[1] + 6.0),
        (-ac[0], ac[1] + 12.0),
        (-tip[0], tip[1] + 8.0),
    ]
    front = along(clavicle_edge, c.lateral)
    top = c.left & (c.up > lower) & (c.up < upper)
    c.paint("neck_shoulder_angle", top & behind_trapezius & (c.lateral < half))
    c.paint("shoulder_top_acromion", top & (c.lateral >= half) & (c.front < front) & _inside_acromion(c))
    level = interval(trunk.level, spine_place("C6") - 0.5, spine_place("T2") + 0.5)
    c.paint("neck_base_c7", c.left & level & (c.lateral < 30.0) & (c.front < 10.0))


def _inside_acromion(c: Canvas) -> Mask:
    """Medial of the acromion's edge, seen from above."""
    tip, angle = c.points("acromion_tip", "acromion_angle")
    outline = [
        (angle[1] - 10.0, -angle[0] - 6.0),
        (angle[1], -angle[0] + 6.0),
        (tip[1], -tip[0] + 6.0),
        (tip[1] + 10.0, -tip[0] - 4.0),
    ]
    edge = along(outline, c.front)
    return np.asarray(c.lateral < edge)
