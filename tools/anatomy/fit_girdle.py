"""The shoulder blade and the collar bone, where the skin shows their edges."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from fit_spine import below
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

SOURCE_SHOULDER = np.array([-172.3, -84.2, 1404.2])
"""Centre of the source's humeral head; its arm is straight out sideways."""
GLENOID = np.array([-149.0, -82.0, 1391.0])
"""Middle of the source's glenoid."""
HEAD_TO_GLENOID_MM = 25.0
BEND_MM = 100.0
BEND_SOFT = 0.05
RIDGE = 4000.0
"""Square millimetres by which the blade withstands a change of its shape."""


@dataclass(frozen=True)
class Blade:
    """Map of the source's shoulder blade into the case's: affine, then bent a little."""

    centre: Floats
    linear: Floats
    place: Floats
    bend: RBFInterpolator | None = None

    def __call__(self, points: Floats) -> Floats:
        """Where points go, shape (k, 3)."""
        moved = np.asarray((points - self.centre) @ self.linear + self.place)
        return moved if self.bend is None else moved + self.bend(points / BEND_MM)


def scapula_marks() -> dict[str, Floats]:
    """Places of the source's shoulder blade that the skin shows."""
    bone = read_source()["scapula"].vertices
    inferior = bone[np.argmin(bone[:, 2])]
    root = np.array([-84.0, -160.0, 1385.0])
    half = bone[np.abs(bone[:, 2] - 0.5 * (inferior[2] + root[2])) < 8.0]
    inner = bone[bone[:, 0] > bone[:, 0].max() - 25.0]
    return {
        "scapula_inferior_angle": inferior,
        "scapular_spine_root": bone[np.argmin(np.linalg.norm(bone - root, axis=1))],
        "scapula_medial_border_mid": half[np.argmax(half[:, 0])],
        "scapula_superior_angle": inner[np.argmax(inner[:, 2])],
        "acromion_tip": bone[np.argmin(bone[:, 0])],
        "acromioclavicular_joint": bone[np.argmin(np.linalg.norm(bone - (-139.0, -82.0, 1429.0), axis=1))],
        "coracoid": bone[np.argmax(bone[:, 1])],
    }


DEPTH_MM = {
    "scapula_inferior_angle": 15.0, "scapular_spine_root": 16.0, "scapula_medial_border_mid": 17.0,
    "scapula_superior_angle": 28.0, "acromion_tip": 10.0, "acromioclavicular_joint": 11.0, "coracoid": 24.0,
}  # fmt: skip
WEIGHT = {
    "scapula_inferior_angle": 2.0, "scapular_spine_root": 1.5, "scapula_medial_border_mid": 1.5,
    "scapula_superior_angle": 1.0, "acromion_tip": 1.5, "acromioclavicular_joint": 1.5, "coracoid": 0.5,
}  # fmt: skip
SUPERIOR_MM = np.array([0.0, 20.0, 0.0])
"""From the skin to the superior angle, straight forward: above it the trapezius slopes away."""
SHOULDER_WEIGHT = 1.5
SHOULDER_FROM_JOINT_MM = np.array([12.0, -12.0, 3.0])


def fit_scapula(case: SkinCase) -> Blade:
    """Map of the shoulder blade: turned, scaled and a little stretched to its marks under the skin."""
    marks = scapula_marks()
    source = np.array([*marks.values(), GLENOID])
    shoulder = case.joints["l-shoulder"] + SHOULDER_FROM_JOINT_MM
    target = np.array([*(below(case, mark, DEPTH_MM[mark]) for mark in marks), shoulder])
    superior = list(marks).index("scapula_superior_angle")
    target[superior] = case.landmark("scapula_superior_angle") + SUPERIOR_MM
    weights = np.array([*(WEIGHT[mark] for mark in marks), SHOULDER_WEIGHT])
    for _ in range(3):
        blade = _fitted(source, target, weights)
        facing = blade(SOURCE_SHOULDER[None])[0] - blade(GLENOID[None])[0]
        target[-1] = shoulder - facing / np.linalg.norm(facing) * HEAD_TO_GLENOID_MM
    bend = RBFInterpolator(source / BEND_MM, target - blade(source), kernel="thin_plate_spline", degree=1, smoothing=BEND_SOFT)
    blade = replace(blade, bend=bend)
    print("blade", np.linalg.norm(blade(source) - target, axis=1).round(1), np.linalg.svd(blade.linear)[1].round(2))
    return blade


def shoulder_centre(blade: Blade) -> Floats:
    """Centre of the humeral head in front of the glenoid, shape (3,)."""
    glenoid, facing = blade(np.array([GLENOID, SOURCE_SHOULDER]))
    away = facing - glenoid
    return np.asarray(glenoid + away / np.linalg.norm(away) * HEAD_TO_GLENOID_MM)


def _fitted(source: Floats, target: Floats, weights: Floats) -> Blade:
    w = (weights / weights.sum())[:, None]
    centre, place = (source * w).sum(axis=0), (target * w).sum(axis=0)
    a, b = source - centre, target - place
    u, s, vt = np.linalg.svd((a * w).T @ b)
    flip = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    alike = (s * np.diag(flip)).sum() / (a**2 * w).sum() * (u @ flip @ vt)
    rest = np.linalg.solve((a * w).T @ a + RIDGE * np.eye(3), (a * w).T @ (b - a @ alike))
    return Blade(centre, alike + rest, place)


def fit_clavicle(case: SkinCase, blade: Blade) -> Floats:
    """Vertices of the collar bone, from beside the sternum's notch to the acromion."""
    bone = read_source()["clavicle"].vertices
    medial, lateral = bone[np.argmax(bone[:, 0])], bone[np.argmin(bone[:, 0])]
    to_medial = below(case, "sternoclavicular_joint", 13.0)
    to_lateral = below(case, "acromioclavicular_joint", 11.0)
    along, to_along = lateral - medial, to_lateral - to_medial
    size = float(np.linalg.norm(to_along) / np.linalg.norm(along))
    before, after = _frame(along), _frame(to_along)
    return np.asarray((bone - medial) @ before.T @ np.diag([size, 1.0, 1.0]) @ after + to_medial)


def _frame(along: Floats) -> Floats:
    """Unit vectors along, forward and up, as rows, shape (3, 3)."""
    x = along / np.linalg.norm(along)
    up = np.array([0.0, 0.0, 1.0]) - x[2] * x
    up /= np.linalg.norm(up)
    return np.array([x, np.cross(up, x), up])
