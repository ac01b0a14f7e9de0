"""Upper arm and forearm inside a body."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_trunk import girdle_joints
from segments import extreme, segment_map, unit
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

SOURCE_SHOULDER = np.array([-172.3, -84.2, 1404.2])
GIRTH = 1.0


def elbow_centre(case: SkinCase) -> Floats:
    """Middle between the epicondyles, shape (3,)."""
    return np.asarray((case.landmark("medial_epicondyle") + case.landmark("lateral_epicondyle")) / 2)


def wrist_centre(case: SkinCase) -> Floats:
    """Middle between the styloid processes, shape (3,)."""
    return np.asarray((case.landmark("radial_styloid") + case.landmark("ulnar_styloid")) / 2)


def fit_arm(case: SkinCase) -> dict[str, Floats]:
    """Vertices of humerus, ulna and radius."""
    source = {name: read_source()[name].vertices for name in ("humerus", "ulna", "radius")}
    shoulder, elbow, wrist = girdle_joints(case)["shoulder"], elbow_centre(case), wrist_centre(case)
    far = source["humerus"][source["humerus"][:, 0] < -440.0]
    medial, lateral = extreme(far, (0, 0, -1)), extreme(far, (0, 0, 1))
    source_elbow = (medial + lateral) / 2
    across = case.landmark("lateral_epicondyle") - case.landmark("medial_epicondyle")
    upper = segment_map((SOURCE_SHOULDER, source_elbow, lateral - medial), (shoulder, elbow, across), GIRTH)
    ulna_tip, radius_tip = extreme(source["ulna"], (-1, 0, 0)), extreme(source["radius"], (-1, 0.3, 0))
    source_wrist = (ulna_tip + radius_tip) / 2
    at_wrist = case.landmark("radial_styloid") - case.landmark("ulnar_styloid")
    # The forearm twists from the elbow to the wrist: each bone follows the end that it is broad at.
    ulna = segment_map((source_elbow, source_wrist, lateral - medial), (elbow, wrist, across), GIRTH)
    radius = segment_map((source_elbow, source_wrist, radius_tip - ulna_tip), (elbow, wrist, at_wrist), GIRTH)
    bones = {"humerus": upper(source["humerus"])}
    for name in ("ulna", "radius"):
        points = source[name]
        down = np.clip((points - source_elbow) @ unit(source_wrist - source_elbow) / 245.0, 0.0, 1.0)[:, None]
        bones[name] = ulna(points) * (1 - down) + radius(points) * down
    return bones
