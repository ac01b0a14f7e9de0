"""The skull and the jaw in the head."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from settle import settled
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs, Warp

Floats = NDArray[np.float64]

UNDER_LANDMARKS: dict[str, tuple[str, tuple[float, float, float], float]] = {
    "vertex": ("skull", (0.0, -100.0, 1706.5), 6.5),
    "glabella": ("skull", (0.0, 2.0, 1629.0), 5.5),
    "nasion": ("skull", (0.0, 0.0, 1611.0), 6.0),
    "inion": ("skull", (0.0, -177.0, 1568.0), 8.0),
    "chin": ("mandible", (0.0, -4.0, 1486.0), 10.5),
    "mastoid_tip": ("skull", (-54.0, -100.0, 1541.0), 12.0),
    "zygoma": ("skull", (-56.0, -28.0, 1563.0), 8.5),
    "zygomatic_arch_mid": ("skull", (-68.0, -58.0, 1568.0), 7.5),
    "infraorbital_rim": ("skull", (-31.0, -12.0, 1578.0), 9.0),
    "mandible_angle": ("mandible", (-51.5, -68.0, 1512.0), 11.0),
    "mental_foramen": ("mandible", (-24.0, -14.0, 1490.0), 11.0),
}
"""Landmark: the source's bone, the place on it, and its depth; millimetres."""
CONDYLE, CONDYLE_DEPTH_MM = (-52.0, -80.0, 1566.0), 13.0
VAULT_DEPTH_MM = 6.5
VAULT_ABOVE = 0.22
"""The vault is settled above this share of the way from the inion to the crown: the ears stand out below."""


def fit_head(case: SkinCase) -> Warp:
    """Map of the source's head, with the first vertebrae, into the case's."""
    pairs = Pairs()
    for landmark, (bone, place, depth) in UNDER_LANDMARKS.items():
        target = case.landmark(landmark) - depth * case.landmark_normal(landmark)
        pairs.add(on_bone(bone, place), target, 1e-3)
    condyle = case.landmark("mandible_condyle") - CONDYLE_DEPTH_MM * case.landmark_normal("mandible_condyle")
    pairs.add(on_bone("mandible", CONDYLE), condyle, 1e-3)
    first = Warp(pairs)
    vault = vault_points()
    placed = settled(case, first(vault) * (0.9, 1.0, 1.0), VAULT_DEPTH_MM)
    placed[vault[:, 0] == 0.0, 0] = 0.0
    for point, place in zip(vault, placed, strict=True):
        pairs.add(point, place, 1e-3)
    return Warp(pairs)


def on_bone(bone: str, place: tuple[float, float, float]) -> Floats:
    """Vertex of a source bone nearest to a place; on the midline when the place is."""
    vertices = read_source()[bone].vertices
    nearest = vertices[np.argmin(np.linalg.norm(vertices - place, axis=1))]
    return nearest * (0.0, 1.0, 1.0) if place[0] == 0.0 else nearest


def vault_points() -> Floats:
    """Points all over the outside of the source's vault, shape (k, 3)."""
    skull = read_source()["skull"].vertices
    centre = np.array([0.0, -92.0, 1630.0])
    directions = [
        (np.cos(np.radians(up)) * np.array([-np.sin(np.radians(turn)), np.cos(np.radians(turn)), 0.0])
         + np.array([0.0, 0.0, np.sin(np.radians(up))]))
        for up, turns in (
            (8, (60, 90, 120, 150, 180)),
            (30, (0, 30, 60, 90, 120, 150, 180)),
            (60, (0, 60, 120, 180)),
        )
        for turn in turns
    ]  # fmt: skip
    rays = skull - centre
    rays = rays / np.linalg.norm(rays, axis=1, keepdims=True)
    found = []
    for direction in directions:
        near = np.flatnonzero(rays @ direction > 0.99)
        point = skull[near[np.argmax((skull[near] - centre) @ direction)]]
        found.append(point * (0.0, 1.0, 1.0) if abs(direction[0]) < 1e-9 else point)
    return np.array(found)
