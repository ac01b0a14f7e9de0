"""Ankle, heel, sole, dorsum and toes, in the foot's own flat frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.canvas import Canvas, Field, Mask, along
from regions.frames import unit

WEB_BEYOND_KNUCKLE_MM = {1: 14.0, 2: 7.0, 3: 8.0, 4: 10.0, 5: 16.0}


@dataclass(frozen=True, eq=False)
class FootFrame:
    """Along the foot from the back of the heel, and to the medial side of the line to the second toe."""

    origin: NDArray[np.float64]
    forward: NDArray[np.float64]
    medial: NDArray[np.float64]

    def along(self, places: NDArray[np.float64]) -> Field:
        """Millimetres forward of the back of the heel."""
        return np.asarray((places - self.origin) @ self.forward)

    def across(self, places: NDArray[np.float64]) -> Field:
        """Millimetres medial of the line from heel to second toe."""
        return np.asarray((places - self.origin) @ self.medial)


def foot_frame(c: Canvas) -> FootFrame:
    """Level frame from heel to second toe."""
    origin = c.point("heel_back") * (1.0, 1.0, 0.0)
    forward = unit(c.point("mtp_2") * (1.0, 1.0, 0.0) - origin)
    medial = np.asarray((forward[1], -forward[0], 0.0))
    medial = medial if medial[0] > 0 else -medial  # the left foot's inner side is to the subject's right
    return FootFrame(origin, forward, medial)


def paint_foot(c: Canvas) -> None:
    """Paint everything from the ankle down; the leg is painted before."""
    frame = foot_frame(c)
    forward, across = frame.along(c.vertices), frame.across(c.vertices)
    zone = _foot_zone(c, forward)
    under = c.normals[:, 2] < -0.45
    _paint_upper_side(c, zone, forward)
    _paint_ankle(c, zone, across)
    _paint_heel(c, zone, forward, across, under)
    _paint_sole(c, frame, zone, forward, across, under)
    _paint_toes(c, frame, zone, under)


def _foot_zone(c: Canvas, forward: Field) -> Mask:
    """Below the ankle line; higher in front and lower behind are the leg's."""
    ankle = c.point("ankle_front_mid")
    return np.asarray(
        c.left & (c.up < ankle[2] + 45.0) & (c.share("foot_l", "ball_l", "calf_l") > 0.5) & (forward > -30)
    )


def _paint_upper_side(c: Canvas, zone: Mask, forward: Field) -> None:
    ankle = c.points("ankle_front_mid")
    below = c.up < ankle[0, 2] + 8.0
    c.paint("foot_dorsum", zone & below & (forward > 0))


def _paint_ankle(c: Canvas, zone: Mask, across: Field) -> None:
    inner, outer, front = c.points("medial_malleolus", "lateral_malleolus", "ankle_front_mid")
    near_front = zone & (c.up > front[2] - 12.0) & (c.up < front[2] + 40.0)
    back_of_front = c.front > np.where(across > 0, inner[1] + 12.0, outer[1] + 16.0)
    c.paint("ankle_anterior", near_front & back_of_front)
    c.paint("ankle_medial", zone & (across > 0) & (c.distance("medial_malleolus") < 34.0))
    c.paint("ankle_lateral", zone & (across <= 0) & (c.distance("lateral_malleolus") < 36.0))
    insertion = c.point("achilles_insertion")
    tendon = c.distance(insertion, insertion + np.asarray((0.0, 0.0, 50.0))) < 15.0
    c.paint("achilles", c.left & tendon & (c.up > insertion[2] - 1.0))


def _paint_heel(c: Canvas, zone: Mask, forward: Field, across: Field, under: Mask) -> None:
    insertion, back = c.points("achilles_insertion", "heel_back")
    heel_end = 0.30 * float(np.linalg.norm((c.point("mtp_2") - back)[:2]))
    low = zone & (c.up < insertion[2]) & ~c.painted("ankle_medial", "ankle_lateral")
    c.paint("heel_medial", low & (across > 0) & (forward < heel_end + 15.0))
    c.paint("foot_lateral_border", low & (across <= 0) & (forward < heel_end))
    c.paint("heel_posterior", low & (forward < 22.0))
    c.paint("heel_plantar", zone & under & (forward < heel_end + 12.0) & (c.up < 25.0))


def _paint_sole(c: Canvas, frame: FootFrame, zone: Mask, forward: Field, across: Field, under: Mask) -> None:
    heads = frame.along(
        c.points("metatarsal_head_1_plantar", "metatarsal_head_3_plantar", "metatarsal_head_5_plantar")
    )
    at = frame.across(
        c.points("metatarsal_head_1_plantar", "metatarsal_head_3_plantar", "metatarsal_head_5_plantar")
    )
    back = frame.along(c.points("heel_back"))[0]
    heel_end = back + 0.30 * (heads[1] - back) + 12.0
    head_line = along(list(zip(at, heads, strict=True)), across)
    front_sole = zone & under & (forward > heel_end)
    navicular = c.point("navicular")
    inner = zone & (across > 0) & (c.up < navicular[2] + 6.0) & (forward > heel_end + 4.0)
    c.paint("sole_midfoot", front_sole)
    c.paint("instep_medial", inner & (forward < heads[0] - 18.0) & (across > 12.0))
    outer_edge = zone & ~under & (across < 0) & (c.up < c.point("metatarsal_base_5")[2] + 5.0)
    c.paint("foot_lateral_border", outer_edge & (forward > 18.0) & (forward < heads[2] + 12.0))
    ball = front_sole & (forward > head_line - 18.0)
    split = (at[0] + at[1]) / 2.0 + 3.0
    c.paint("metatarsal_heads_lesser_plantar", ball & (across <= split))
    c.paint("metatarsal_head_1_plantar", ball & (across > split))
    medial_side = zone & (across > at[0]) & (c.up < c.point("mtp_1")[2] - 12.0)
    c.paint("metatarsal_head_1_plantar", medial_side & (np.abs(forward - heads[0]) < 18.0))


def _paint_toes(c: Canvas, frame: FootFrame, zone: Mask, under: Mask) -> None:
    chains = [np.stack([c.joint(f"l-toe-{k}-{j}") for j in (1, 2, 3)]) for k in range(1, 6)]
    away = np.stack([_level_distance(c.vertices, chain) for chain in chains])
    nearest = np.argmin(away, axis=0) + 1
    forward = frame.along(c.vertices)
    for toe in range(1, 6):
        knuckle = frame.along(c.points(f"mtp_{toe}"))[0]
        web = forward > knuckle + WEB_BEYOND_KNUCKLE_MM[toe]
        kind = "great_toe" if toe == 1 else "lesser_toes"
        c.paint(f"{kind}_dorsal", zone & (nearest == toe) & web & ~under)
        c.paint(f"{kind}_plantar", zone & (nearest == toe) & web & under)
    joint = frame.along(c.points("mtp_1"))[0]
    over_joint = zone & (nearest == 1) & (forward > joint - 14.0) & ~under
    c.paint("great_toe_dorsal", over_joint & (c.up > c.point("mtp_1")[2] - 12.0))


def _level_distance(places: NDArray[np.float64], chain: NDArray[np.float64]) -> Field:
    best = np.full(len(places), np.inf)
    for start, end in zip(chain[:, :2], chain[1:, :2], strict=False):
        step = end - start
        share = np.clip((places[:, :2] - start) @ step / (step @ step), -0.5, 1.5)
        best = np.minimum(best, np.linalg.norm(places[:, :2] - start - share[:, None] * step, axis=1))
    return best
