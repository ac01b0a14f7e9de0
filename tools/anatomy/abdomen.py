"""The kidneys and the sac of the peritoneum."""

from __future__ import annotations

from functools import cache

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter

from chest import Chest
from heart import ball_triangles
from rings import kept_inside
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

KIDNEY_HALF_MM = (56.0, 30.0, 22.5)
KIDNEY_ROWS, KIDNEY_COLUMNS = 16, 20
KIDNEY_LEVEL = {"left": 0.15, "right": 0.29}
"""Middle of the kidney, as a share of the way from L1 to L4."""
KIDNEY_OUT_MM, KIDNEY_FORWARD_MM = 61.0, -15.0
"""Middle of the kidney: from the midline, and before the front of the vertebral bodies."""
KIDNEY_SPLAY, KIDNEY_PITCH, KIDNEY_TURN = np.radians((17.0, 14.0, 35.0))
"""Lower pole outwards, lower pole forwards, hilum forwards."""

SAC_ROWS, SAC_COLUMNS = 32, 25
WALL_ANGLE = np.radians((0.0, 6.0, 14.0, 34.0, 48.0, 70.0, 115.0, 180.0))
WALL_MM = (5.0, 7.0, 10.0, 10.0, 14.0, 20.0, 21.0, 21.0)
"""Muscles and fascia between fat and peritoneum of the average man, from the front round to the back."""
MUSCLE_SHARE = {"minmuscle": 0.7, "averagemuscle": 1.0, "maxmuscle": 1.3}
WOMAN_SHARE = 0.8
BACK_OUT_MM = (0.0, 30.0, 62.0, 90.0, 120.0)
BACK_FORWARD_MM = (22.0, 22.0, 22.0, -8.0, -25.0)
"""Back of the sac before the vertebral bodies, by the distance from the midline: vessels, psoas, kidney."""
WALL_LEAST_MM = 4.0
DIAPHRAGM_MM, ILIACUS_MM, RECTUM_MM = 7.0, 12.0, 28.0
TOP_ROUNDING, BOTTOM_ROUNDING = 0.16, 0.20


def kidney_surface(skeleton: dict[str, Floats], side: str, size: float) -> tuple[Floats, NDArray[np.int64]]:
    """Vertices and triangles of a kidney, written as if on the left side; `size` is 1 in the average man."""
    upper, lower = _body_middle(skeleton, "l1"), _body_middle(skeleton, "l4")
    centre = upper + KIDNEY_LEVEL[side] * (lower - upper)
    centre = centre + np.array([-KIDNEY_OUT_MM, KIDNEY_FORWARD_MM, 0.0]) * size
    long = np.array([-np.sin(KIDNEY_SPLAY), np.sin(KIDNEY_PITCH), -np.cos(KIDNEY_SPLAY)])
    long /= np.linalg.norm(long)
    broad = np.array([-np.cos(KIDNEY_TURN), -np.sin(KIDNEY_TURN), 0.0])
    broad -= (broad @ long) * long
    broad /= np.linalg.norm(broad)
    thick = np.cross(long, broad)
    polar = np.linspace(0.0, np.pi, KIDNEY_ROWS + 2)[1:-1, None]
    around = np.arange(KIDNEY_COLUMNS) * (2.0 * np.pi / KIDNEY_COLUMNS)
    a = np.cos(polar) * np.ones(KIDNEY_COLUMNS)
    b, c = np.sin(polar) * np.cos(around), np.sin(polar) * np.sin(around)
    # The hilum dents the inner border.
    b = b + 0.34 * np.exp(-((a / 0.4) ** 2)) * np.clip(-b, 0.0, 1.0) ** 2
    unit = np.concatenate(
        ([[1.0, 0.0, 0.0]], np.stack((a, b, c), axis=-1).reshape(-1, 3), [[-1.0, 0.0, 0.0]])
    )
    half = np.array(KIDNEY_HALF_MM) * size
    points = centre + (unit * half) @ np.stack((long, broad, thick))
    return points, ball_triangles(KIDNEY_ROWS, KIDNEY_COLUMNS)


def peritoneum_surface(
    case: SkinCase, skeleton: dict[str, Floats], chest: Chest
) -> tuple[Floats, NDArray[np.int64]]:
    """Vertices and triangles of the peritoneal sac."""
    angle = np.linspace(0.0, np.pi, SAC_COLUMNS)
    bottom = skeleton["hip_bone"][_pubis()][:, 2].max() + 6.0
    top = skeleton["t10"][:, 2].mean() + 4.0
    heights = bottom + (top - bottom) * (0.5 - 0.5 * np.cos(np.linspace(0.03, 0.97, SAC_ROWS) * np.pi))
    spine = np.interp(heights, *_column(skeleton)[:, [2, 1]].T)
    skin_front = case.fascia
    middle = np.stack((np.zeros(SAC_ROWS), spine, heights), axis=1)
    forward = np.tile((0.0, 1.0, 0.0), (SAC_ROWS, 1))
    room = _first_hit(np.asarray(skin_front.vertices), case.triangles, middle, forward)
    # In a lean waist the wall lies close before the spine.
    middle[:, 1] += np.minimum(45.0 * chest.scale, 0.55 * room)
    out = np.stack((-np.sin(angle), np.cos(angle), np.zeros(SAC_COLUMNS)), axis=1)
    starts, rays = np.repeat(middle, SAC_COLUMNS, axis=0), np.tile(out, (SAC_ROWS, 1))
    grid = (SAC_ROWS, SAC_COLUMNS)
    reach = _first_hit(np.asarray(skin_front.vertices), case.triangles, starts, rays).reshape(grid)
    reach = np.minimum(reach, np.abs(case.landmark("iliac_crest_top")[0]))  # where a ray meets nothing
    muscle = MUSCLE_SHARE[case.key.split("-")[2]] * (WOMAN_SHARE if case.female else 1.0)
    radius = reach - muscle * PchipInterpolator(WALL_ANGLE, WALL_MM)(angle)
    for name, gap in (("hip_bone", ILIACUS_MM), ("sacrum", RECTUM_MM)):
        triangles = read_source()[name].triangles
        radius = np.minimum(radius, _first_hit(skeleton[name], triangles, starts, rays).reshape(grid) - gap)
    radius = np.minimum(radius, _rib_limit(skeleton, chest, middle, angle) - DIAPHRAGM_MM)
    radius = np.minimum(radius, _back_limit(spine, middle, angle, chest.scale))
    for _ in range(2):
        radius = np.minimum(radius, gaussian_filter(radius, (1.3, 1.0), mode="nearest"))
    radius = gaussian_filter(radius, 0.6, mode="nearest")
    share = (heights - bottom) / (top - bottom)
    ends = np.clip(np.minimum(share / BOTTOM_ROUNDING, (1.0 - share) / TOP_ROUNDING), 0.0, 1.0)
    radius *= np.sqrt(1.0 - (1.0 - ends[:, None]) ** 2)
    left = middle[:, None] + np.maximum(radius, 4.0)[..., None] * out
    right = left[:, -2:0:-1] * (-1.0, 1.0, 1.0)
    rings = np.concatenate((left, right), axis=1)
    ends_at = middle[[0, -1]].copy()
    ends_at[:, 2] = bottom, top
    points = np.concatenate((ends_at[:1], rings.reshape(-1, 3), ends_at[1:]))
    points = kept_inside(
        points, np.asarray(skin_front.vertices), case.triangles.astype(np.int64), WALL_LEAST_MM
    )
    return points, ball_triangles(SAC_ROWS, 2 * SAC_COLUMNS - 2)[:, ::-1]


def _first_hit(vertices: Floats, triangles: NDArray[np.integer], starts: Floats, rays: Floats) -> Floats:
    """Distance along unit rays to the first triangle, shape (k,); far on a miss."""
    mesh = trimesh.Trimesh(vertices, triangles, process=False)
    _, hit, places = mesh.ray.intersects_id(starts, rays, multiple_hits=False, return_locations=True)
    distance = np.full(len(starts), 400.0)
    distance[hit] = np.linalg.norm(places - starts[hit], axis=1)
    return distance


def _rib_limit(skeleton: dict[str, Floats], chest: Chest, middle: Floats, angle: Floats) -> Floats:
    """Distance from the middle to the chest wall, far where there are no ribs, shape (rows, columns)."""
    around = np.linspace(-0.5, np.pi + 0.5, 60)
    limit = np.full((len(middle), len(angle)), 400.0)
    # The costal margin: from the end of the breastbone to the tenth rib at the side and the twelfth behind.
    front = skeleton["sternum"][_lower_sternum()][:, 2].mean()
    side, back = (skeleton[name][:, 2].min() for name in ("rib_10", "rib_12"))
    margin = np.interp(angle, np.radians((0.0, 15.0, 80.0, 130.0, 180.0)), (front, front, side, back, back))
    for row, centre in enumerate(middle):
        wall = chest.wall(around, np.full(len(around), centre[2]), 0.0) - centre
        found = np.arctan2(-wall[:, 0], wall[:, 1])
        order = np.argsort(found)
        reach = np.interp(angle, found[order], np.hypot(wall[order, 0], wall[order, 1]))
        limit[row] = np.where(centre[2] > margin, reach, 400.0)
    return limit


def _back_limit(spine: Floats, middle: Floats, angle: Floats, scale: float) -> Floats:
    """Distance from the middle to what lies behind the sac, shape (rows, columns)."""
    steps = np.linspace(0.0, 220.0, 111)
    x = steps[:, None] * np.sin(angle)
    y = steps[:, None] * np.cos(angle)
    back = np.interp(x, np.array(BACK_OUT_MM) * scale, np.array(BACK_FORWARD_MM) * scale)
    limits = []
    for row in range(len(spine)):
        free = y + middle[row, 1] - (spine[row] + np.minimum(back, 0.7 * (middle[row, 1] - spine[row])))
        crossed = np.argmax(free < 0.0, axis=0)
        column = np.arange(len(angle))
        before, after = free[np.maximum(crossed - 1, 0), column], free[crossed, column]
        at = steps[np.maximum(crossed - 1, 0)] + 2.0 * before / np.where(before == after, 1.0, before - after)
        limits.append(np.where(crossed > 0, at, 400.0))
    return np.array(limits)


def _column(skeleton: dict[str, Floats]) -> Floats:
    """Front of the sacrum and of the bodies of the vertebrae, from below upwards, shape (k, 3)."""
    sacrum = skeleton["sacrum"]
    rows = [sacrum[rows].mean(axis=0) for rows in _sacrum_front()]
    levels = (*(f"l{k}" for k in range(5, 0, -1)), "t12", "t11", "t10", "t9", "t8")
    return np.array([*rows, *(_body_middle(skeleton, level) for level in levels)])


def _body_middle(skeleton: dict[str, Floats], level: str) -> Floats:
    """Middle of the front of a vertebral body, shape (3,)."""
    return np.asarray(skeleton[level][_front(level)].mean(axis=0) * (0.0, 1.0, 1.0))


@cache
def _front(level: str) -> NDArray[np.intp]:
    vertices = read_source()[level].vertices
    middle = np.abs(vertices[:, 0]) < 0.01
    return np.flatnonzero(middle & (vertices[:, 1] > vertices[middle, 1].max() - 7.0))


@cache
def _sacrum_front() -> tuple[NDArray[np.intp], ...]:
    """Front of the sacrum on the midline in bands, from below upwards."""
    vertices = read_source()["sacrum"].vertices
    rows = []
    for low, high in ((880.0, 898.0), (898.0, 915.0), (915.0, 935.0), (940.0, 952.0)):
        near = (np.abs(vertices[:, 0]) < 1.0) & (vertices[:, 2] >= low) & (vertices[:, 2] < high)
        rows.append(np.flatnonzero(near & (vertices[:, 1] >= np.quantile(vertices[near, 1], 0.7))))
    return tuple(rows)


@cache
def _pubis() -> NDArray[np.intp]:
    return np.flatnonzero(read_source()["hip_bone"].vertices[:, 0] > -8.0)


@cache
def _lower_sternum() -> NDArray[np.intp]:
    vertices = read_source()["sternum"].vertices
    return np.flatnonzero((np.abs(vertices[:, 0]) < 12.0) & (vertices[:, 2] < 1225.0))
