"""Everything that a needle must not reach: lungs, heart, kidneys, peritoneum, canal, vessels and nerves."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from abdomen import kidney_surface, peritoneum_surface
from canal import CANAL_MM, CORD_MM, canal_surface
from chest import Chest
from heart import PERICARDIUM_MM, heart_ellipsoid, heart_surface
from places import FittedPlaces, Place, read_places
from pleura import Sac, sac_triangles
from skin_case import SkinCase
from structures import Piece
from tubes import make_tubes

Floats = NDArray[np.float64]

FEMUR_MM = 430.0
"""Height of the standing average man's thigh bone."""


def danger_structures(case: SkinCase, skeleton: dict[str, Floats]) -> list[Piece]:
    """Danger structures of one body, always in the same order and topology.

    Lungs, pleurae, heart, kidneys and peritoneum are stored whole, since left and right differ; the canal as
    its left half; vessels and nerves of the left side.
    """
    places = FittedPlaces(all_places(), skeleton)
    chest, size = Chest(skeleton), body_size(skeleton)
    pieces = chest_organs(chest)
    for side in ("left", "right"):
        pieces.append(sided(f"kidney_{side}", side, *kidney_surface(skeleton, side, size)))
    sac = peritoneum_surface(case, skeleton, chest)
    pieces.append(Piece("peritoneum", "organ", False, *sac, whole=True))
    for name, sizes in (("spinal_canal", CANAL_MM), ("spinal_cord", CORD_MM)):
        pieces.append(Piece(name, "cord", True, *canal_surface(places, sizes, size)))
    return pieces + make_tubes(case, places)


def body_size(skeleton: dict[str, Floats]) -> float:
    """Length of the thigh bone against the average man's."""
    return float(np.ptp(skeleton["femur"][:, 2]) / FEMUR_MM)


@cache
def all_places() -> dict[str, Place]:
    """Every place of the tables, read once."""
    return read_places()


def chest_organs(chest: Chest) -> list[Piece]:
    """Pleurae, lungs and heart."""
    heart = heart_ellipsoid(chest)
    room = heart.grown(PERICARDIUM_MM)
    pieces = []
    for name, lung in (("pleura", False), ("lung", True)):
        for side in ("left", "right"):
            there = room if side == "left" else room.mirrored()
            vertices = Sac(chest, there, side, lung).surface()
            pieces.append(sided(f"{name}_{side}", side, vertices, sac_triangles()))
    return [*pieces, Piece("heart", "organ", False, *heart_surface(heart), whole=True)]


def sided(name: str, side: str, vertices: Floats, triangles: NDArray[np.int64]) -> Piece:
    """Put a structure that is written on the left on its own side."""
    if side == "right":
        vertices, triangles = vertices * (-1.0, 1.0, 1.0), triangles[:, ::-1]
    return Piece(name, "organ", False, vertices, triangles, whole=True)
