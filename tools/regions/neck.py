"""Neck: columns around its axis, parted by sternomastoid and trapezius, and where it meets the head."""

from __future__ import annotations

import numpy as np

from regions.canvas import Canvas, Field, Point, along, interval
from regions.frames import LimbFrame
from regions.head import head_base

SCM_HALF_MM = 15.0


def neck_frame(c: Canvas) -> LimbFrame:
    """Upwards from between C7 and the sternum; 0 = anterior, 90 = lateral."""
    low = c.points("C7", "suprasternal_notch").mean(axis=0)
    high = c.points("C2", "hyoid").mean(axis=0)
    return LimbFrame(low, high, np.asarray((0.0, 1.0, 0.0)), np.asarray((-1.0, 0.0, 0.0)))


def paint_neck(c: Canvas) -> None:
    """Paint the neck down to the collar bone, the shoulder's slope and C7."""
    frame = neck_frame(c)
    angle, height = frame.angle(c.vertices), c.up
    neck = c.left & (c.up <= head_base(c)) & (c.up > _collar(c, angle)) & (c.lateral < 130.0)
    scm_front, scm_back = _sternomastoid(c, frame)
    trapezius = trapezius_front(c, frame)
    c.paint("throat_front", neck & (angle < scm_front))
    c.paint("neck_anterolateral", neck & interval(angle, scm_front, scm_back))
    c.paint("neck_lateral", neck & interval(angle, scm_back, trapezius))
    c.paint("neck_posterior", neck & (angle >= np.maximum(trapezius, scm_back)))
    c2 = c.point("C2")
    mastoid = c.point("mastoid_tip")
    floor = along([(0.0, c2[2] - 2.0), (-mastoid[0], mastoid[2] - 14.0)], c.lateral)
    c.paint("suboccipital", neck & (c.up > floor) & (angle >= scm_back) & (c.front < mastoid[1] - 6.0))
    c6 = c.point("C6")
    c.paint("supraclavicular", neck & interval(angle, scm_back, trapezius) & (height < c6[2] - 16.0))


def _collar(c: Canvas, angle: Field) -> Field:
    """Lower end of the neck: sternal notch, upper edge of the clavicle, slope of the shoulder, C7."""
    notch, joint, clavicle, corner, c7 = c.points(
        "suprasternal_notch", "sternoclavicular_joint", "clavicle_mid", "neck_shoulder_angle", "C7"
    )
    front = along(
        [(0.0, notch[2] - 2.0), (-joint[0], joint[2] + 6.0), (-clavicle[0], clavicle[2] + 4.0)], c.lateral
    )
    back = along([(0.0, c7[2]), (-corner[0] - 10.0, corner[2] - 2.0), (-corner[0], corner[2])], c.lateral)
    return np.where(angle < 100.0, front, back)


def _sternomastoid(c: Canvas, frame: LimbFrame) -> tuple[Field, Field]:
    """Angles of the front and back borders of the sternomastoid at each height."""
    mastoid, middle, joint, clavicle = c.points(
        "mastoid_tip", "scm_mid", "sternoclavicular_joint", "clavicle_mid"
    )
    inner_third = joint + 0.45 * (clavicle - joint)
    half_tip, inwards = np.asarray((0.0, 12.0, 0.0)), np.asarray((8.0, 0.0, 4.0))
    fronts, backs = [mastoid + half_tip, middle, joint + inwards], [mastoid - half_tip, middle, inner_third]
    half = np.degrees(SCM_HALF_MM / float(frame.radius(middle[None])[0]))
    front = _column(frame, fronts, (0.0, -half, 0.0))
    back = _column(frame, backs, (0.0, half, 0.0))
    return along(front, c.up), along(back, c.up)


def trapezius_front(c: Canvas, frame: LimbFrame) -> Field:
    """Angle of the front border of the trapezius at each height, around the neck's axis."""
    nuchal, neck, clavicle, acromion = c.points(
        "nuchal_line_mid", "trapezius_front_neck", "clavicle_mid", "acromioclavicular_joint"
    )
    outer_third = clavicle + 0.35 * (acromion - clavicle)
    return along(_column(frame, [nuchal, neck, outer_third], (0.0, 0.0, 0.0)), c.up)


def _column(frame: LimbFrame, places: list[Point], shifts: tuple[float, ...]) -> list[tuple[float, float]]:
    angles = frame.angle(np.asarray(places)) + np.asarray(shifts)
    return [(float(place[2]), float(angle)) for place, angle in zip(places, angles, strict=True)]
