"""The bones of the head, the trunk and the shoulder girdle inside a body."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from fit_girdle import fit_clavicle, fit_scapula
from fit_head import fit_head
from fit_pelvis import hip_centre, pelvis_pairs
from fit_spine import spine_pairs
from fit_thorax import rib_pairs, sternum_pairs
from reference import reference_case
from skeleton import read_source
from skin_case import SkinCase, skin_case
from warp import Warp

Floats = NDArray[np.float64]

AXIAL = (
    *(f"c{k}" for k in range(1, 8)), *(f"t{k}" for k in range(1, 13)), *(f"l{k}" for k in range(1, 6)),
    "sacrum", "hip_bone", "sternum", *(f"rib_{k}" for k in range(1, 13)),
)  # fmt: skip


def fit_trunk(case: SkinCase) -> dict[str, Floats]:
    """Vertices of the bones of the head, the trunk and the shoulder girdle, in the source's order."""
    return dict(_fit_reference(reference_case(case).key))


def girdle_joints(case: SkinCase) -> dict[str, Floats]:
    """Centres of the left shoulder and hip joints: ``"shoulder"`` and ``"hip"``, each of shape (3,)."""
    case = reference_case(case)
    return {"shoulder": fit_scapula(case)[1], "hip": hip_centre(case)}


@cache
def _fit_reference(key: str) -> dict[str, Floats]:
    case, source = skin_case(key), read_source()
    head = fit_head(case)
    bones = {name: head(source[name].vertices) for name in ("skull", "mandible")}
    pairs = spine_pairs(case, head) + pelvis_pairs(case) + sternum_pairs(case)
    warp = Warp(pairs + rib_pairs(case, Warp(pairs)))
    bones |= {name: warp(source[name].vertices) for name in AXIAL}
    bones["scapula"] = fit_scapula(case)[0]
    bones["clavicle"] = fit_clavicle(case)
    return bones
