"""The dots of spillover zones, as squares standing on the skin for the shader to round off.

A dot belongs to a zone by its centre, so dots are whole: never sliced at a border. Where zones overlap, their
dots take turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.surfaces import Surface
from bodymap.scene.detail import Dots
from bodymap.scene.frame import ZoneLayer

BAND_MM = 24.0
"""Zone bytes fall from full to none over this distance, half of it inside the border."""

DEEP_SLOT = 8
"""Added to the slot of a dot that is drawn as a dash."""

_CORNERS = np.asarray(((-1, -1), (1, -1), (1, 1), (-1, 1)), dtype=np.float32)
_HALVES = np.asarray((0, 1, 2, 0, 2, 3), dtype=np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class DotBatch:
    """Squares of the dots to draw, four vertices each.

    Attributes
    ----------
    points, normals : ndarray of float32, shape (4k, 3)
        The dot's centre and the skin's normal, the same at its four corners.
    place : ndarray of float32, shape (4k, 4)
        Corner x and y (-1 or 1), gap of the dot's set (mm), distance to the own essential zone (mm).
    look : ndarray of float32, shape (4k, 4)
        Slot (and `DEEP_SLOT` more where it is felt deep), moment of the spread (0 to 1), open sky (0 to 1),
        finest gap around (mm).
    triangles : ndarray of int64, shape (2k, 3)
    """

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    place: NDArray[np.float32]
    look: NDArray[np.float32]
    triangles: NDArray[np.int64]


def spread_moments(layer: ZoneLayer, surface: Surface) -> NDArray[np.float32]:
    """When the spreading referral reaches each of the zone's vertices, 0 to 1, shape (k,)."""
    reached = surface.vertices[layer.zones.vertices] - np.asarray(layer.start_mm, dtype=np.float32)
    distance: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->i", reached, reached))
    if not len(distance):
        return distance
    nearest, farthest = float(distance.min()), float(distance.max())
    return np.asarray((distance - nearest) / max(farthest - nearest, 1.0), dtype=np.float32)


def lay_dots(
    dots: Dots,
    surface: Surface,
    open_sky: NDArray[np.float32],
    layers: Sequence[ZoneLayer],
    moments: Sequence[NDArray[np.float32]],
) -> DotBatch:
    """Choose and place the dots of all layers' spillover zones.

    Parameters
    ----------
    open_sky : ndarray of float32, shape (n,)
    moments : sequence of ndarray
        Of each layer, as `spread_moments` gives them.
    """
    chosen, looks, clear = [], [], []
    for layer, moment in zip(layers, moments, strict=True):
        index, look, distance = _dots_of(dots, surface, layer, moment)
        chosen.append(index)
        looks.append(look)
        clear.append(distance)
    index = np.concatenate((np.zeros(0, dtype=np.int64), *chosen))
    look = np.concatenate((np.zeros((0, 2), dtype=np.float32), *looks))
    distance = np.concatenate((np.zeros(0, dtype=np.float32), *clear))
    if len(chosen) > 1:
        kept = _taking_turns(index)
        index, look, distance = index[kept], look[kept], distance[kept]
    return _squares(dots, surface, open_sky, index, look, distance)


def _dots_of(
    dots: Dots, surface: Surface, layer: ZoneLayer, moment: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Find the dots of a layer's spillover: index, slot and moment, distance to its essential zone."""
    zones = layer.zones
    fields = np.zeros((len(surface.vertices), 4), dtype=np.float32)
    parts = (zones.spillover / 255.0, zones.essential / 255.0, moment, zones.deep / 255.0)
    fields[zones.vertices] = np.stack(parts, axis=1)
    index = dots.of_vertices(zones.vertices[zones.spillover > 0])
    corners = surface.triangles[dots.faces[index]]
    spillover, essential, reached, deep = np.einsum("kc,kcf->fk", dots.weights[index], fields[corners])
    inside = (spillover >= 0.5) & (essential < 0.5)
    slots = np.float32(layer.slot) + np.where(deep[inside] >= 0.5, np.float32(DEEP_SLOT), np.float32(0))
    distance = (0.5 - essential[inside]) * BAND_MM
    # At the end of the byte's range the distance is only known to be larger.
    distance[essential[inside] <= 0.002] = 99.0
    return index[inside], np.stack((slots, reached[inside]), axis=1), distance


def _taking_turns(index: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of one entry for each different value, spread evenly over the repeats."""
    order = np.argsort(index, kind="stable")
    values, first, counts = np.unique(index[order], return_index=True, return_counts=True)
    return np.asarray(order[first + (values * 7 + values // 5) % counts], dtype=np.int64)


def _squares(
    dots: Dots,
    surface: Surface,
    open_sky: NDArray[np.float32],
    index: NDArray[np.int64],
    look: NDArray[np.float32],
    distance: NDArray[np.floating],
) -> DotBatch:
    corners, weights = surface.triangles[dots.faces[index]], dots.weights[index]
    points = np.einsum("kc,kcx->kx", weights, surface.vertices[corners])
    normals = np.einsum("kc,kcx->kx", weights, surface.normals[corners])
    normals /= np.maximum(np.sqrt(np.einsum("ij,ij->i", normals, normals)), 1e-9)[:, None]
    count = len(index)
    place = np.zeros((count, 4, 4), dtype=np.float32)
    place[:, :, :2] = _CORNERS
    place[:, :, 2] = dots.gaps_mm[index, None]
    place[:, :, 3] = distance[:, None]
    looks = np.zeros((count, 4), dtype=np.float32)
    looks[:, :2] = look
    looks[:, 2] = np.einsum("kc,kc->k", weights, open_sky[corners])
    looks[:, 3] = dots.finest_mm[index]
    triangles = (np.arange(count, dtype=np.int64)[:, None] * 4 + _HALVES).reshape(-1, 3)
    return DotBatch(
        points=np.repeat(points.astype(np.float32), 4, axis=0),
        normals=np.repeat(normals.astype(np.float32), 4, axis=0),
        place=place.reshape(-1, 4),
        look=np.repeat(looks, 4, axis=0),
        triangles=triangles,
    )
