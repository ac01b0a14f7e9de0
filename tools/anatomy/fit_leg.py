"""Thigh bone, kneecap and the bones of the lower leg inside a body."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_trunk import girdle_joints
from segments import extreme, segment_map
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

SOURCE_HIP = np.array([-83.5, -70.7, 873.9])
SOURCE_MALLEOLI_Z = 75.0
GIRTH = 1.02
KNEE_GIRTH, BROAD_KNEE_MM = (0.88, 1.0), 98.0
"""Least and largest share of the girth at the knee, and how broad the average man's is under the fat."""
ANKLE_GIRTH = (0.68, 1.02)
"""Least and largest girth at the ankle; between them it follows the distance of the malleoli."""
OVER_MALLEOLI_MM = 7.0
"""Skin over both malleoli together."""
KNEECAP_DEPTH_MM = 3.0
"""How deep the front of the kneecap lies below the fat."""


def knee_centre(case: SkinCase) -> Floats:
    """Middle between the epicondyles, shape (3,)."""
    medial, lateral = (case.landmark(f"{side}_femoral_epicondyle") for side in ("medial", "lateral"))
    return np.asarray((medial + lateral) / 2)


def knee_breadth_mm(case: SkinCase) -> float:
    """Distance of the epicondyles' marks less skin and fat."""
    marks = "medial_femoral_epicondyle", "lateral_femoral_epicondyle"
    apart = float(np.linalg.norm(case.landmark(marks[0]) - case.landmark(marks[1])))
    return apart - sum(case.landmark_fat_mm(mark) for mark in marks)


def ankle_centre(case: SkinCase) -> Floats:
    """Middle between the malleoli, shape (3,)."""
    return np.asarray((case.landmark("medial_malleolus") + case.landmark("lateral_malleolus")) / 2)


def fit_leg(case: SkinCase) -> dict[str, Floats]:
    """Vertices of femur, patella, tibia and fibula."""
    source = {name: read_source()[name].vertices for name in ("femur", "patella", "tibia", "fibula")}
    hip, knee, ankle = girdle_joints(case)["hip"], knee_centre(case), ankle_centre(case)
    lower = source["femur"][source["femur"][:, 2] < 488.0]
    medial, lateral = extreme(lower, (1, 0, 0)), extreme(lower, (-1, 0, 0))
    source_knee = (medial + lateral) / 2
    across_knee = case.landmark("medial_femoral_epicondyle") - case.landmark("lateral_femoral_epicondyle")
    at_knee = GIRTH * float(np.clip(knee_breadth_mm(case) / BROAD_KNEE_MM, *KNEE_GIRTH))
    spans = (SOURCE_HIP, source_knee, medial - lateral), (hip, knee, across_knee)
    # The head of the femur stays round; towards the knee the bone is as slender as the skin asks.
    from_hip, to_knee = segment_map(*spans), segment_map(*spans, at_knee)

    def thigh(points: Floats) -> Floats:
        """Carry femur and patella."""
        down = np.clip((SOURCE_HIP[2] - points[:, 2]) / (SOURCE_HIP[2] - source_knee[2]), 0.0, 1.0)
        return np.asarray(from_hip(points) * (1 - down)[:, None] + to_knee(points) * down[:, None])

    inner, outer = extreme(source["tibia"], (0, 0, -1)), extreme(source["fibula"], (0, 0, -1))
    source_ankle = (inner + outer) / 2 + (0.0, 0.0, 8.0)
    across_ankle = case.landmark("medial_malleolus") - case.landmark("lateral_malleolus")
    side = 0.5 * across_knee / np.linalg.norm(across_knee) + 0.5 * across_ankle / np.linalg.norm(across_ankle)
    ends = (source_knee, source_ankle, medial - lateral), (knee, ankle, side)
    low = {name: source[name][source[name][:, 2] < SOURCE_MALLEOLI_Z][:, 0] for name in ("tibia", "fibula")}
    broad = (np.linalg.norm(across_ankle) - OVER_MALLEOLI_MM) / (low["tibia"].max() - low["fibula"].min())
    upper, lower_end = segment_map(*ends, at_knee), segment_map(*ends, float(np.clip(broad, *ANKLE_GIRTH)))

    def shank(points: Floats) -> Floats:
        """Carry bones of the lower leg, which is as slender at the ankle as the skin asks."""
        down = np.clip((source_knee[2] - points[:, 2]) / (source_knee[2] - source_ankle[2]), 0.0, 1.0)
        return np.asarray(upper(points) * (1 - down)[:, None] + lower_end(points) * down[:, None])

    bones = {
        "femur": thigh(source["femur"]),
        "tibia": shank(source["tibia"]),
        "fibula": shank(source["fibula"]),
    }
    bones["patella"] = at_the_front(case, thigh(source["patella"]))
    return bones


def at_the_front(case: SkinCase, patella: Floats) -> Floats:
    """Return the kneecap moved square to the skin until it lies close under it, at its mark."""
    mark, outward = case.landmark("patella_mid"), case.landmark_normal("patella_mid")
    front = extreme(patella, tuple(outward))
    wanted = mark - outward * (case.landmark_fat_mm("patella_mid") + KNEECAP_DEPTH_MM)
    shift = (wanted - front) @ outward * outward
    shift[2] += mark[2] - patella[:, 2].mean()
    return np.asarray(patella + shift)
