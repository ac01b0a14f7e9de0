"""The lungs and the parietal pleura: closed grids along ribs, mediastinum, diaphragm and dome.

Each height has a ring of columns: round the ribs from the front line of reflection to the spine, then
forwards along the mediastinum. The rings run from the lower reflection to the inlet; a dome closes the grid
above, the diaphragm below.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline, PchipInterpolator, RectBivariateSpline
from scipy.ndimage import gaussian_filter

from chest import Chest
from chest_marks import (
    at_side,
    front_end,
    inner_border_of_first,
    neck_of_first,
    rib_back,
    transverse,
    xiphisternal_joint,
)
from heart import Ellipsoid, ball_triangles
from places import along
from rings import eased, even_ends, hat_widths, kept_inside, soft_least

Floats = NDArray[np.float64]

COSTAL, MEDIAL = 40, 20
WALL_ROWS, DOME_ROWS, FLOOR_ROWS = 26, 6, 9
END_STEPS, SHARE_STEPS = 72, 41
RISE, ROUNDNESS = 8.0, 0.7
"""The diaphragm leaves the wall steeply: its height is (1 - share ** RISE) ** ROUNDNESS of the dome's."""
FASCIA_MM = 2.0
"""Between the ribs and the pleura."""
INLET_MM, INLET_FRONT_MM, INLET_INSET_MM = 15.0, 20.0, 4.5
"""The ring inside the first rib lies so far below its border, in front so far from the midline, and so much
farther inside than the wall inside the other ribs, since the first rib lies flat."""
SHOULDER_MM = 24.0
"""The wall turns inwards to the first rib so far below it."""
UNDER_NECK_MM = 3.0
"""The dome's top lies so far below the middle of the neck of the first rib."""
LUNG_GAP_MM, LEAST_GAP_MM = 1.0, 0.7
RECESS_FRONT_MM, RECESS_FLOOR_MM = 4.0, 2.0
"""How far the lung stays back in the recess behind the breastbone and above the diaphragm."""
SMALL_MM = 4.0
"""Radius of the rounding where the mediastinum meets the heart."""

MEDIASTINUM_FORWARD = (-0.4, 0.12, 0.5, 0.95)
MEDIASTINUM_LEVELS = ("t2", "t4", "t6", "t8", "t10", "t12")
MEDIASTINUM_MM = {
    "left": ((17, 20, 22, 18), (18, 28, 32, 9), (19, 25, 38, 6),
             (20, 25, 42, 12), (21, 25, 40, 22), (21, 25, 34, 30)),
    "right": ((17, 17, 22, 18), (18, 17, 27, 7), (19, 17, 31, 4),
              (20, 17, 30, 4), (21, 19, 30, 8), (21, 24, 30, 20)),
}  # fmt: skip
"""Half width of what lies between the lungs without the heart, in a chest of standard width: at levels and
from beside the vertebra (below 0) to behind the breastbone (1)."""
DOME_LEVEL = {"left": ("t9", "t10", 1.0), "right": ("t9", "t10", 0.5)}
"""Height of the diaphragm's dome in quiet breathing: part of the way between two vertebral bodies."""
NOTCH_MM = 22.0
"""The left lung's front border swings so far outwards at the heart."""


@dataclass(frozen=True, eq=False)
class Sac:
    """One pleural sac, or the lung in it.

    Parameters
    ----------
    chest : Chest
    heart : Ellipsoid
        What the heart and its sac take up, on the side itself (mirrored for the right side).
    side : {"left", "right"}
    lung : bool
        The lung instead of the pleura.
    """

    chest: Chest
    heart: Ellipsoid
    side: str
    lung: bool

    def surface(self) -> Floats:
        """Vertices, written as if on the left side, shape (n, 3)."""
        low, top = self._low, self._shoulder_heights
        rows = [self._points(low + (top - low) * share) for share in even_ends(WALL_ROWS)]
        rim, peak = self._inlet, self._peak
        rows += [rows[-1] + (rim - rows[-1]) * share for share in (1.0 / 3.0, 2.0 / 3.0)]
        for turn in np.linspace(0.0, 0.5 * np.pi, DOME_ROWS + 1)[:-1]:
            ring = np.array(peak) + (rim - peak) * np.cos(turn)
            ring[:, 2] = rim[:, 2] + (peak[2] - rim[:, 2]) * np.sin(turn)
            rows.append(ring)
        rows[WALL_ROWS - 4 :] = eased(np.stack(rows[WALL_ROWS - 4 :]))
        middle = np.append(self.chest.axis(np.array(self._dome)), self._dome)
        points = np.concatenate((middle[None], *self._floor()[::-1], *rows, peak[None]))
        return (
            kept_inside(points, self._pleura.surface(), sac_triangles(), LEAST_GAP_MM)
            if self.lung
            else points
        )

    @cached_property
    def _pleura(self) -> Sac:
        return Sac(self.chest, self.heart, self.side, lung=False)

    @cached_property
    def _inset(self) -> float:
        return FASCIA_MM + (LUNG_GAP_MM if self.lung else 0.0)

    @cached_property
    def _dome(self) -> float:
        upper, lower, share = DOME_LEVEL[self.side]
        heights = [self.chest.skeleton[name][:, 2].mean() for name in (upper, lower)]
        return float(heights[0] + share * (heights[1] - heights[0])) + (RECESS_FLOOR_MM if self.lung else 0.0)

    @cached_property
    def _peak(self) -> Floats:
        chest = self.chest
        neck, front = (
            chest.mark("rib_1", neck_of_first()),
            chest.skeleton["rib_1"][list(inner_border_of_first())].mean(axis=0),
        )
        height = neck[2] - UNDER_NECK_MM * chest.scale
        gap = LUNG_GAP_MM if self.lung else 0.0
        return np.array([0.5 * (neck[0] + front[0]), 0.65 * neck[1] + 0.35 * front[1], height - gap])

    @cached_property
    def _inlet(self) -> Floats:
        """Ring inside the first rib, shape (COSTAL + MEDIAL, 3)."""
        border = self.chest.skeleton["rib_1"][list(inner_border_of_first())]
        front = border[0] + (0.0, -4.0, 0.0)
        front[0] = -INLET_FRONT_MM * self.chest.scale
        arc = np.concatenate((front[None], border))
        centre = 0.5 * (arc[0] + arc[-1]) * (0.0, 1.0, 1.0) + arc.mean(axis=0) * (1.0, 0.0, 0.0)
        out = arc - centre
        arc = centre + out * (
            1.0
            - (self._inset + INLET_INSET_MM + 1.0 * self.lung) / np.linalg.norm(out, axis=1, keepdims=True)
        )
        arc[:, 2] = np.minimum(arc[:, 2], self._peak[2]) - INLET_MM
        around = along(arc, np.linspace(0.0, 1.0, COSTAL))
        share = np.linspace(0.0, 1.0, MEDIAL + 2)[1:-1, None]
        inner = around[-1] + (around[0] - around[-1]) * share
        return np.concatenate((around, inner))

    @cached_property
    def _shoulder_heights(self) -> Floats:
        """Heights at which the columns leave the chest wall for the inlet, shape (COSTAL + MEDIAL,)."""
        heights = self._inlet[:, 2] - SHOULDER_MM * self.chest.scale
        return np.asarray(gaussian_filter(heights, 2.0, mode="wrap"))

    @cached_property
    def _low(self) -> Floats:
        """Lower reflection (lower border of the lung) of each column, shape (COSTAL + MEDIAL,)."""
        chest, dome = self.chest, self._dome
        back = chest.mark("rib_12", rib_back(12))
        front = chest.mark("sternum", xiphisternal_joint())[2]
        front_rib, side_rib = (6, 8) if self.lung else (8, 10)
        marks = ((f"rib_{front_rib}", front_end(front_rib)), (f"rib_{side_rib}", at_side(side_rib)))
        points = [chest.mark(bone, rows) for bone, rows in marks]
        spine = chest.mark("t10" if self.lung else "l1", transverse("t10" if self.lung else "l1"))
        scapular = chest.mark("rib_10" if self.lung else "rib_11", rib_back(10 if self.lung else 11))
        if not self.lung:
            spine = np.append(back[:2], 0.5 * (back[2] + spine[2]))
        start, end = self._ends(np.array([front]))
        heights = [front + (8.0 if self.lung else 0.0), points[0][2], points[1][2], scapular[2], spine[2]]
        angles = [
            start[0],
            chest.angle_of(points[0]),
            chest.angle_of(points[1]),
            chest.angle_of(scapular),
            end[0],
        ]
        shares = (np.array(angles) - start[0]) / (end[0] - start[0])
        around = PchipInterpolator(shares, heights)(np.linspace(0.0, 1.0, COSTAL))
        rise = 2.0 * RECESS_FLOOR_MM if self.lung else 0.0
        inner = (heights[-1], dome - 30.0 + rise, dome - 24.0 + rise, heights[0])
        medial = PchipInterpolator((0.0, 0.25, 0.6, 1.0), inner)
        low = np.concatenate((around, medial(np.linspace(0.0, 1.0, MEDIAL + 2)[1:-1])))
        return soft_least(low, dome - 10.0, 4.0)

    def _floor(self) -> list[Floats]:
        """Rings of the diaphragm from its edge to its middle, without either."""
        low = self._low
        start = np.ones(len(low))
        if self.lung:
            outer = self._pleura._low
            risen = np.clip((low - outer) / (self._dome - outer), 0.0, 0.98)
            start = (1.0 - risen ** (1.0 / ROUNDNESS)) ** (1.0 / RISE)
            low = outer
        rings = []
        for share in 1.0 - np.linspace(0.0, 1.0, FLOOR_ROWS + 1)[1:-1] ** 1.6:
            part = start * share if self.lung else np.full(len(low), share)
            height = low + (self._dome - low) * (1.0 - part**RISE) ** ROUNDNESS
            rim = self._points(height)
            centre = self.chest.axis(height)
            rings.append(
                np.concatenate((centre + part[:, None] * (rim[:, :2] - centre), height[:, None]), axis=1)
            )
        return rings

    def _points(self, heights: Floats) -> Floats:
        """One point of each column at its own height, shape (COSTAL + MEDIAL, 3)."""
        costal, medial = heights[:COSTAL], heights[COSTAL:]
        start, end = self._ends(costal)
        angle = start + (end - start) * np.linspace(0.0, 1.0, COSTAL)
        around = self.chest.wall(angle, costal, self._inset)
        start, end = self._ends(medial)
        share = np.linspace(0.0, 1.0, MEDIAL + 2)[1:-1]
        back = self.chest.wall(end, medial, self._inset)[:, 1]
        front = self.chest.wall(start, medial, self._inset)[:, 1]
        y = back + (front - back) * share
        x = self._medial_wall.ev(share, np.clip(medial, self.chest.bottom, self.chest.top))
        return np.concatenate((around, np.stack((-x, y, medial), axis=1)))

    @cached_property
    def _medial_wall(self) -> RectBivariateSpline:
        """Distance of the mediastinal face from the midline over the share from back to front, and height."""
        share, z = (
            np.linspace(0.0, 1.0, SHARE_STEPS),
            np.linspace(self.chest.bottom, self.chest.top, END_STEPS),
        )
        start, end = self._ends(z)
        back, front = (self.chest.wall(angle, z, self._inset)[:, 1] for angle in (end, start))
        y = back + (front - back) * share[:, None]
        heights = np.broadcast_to(z, y.shape)
        x = self._half_width(y.ravel(), heights.ravel()).reshape(y.shape)
        blurred = gaussian_filter(x, (1.6, 1.6), mode="nearest")
        behind, before = self._edge(z)
        ends = np.clip(np.minimum(share, 1.0 - share) / 0.1, 0.0, 1.0)[:, None] ** 2
        return RectBivariateSpline(
            share, z, blurred * ends + np.where(share[:, None] < 0.5, behind, before) * (1 - ends)
        )

    def _edge(self, z: Floats) -> tuple[Floats, Floats]:
        """Distance from the midline where the costal arc ends behind and begins in front, each (k,)."""
        y_back, y_front = self.chest.spine_front(z) - 22.0, self.chest.breastbone_back(z) - 1.0
        gap = LUNG_GAP_MM if self.lung else 0.0
        back = self._table(y_back, z) + gap
        front = self._table(y_front, z) + (RECESS_FRONT_MM if self.lung else 0.0)
        if self.lung and self.side == "left":
            notch = self.heart.centre[2] - 0.25 * self.heart.height
            front = front + NOTCH_MM * self.chest.scale * np.exp(-(((z - notch) / 24.0) ** 2))
        return back, front

    def _ends(self, z: Floats) -> tuple[Floats, Floats]:
        """Angles where the costal arc begins and ends at heights, each (k,)."""
        angles = self._end_angles(np.clip(z, self.chest.bottom, self.chest.top))
        return angles[:, 0], angles[:, 1]

    @cached_property
    def _end_angles(self) -> CubicSpline:
        z = np.linspace(self.chest.bottom, self.chest.top, END_STEPS)
        back, front = self._edge(z)
        start = self._angle_at(front, z, -0.42 * np.pi, 0.15 * np.pi)
        end = self._angle_at(back, z, 1.4 * np.pi, 0.85 * np.pi)
        return CubicSpline(z, np.stack((start, end), axis=1))

    def _angle_at(self, distance: Floats, z: Floats, near: float, far: float) -> Floats:
        """Angle at which the chest wall is so far from the midline, by halving, shape (k,)."""
        inner, outer = np.full(len(z), near), np.full(len(z), far)
        for _ in range(30):
            middle = 0.5 * (inner + outer)
            within = -self.chest.wall(middle, z, self._inset)[:, 0] < distance
            inner, outer = np.where(within, middle, inner), np.where(within, outer, middle)
        return np.asarray(0.5 * (inner + outer))

    def _table(self, y: Floats, z: Floats) -> Floats:
        """Half width of the mediastinum without the heart at depths and heights, shape (k,)."""
        chest = self.chest
        spine, bone = chest.spine_front(z), chest.breastbone_back(z)
        forward = (y - spine) / (bone - spine)
        at_level = self._table_at(np.clip(z, *self._table_at.x[[0, -1]]))
        steps = np.array(MEDIASTINUM_FORWARD)
        forward = np.clip(forward, steps[0], steps[-1])
        hats = np.clip(1.0 - np.abs(forward[:, None] - steps) / hat_widths(forward, steps), 0.0, 1.0)
        hats /= hats.sum(axis=1, keepdims=True)
        return np.asarray(np.einsum("kc,kc->k", hats, at_level) * chest.scale)

    @cached_property
    def _table_at(self) -> PchipInterpolator:
        levels = np.array([self.chest.skeleton[name][:, 2].mean() for name in MEDIASTINUM_LEVELS])[::-1]
        return PchipInterpolator(levels, np.array(MEDIASTINUM_MM[self.side], dtype=np.float64)[::-1], axis=0)

    def _half_width(self, y: Floats, z: Floats) -> Floats:
        """Distance of the mediastinal face from the midline at depths and heights, shape (k,)."""
        gap = LUNG_GAP_MM if self.lung else 0.0
        table, heart = self._table(y, z), self.heart.left_extent(y, z)
        return gap + table + SMALL_MM * np.logaddexp(0.0, (heart - table) / SMALL_MM)


def sac_triangles() -> NDArray[np.int64]:
    """Triangles of every sac, outward on the left side, shape (m, 3)."""
    return ball_triangles(FLOOR_ROWS - 1 + WALL_ROWS + 2 + DOME_ROWS, COSTAL + MEDIAL)[:, ::-1]
