"""The bones of the left arm and leg inside a body."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_arm import fit_arm
from fit_foot import fit_foot
from fit_hand import fit_hand
from fit_leg import fit_leg
from reference import reference_case
from skin_case import SkinCase

Floats = NDArray[np.float64]


def fit_limbs(case: SkinCase, shoulder: Floats) -> dict[str, Floats]:
    """Vertices of the bones of arm and leg, in the source's order.

    Parameters
    ----------
    case : SkinCase
    shoulder : ndarray, shape (3,)
        Centre of the left shoulder joint.
    """
    case = reference_case(case)
    return fit_arm(case, shoulder) | fit_hand(case) | fit_leg(case) | fit_foot(case)
