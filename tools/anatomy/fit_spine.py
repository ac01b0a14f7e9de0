"""The vertebrae: each keeps its shape and stands at the level and depth that the skin of the back shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicHermiteSpline

from reference import average_man_fat_mm
from skeleton import read_source
from skin_case import SkinCase
from warp import Warp

Floats = NDArray[np.float64]

NECK = tuple(f"c{k}" for k in range(2, 7))
BACK = ("c7", *(f"t{k}" for k in range(1, 13)), *(f"l{k}" for k in range(1, 6)))
TIP_DEPTH_MM = {"c": 9.0, "t": 8.5, "l": 11.0}
"""From the skin to the tips of the spinous processes of the average man."""
LEAST_DEPTH_MM = 4.0
BODY_DEPTH_MM = 16.0
"""Depth of the front part of a vertebra whose middle counts as the centre of its body."""
ARCH_MM = 22.0
"""How far behind the centre of the body the spinous process begins."""
LEVEL_DEGREE = 2
"""Degree of the polynomial that spaces the levels of the back, so that discs come out even."""
TURN_SHARE = np.array([0.4, 0.6, 0.8] + [1.0] * 7 + [0.9, 0.8, 0.7, 0.65, 0.6, 0.55, 0.5, 0.5])
"""How far the vertebrae of the back follow its skin: less in the loins, whose hollow muscle fills."""
BODY_ABOVE_TIP_MM = np.array([-2, 4, 9, 13, 16, 20, 22, 23, 22, 20, 17, 13, 11, 10, 10, 9, 6, 3], dtype=float)
"""How far the centres of the bodies of C7 to L5 usually lie above the tips of their spinous processes."""
NECK_LIFT = 0.5
"""Share of the way to their landmarks that the tips in the neck are bent."""
NECK_SLIM = 0.88
"""The neck of the skin is slimmer from front to back than the source's vertebrae are long."""
NECK_BULGE_MM = 10.0
"""How far the middle of the neck's curve stands forward."""
CURVE_ROUNDS = 6
"""Rounds that smooth the direction of the spine from level to level."""


@dataclass(frozen=True)
class Vertebra:
    """How a vertebra of the source moves: turned in the midline plane, scaled, and put down.

    Attributes
    ----------
    centre : ndarray, shape (3,)
        Centre of its body in the source.
    place : ndarray, shape (3,)
        Where that goes.
    turn : float
        Angle about the left-right axis, radians.
    size : tuple of 3 float
        Scale to the side, forward and up in the source's own axes.
    process_mm : float
        Length of what lies behind the arch, in the source.
    lift_mm : float
        How much higher the tip of the spinous process comes by bending the process alone.
    """

    centre: Floats
    place: Floats
    turn: float
    size: tuple[float, float, float]
    process_mm: float = 1.0
    lift_mm: float = 0.0

    def __call__(self, points: Floats) -> Floats:
        """Where points of the source go with this vertebra, shape (k, 3)."""
        behind = np.clip((self.centre[1] - ARCH_MM - points[..., 1]) / self.process_mm, 0.0, 1.0)
        lift = np.stack((0.0 * behind, 0.0 * behind, self.lift_mm * behind * (2.0 - behind)), axis=-1)
        return self.place + turned((points - self.centre) * self.size, self.turn) + lift


def spinous_tip(bone: str) -> Floats:
    """Hindmost point of a vertebra of the source, on the midline, shape (3,)."""
    vertices = read_source()[bone].vertices
    return np.asarray(vertices[np.argmin(vertices[:, 1])] * (0.0, 1.0, 1.0))


def body_centre(bone: str) -> Floats:
    """Centre of the body of a vertebra of the source, shape (3,)."""
    vertices = read_source()[bone].vertices
    middle = vertices[np.abs(vertices[:, 0]) < 0.01]
    front = middle[middle[:, 1] > middle[:, 1].max() - BODY_DEPTH_MM]
    return np.array([0.0, np.mean(front[:, 1]), 0.5 * (front[:, 2].min() + front[:, 2].max())])


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
    return case.landmark(landmark) - case.landmark_normal(landmark) * depth_below(
        case, landmark, average_man_mm
    )


def fit_spine(case: SkinCase, head: Warp) -> dict[str, Vertebra]:
    """How each vertebra from C1 to L5 moves; the neck curves from C7 to the skull."""
    tips = np.array([spinous_tip(level) for level in BACK])
    places = np.array([below(case, level.upper(), TIP_DEPTH_MM[level[0]]) for level in BACK]) * (
        0.0,
        1.0,
        1.0,
    )
    centres = np.array([body_centre(level) for level in BACK])
    size = float(np.linalg.norm(places[-1] - places[0]) / np.linalg.norm(tips[-1] - tips[0]))
    turns = TURN_SHARE * (_direction(places) - _direction(tips))
    moves = zip(places, centres, tips, turns, strict=True)
    put = np.array([place + turned(size * (centre - tip), turn) for place, centre, tip, turn in moves])
    wanted = places[:, 2] + size * BODY_ABOVE_TIP_MM
    heights = np.polynomial.Polynomial.fit(centres[:, 2], wanted, LEVEL_DEGREE)
    spine = {}
    for level, centre, tip, place, turn in zip(BACK, centres, tips, put, turns, strict=True):
        high = float(heights(centre[2]))
        scale = (size, size, float(heights.deriv()(centre[2])))
        length = centre[1] - ARCH_MM - tip[1]
        straight = Vertebra(centre, place * (1.0, 1.0, 0.0) + (0.0, 0.0, high), turn, scale, length)
        off = places[BACK.index(level)] - straight(tip)
        spine[level] = replace(straight, place=straight.place + off * (0.0, 1.0, 0.0), lift_mm=float(off[2]))
    neck = fit_neck(spine["c7"], head, size)
    return {level: _lifted(case, level, vertebra) for level, vertebra in neck.items()} | spine


def fit_neck(seventh: Vertebra, head: Warp, size: float) -> dict[str, Vertebra]:
    """How C1 to C6 move: along a curve that leaves C7 and reaches C1 each in its own direction."""
    levels = ("c7", *NECK[::-1], "c1")
    centres = np.array([body_centre(level) for level in levels])
    along = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(centres, axis=0), axis=1))))
    top = head(centres[-1:])[0]
    leaving = turned(centres[2] - centres[0], seventh.turn)
    reaching = centres[-1] - centres[-3]
    stretch = float(np.linalg.norm(top - seventh.place) / np.linalg.norm(centres[-1] - centres[0]))
    ends = np.array([leaving / np.linalg.norm(leaving), reaching / np.linalg.norm(reaching)]) * stretch
    curve = CubicHermiteSpline(along[[0, -1]], np.array([seventh.place, top]), ends)
    source = CubicHermiteSpline(
        along[[0, -1]], centres[[0, -1]],
        np.array([(centres[2] - centres[0]) / along[2], reaching / (along[-1] - along[-3])]),
    )  # fmt: skip
    neck = {}
    for level, centre, share in zip(levels[1:], centres[1:], along[1:], strict=True):
        to, was = curve(share, 1), source(share, 1)
        turn = float(np.arctan2(-to[1], to[2]) - np.arctan2(-was[1], was[2]))
        part = share / along[-1]
        bulge = NECK_BULGE_MM * size * 16.0 * (part * (1.0 - part)) ** 2 * np.array([0.0, 1.0, 0.0])
        place = curve(share) + turned(size * (centre - source(share)), turn) + bulge
        length = centre[1] - ARCH_MM - spinous_tip(level)[1]
        neck[level] = Vertebra(centre, place, turn, (size, size * NECK_SLIM, stretch), length)
    return neck


def _lifted(case: SkinCase, level: str, vertebra: Vertebra) -> Vertebra:
    if level == "c1":
        return vertebra
    short = case.landmark(level.upper())[2] - vertebra(spinous_tip(level))[2]
    return replace(vertebra, lift_mm=NECK_LIFT * float(short))


def turned(points: Floats, turn: float) -> Floats:
    """Points turned about the left-right axis, shape (..., 3)."""
    c, s = np.cos(turn), np.sin(turn)
    return np.stack(
        (points[..., 0], c * points[..., 1] - s * points[..., 2], s * points[..., 1] + c * points[..., 2]),
        axis=-1,
    )


def _direction(points: Floats) -> Floats:
    """Angle of a line down the back in the midline plane at each of its points, smooth, shape (k,)."""
    steps = np.gradient(points, axis=0)
    return _smooth(np.arctan2(steps[:, 1], -steps[:, 2]), CURVE_ROUNDS)


def _smooth(values: Floats, rounds: int) -> Floats:
    """Values after rounds of averaging with their neighbours, shape (k,)."""
    for _ in range(rounds):
        padded = np.concatenate((values[:1], values, values[-1:]))
        values = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]
    return values
