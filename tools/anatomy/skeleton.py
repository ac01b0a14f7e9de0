"""The source's bones, and the skeleton fitted into a body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from skin_case import SkinCase

Floats = NDArray[np.float64]

SOURCE = Path(__file__).parent / "source_bones.npz"
VERTEBRAE = tuple(
    f"{part}{k}" for part, count in (("c", 7), ("t", 12), ("l", 5)) for k in range(1, count + 1)
)
MIDLINE = frozenset({"sacrum", "skull", "mandible", "sternum", *VERTEBRAE})


@dataclass(frozen=True, eq=False)
class Bone:
    """A bone of the left side, or the left half of one on the midline, in the source's posture.

    Attributes
    ----------
    vertices : ndarray of float64, shape (n, 3)
        Millimetres, RAS. On the midline the cut edge has x = 0 exactly.
    triangles : ndarray of int64, shape (m, 3)
    midline : bool
    """

    vertices: Floats
    triangles: NDArray[np.int64]
    midline: bool


@cache
def read_source() -> dict[str, Bone]:
    """Every bone of the source, by name."""
    with np.load(SOURCE, allow_pickle=False) as stored:
        names = sorted({key.split(".")[0] for key in stored})
        return {
            name: Bone(
                stored[f"{name}.vertices"].astype(np.float64),
                stored[f"{name}.triangles"].astype(np.int64),
                name in MIDLINE,
            )
            for name in names
        }


def fit_skeleton(case: SkinCase) -> dict[str, Floats]:
    """Vertices of every bone inside a body, in the source's order."""
    from blade_room import ribs_clear_of_blade
    from collar_room import clear_of_collar
    from fit_limbs import fit_limbs
    from fit_trunk import fit_trunk, girdle_joints
    from grown_back import grown_back
    from push_in import pushed_in

    trunk, shoulder = grown_back(case.key).followed(fit_trunk(case), girdle_joints(case)["shoulder"])
    bones = trunk | fit_limbs(case, shoulder)
    source = read_source()
    inside = pushed_in(case, {name: bones[name] for name in source})
    inside = clear_of_collar(inside, source["clavicle"].triangles)
    return ribs_clear_of_blade(case, inside, source["scapula"].triangles)
