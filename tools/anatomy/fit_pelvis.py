"""Where the pelvis belongs: crests and spines under their landmarks, hip joints as wide as real ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_spine import Vertebra, below, turned
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs

Floats = NDArray[np.float64]

SOURCE_HIP_CENTRE = np.array([-83.4, -71.0, 873.2])
"""Centre of the source's femoral head."""
PLATEAU = np.array([0.0, -85.0, 983.0])
"""Middle of the top of the source's sacrum."""
HIP_HALF_WIDTH = 0.70
"""Place of the hip joint between the midline and the landmark of the anterior superior spine."""


PUBIS_DEPTH_MM = 34.0
"""The mons pads the pubis; the tubercles stand right under the anterior superior spines."""
ISCHIUM_BELOW_HIP_MM = 64.0
CREST_SHARE = 0.74
"""Lateral place of the top of the crest, against the widest place."""
CREST_BY_SKIN, CREST_UNDER_L4_MM = 0.3, 7.0
"""The top of the crest is level with the lower half of L4: so far below the middle of its body. The skin,
which shows the crest less well, has so much of a say."""


def hip_centre(case: SkinCase) -> Floats:
    """Centre of the hip joint, shape (3,)."""
    asis, trochanter, pubis = (
        case.landmark("asis"),
        case.landmark("greater_trochanter"),
        case.landmark("pubic_symphysis"),
    )
    psis = case.landmark("psis")
    forward = psis[1] + 0.52 * (asis[1] - psis[1])
    return np.array([HIP_HALF_WIDTH * asis[0], forward, 0.7 * trochanter[2] + 0.3 * pubis[2]])


def pelvis_pairs(case: SkinCase, fourth: Vertebra, last: Vertebra) -> Pairs:
    """Pairs for the hip bone and the sacrum under the fourth and the last lumbar vertebra."""
    hip = read_source()["hip_bone"].vertices
    pairs = Pairs()
    upper = hip[hip[:, 2] > 925.0]
    asis, psis, crest = (
        upper[np.argmax(upper[:, 1])],
        upper[np.argmin(upper[:, 1])],
        hip[np.argmax(hip[:, 2])],
    )
    widest = hip[np.argmin(hip[:, 0])]
    pubic = hip[(hip[:, 0] > -6.0)]
    upper_pubis, lower_pubis = pubic[np.argmax(pubic[:, 2])], pubic[np.argmin(pubic[:, 2])]
    ischium = hip[np.argmin(hip[:, 2] + 0.3 * hip[:, 1])]
    pairs.add(asis, below(case, "asis", 17.0))
    pairs.add(psis, below(case, "psis", 15.0))
    centre = hip_centre(case)
    side = below(case, "iliac_crest_top", 17.0)
    high = CREST_BY_SKIN * case.landmark("iliac_crest_top")[2]
    high += (1.0 - CREST_BY_SKIN) * (fourth.place[2] - CREST_UNDER_L4_MM)
    pairs.add(crest, [CREST_SHARE * below(case, "iliac_tubercle", 19.0)[0], side[1], high])
    pairs.add(widest, below(case, "iliac_tubercle", 19.0))
    pairs.add(SOURCE_HIP_CENTRE, centre)
    tubercle = hip[(hip[:, 0] > -30.0) & (hip[:, 2] < 880.0)]
    tubercle = tubercle[np.argmax(tubercle[:, 1])]
    place = below(case, "pubic_tubercle", PUBIS_DEPTH_MM)
    size = np.ptp([place[2], below(case, "asis", 17.0)[2]]) / (asis[2] - tubercle[2])
    pairs.add(tubercle, [size * tubercle[0], place[1], place[2]])
    for point in (upper_pubis, lower_pubis):
        offset = size * (point - tubercle) * (0.0, 1.0, 1.0)
        pairs.add(point * (0.0, 1.0, 1.0), (place + offset) * (0.0, 1.0, 1.0), 1e-3)
    low = centre + size * (ischium - SOURCE_HIP_CENTRE)
    pairs.add(ischium, [low[0], low[1], centre[2] - size * ISCHIUM_BELOW_HIP_MM])
    sacrum = read_source()["sacrum"].vertices
    middle = sacrum[np.abs(sacrum[:, 0]) < 0.01]
    for landmark, z, depth in (
        ("S1", 0.80, 16.0),
        ("S2", 0.62, 14.0),
        ("S3", 0.45, 15.0),
        ("S4", 0.30, 16.0),
    ):
        height = middle[:, 2].min() + z * np.ptp(middle[:, 2])
        near = middle[np.abs(middle[:, 2] - height) < 8.0]
        point = near[np.argmin(near[:, 1])]
        pairs.add(point * (0.0, 1.0, 1.0), below(case, landmark, depth) * (0.0, 1.0, 1.0), 1e-3)
    pairs.add(
        PLATEAU, last.place + turned(np.array(last.size) * (PLATEAU - last.centre), 0.5 * last.turn), 1e-3
    )
    tip = middle[np.argmin(middle[:, 2])]
    pairs.add(tip, below(case, "coccyx_tip", 20.0) * (0.0, 1.0, 1.0))
    return pairs
