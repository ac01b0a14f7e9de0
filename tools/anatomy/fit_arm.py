"""Upper arm and forearm inside a body."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments import extreme, segment_map, unit
from skeleton import read_source
from skin_case import SkinCase
from surroundings import first_hit_mm

Floats = NDArray[np.float64]

SOURCE_SHOULDER = np.array([-172.3, -84.2, 1404.2])
GIRTH = 1.0
FORWARD_SHARE = 0.46
"""Share of the flesh of the upper arm that lies before the humerus; the triceps fills the rest."""
LARGEST_BOW_MM = 9.0


def elbow_centre(case: SkinCase) -> Floats:
    """Middle between the epicondyles, shape (3,)."""
    return np.asarray((case.landmark("medial_epicondyle") + case.landmark("lateral_epicondyle")) / 2)


def wrist_centre(case: SkinCase) -> Floats:
    """Middle between the styloid processes, shape (3,)."""
    return np.asarray((case.landmark("radial_styloid") + case.landmark("ulnar_styloid")) / 2)


def fit_arm(case: SkinCase, shoulder: Floats) -> dict[str, Floats]:
    """Vertices of humerus, ulna and radius; the shoulder's centre has shape (3,)."""
    source = {name: read_source()[name].vertices for name in ("humerus", "ulna", "radius")}
    elbow, wrist = elbow_centre(case), wrist_centre(case)
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
    bones = {"humerus": bowed(case, upper(source["humerus"]), shoulder, elbow, across)}
    for name in ("ulna", "radius"):
        points = source[name]
        down = np.clip((points - source_elbow) @ unit(source_wrist - source_elbow) / 245.0, 0.0, 1.0)[:, None]
        bones[name] = ulna(points) * (1 - down) + radius(points) * down
    return bones


def bowed(case: SkinCase, humerus: Floats, shoulder: Floats, elbow: Floats, across: Floats) -> Floats:
    """Humerus with its shaft bent forward between its ends, to leave room behind it for the triceps."""
    along = elbow - shoulder
    forward = unit(np.cross(across, along))
    forward = forward if forward[1] > 0 else -forward
    middle = shoulder + np.linspace(0.4, 0.7, 7)[:, None] * along
    sides = np.stack([first_hit_mm(case.fascia, middle, np.tile(way, (7, 1))) for way in (forward, -forward)])
    before, behind = sides.mean(axis=1)
    bow = np.clip(before - FORWARD_SHARE * (before + behind), 0.0, LARGEST_BOW_MM)
    share = np.clip((humerus - shoulder) @ along / (along @ along), 0.0, 1.0)
    return np.asarray(humerus + (4 * share * (1 - share))[:, None] ** 2 * bow * forward)
