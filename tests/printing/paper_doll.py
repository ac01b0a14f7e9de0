"""A body made of capsules, sites on it, and a renderer of its outline: pages without the real body."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from bodymap.domain import Side
from bodymap.printing import Paper, PrintJob, PrintSite, ViewSpec

Floats = npt.NDArray[np.float64]

# Axis from, axis to, radius; only the right limbs, the left ones mirror them.
_MIDDLE = (
    ((0, 20, 1620), (0, 20, 1640), 95),
    ((0, 0, 1480), (0, 0, 1540), 60),
    ((0, 0, 950), (0, 0, 1340), 130),
)
_RIGHT = (
    ((170, 0, 1410), (350, 40, 1200), 48),
    ((350, 40, 1200), (540, 160, 960), 36),
    ((100, 0, 880), (140, 0, 480), 72),
    ((140, 0, 480), (170, -10, 80), 50),
    ((170, -30, 35), (180, 130, 30), 32),
)


@cache
def skin() -> tuple[Floats, Floats]:
    """Points on the doll's skin and their normals, both (n, 3)."""
    points, normals = zip(*(_capsule(*part) for part in (*_MIDDLE, *_RIGHT)), strict=True)
    right_points, right_normals = np.vstack(points[3:]), np.vstack(normals[3:])
    mirror = np.array([-1.0, 1.0, 1.0])
    return (
        np.vstack([*points[:3], right_points, right_points * mirror]),
        np.vstack([*normals[:3], right_normals, right_normals * mirror]),
    )


def _capsule(start: Sequence[float], end: Sequence[float], radius: float) -> tuple[Floats, Floats]:
    a, b = np.array(start, dtype=float), np.array(end, dtype=float)
    axis = (b - a) / np.linalg.norm(b - a)
    side = np.cross(axis, (0.0, 1.0, 0.3))
    side /= np.linalg.norm(side)
    other = np.cross(axis, side)
    rows, normals = [], []
    for along in np.arange(-radius, np.linalg.norm(b - a) + radius, 9.0):
        past = min(0.0, along) + max(0.0, along - float(np.linalg.norm(b - a)))
        ring = np.sqrt(max(0.0, radius**2 - past**2))
        turn = np.linspace(0, 2 * np.pi, max(4, int(ring / 1.6)), endpoint=False)
        out = ring * (np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * other)
        rows.append(a + along * axis + out)
        normals.append(out + past * axis)
    flat = np.vstack(normals)
    return np.vstack(rows), flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)


def site_at(number: int, index: int, **words: str) -> PrintSite:
    """A site at a point of the doll's skin (any integer)."""
    points, normals = skin()
    xyz, normal = points[index % len(points)], normals[index % len(points)]
    return PrintSite(
        number=number,
        side=Side.LEFT if xyz[0] < 0 else Side.RIGHT,
        xyz_mm=(float(xyz[0]), float(xyz[1]), float(xyz[2])),
        normal=(float(normal[0]), float(normal[1]), float(normal[2])),
        **{"name": f"Muscle {number}"} | words,
    )


def site_near(number: int, place: Sequence[float], facing: Sequence[float], **words: str) -> PrintSite:
    """A site on the doll's skin nearest a place, where the skin faces a direction."""
    points, normals = skin()
    away = np.linalg.norm(points - np.array(place), axis=1) + np.where(
        normals @ np.array(facing) > 0.5, 0, 1e4
    )
    return site_at(number, int(away.argmin()), **words)


FRONT, BACK, LEFT, RIGHT = (0, 1, 0), (0, -1, 0), (-1, 0, 0), (1, 0, 0)
_USUAL = (
    ("Upper trapezius", (-70, -20, 1470), BACK),
    ("Levator scapulae", (-60, -40, 1420), BACK),
    ("Infraspinatus", (-100, -90, 1330), BACK),
    ("Quadratus lumborum", (-80, -90, 1080), BACK),
    ("Gluteus medius", (-100, -60, 930), BACK),
    ("Upper trapezius", (70, -20, 1470), BACK),
    ("Infraspinatus", (100, -90, 1330), BACK),
    ("Biceps femoris", (-120, -60, 650), BACK),
    ("Gastrocnemius", (150, -50, 400), BACK),
    ("Pectoralis major", (-80, 100, 1300), FRONT),
    ("Rectus femoris", (110, 70, 700), FRONT),
    ("Tibialis anterior", (-150, 50, 300), FRONT),
)


def usual_sites(count: int) -> tuple[PrintSite, ...]:
    """Up to twelve sites as a plan has them."""
    return tuple(
        site_near(
            i + 1,
            place,
            facing,
            name=name,
            label=f"TrP{i % 3 + 1}",
            needle="0.30 × 40 mm",
            position="prone" if facing == BACK else "supine",
            note="Lift away from the lung; stay over the rib" if i % 4 == 1 else "",
        )
        for i, (name, place, facing) in enumerate(_USUAL[:count])
    )


def job(sites: Sequence[PrintSite], **more: object) -> PrintJob:
    """A print job for the doll."""
    words = {"patient": "A. B.", "date": "2026-11-21", "clinic": "Mill Lane Physiotherapy"} | more
    return PrintJob(sites=tuple(sites), skin_mm=skin()[0], **words)  # type: ignore[arg-type]


def draw(view: ViewSpec, size_px: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Draw the doll as a flat brown shape on white."""
    picture = np.full((size_px[1], size_px[0], 3), 255, dtype=np.uint8)
    at = (view.project(skin()[0]) * size_px).astype(int)
    inside = ((at >= 2) & (at < np.array(size_px) - 3)).all(axis=1)
    for x, y in at[inside]:
        picture[y - 2 : y + 3, x - 2 : x + 3] = (205, 175, 150)
    return picture


__all__ = [
    "BACK",
    "FRONT",
    "LEFT",
    "RIGHT",
    "Paper",
    "draw",
    "job",
    "site_at",
    "site_near",
    "skin",
    "usual_sites",
]
