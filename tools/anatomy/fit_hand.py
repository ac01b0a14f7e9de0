"""The bones of the hand inside a body."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_arm import wrist_centre
from segments import long_ends, segment_map, similar_map, unit
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

CARPALS = ("scaphoid", "lunate", "triquetrum", "pisiform", "trapezium", "trapezoid", "capitate", "hamate")
SOURCE_WRIST = np.array([-705.6, -83.7, 1417.9])
TIP_MM = 4.5
WRIST_GAP_MM = 1.0
"""How much farther from the forearm than in the source the wrist's bones lie."""
THICKNESS = 0.95


def fit_hand(case: SkinCase) -> dict[str, Floats]:
    """Vertices of the carpals, metacarpals and phalanges."""
    source = {name: bone.vertices for name, bone in read_source().items()}
    ends = {ray: long_ends(source[f"metacarpal_{ray}"], SOURCE_WRIST) for ray in range(1, 6)}
    joints = {ray: np.array([case.joints[f"l-finger-{ray}-{k}"] for k in range(1, 5)]) for ray in range(1, 6)}
    sources = [SOURCE_WRIST, ends[1][0], *(ends[ray][1] for ray in range(2, 6))]
    targets = [wrist_centre(case), joints[1][0], *(joints[ray][0] for ray in range(2, 6))]
    similar, turn, scale = similar_map(np.array(sources), np.array(targets))
    # The similar map spreads what the skin's hand differs by; the wrist must not gape for it.
    gape = targets[0] - similar(SOURCE_WRIST[None])[0]
    to_wrist = unit(targets[0] - targets[3])
    shift = to_wrist * (gape @ to_wrist - WRIST_GAP_MM)

    def whole(points: Floats) -> Floats:
        """Carry the wrist, up against the forearm."""
        return np.asarray(similar(points) + shift)

    bones = {name: whole(source[name]) for name in CARPALS}
    for ray in range(1, 6):
        bones |= _finger(case, ray, source, joints[ray], whole(ends[ray][0][None])[0], turn, scale)
    return bones


def _finger(
    case: SkinCase,
    ray: int,
    source: dict[str, Floats],
    joints: Floats,
    base: Floats,
    turn: Floats,
    scale: float,
) -> dict[str, Floats]:
    kinds = ("proximal", "distal") if ray == 1 else ("proximal", "middle", "distal")
    names = [f"metacarpal_{ray}", *(f"{kind}_phalanx_{ray}" for kind in kinds)]
    # The thumb begins at the trapezium, not at the skin's own first joint.
    places = [base, *joints[1:]] if ray == 1 else [base, *joints]
    towards = case.landmark(f"fingertip_{ray}") - places[-2]
    length = np.linalg.norm(towards)
    places[-1] = places[-2] + towards * (1.0 - TIP_MM / length)
    bones = {}
    for at, name in enumerate(names):
        start, end = long_ends(source[name], SOURCE_WRIST)
        side = np.array([0.0, 1.0, 0.0])
        carry = segment_map((start, end, side), (places[at], places[at + 1], side @ turn), THICKNESS * scale)
        bones[name] = carry(source[name])
    return bones
