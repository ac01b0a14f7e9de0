"""Paths of bellies: smooth, clear of bone and skin, and amid the room that a belly has.

A table's path says where a muscle runs; where exactly its middle lies follows from what is around it in each
body. A belly whose path lies close to a wall can grow to one side only and stays too thin, so paths are led
towards the middle of their room, the more so the more the belly lacks.
"""

from __future__ import annotations

import igl
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from places import along
from surroundings import Surroundings

Floats = NDArray[np.float64]

DRIFT_SHARE, DRIFT_MM = 0.9, 14.0
"""How far a path may be led from the table's: a share of the radius wanted there, and at most this."""
STEP_SHARE = 0.7
"""Share of the way to the middle of the room that is gone at once; neighbours move as well."""


def smooth_path(path: Floats, u: Floats) -> Floats:
    """Smooth curve through the points of a path, shape (count, 3), its points evenly spaced."""
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    kept = np.concatenate(([True], steps > 1e-6))
    at = np.concatenate(([0.0], np.cumsum(steps)))[kept]
    fine = PchipInterpolator(at, path[kept], axis=0)(np.linspace(0.0, at[-1], 120))
    fine[1:-1] = 0.5 * fine[1:-1] + 0.25 * (fine[:-2] + fine[2:])
    return along(fine, u)


def clear_path(centres: Floats, profiles: Floats, around: Surroundings) -> Floats:
    """Paths with their bellies led out of bones and under the fascia."""
    faces = around.case.outer_triangles.astype(np.int64)
    bones = np.asarray(around.bones.vertices), np.asarray(around.bones.faces).astype(np.int64)
    for _ in range(3):
        points = centres.reshape(-1, 3)
        margin = 1.0 + 2.5 * profiles.reshape(-1)
        squared, _, place = igl.point_mesh_squared_distance(points, *bones)
        inside = igl.fast_winding_number(*bones, points) > 0.5
        points = points + _push(points, place, np.sqrt(squared), inside, margin)
        squared, _, place = igl.point_mesh_squared_distance(points, around.fascia_points, faces)
        outside = igl.fast_winding_number(around.fascia_points, faces, points) < 0.5
        points = points + _push(points, place, np.sqrt(squared), outside, margin)
        moved = points.reshape(centres.shape) - centres
        moved[:, 1:-1] = 0.5 * moved[:, 1:-1] + 0.25 * (moved[:, :-2] + moved[:, 2:])
        centres = centres + moved
    centres[..., 0] = np.minimum(centres[..., 0], 0.0)
    return centres


def _push(
    points: Floats, place: Floats, distance: Floats, wrong: NDArray[np.bool_], margin: Floats
) -> Floats:
    """Return moves that bring points on the wrong side of a surface, or too near to it, to their margin."""
    away = (points - place) / np.maximum(distance, 1e-6)[:, None]
    away = np.where(wrong[:, None], -away, away)
    short = np.where(wrong, distance + margin, np.maximum(margin - distance, 0.0))
    return away * short[:, None]


def at_the_fascia(centres: Floats, profiles: Floats, radii_mm: Floats, around: Surroundings) -> Floats:
    """Return paths with their bellies brought out until they lie against the fascia, their tendons left.

    Parameters
    ----------
    centres : ndarray, shape (p, r, 3)
    profiles : ndarray, shape (p, r)
        Radius as a share of the largest.
    radii_mm : ndarray, shape (p,)
        Half the thickness that each belly wants where it is thickest.
    around : Surroundings
    """
    place, _ = around.nearest_fascia(centres.reshape(-1, 3))
    way = place.reshape(centres.shape) - centres
    depth = np.linalg.norm(way, axis=2)
    fleshy = np.clip((profiles - 0.2) / 0.4, 0.0, 1.0)
    share = fleshy * np.clip(1.0 - (radii_mm[:, None] * profiles + 0.5) / np.maximum(depth, 1e-6), 0.0, 1.0)
    share = gaussian_filter1d(share, 1.0, axis=1, mode="nearest")
    share[:, [0, -1]] = 0.0
    return np.asarray(centres + share[..., None] * way)


def drifted(
    centres: Floats, spokes: Floats, free: Floats, radii: Floats, wanted: Floats, table: Floats
) -> Floats:
    """Return paths led towards the middle of their room where their bellies lack girth.

    Parameters
    ----------
    centres : ndarray, shape (p, r, 3)
    spokes : ndarray, shape (p, r, s, 3)
        Unit directions.
    free : ndarray, shape (p, r, s)
        Room along each spoke: to fascia, bone, flat muscle or neighbour.
    radii : ndarray, shape (p, r, s)
        What the bellies have.
    wanted : ndarray, shape (p, r, s)
        What they want.
    table : ndarray, shape (p, r, 3)
        The paths as first laid.
    """
    area, aim = (radii**2).sum(axis=2), (wanted**2).sum(axis=2)
    lack = np.clip(1.25 * (1.0 - area / np.maximum(aim, 1e-9)), 0.0, 1.0)
    reach = np.minimum(free, 2.0 * wanted)
    centroid = np.einsum("prs,prsx->prx", reach**3, spokes) * (2.0 / 3.0)
    centroid /= np.maximum((reach**2).sum(axis=2), 1e-9)[..., None]
    shift = STEP_SHARE * lack[..., None] * centroid
    shift[:, [0, -1]] = 0.0  # attachments stay
    shift = gaussian_filter1d(shift, 1.2, axis=1, mode="nearest")
    shift[:, [0, -1]] = 0.0
    away = centres + shift - table
    most = np.minimum(DRIFT_SHARE * np.sqrt(aim / free.shape[2]), DRIFT_MM)[..., None]
    far = np.linalg.norm(away, axis=2, keepdims=True)
    moved = table + away * np.minimum(1.0, most / np.maximum(far, 1e-9))
    moved[..., 0] = np.minimum(moved[..., 0], 0.0)
    return np.asarray(moved)
