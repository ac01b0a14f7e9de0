"""Sites too close to be told apart on the whole body are shown in a close-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bodymap.printing.boxes import Box
from bodymap.printing.segments import Bools, Floats, lengths
from bodymap.printing.views import Direction, ViewSpec

TOO_CLOSE_MM = 2.3
"""On paper: nearer marks run into each other."""

REACH_MM = 130.0
"""On the body: how far from its middle a crowd's sites may lie."""

PAD_MM = 45.0
SMALLEST_MM = 190.0


@dataclass(frozen=True)
class Crowd:
    """Sites shown together, larger.

    Attributes
    ----------
    direction : Direction
    members : tuple of int
        Indices of the sites, ascending.
    tag : str
        Letter on page and close-up; empty where no whole-body figure points to it.
    """

    direction: Direction
    members: tuple[int, ...]
    tag: str = ""


def find_crowds(plane_mm: Floats, members: Sequence[int], direction: Direction, scale: float) -> list[Crowd]:
    """Group the sites of one view that run into each other at ``scale`` (paper per body millimetre).

    Parameters
    ----------
    plane_mm : (n, 2) float
        All sites, projected, in millimetres of the body.
    members : sequence of int
        Those of this view.
    """
    rest = list(members)
    crowds: list[Crowd] = []
    while True:
        here = plane_mm[rest]
        apart = lengths(here[:, None] - here[None])
        np.fill_diagonal(apart, np.inf)
        touching: Bools = np.asarray((apart * scale < TOO_CLOSE_MM).any(axis=1))
        if not touching.any():
            return crowds
        within = (apart < REACH_MM) & touching[None, :]
        seed = int(np.where(touching, within.sum(axis=1), -1).argmax())
        group = sorted({rest[seed], *(rest[int(j)] for j in np.flatnonzero(within[seed]))})
        crowds.append(Crowd(direction, tuple(group)))
        rest = [i for i in rest if i not in group]


def frame_crowd(crowd: Crowd, xyz_mm: Floats, aspect: float) -> ViewSpec:
    """Return the close-up's view: its sites, some body around them, in a picture of this width to height."""
    spots = xyz_mm[list(crowd.members)]
    low, high = spots.min(axis=0), spots.max(axis=0)
    centre = (low + high) / 2
    wide = max(float(np.abs(crowd.direction.right) @ (high - low)) + 2 * PAD_MM, SMALLEST_MM)
    tall = max(float(np.abs(crowd.direction.up) @ (high - low)) + 2 * PAD_MM, SMALLEST_MM)
    return ViewSpec(
        name=f"{crowd.direction.value} {crowd.tag}".strip(),
        direction=crowd.direction,
        centre_mm=(float(centre[0]), float(centre[1]), float(centre[2])),
        width_mm=max(wide, tall * aspect),
        height_mm=max(tall, wide / aspect),
        depth_mm=120.0 if crowd.direction in (Direction.ABOVE, Direction.BELOW) else None,
    )


def absorb(
    crowds: Sequence[Crowd], views: Sequence[ViewSpec], xyz_mm: Floats, seen_from: Sequence[Direction]
) -> list[Crowd]:
    """Add to each close-up the other sites well inside its picture, so that each has its number there."""
    taken = {i for crowd in crowds for i in crowd.members}
    grown: list[Crowd] = []
    for crowd, view in zip(crowds, views, strict=True):
        inner = Box(0.04, 0.04, 0.92, 0.92)
        places = view.project(xyz_mm)
        more = [
            i
            for i, direction in enumerate(seen_from)
            if direction is crowd.direction and i not in taken and inner.holds(*map(float, places[i]))
        ]
        taken.update(more)
        grown.append(replace(crowd, members=tuple(sorted((*crowd.members, *more)))))
    return grown
