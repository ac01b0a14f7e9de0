"""Where the vertebrae and the sacrum belong: each at the level and depth that the skin of the back shows."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from reference import average_man_fat_mm
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs

Floats = NDArray[np.float64]

BACK = ("c7", *(f"t{k}" for k in range(1, 13)), *(f"l{k}" for k in range(1, 6)))
NECK = tuple(f"c{k}" for k in range(2, 7))
TIP_DEPTH_MM = {"c": 9.0, "t": 8.5, "l": 11.0}
"""From the skin to the tips of the spinous processes of the average man."""
LEAST_DEPTH_MM = 4.0


class Head(Protocol):
    """Map of the source's head into the case's."""

    def __call__(self, points: Floats) -> Floats: ...


def spinous_tip(bone: str) -> Floats:
    """Hindmost point of a vertebra of the source, on the midline, shape (3,)."""
    vertices = read_source()[bone].vertices
    tip = vertices[np.argmin(vertices[:, 1])]
    return tip * (0.0, 1.0, 1.0)


def body_front(bone: str) -> Floats:
    """Foremost point of a vertebra of the source on the midline, shape (3,)."""
    vertices = read_source()[bone].vertices
    middle = vertices[np.abs(vertices[:, 0]) < 0.01]
    return np.asarray(middle[np.argmax(middle[:, 1])])


def transverse_tip(bone: str) -> Floats:
    """Leftmost point of a vertebra of the source, shape (3,)."""
    vertices = read_source()[bone].vertices
    return np.asarray(vertices[np.argmin(vertices[:, 0])])


def depth_below(case: SkinCase, landmark: str, average_man_mm: float) -> float:
    """Depth of a bone under a landmark when it is so deep in the average man; fat adds what it adds."""
    more = case.landmark_fat_mm(landmark) - average_man_fat_mm(landmark)
    return max(average_man_mm + more, LEAST_DEPTH_MM)


def below(case: SkinCase, landmark: str, average_man_mm: float) -> Floats:
    """Place under a landmark, square to the skin, shape (3,)."""
    return case.landmark(landmark) - case.landmark_normal(landmark) * depth_below(case, landmark, average_man_mm)


def spine_pairs(case: SkinCase, head: Head) -> Pairs:
    """Pairs for C1 to L5: the neck's curve leads from the thoracic vertebrae to the first one under the skull."""
    tips = np.array([spinous_tip(level) for level in BACK])
    fronts = np.array([body_front(level) for level in BACK])
    placed = np.array([below(case, level.upper(), TIP_DEPTH_MM[level[0]]) for level in BACK]) * (0.0, 1.0, 1.0)
    size = float(np.linalg.norm(placed[-1] - placed[0]) / np.linalg.norm(tips[-1] - tips[0]))
    turns = _slope(placed) - _slope(tips)
    placed_fronts = np.array(
        [tip + size * turned(front - source, turn)
         for tip, front, source, turn in zip(placed, fronts, tips, turns, strict=True)]
    )  # fmt: skip
    pairs = Pairs()
    for level, tip, place, turn in zip(BACK, tips, placed, turns, strict=True):
        for point in (tip, body_front(level), transverse_tip(level)):
            pairs.add(point, place + size * turned(point - tip, turn))
    neck_fronts = np.array([body_front(level) for level in NECK])
    top = head(np.array([body_front("c1")]))
    knots = np.concatenate((placed_fronts[3:0:-2], placed_fronts[:1], top))
    heights = np.concatenate((fronts[3:0:-2, 2], fronts[:1, 2], [body_front("c1")[2]]))
    curve = CubicSpline(heights, knots)
    source_curve = CubicSpline(heights, np.concatenate((fronts[3:0:-2], fronts[:1], [body_front("c1")])))
    for level, front in zip(NECK, neck_fronts, strict=True):
        steps, source_steps = curve(front[2], 1), source_curve(front[2], 1)
        turn = float(np.arctan2(-steps[1], steps[2]) - np.arctan2(-source_steps[1], source_steps[2]))
        for point in (spinous_tip(level), front, transverse_tip(level)):
            pairs.add(point, curve(front[2]) + size * turned(point - front, turn))
    for point in (spinous_tip("c1"), body_front("c1"), transverse_tip("c1")):
        pairs.add(point, head(point[None])[0])
    return pairs


def _slope(points: Floats) -> Floats:
    """Angle of the column in the midline plane at each point, smooth from one to the next, shape (k,)."""
    steps = np.gradient(points, axis=0)
    angle = np.arctan2(steps[:, 1], -steps[:, 2])
    for _ in range(3):
        inner = 0.25 * angle[:-2] + 0.5 * angle[1:-1] + 0.25 * angle[2:]
        angle = np.concatenate(([0.5 * (angle[0] + angle[1])], inner, [0.5 * (angle[-1] + angle[-2])]))
    return angle


def turned(offset: Floats, angle: float) -> Floats:
    """An offset turned about the left-right axis, shape (3,)."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([offset[0], c * offset[1] - s * offset[2], s * offset[1] + c * offset[2]])
