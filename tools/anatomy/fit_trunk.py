"""The bones of the head, the trunk and the shoulder girdle inside a body."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cage import Cage
from fit_girdle import fit_clavicle, fit_scapula, shoulder_centre
from fit_head import fit_head
from fit_pelvis import hip_centre, pelvis_pairs
from fit_spine import fit_spine
from fit_thorax import room_pairs, thorax_pairs
from reference import reference_case
from skeleton import read_source
from skin_case import SkinCase, skin_case
from warp import Warp

Floats = NDArray[np.float64]

SYMPHYSIS_MM = -1.5
"""Half the width of the cartilage between the two hip bones."""
THORAX = ("sternum", *(f"rib_{k}" for k in range(1, 13)))


def fit_trunk(case: SkinCase) -> dict[str, Floats]:
    """Vertices of the bones of the head, the trunk and the shoulder girdle, in the source's order."""
    return dict(_fit_reference(reference_case(case).key)[0])


def girdle_joints(case: SkinCase) -> dict[str, Floats]:
    """Centres of the left shoulder and hip joints: ``"shoulder"`` and ``"hip"``, each of shape (3,)."""
    return dict(_fit_reference(reference_case(case).key)[1])


@cache
def _fit_reference(key: str) -> tuple[dict[str, Floats], dict[str, Floats]]:
    case, source = skin_case(key), read_source()
    head = fit_head(case)
    bones = {name: head(source[name].vertices) for name in ("skull", "mandible")}
    spine = fit_spine(case, head)
    bones |= {level: vertebra(source[level].vertices) for level, vertebra in spine.items()}
    pairs, size = thorax_pairs(case, spine), spine["t6"].size[0]
    free = fit_scapula(case, None, size)(source["scapula"].vertices)
    thorax = Warp(pairs + room_pairs(Warp(pairs), free))
    bones |= {name: thorax(source[name].vertices) for name in THORAX}
    pelvis = Warp(pelvis_pairs(case, spine["l4"], spine["l5"]))
    bones |= {name: pelvis(source[name].vertices) for name in ("hip_bone", "sacrum")}
    bones["hip_bone"][:, 0] = np.minimum(bones["hip_bone"][:, 0], SYMPHYSIS_MM)
    blade = fit_scapula(case, Cage([bones[f"rib_{k}"] for k in range(1, 10)]), size)
    bones["scapula"] = blade(source["scapula"].vertices)
    bones["clavicle"] = fit_clavicle(case, blade, bones["sternum"])
    return bones, {"shoulder": shoulder_centre(blade), "hip": hip_centre(case)}
