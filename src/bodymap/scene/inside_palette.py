"""Colours of what lies under the skin: matte, muted, told apart by hue and lightness."""

from __future__ import annotations

import zlib

from bodymap.body import Structure

BONE = (0.905, 0.875, 0.795)
VEILED = frozenset({"pleura_left", "pleura_right", "peritoneum", "spinal_canal"})
"""Sacs that are drawn as a veil, so that what is in them stays visible."""

_BY_ID = {
    "lung_left": (0.68, 0.78, 0.87), "lung_right": (0.68, 0.78, 0.87), "pleura_left": (0.45, 0.66, 0.84),
    "pleura_right": (0.45, 0.66, 0.84), "heart": (0.62, 0.30, 0.30), "kidney_left": (0.52, 0.29, 0.24),
    "kidney_right": (0.52, 0.29, 0.24), "peritoneum": (0.86, 0.77, 0.55), "spinal_canal": (0.88, 0.80, 0.50),
    "internal_jugular_vein": (0.34, 0.42, 0.68), "femoral_vein": (0.34, 0.42, 0.68),
}  # fmt: skip
_BY_KIND = {
    "bone": BONE,
    "vessel": (0.76, 0.28, 0.27),
    "nerve": (0.90, 0.74, 0.24),
    "cord": (0.90, 0.80, 0.45),
    "organ": (0.70, 0.45, 0.42),
}


def colour_of(structure: Structure) -> tuple[float, float, float]:
    """Colour of a structure, each channel 0 to 1."""
    record = structure.record
    if record.kind == "muscle":
        return _muscle(record.id)
    return _BY_ID.get(record.id, _BY_KIND[record.kind])


def _muscle(muscle_id: str) -> tuple[float, float, float]:
    """Red-brown, a little its own for each muscle, so that neighbours part."""
    mark = zlib.crc32(muscle_id.encode())
    light = 0.92 + 0.22 * ((mark & 255) / 255.0)
    warm = ((mark >> 8) & 255) / 255.0
    return min(0.66 * light, 1.0), (0.305 + 0.075 * warm) * light, (0.275 + 0.02 * warm) * light
