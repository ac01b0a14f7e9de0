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


def fit_limbs(case: SkinCase, trunk: dict[str, Floats]) -> dict[str, Floats]:  # noqa: ARG001 - for the joints to come
    """Vertices of the bones of arm and leg, in the source's order."""
    case = reference_case(case)
    return fit_arm(case) | fit_hand(case) | fit_leg(case) | fit_foot(case)
