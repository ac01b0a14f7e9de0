"""A cube of six quads, the smallest closed quad mesh, symmetric about x = 0."""

from __future__ import annotations

import numpy as np

VERTICES = np.array([(x, y, z) for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)])
QUADS = np.array(
    [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)],
)
MIRROR = np.array([4, 5, 6, 7, 0, 1, 2, 3])
