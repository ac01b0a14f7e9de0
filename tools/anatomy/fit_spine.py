"""Where the vertebrae and the sacrum belong: each at the level and depth that the skin of the back shows."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reference import average_man_fat_mm
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs

Floats = NDArray[np.float64]

LEVELS = (*(f"c{k}" for k in range(3, 8)), *(f"t{k}" for k in range(1, 13)), *(f"l{k}" for k in range(1, 6)))
TIP_DEPTH_MM = {"c3": 29.0, "c4": 28.0, "c5": 25.0, "c6": 20.0, "c7": 9.0} | {
    f"t{k}": 8.5 for k in range(1, 13)} | {f"l{k}": 11.0 for k in range(1, 6)}  # fmt: skip
"""From the skin to the tips of the spinous processes of the average man."""
SACRUM_DEPTH_MM = {"S1": 13.0, "S2": 13.0, "S3": 14.0, "S4": 15.0, "coccyx_tip": 20.0}
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
    """Pairs for C1 to the coccyx, the first two vertebrae under the skull."""
    pairs = Pairs()
    tips = np.array([spinous_tip(level) for level in LEVELS])
    placed = np.array([below(case, level.upper(), TIP_DEPTH_MM[level]) for level in LEVELS]) * (0.0, 1.0, 1.0)
    size = np.linalg.norm(placed[-1] - placed[4]) / np.linalg.norm(tips[-1] - tips[4])
    turn = _slope(placed) - _slope(tips)
    for level, source, target, angle in zip(LEVELS, tips, placed, turn, strict=True):
        for point in (source, body_front(level), transverse_tip(level)):
            pairs.add(point, target + size * _turned(point - source, angle))
    for level in ("c1", "c2"):
        for point in (spinous_tip(level), body_front(level), transverse_tip(level)):
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


def _turned(offset: Floats, angle: float) -> Floats:
    """An offset turned about the left-right axis, shape (3,)."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([offset[0], c * offset[1] - s * offset[2], s * offset[1] + c * offset[2]])
