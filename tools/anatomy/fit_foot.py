"""The bones of the foot inside a body."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from fit_leg import ankle_centre
from segments import affine_map, extreme, long_ends, segment_map, unit
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

TARSUS = ("talus", "calcaneus", "navicular", "cuboid", "cuneiform_1", "cuneiform_2", "cuneiform_3")
METATARSALS = tuple(f"metatarsal_{k}" for k in range(1, 6))
SOURCE_ANKLE = np.array([-83.0, -71.0, 50.0])
HEEL_BACK_MM, HEEL_SOLE_MM = 6.0, 14.5
LATERAL_BORDER_MM = 5.0
"""How far the tuberosity of the fifth metatarsal lies inside its mark on the lateral border, and above it."""
BEND_REACH_MM = 26.0
"""How far from the heel's sole and the lateral border the foot is bent by what the affine map misses."""
HEEL, BASE_5 = 1, 8
"""Rows of these two among the pairs."""
TIP_MM = 4.0


def fit_foot(case: SkinCase) -> dict[str, Floats]:
    """Vertices of the bones of the foot."""
    source = {name: bone.vertices for name, bone in read_source().items()}
    sources, targets = _pairs(case, source)
    affine = affine_map(sources, targets, ridge=0.001)
    missed = targets - affine(sources)
    missed[[k for k in range(len(missed)) if k not in (HEEL, BASE_5)]] = 0.0
    bend = RBFInterpolator(
        affine(sources), missed, kernel="gaussian", epsilon=0.7 / BEND_REACH_MM, degree=-1, smoothing=0.05
    )

    def carry(points: Floats) -> Floats:
        """Carry tarsus and metatarsals: the source's arches are higher than those of the skin."""
        whole = affine(points)
        return np.asarray(whole + bend(whole))

    bones = {name: carry(source[name]) for name in (*TARSUS, *METATARSALS)}
    for ray in range(1, 6):
        bones |= _toe(case, ray, source)
    return bones


def _pairs(case: SkinCase, source: dict[str, Floats]) -> tuple[Floats, Floats]:
    heel_back, sole = case.landmark("heel_back"), case.landmark("heel_plantar")
    calcaneus = source["calcaneus"]
    up = np.array([0.0, 0.0, 1.0])
    forward = unit((case.landmark("mtp_1") + case.landmark("mtp_5")) / 2 * (1, 1, 0) - heel_back * (1, 1, 0))
    sources = [extreme(calcaneus, (0, -1, 0)), extreme(calcaneus, (0, 0, -1)), SOURCE_ANKLE]
    targets = [heel_back + forward * HEEL_BACK_MM, sole + up * HEEL_SOLE_MM, ankle_centre(case) + up * -2.0]
    for ray in range(1, 6):
        head = long_ends(source[f"metatarsal_{ray}"], source["talus"].mean(axis=0))[1]
        sources.append(head)
        targets.append(_toe_joints(case, ray)[0])
    sources.append(extreme(source["metatarsal_5"], (-0.5, -1, 0)))
    mark, outward = case.landmark("metatarsal_base_5"), case.landmark_normal("metatarsal_base_5")
    targets.append(mark + (up - outward) * LATERAL_BORDER_MM)
    sources.append(extreme(source["navicular"], (1, 0, 0)))
    targets.append(case.landmark("navicular") - case.landmark_normal("navicular") * 6.0)
    return np.array(sources), np.array(targets)


def _toe_joints(case: SkinCase, ray: int) -> Floats:
    """Ball joint, joints between, and tip of a toe's bones, shape (3 or 4, 3), amid the toe."""
    count = 3 if ray == 1 else 4
    joints = np.array([case.joints[f"l-toe-{ray}-{k}"] for k in range(1, count + 1)])
    middle = []
    for point in joints[:-1]:
        upper = case.nearest(point[None] + (0.0, 0.0, 12.0))[0][0]
        lower = case.nearest(point[None] - (0.0, 0.0, 12.0))[0][0]
        middle.append(np.array([point[0], point[1], 0.52 * upper[2] + 0.48 * lower[2]]))
    last = unit(joints[-1] - joints[-2])
    tip = case.landmark(f"toe_tip_{ray}") - last * TIP_MM
    tip[0] = joints[-1][0]
    return np.array([*middle, tip])


def _toe(case: SkinCase, ray: int, source: dict[str, Floats]) -> dict[str, Floats]:
    kinds = ("proximal", "distal") if ray == 1 else ("proximal", "middle", "distal")
    joints = _toe_joints(case, ray)
    root = source[f"metatarsal_{ray}"].mean(axis=0)
    up = np.array([0.0, 0.0, 1.0])
    bones = {}
    for at, kind in enumerate(kinds):
        points = source[f"toe_{kind}_phalanx_{ray}"]
        start, end = long_ends(points, root)
        girth = 0.72 * np.linalg.norm(joints[at + 1] - joints[at]) / np.linalg.norm(end - start)
        carry = segment_map(
            (start, end, up), (joints[at], joints[at + 1], up), float(np.clip(girth, 0.55, 0.95))
        )
        bones[f"toe_{kind}_phalanx_{ray}"] = carry(points)
    return bones
