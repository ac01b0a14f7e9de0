"""From a print job to a page: which figures, how large, where every number goes. Pure, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bodymap.printing.arrangement import Arrangement, arrange
from bodymap.printing.boxes import Box
from bodymap.printing.crowding import Crowd, absorb, find_crowds, frame_crowd
from bodymap.printing.figures import CloseUp, body_figure, close_up_figure, close_up_picture
from bodymap.printing.jobs import PrintJob
from bodymap.printing.layouts import FOOT_MM, MARGIN_MM, Figure, PageLayout
from bodymap.printing.segments import Floats, lengths
from bodymap.printing.view_choice import choose_views, views_of_pain
from bodymap.printing.views import UPRIGHT, Direction, ViewSpec, body_view

TALLEST_FIGURES_MM = 182.0
SPILL_FIGURES_MM = 178.0
"""Height of the figures where the table needs a second page anyway."""

READABLE_SCALE = 0.042
"""Bodies smaller than this (73 mm tall) are not worth saving a sheet of paper."""

WORTH_A_SHEET = 1.15
"""How much larger the bodies must become for a second page to be worth it."""

LEAST_FIGURES_MM = 60.0
"""Figures lower than this are not tried."""

AIR_MM = 3.0
"""Least white between table and fine print."""

MOST_CLOSE_UPS = 4
NEIGHBOURS_MM = 60.0


def compose_page(job: PrintJob, *, head_mm: float = 26.0, tail_mm: float = 60.0) -> PageLayout:
    """Lay out the page's figures.

    Parameters
    ----------
    job : PrintJob
    head_mm, tail_mm : float
        Heights of what is printed above and below the figures (``layout_page`` measures them). Where both
        leave too little room, the figures get a good size and the table goes on overleaf.
    """
    width, height = job.paper.size_mm
    room = height - MARGIN_MM - FOOT_MM - head_mm - AIR_MM
    across = width - 2 * MARGIN_MM
    draft = _Draft.of(job, across)
    beside_table = min(room - tail_mm, TALLEST_FIGURES_MM)
    overleaf = max(beside_table, min(SPILL_FIGURES_MM, room))
    figures, plan = draft.compose(beside_table if beside_table >= LEAST_FIGURES_MM else overleaf)
    if draft.views and plan.scale < READABLE_SCALE and overleaf > beside_table >= LEAST_FIGURES_MM:
        larger_figures, larger = draft.compose(overleaf)
        if larger.scale > WORTH_A_SHEET * plan.scale:
            figures, plan = larger_figures, larger
    return PageLayout(width, height, Box(MARGIN_MM, MARGIN_MM + head_mm, across, plan.height), figures)


@dataclass(frozen=True, eq=False)
class _Draft:
    """A job with its views chosen: what does not depend on the height of the figures."""

    job: PrintJob
    width: float
    xyz: Floats
    skin: Floats
    seen_from: tuple[Direction, ...]
    views: tuple[ViewSpec, ...]

    @classmethod
    def of(cls, job: PrintJob, width: float) -> _Draft:
        xyz = np.array([site.xyz_mm for site in job.sites], dtype=np.float64).reshape(-1, 3)
        normals = np.array([site.normal for site in job.sites], dtype=np.float64).reshape(-1, 3)
        skin = np.asarray(job.skin_mm, dtype=np.float64)
        seen_from = choose_views(xyz, normals, skin)
        also = views_of_pain(job.pain_normals, seen_from)
        if not (job.sites or also):
            also = (Direction.FRONT,)
        used = [d for d in UPRIGHT if d in seen_from or d in also]
        return cls(job, width, xyz, skin, seen_from, tuple(body_view(d, skin) for d in used))

    def compose(self, height: float) -> tuple[tuple[Figure, ...], Arrangement]:
        """Figures for this height; sites that find no room on the whole body move to close-ups."""
        flat = [Crowd(d, self._of(d)) for d in Direction if d not in UPRIGHT and d in self.seen_from]
        crowds: list[Crowd] = []
        for _ in range(2):
            scale = arrange(self.views, len(flat) + len(crowds), self.width, height).scale
            crowds = self._crowds(scale, MOST_CLOSE_UPS - len(flat))
        for in_columns in (False, False, True):
            plan = arrange(self.views, len(flat) + len(crowds), self.width, height)
            figures, unplaced = self._figures(plan, crowds, flat, in_columns=in_columns)
            if not unplaced:
                break
            room = MOST_CLOSE_UPS - len(flat) - len(crowds)
            crowds = crowds + self._neighbourhoods(unplaced, crowds)[: max(0, room)]
        return figures, plan

    def _of(self, direction: Direction) -> tuple[int, ...]:
        return tuple(i for i, seen in enumerate(self.seen_from) if seen is direction)

    def _plane(self, direction: Direction) -> Floats:
        return self.xyz @ np.column_stack([direction.right, -direction.up])

    def _crowds(self, scale: float, most: int) -> list[Crowd]:
        found = [
            c
            for v in self.views
            for c in find_crowds(self._plane(v.direction), self._of(v.direction), v.direction, scale)
        ]
        largest = sorted(found, key=lambda crowd: -len(crowd.members))[: max(0, most)]
        return [crowd for crowd in found if crowd in largest]

    def _neighbourhoods(self, unplaced: Sequence[int], crowds: Sequence[Crowd]) -> list[Crowd]:
        taken = {i for crowd in crowds for i in crowd.members}
        more: list[Crowd] = []
        for i in unplaced:
            if i in taken:
                continue
            direction = self.seen_from[i]
            plane = self._plane(direction)
            near = lengths(plane - plane[i]) < NEIGHBOURS_MM
            members = tuple(j for j in self._of(direction) if near[j] and j not in taken)
            taken.update(members)
            more.append(Crowd(direction, members))
        return more

    def _figures(
        self, plan: Arrangement, crowds: Sequence[Crowd], flat: Sequence[Crowd], *, in_columns: bool
    ) -> tuple[tuple[Figure, ...], tuple[int, ...]]:
        order = [v.direction for v in self.views]
        tagged = sorted(
            crowds, key=lambda c: (order.index(c.direction), -float(self.xyz[list(c.members), 2].mean()))
        )
        tagged = [replace(crowd, tag=chr(ord("A") + i)) for i, crowd in enumerate(tagged)]
        pictures = [close_up_picture(slot) for slot in plan.close_ups]
        shown = [*tagged, *flat]
        specs = [frame_crowd(c, self.xyz, p.width / p.height) for c, p in zip(shown, pictures, strict=True)]
        shown = absorb(shown, specs, self.xyz, self.seen_from)
        close_ups = [
            close_up_figure(spec, slot, [self.job.sites[i] for i in crowd.members], crowd.tag)
            for crowd, spec, slot in zip(shown, specs, plan.close_ups, strict=True)
        ]
        bodies: list[Figure] = []
        unplaced: list[int] = []
        for view, slot in zip(self.views, plan.bodies, strict=True):
            here = self._of(view.direction)
            inside = [
                CloseUp(c.tag, spec, tuple(here.index(i) for i in c.members))
                for c, spec in zip(shown, specs, strict=True)
                if c.direction is view.direction
            ]
            sites = [self.job.sites[i] for i in here]
            figure, failed = body_figure(view, slot, sites, inside, self.skin, in_columns=False)
            if failed and in_columns:
                figure, failed = body_figure(view, slot, sites, inside, self.skin, in_columns=True)
            bodies.append(figure)
            unplaced += [here[i] for i in failed]
        return (*bodies, *close_ups), tuple(unplaced)
