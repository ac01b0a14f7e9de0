"""Thigh, knee and leg: sectors around the limb between landmarks, in levels along it."""

from __future__ import annotations

import numpy as np

from regions.canvas import Canvas, Field, Mask, along, interval
from regions.frames import LimbFrame

HAND_BREADTH_MM = 75.0
KNEE_END_MM = 62.0  # below the joint line, where the shin's regions begin
ABOVE_ANKLE_MM = 40.0


def thigh_frame(c: Canvas) -> LimbFrame:
    """Thigh: 0 = anterior, 90 = lateral, by the femoral epicondyles."""
    lateral, medial = c.points("lateral_femoral_epicondyle", "medial_femoral_epicondyle")
    across = (lateral - medial) * (1.0, 1.0, 0.0)
    return LimbFrame(c.joint("l-upper-leg"), (lateral + medial) / 2.0, _forward(across), across)


def leg_frame(c: Canvas) -> LimbFrame:
    """Leg: 0 = anterior, 90 = lateral, by the femoral epicondyles; from the joint line to the malleoli."""
    lateral, medial = c.points("lateral_femoral_epicondyle", "medial_femoral_epicondyle")
    across = (lateral - medial) * (1.0, 1.0, 0.0)
    start = c.points("medial_joint_line", "lateral_joint_line").mean(axis=0)
    return LimbFrame(
        start, c.points("medial_malleolus", "lateral_malleolus").mean(axis=0), _forward(across), across
    )


def _forward(across: Field) -> Field:
    return np.asarray((across[1], -across[0], 0.0))


def paint_leg(c: Canvas) -> None:
    """Paint from the hip to the ankle (pelvis and foot come after)."""
    thigh, leg = thigh_frame(c), leg_frame(c)
    limb = (
        c.left
        & (c.share("thigh_l", "calf_l", "foot_l", "ball_l", "pelvis") > 0.2)
        & (c.up < c.point("asis")[2])
    )
    below_knee = leg.along(c.vertices) > 0
    _paint_thigh(c, thigh, limb & ~below_knee)
    _paint_shin(c, leg, limb & below_knee)
    _paint_knee(c, thigh, leg, limb, below_knee)


def _paint_thigh(c: Canvas, thigh: LimbFrame, limb: Mask) -> None:
    share = thigh.along(c.vertices) / thigh.length
    angle = thigh.angle(c.vertices)
    sartorius = along([(0.0, 0.0), (0.33, -34.0), (0.66, -66.0), (1.0, -92.0)], share)
    back_inner = along([(0.0, -150.0), (0.3, -132.0), (1.0, -122.0)], share)
    sectors = {
        "anterior": interval(angle, sartorius, 52.0),
        "lateral": interval(angle, 52.0, 122.0),
        "posterior": (angle >= 122.0) | (angle < back_inner),
        "medial": interval(angle, back_inner, sartorius),
    }
    levels = {"upper": (-9.0, 1 / 3), "mid": (1 / 3, 2 / 3), "lower": (2 / 3, 9.0)}
    for sector, where in sectors.items():
        for level, (low, high) in levels.items():
            c.paint(f"thigh_{sector}_{level}", limb & where & interval(share, low, high))


def _angle_of(c: Canvas, frame: LimbFrame, landmark: str) -> float:
    return float(frame.angle(c.points(landmark))[0])


def _paint_shin(c: Canvas, leg: LimbFrame, limb: Mask) -> None:
    down = leg.along(c.vertices)
    share, angle = down / leg.length, leg.angle(c.vertices)
    head, outer = _angle_of(c, leg, "fibular_head"), _angle_of(c, leg, "lateral_malleolus")
    inner, tuberosity = _angle_of(c, leg, "medial_malleolus"), _angle_of(c, leg, "tibial_tuberosity")
    crest = along(
        [(0.1, tuberosity - 4.0), (0.6, tuberosity - 8.0), (1.0, (inner + tuberosity) / 2.0)], share
    )
    fibula_front = along([(0.08, head - 34.0), (1.0, outer - 18.0)], share)
    fibula_back = along([(0.08, head + 14.0), (1.0, outer + 24.0)], share)
    tibia_back = along([(0.1, -112.0), (0.5, -112.0), (1.0, inner - 42.0)], share)
    start = KNEE_END_MM / leg.length
    end = 1.0 - ABOVE_ANKLE_MM / leg.length
    step = (end - start) / 3.0
    _paint_front_and_sides(
        c, limb, share, angle, (tibia_back, crest, fibula_front, fibula_back), (start, step)
    )
    behind = limb & ((angle >= fibula_back) | (angle < tibia_back))
    _paint_calf(c, behind)


def _paint_front_and_sides(
    c: Canvas,
    limb: Mask,
    share: Field,
    angle: Field,
    borders: tuple[Field, Field, Field, Field],
    thirds: tuple[float, float],
) -> None:
    tibia_back, crest, fibula_front, fibula_back = borders
    start, step = thirds
    front = limb & interval(angle, crest, fibula_front)
    c.paint("leg_anterior_upper", front & (share < start + step))
    c.paint("leg_anterior_mid", front & interval(share, start + step, start + 2 * step))
    c.paint("leg_anterior_lower", front & (share >= start + 2 * step))
    side = limb & interval(angle, fibula_front, fibula_back)
    c.paint("leg_lateral_upper", side & (share < start + 1.5 * step))
    c.paint("leg_lateral_lower", side & (share >= start + 1.5 * step))
    c.paint("leg_medial", limb & interval(angle, tibia_back, crest))


def _paint_calf(c: Canvas, behind: Mask) -> None:
    crease, belly_end = c.point("knee_crease_mid")[2], c.point("calf_belly_end")[2]
    insertion = c.point("achilles_insertion")[2]
    free = insertion + 0.42 * (belly_end - insertion)
    top = crease - 50.0
    middle = (top + belly_end) / 2.0
    c.paint("calf_posterior_upper", behind & (c.up >= middle))
    c.paint("calf_posterior_mid", behind & interval(c.up, belly_end, middle))
    c.paint("calf_posterior_lower", behind & interval(c.up, free, belly_end))
    c.paint("achilles", behind & (c.up < free))


def _paint_knee(c: Canvas, thigh: LimbFrame, leg: LimbFrame, limb: Mask, below: Mask) -> None:
    line = thigh.along(leg.start[None])[0]
    above_line = line - thigh.along(c.vertices)
    below_line = leg.along(c.vertices)
    height = np.where(below, -below_line, above_line)
    angle = leg.angle(c.vertices)
    zone = limb & (height < HAND_BREADTH_MM)
    fibula = leg.along(c.points("fibular_head"))[0]
    pes = leg.along(c.points("pes_anserinus"))[0]
    tuberosity = leg.along(c.points("tibial_tuberosity"))[0]
    crease = c.point("knee_crease_mid")[2]
    c.paint("knee_posterior", zone & (np.abs(angle) > 130.0) & (c.up > crease - 50.0))
    c.paint("knee_lateral", zone & interval(angle, 0.0, 133.0) & (height > -(fibula + 20.0)))
    c.paint("knee_medial", zone & interval(angle, -128.0, 0.0) & (height > -(pes + 14.0)))
    inner, outer = _angle_of(c, leg, "patella_medial"), _angle_of(c, leg, "patella_lateral")
    # The strip narrows from the patella with its margins to the width of the tendon.
    patella_end = -leg.along(c.points("patella_bottom"))[0]
    middle = _angle_of(c, leg, "tibial_tuberosity")
    left = along([(-tuberosity, middle - 22.0), (patella_end, inner - 4.0), (20.0, inner - 10.0)], height)
    right = along([(-tuberosity, middle + 22.0), (patella_end, outer + 4.0), (20.0, outer + 10.0)], height)
    c.paint("knee_anterior", zone & interval(angle, left, right) & (height > -(tuberosity + 10.0)))
