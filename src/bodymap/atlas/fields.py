"""The byte field that a zone is kept as: a signed distance to the zone's border, made small."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FIELD_WIDTH_MM = 24.0
"""Millimetres across the border from full (255) to empty (0)."""

INSIDE = 127.5
"""A byte above this lies in the zone."""


def field_bytes(distance_mm: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Bytes of a signed distance, negative inside; plus and minus inf are allowed."""
    shares = np.clip(0.5 - np.asarray(distance_mm, dtype=np.float64) / FIELD_WIDTH_MM, 0.0, 1.0)
    return np.asarray(np.floor(255.0 * shares + 0.5), dtype=np.uint8)
