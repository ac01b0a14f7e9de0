"""The shoulder blade and the collar bone, where the skin shows their edges."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation

from cage import Cage
from fit_spine import below, depth_below
from settle import settled
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

SOURCE_SHOULDER = np.array([-172.3, -84.2, 1404.2])
"""Centre of the source's humeral head; its arm is straight out sideways."""
GLENOID = np.array([-149.0, -82.0, 1391.0])
"""Middle of the source's glenoid."""
HEAD_MM, CARTILAGE_MM = 23.0, 2.5
"""From the middle of the humeral head, which keeps its girth in every body, to the glenoid."""
MIDDLE = np.array([-120.0, -125.0, 1360.0])
"""Middle of the source's shoulder blade."""
ACROMION, BEND_REACH_MM = np.array([-154.0, -84.0, 1430.0]), 26.0


@dataclass(frozen=True)
class Blade:
    """Map of the source's shoulder blade into the case's: its acromion bent a little.

    Attributes
    ----------
    turn : ndarray, shape (3,)
        Rotation vector.
    size : float
    place : ndarray, shape (3,)
        Where the middle of the source's blade goes.
    bend : ndarray, shape (3,)
        How far the acromion moves by itself.
    """

    turn: Floats
    size: float
    place: Floats
    bend: Floats

    def __call__(self, points: Floats) -> Floats:
        """Where points go, shape (k, 3)."""
        moved = self.size * Rotation.from_rotvec(self.turn).apply(points - MIDDLE) + self.place
        near = np.linalg.norm(points - ACROMION, axis=1) / BEND_REACH_MM
        return np.asarray(moved + np.exp(-0.5 * near**2)[:, None] * self.bend)


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


MARKS: dict[str, tuple[float, float]] = {
    "scapula_inferior_angle": (12.5, 4.0),
    "scapular_spine_root": (12.0, 4.0),
    "scapula_medial_border_mid": (12.5, 4.0),
    "acromion_tip": (11.0, 6.0),
    "acromioclavicular_joint": (12.0, 6.0),
    "coracoid": (24.0, 12.0),
}
"""Depth of the bone under each mark in the average man, and by how much it may well miss its place."""
SUPERIOR_MM, SUPERIOR_SLACK_MM = np.array([0.0, 18.0, 0.0]), 6.0
"""From the skin to the superior angle, straight forward: above it the trapezius slopes away."""
SHOULDER_FROM_JOINT_MM, SHOULDER_SLACK_MM = np.array([10.0, -8.0, 3.0]), 6.0
"""From the rig's shoulder joint to the middle of the humeral head."""
SIZE, SIZE_SLACK = 0.97, 0.03
"""The blade's size against the skeleton's."""
RIB_GAP_MM, SKIN_GAP_MM, GAP_SLACK_MM = 12.0, 6.5, 1.2
"""The blade keeps this much off the ribs and under the skin."""


def fit_scapula(case: SkinCase, cage: Cage | None, size: float) -> Blade:
    """Map of the shoulder blade: it keeps its shape where marks, ribs and skin let it.

    Parameters
    ----------
    case : SkinCase
    cage : Cage or None
        Outside of the fitted ribs; none to see where the blade would lie without them.
    size : float
        Size of the skeleton against the source's.
    """
    shown = scapula_marks()
    source = np.array([*(shown[mark] for mark in MARKS), shown["scapula_superior_angle"]])
    target = np.array(
        [*(below(case, mark, depth) for mark, (depth, _) in MARKS.items()),
         case.landmark("scapula_superior_angle") + size * SUPERIOR_MM]
    )  # fmt: skip
    slack = np.array([*(slack for _, slack in MARKS.values()), SUPERIOR_SLACK_MM])[:, None]
    shoulder = case.joints["l-shoulder"] + size * SHOULDER_FROM_JOINT_MM
    bone = read_source()["scapula"].vertices[::6]
    skin = NearSkin(case, target.mean(axis=0), 200.0 * size)

    def blade_of(values: Floats) -> Blade:
        return Blade(values[:3], size * SIZE * float(np.exp(values[3])), values[4:], np.zeros(3))

    def misfit(values: Floats) -> Floats:
        blade = blade_of(values)
        points = blade(bone)
        return np.concatenate([
            ((blade(source) - target) / slack).ravel(),
            (shoulder_centre(blade) - shoulder) / SHOULDER_SLACK_MM,
            [values[3] / SIZE_SLACK],
            np.maximum(size * RIB_GAP_MM - cage.gap_mm(points), 0.0) / GAP_SLACK_MM if cage else [],
            np.maximum(SKIN_GAP_MM - skin.depth_mm(points), 0.0) / GAP_SLACK_MM,
        ])  # fmt: skip

    start = np.concatenate((np.zeros(4), target.mean(axis=0) + size * (MIDDLE - source.mean(axis=0))))
    blade = blade_of(
        least_squares(misfit, start, x_scale=np.r_[0.1, 0.1, 0.1, 0.02, 5.0, 5.0, 5.0], max_nfev=30).x
    )
    lateral = [list(MARKS).index(mark) for mark in ("acromion_tip", "acromioclavicular_joint")]
    return replace(blade, bend=(target - blade(source))[lateral].mean(axis=0))


class NearSkin:
    """Depth under the skin around one place, quickly and nearly: against the plane of the nearest vertex."""

    def __init__(self, case: SkinCase, middle: Floats, reach_mm: float) -> None:
        near = np.linalg.norm(case.vertices - middle, axis=1) < reach_mm
        self._points, self._normals = case.vertices[near], case.normals[near]
        self._tree = cKDTree(self._points)

    def depth_mm(self, points: Floats) -> Floats:
        """Depth of points, positive inside, shape (k,)."""
        nearest = self._tree.query(points)[1]
        return np.asarray(np.einsum("ij,ij->i", self._points[nearest] - points, self._normals[nearest]))


def shoulder_centre(blade: Blade) -> Floats:
    """Centre of the humeral head in front of the glenoid, shape (3,)."""
    glenoid, facing = blade(np.array([GLENOID, SOURCE_SHOULDER]))
    away = facing - glenoid
    return np.asarray(glenoid + away / np.linalg.norm(away) * (HEAD_MM + blade.size * CARTILAGE_MM))


JOINT_MM = np.array([3.0, 0.0, 2.5])
"""From the acromion to the end of the collar bone."""
NOTCH = np.array([-33.0, -68.0, 1402.0])
"""Upper corner of the source's breastbone, in the notch that the collar bone stands upon."""
ON_NOTCH_MM = np.array([12.0, -2.0, 15.0])
"""From there to the inner end of the collar bone, which stands up above the breastbone."""
END_DEPTH_MM = 10.0
"""How deep that end lies in the average man."""
COVER_SHARE = 0.65
"""The fat over the collar bone is so much thinner than around it."""
FORWARD, MOST_ROUNDS = (0.0, 1.0, 0.0), 12


def fit_clavicle(case: SkinCase, blade: Blade, sternum: Floats) -> Floats:
    """Vertices of the collar bone, from the breastbone's corner to the acromion, right under the fat.

    Parameters
    ----------
    case : SkinCase
    blade : Blade
    sternum : ndarray, shape (n, 3)
        Vertices of the fitted breastbone.
    """
    bone = read_source()["clavicle"].vertices
    medial, lateral = bone[np.argmax(bone[:, 0])], bone[np.argmin(bone[:, 0])]
    corner = sternum[np.argmin(np.linalg.norm(read_source()["sternum"].vertices - NOTCH, axis=1))]
    deep = depth_below(case, "sternoclavicular_joint", END_DEPTH_MM)
    to_medial = settled(case, (corner + blade.size * ON_NOTCH_MM)[None], deep, FORWARD)[0]
    to_lateral = blade(scapula_marks()["acromioclavicular_joint"][None])[0] + JOINT_MM
    along, to_along = lateral - medial, to_lateral - to_medial
    size = float(np.linalg.norm(to_along) / np.linalg.norm(along))
    before, after = _frame(along), _frame(to_along)
    placed = (bone - medial) @ before.T @ np.diag([size, blade.size, blade.size]) @ after + to_medial
    return under_the_fat(case, placed, np.clip((placed - to_medial) @ to_along / (to_along @ to_along), 0, 1))


def under_the_fat(case: SkinCase, clavicle: Floats, along: Floats) -> Floats:
    """Collar bone bent between its ends as little as keeps it under the skin's fat.

    Parameters
    ----------
    case : SkinCase
    clavicle : ndarray, shape (n, 3)
    along : ndarray, shape (n,)
        Share of the way from its inner to its outer end.
    """
    bend = np.sin(np.pi * along)
    least = COVER_SHARE * case.landmark_fat_mm("clavicle_mid") * np.clip(2.0 * bend, 0.0, 1.0)
    for _ in range(MOST_ROUNDS):
        short = least - case.depth_mm(clavicle)
        worst = int(np.argmax(short * bend))
        if short[worst] <= 0.1:
            break
        inwards = -case.nearest(clavicle[[worst]])[1][0]
        clavicle = clavicle + bend[:, None] * short[worst] * inwards
    return clavicle


def _frame(along: Floats) -> Floats:
    """Return unit vectors along, forward and up, as rows, shape (3, 3)."""
    x = along / np.linalg.norm(along)
    up = np.array([0.0, 0.0, 1.0]) - x[2] * x
    up /= np.linalg.norm(up)
    return np.array([x, np.cross(up, x), up])
