"""Muscles with a belly on a path: cross-sections that grow until they meet something.

All bellies of a body grow together. The section of each, at each step of its path, is star-shaped about the
path; in every direction it ends at the fascia, at a bone, at a flat muscle, or at the border with a
neighbouring belly. Borders are those of a power diagram (Aurenhammer 1987): the stronger belly takes more
of the room. So limbs come out full, and no two bellies overlap by much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from belly_paths import at_the_fascia, clear_path, drifted, smooth_path
from piece import Shell, grid_triangles, volume_ml
from surroundings import Surroundings, first_hit_mm

Floats = NDArray[np.float64]
Neighbours = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]

RINGS, SPOKES = 22, 12
ANGLES = np.arange(SPOKES) * (2 * np.pi / SPOKES)
CLEAR_OF_SKIN_MM, CLEAR_OF_BONE_MM = 0.3, 0.4
THINNEST_MM = 0.7
NEIGHBOUR_MM = 70.0
ROUNDS = 16
DAMPING = 0.22
"""Exponent of each round's correction of the radii; neighbours answer to each other, so it must be gentle."""
STRONGER = 2.6
"""How much stronger a belly may become than that, at the neighbours' cost, for the share that it lacks."""
DRIFTS = 4
"""How often the paths are led to the middle of their room, and the bellies grown again."""
STRETCH = (0.6, 1.6)
"""How much thinner or thicker than alone a belly may want to be to reach its volume."""


@dataclass(frozen=True, eq=False)
class SpindleRecipe:
    """One belly of the muscle table, its places worked out.

    Attributes
    ----------
    path : ndarray, shape (k, 3)
        From origin to insertion.
    belly : tuple of 2 float
        Shares of the length between which it is fleshy.
    volume_ml : float
    width : float
        How much wider than thick it wants to be, the wide side parallel to the skin.
    fullest : float
        Share of the fleshy part at which it is thickest.
    superficial : bool
        Whether it lies right under the fascia.
    """

    path: Floats
    belly: tuple[float, float]
    volume_ml: float
    width: float
    fullest: float = 0.5
    superficial: bool = False


@dataclass(frozen=True, eq=False)
class _Rings:
    """Centres (p, RINGS, 3), spokes (p, RINGS, SPOKES, 3) and the steps between centres (p, RINGS)."""

    centres: Floats
    spokes: Floats
    tangents: Floats
    steps: Floats


def make_spindles(recipes: list[SpindleRecipe], around: Surroundings, flat: trimesh.Trimesh) -> list[Shell]:
    """Return closed surfaces of all bellies, which share the room among them.

    Parameters
    ----------
    recipes : list of SpindleRecipe
    around : Surroundings
    flat : Trimesh
        The flat muscles, made before; may be empty.
    """
    u = np.linspace(0.0, 1.0, RINGS)
    profiles = np.stack([_profile(u, recipe.belly, recipe.fullest) for recipe in recipes])
    table = clear_path(np.stack([smooth_path(recipe.path, u) for recipe in recipes]), profiles, around)
    wanted = np.array([recipe.volume_ml for recipe in recipes])
    outer = np.flatnonzero([recipe.superficial for recipe in recipes])
    half = _first_scale(profiles, np.linalg.norm(np.gradient(table, axis=1), axis=2), wanted)
    half /= np.sqrt([recipe.width for recipe in recipes])
    table[outer] = at_the_fascia(table[outer], profiles[outer], half[outer], around)
    centres = table
    shapes = profiles[:, :, None] * _ellipses(np.array([recipe.width for recipe in recipes]))[:, None, :]
    scale = None
    lack = np.zeros(len(recipes))
    for drift in range(DRIFTS + 1):
        rings = _make_rings(centres, around)
        room = _room(rings, around, flat)
        alone = _first_scale(profiles, rings.steps, wanted)
        scale = alone.copy() if scale is None else scale
        neighbours = _neighbours(rings)
        for _ in range(ROUNDS):
            free = np.minimum(room, _borders(rings, profiles * scale[:, None], neighbours))
            radii = _settled(shapes * scale[:, None, None], free)
            vertices = [_vertices(rings, radii, part) for part in range(len(recipes))]
            made = np.array([abs(volume_ml(points, TRIANGLES)) for points in vertices])
            lack = 0.9 * lack + 0.1 * (1.0 - made / wanted)
            scale *= np.clip((wanted / np.maximum(made, 1e-3)) ** DAMPING, 0.85, 1.18)
            most = STRETCH[1] * np.clip(1.0 + STRONGER * (lack - 0.1), 0.95, 2.0)
            scale = np.clip(scale, STRETCH[0] * alone, most * alone)
        if drift < DRIFTS:
            aim = shapes * alone[:, None, None]
            centres = drifted(centres, rings.spokes, free, radii, aim, table)
    return [_shell(points, recipe, u) for points, recipe in zip(vertices, recipes, strict=True)]


def _profile(u: Floats, belly: tuple[float, float], fullest: float) -> Floats:
    """Radius as a share of the largest, shape (RINGS,): a rounded belly between thin tendons."""
    start, end = belly
    inside = np.clip((u - start) / max(end - start, 1e-6), 0.0, 1.0)
    fleshy = np.sin(np.pi * inside ** (np.log(0.5) / np.log(fullest))) ** 0.62
    ends = np.clip(np.minimum(u, 1.0 - u) / 0.03, 0.0, 1.0)
    return np.maximum(fleshy, 0.16) * (0.45 + 0.55 * ends)


def _ellipses(widths: Floats) -> Floats:
    """Radius of an ellipse of area pi at each spoke, shape (p, SPOKES); the first spoke points across."""
    wide, thick = np.sqrt(widths)[:, None], 1.0 / np.sqrt(widths)[:, None]
    return 1.0 / np.hypot(np.cos(ANGLES) / wide, np.sin(ANGLES) / thick)


def _make_rings(centres: Floats, around: Surroundings) -> _Rings:
    tangents = np.gradient(centres, axis=1)
    tangents /= np.maximum(np.linalg.norm(tangents, axis=2, keepdims=True), 1e-9)
    _, outward = around.nearest_fascia(centres.reshape(-1, 3))
    outward = outward.reshape(centres.shape)
    for _ in range(8):
        outward[:, 1:-1] = 0.5 * outward[:, 1:-1] + 0.25 * (outward[:, :-2] + outward[:, 2:])
    outward -= np.einsum("prx,prx->pr", outward, tangents)[..., None] * tangents
    outward /= np.maximum(np.linalg.norm(outward, axis=2, keepdims=True), 1e-6)
    across = np.cross(tangents, outward)
    spokes = np.cos(ANGLES)[:, None] * across[:, :, None] + np.sin(ANGLES)[:, None] * outward[:, :, None]
    steps = np.linalg.norm(np.gradient(centres, axis=1), axis=2)
    return _Rings(centres, spokes, tangents, steps)


def _room(rings: _Rings, around: Surroundings, flat: trimesh.Trimesh) -> Floats:
    """How far each spoke reaches before it meets something solid, shape (p, RINGS, SPOKES)."""
    directions = rings.spokes.reshape(-1, 3)
    origins = np.repeat(rings.centres.reshape(-1, 3), SPOKES, axis=0)
    reach = first_hit_mm(around.case.fascia, origins, directions) - CLEAR_OF_SKIN_MM
    reach = np.minimum(reach, first_hit_mm(around.bones, origins, directions) - CLEAR_OF_BONE_MM)
    reach = np.minimum(reach, first_hit_mm(flat, origins, directions) - CLEAR_OF_SKIN_MM)
    to_midline = np.where(
        directions[:, 0] > 1e-6, -origins[:, 0] / np.maximum(directions[:, 0], 1e-6), np.inf
    )
    return np.maximum(np.minimum(reach, to_midline), THINNEST_MM).reshape(rings.spokes.shape[:3])


def _first_scale(profiles: Floats, steps: Floats, wanted: Floats) -> Floats:
    """Largest radius, in millimetres, for the wanted volume with nothing in the way, shape (p,)."""
    return np.sqrt(1000.0 * wanted / (np.pi * np.einsum("pr,pr->p", profiles**2, steps)))


def _neighbours(rings: _Rings) -> list[Neighbours]:
    """For each belly: its ring, and the belly and ring nearest to it of each belly in reach.

    Returns
    -------
    list of (ring, other, other_ring, part)
    """
    centres = rings.centres.astype(np.float32)
    flat = centres.reshape(-1, 3)
    squares = np.einsum("ij,ij->i", flat, flat)
    found = []
    for part, own in enumerate(centres):
        gaps = squares[None] - 2 * own @ flat.T + np.einsum("ij,ij->i", own, own)[:, None]
        by_part = gaps.reshape(RINGS, len(centres), RINGS)
        nearest = by_part.argmin(axis=2)
        least = np.take_along_axis(by_part, nearest[..., None], axis=2)[..., 0]
        least[:, part] = np.inf
        ring, other = np.nonzero(least < NEIGHBOUR_MM**2)
        found.append((ring, other, nearest[ring, other], np.full(len(ring), part)))
    return found


def _borders(rings: _Rings, radii: Floats, neighbours: list[Neighbours]) -> Floats:
    """Distance along each spoke to the border with the neighbours, shape (p, RINGS, SPOKES)."""
    reach = np.full(rings.spokes.shape[:3], np.inf)
    for ring, other, other_ring, parts in neighbours:
        if len(ring) == 0:
            continue
        part = int(parts[0])
        gap = rings.centres[other, other_ring] - rings.centres[part, ring]
        tangent = rings.tangents[part, ring]
        beside = gap - np.einsum("kx,kx->k", gap, tangent)[:, None] * tangent
        distance = np.maximum(np.linalg.norm(beside, axis=1), 0.3)
        own, theirs = radii[part, ring], radii[other, other_ring]
        # Beyond the neighbour's end there is no border: it fades with the distance along the path.
        faded = np.clip(np.abs(np.einsum("kx,kx->k", gap, tangent)) / (theirs + 4.0) - 0.5, 0.0, None)
        height = (distance**2 + own**2 - theirs**2) / (2 * distance)
        height = np.maximum(height, 0.12 * distance) + 40.0 * faded
        cosine = np.einsum("ksx,kx->ks", rings.spokes[part, ring], beside / distance[:, None])
        limit = np.where(cosine > 0.05, height[:, None] / np.maximum(cosine, 0.05), np.inf)
        np.minimum.at(reach[part], ring, limit)
    return np.maximum(reach, THINNEST_MM)


def _settled(wanted: Floats, room: Floats) -> Floats:
    """Radii as large as wanted where there is room, smooth along and around, shape (p, RINGS, SPOKES)."""
    radii = np.minimum(wanted, room)
    smooth = gaussian_filter(radii, (0.0, 0.9, 0.5), mode=("nearest", "nearest", "wrap"))
    return np.maximum(np.minimum(smooth, room), THINNEST_MM)


def _vertices(rings: _Rings, radii: Floats, part: int) -> Floats:
    """Rings of vertices and the two ends of the path, shape (RINGS * SPOKES + 2, 3)."""
    centres = rings.centres[part]
    shell = centres[:, None] + rings.spokes[part] * radii[part][..., None]
    vertices = np.concatenate((shell.reshape(-1, 3), centres[:1], centres[-1:]))
    vertices[:, 0] = np.minimum(vertices[:, 0], 0.0)
    return vertices


def _shell(vertices: Floats, recipe: SpindleRecipe, u: Floats) -> Shell:
    start, end = recipe.belly
    ramp = 0.10
    tendon = np.maximum(
        np.clip((start - u) / ramp + 0.9, 0.0, 1.0), np.clip((u - end) / ramp + 0.9, 0.0, 1.0)
    )
    if start <= 0:
        tendon = np.clip((u - end) / ramp + 0.9, 0.0, 1.0)
    if end >= 1:
        tendon = np.clip((start - u) / ramp + 0.9, 0.0, 1.0) if start > 0 else np.zeros_like(u)
    return Shell(
        vertices,
        TRIANGLES,
        np.concatenate((np.repeat(u, SPOKES), [0.0, 1.0])),
        np.concatenate((np.tile(np.arange(SPOKES) / SPOKES, RINGS), [0.0, 0.0])),
        np.concatenate((np.repeat(tendon, SPOKES), [tendon[0], tendon[-1]])),
    )


def _closed_triangles() -> NDArray[np.int64]:
    count = RINGS * SPOKES
    first = np.arange(SPOKES)
    after = (first + 1) % SPOKES
    last = first + count - SPOKES
    start = np.stack((np.full(SPOKES, count), after, first), axis=1)
    end = np.stack((np.full(SPOKES, count + 1), last, after + count - SPOKES), axis=1)
    return np.concatenate((grid_triangles(RINGS, SPOKES, wrap=True), start[:, ::-1], end[:, ::-1]))


TRIANGLES = _closed_triangles()
