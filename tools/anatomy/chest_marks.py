"""Vertices of ribs, breastbone and vertebrae that the pleura is placed by, told from the source."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from skeleton import read_source

FIRST_RIB_BORDER = (
    (-36.0, -79.0, 1402.0),
    (-38.0, -86.0, 1407.0), (-41.0, -90.0, 1410.0), (-44.0, -96.0, 1415.0), (-47.0, -100.0, 1419.0),
    (-52.0, -108.0, 1430.0), (-47.0, -116.0, 1436.0), (-38.0, -121.0, 1438.0), (-23.0, -125.0, 1434.0),
)  # fmt: skip
"""Inner border of the first rib in the source, from front to back."""


@cache
def vertices_within(bone: str, low: tuple[float, ...], high: tuple[float, ...]) -> NDArray[np.intp]:
    """Vertices in a box."""
    vertices = read_source()[bone].vertices
    return np.flatnonzero(((vertices >= low) & (vertices <= high)).all(axis=1))


def neck_of_first() -> NDArray[np.intp]:
    """Neck of the first rib."""
    return vertices_within("rib_1", (-42.0, -150.0, 1380.0), (-22.0, -122.0, 1460.0))


@cache
def inner_border_of_first() -> tuple[int, ...]:
    """Vertices of the inner border of the first rib, from its front end to its head."""
    vertices = read_source()["rib_1"].vertices
    return tuple(int(np.argmin(np.linalg.norm(vertices - place, axis=1))) for place in FIRST_RIB_BORDER)


def rib_back(k: int) -> NDArray[np.intp]:
    """Rib near its angle behind; the twelfth near its head."""
    vertices = read_source()[f"rib_{k}"].vertices
    x = -38.0 if k == 12 else -85.0
    return np.flatnonzero((np.abs(vertices[:, 0] - x) < 8.0) & (vertices[:, 1] < -60.0))


def front_end(k: int) -> NDArray[np.intp]:
    """Front end of a rib, which in the source lies below the middle of the collar bone."""
    vertices = read_source()[f"rib_{k}"].vertices
    return np.flatnonzero(vertices[:, 1] > vertices[:, 1].max() - 8.0)


def at_side(k: int) -> NDArray[np.intp]:
    """Outermost part of a rib."""
    vertices = read_source()[f"rib_{k}"].vertices
    return np.flatnonzero(vertices[:, 0] < vertices[:, 0].min() + 3.0)


def xiphisternal_joint() -> NDArray[np.intp]:
    """Lower end of the body of the breastbone."""
    return vertices_within("sternum", (-25.0, -60.0, 1225.0), (0.0, 30.0, 1245.0))


def transverse(bone: str) -> NDArray[np.intp]:
    """Tip of a transverse process."""
    vertices = read_source()[bone].vertices
    return np.flatnonzero(vertices[:, 0] < vertices[:, 0].min() + 4.0)
