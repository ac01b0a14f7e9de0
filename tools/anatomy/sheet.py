"""Flat muscles: a grid between an origin and an insertion, as thick as its volume asks and the room allows.

Every place of the grid looks along a line from the fascia inwards. On that line the outer face lies at
depth `outer` and the inner face at depth `inner`: not above the muscles that cover it, not below the bones
under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from piece import Shell, grid_triangles, volume_ml
from places import resampled
from surroundings import Surroundings, first_hit_mm, last_hit_mm

Floats = NDArray[np.float64]

ROWS, COLUMNS = 22, 14
GAP_MM = 0.4
THINNEST_MM = 0.9
COVER_REACH_MM = 60.0
BLEND = 0.14
"""Share of the length in which the sheet leaves its bone and comes to lie against what it hugs."""


@dataclass(frozen=True, eq=False)
class SheetRecipe:
    """A sheet as the muscle table has it, its places worked out.

    Attributes
    ----------
    rows : list of ndarray, shape (k, 3)
        Origin, rows on the way, insertion: polylines that all run in the same direction.
    thickness_mm : float
        At the thickest, should no volume say otherwise.
    volume_ml : float or None
    tendon : tuple of 2 float
        Share of the length that is tendon at the origin and at the insertion.
    hug : str
        What it lies against: "skin" (what covers it), "bone" (what is under it) or "path".
    attached : tuple of 2 bool
        Whether origin and insertion lead to their places; an aponeurosis ends where it lies.
    settle : tuple of 2 float
        Share of the length, at origin and insertion, in which it leaves its bone and comes to lie as it hugs.
    follow : bool
        Whether the skin looked for is that beside the neighbouring row, from the middle to both ends,
        rather than the nearest: in the middle of a limb the nearest skin can lie on the far side.
    beneath : tuple of str
        Bones that it passes under, like the shoulder blade.
    """

    rows: list[Floats]
    thickness_mm: float
    volume_ml: float | None
    tendon: tuple[float, float]
    hug: Literal["skin", "bone", "path"]
    attached: tuple[bool, bool] = (True, True)
    settle: tuple[float, float] = (BLEND, BLEND)
    follow: bool = False
    beneath: tuple[str, ...] = ()


def make_sheet(recipe: SheetRecipe, around: Surroundings, cover: trimesh.Trimesh) -> Shell:
    """Return closed surface of a flat muscle.

    Parameters
    ----------
    recipe : SheetRecipe
    around : Surroundings
    cover : Trimesh
        The muscles that lie over it; may be empty.
    """
    u = np.linspace(0.0, 1.0, ROWS)
    middle = _middle(recipe.rows, u)
    lines = _look_inwards(middle, around, recipe.follow)
    under = last_hit_mm(cover, lines.start, -lines.outward, COVER_REACH_MM)
    under = _blurred(under.reshape(ROWS, COLUMNS), 2) + GAP_MM * (under.max() > 0)
    under = np.maximum(under, _blurred(_outside_fascia(lines, around), 1))
    bones = around.bones_without(recipe.beneath) if recipe.beneath else around.bones
    ahead = first_hit_mm(bones, lines.start - lines.outward * under.ravel()[:, None], -lines.outward)
    floor = _blurred(np.minimum(under + ahead.reshape(ROWS, COLUMNS) - GAP_MM, lines.depth + 60.0), 1)
    shape = _thickness_profile(u, recipe.tendon)
    near = _nearness(u, recipe.attached, recipe.settle)
    thickness = recipe.thickness_mm
    for _ in range(4 if recipe.volume_ml else 1):
        outer, inner = _faces(recipe.hug, thickness * shape, lines.depth, under, floor)
        vertices = _vertices(lines, _settled(outer, lines.depth, near), _settled(inner, lines.depth, near))
        made = volume_ml(vertices, TRIANGLES)  # negative where the rows run the other way round
        if recipe.volume_ml:
            thickness *= float(np.clip(recipe.volume_ml / max(abs(made), 1e-3), 0.6, 1.6))
    tendon = np.repeat(_tendon(u, recipe.tendon), COLUMNS)
    across = np.tile(np.linspace(0.0, 1.0, COLUMNS), ROWS)
    along = np.repeat(u, COLUMNS)
    triangles = TRIANGLES if made > 0 else TRIANGLES[:, ::-1]
    return Shell(vertices, triangles, np.tile(along, 2), np.tile(across, 2), np.tile(tendon, 2))


@dataclass(frozen=True, eq=False)
class _Lines:
    """Lines inwards: starts and outward unit directions (k, 3), depth of the middle (rows, columns)."""

    start: Floats
    outward: Floats
    depth: Floats


def _middle(rows: list[Floats], u: Floats) -> Floats:
    """Grid between the polylines, shape (ROWS, COLUMNS, 3), spaced evenly from origin to insertion."""
    lines = np.stack([resampled(row, COLUMNS) for row in rows])
    lines = np.stack([_blurred_line(line) for line in lines])
    gaps = np.linalg.norm(np.diff(lines, axis=0), axis=2).mean(axis=1)
    at = np.concatenate(([0.0], np.cumsum(gaps))) / gaps.sum()
    return np.asarray(PchipInterpolator(at, lines, axis=0)(u)) if len(rows) > 2 else (
        lines[0] * (1 - u)[:, None, None] + lines[1] * u[:, None, None])  # fmt: skip


def _blurred_line(line: Floats) -> Floats:
    blurred = line.copy()
    blurred[1:-1] = 0.5 * line[1:-1] + 0.25 * (line[:-2] + line[2:])
    return blurred


def _followed(middle: Floats, around: Surroundings) -> Floats:
    """Points whose nearest fascia lies on the same side in all rows, shape (ROWS, COLUMNS, 3)."""
    sought = middle.copy()
    centre = ROWS // 2
    for rows in (range(centre, ROWS), range(centre, -1, -1)):
        offset = np.zeros((COLUMNS, 3))
        for row in rows:
            sought[row] = middle[row] + offset
            fascia, _ = around.nearest_fascia(sought[row])
            offset = fascia - middle[row]
    return sought


def _look_inwards(middle: Floats, around: Surroundings, follow: bool) -> _Lines:
    points = (_followed(middle, around) if follow else middle).reshape(-1, 3)
    start, outward = around.nearest_fascia(points)
    grid_start = _blurred(start.reshape(ROWS, COLUMNS, 3), 3)
    grid_out = _blurred(outward.reshape(ROWS, COLUMNS, 3), 6)
    start, _ = around.nearest_fascia(grid_start.reshape(-1, 3))
    start = _blurred(start.reshape(ROWS, COLUMNS, 3), 1)
    grid_out /= np.linalg.norm(grid_out, axis=2, keepdims=True)
    away = start - middle
    depth = np.linalg.norm(away, axis=2)
    # Where the middle is deep, its own way out is steadier than the skin's normal.
    toward = away / np.maximum(depth, 1e-6)[..., None]
    # Where the middle lies outside the fascia, as in hollows, its way there leads inwards.
    toward *= np.where(np.einsum("ijk,ijk->ij", toward, grid_out) < 0, -1.0, 1.0)[..., None]
    share = np.clip((depth - 4.0) / 12.0, 0.0, 1.0)[..., None]
    outward = _blurred((1 - share) * grid_out + share * toward, 2)
    outward /= np.linalg.norm(outward, axis=2, keepdims=True)
    depth = np.maximum(np.einsum("ijk,ijk->ij", away, outward), 0.5)
    start = middle + outward * depth[..., None]
    return _Lines(start.reshape(-1, 3), outward.reshape(-1, 3), depth)


def _thickness_profile(u: Floats, tendon: tuple[float, float]) -> Floats:
    """Thickness as a share of the thickest, shape (ROWS, COLUMNS): thin at tendons, rounded at the sides."""
    belly = 1.0 - _tendon(u, tendon)
    ends = np.sin(np.pi * np.clip(u, 0.0, 1.0)) ** 0.4
    lengthwise = 0.05 + 0.95 * belly * ends
    v = np.linspace(0.0, 1.0, COLUMNS)
    crosswise = 0.3 + 0.7 * np.sin(np.pi * v) ** 0.45
    return lengthwise[:, None] * crosswise[None, :]


def _tendon(u: Floats, tendon: tuple[float, float]) -> Floats:
    """1 in the tendons, 0 in the belly, shape (ROWS,)."""

    def ramp(distance: Floats, share: float) -> Floats:
        if share <= 0:
            return np.zeros_like(distance)
        return np.clip(1.5 - distance / share, 0.0, 1.0)

    return np.maximum(ramp(u, tendon[0]), ramp(1.0 - u, tendon[1]))


def _faces(hug: str, thickness: Floats, depth: Floats, under: Floats, floor: Floats) -> tuple[Floats, Floats]:
    """Depths of the outer and the inner face, each (ROWS, COLUMNS)."""
    thickness = np.maximum(thickness, THINNEST_MM)
    if hug == "skin":
        outer = under
    elif hug == "bone":
        outer = np.maximum(floor - thickness, under)
    else:
        outer = np.maximum(depth - thickness / 2, under)
    inner = np.maximum(np.minimum(outer + thickness, floor), outer + THINNEST_MM)
    return _blurred(outer, 2), _blurred(inner, 2)


def _outside_fascia(lines: _Lines, around: Surroundings) -> Floats:
    """How far the lines start outside the fascia, as they do in hollows, shape (ROWS, COLUMNS)."""
    fascia, _ = around.nearest_fascia(lines.start)
    outside = np.einsum("kx,kx->k", lines.start - fascia, lines.outward)
    return np.maximum(outside, 0.0).reshape(ROWS, COLUMNS)


def _nearness(u: Floats, attached: tuple[bool, bool], settle: tuple[float, float]) -> Floats:
    """0 at an attachment to 1 where the sheet lies as it hugs, shape (ROWS, 1)."""
    start = u / settle[0] if attached[0] else np.ones_like(u)
    end = (1.0 - u) / settle[1] if attached[1] else np.ones_like(u)
    near = np.clip(np.minimum(start, end), 0.0, 1.0)
    return np.asarray((near * near * (3 - 2 * near))[:, None])


def _settled(face: Floats, depth: Floats, near: Floats) -> Floats:
    """Return the face, led to the attachments."""
    return face * near + depth * (1 - near)


def _vertices(lines: _Lines, outer: Floats, inner: Floats) -> Floats:
    thin = np.maximum(inner, outer + THINNEST_MM / 2)
    faces = [lines.start - lines.outward * depth.ravel()[:, None] for depth in (outer, thin)]
    vertices = np.concatenate(faces)
    vertices[:, 0] = np.minimum(vertices[:, 0], 0.0)
    return vertices


def _blurred(grid: Floats, rounds: int) -> Floats:
    """Average of each grid value with its neighbours; the border with those along it."""
    for _ in range(rounds):
        for axis in (0, 1):
            padded = np.concatenate((grid.take([0], axis), grid, grid.take([-1], axis)), axis)
            ahead = np.arange(grid.shape[axis])
            grid = 0.5 * grid + 0.25 * padded.take(ahead, axis) + 0.25 * padded.take(ahead + 2, axis)
    return grid


def _closed_triangles() -> NDArray[np.int64]:
    """Outer grid, inner grid turned round, and the rim between them."""
    count = ROWS * COLUMNS
    outer = grid_triangles(ROWS, COLUMNS, wrap=False)
    index = np.arange(count).reshape(ROWS, COLUMNS)
    rim = np.concatenate((index[0], index[1:, -1], index[-1, -2::-1], index[-2:0:-1, 0]))
    after = np.roll(rim, -1)
    sides = np.concatenate((np.stack((rim, after, rim + count), axis=1),
                            np.stack((after, after + count, rim + count), axis=1)))  # fmt: skip
    return np.concatenate((outer[:, ::-1], outer + count, sides[:, ::-1]))


TRIANGLES = _closed_triangles()
