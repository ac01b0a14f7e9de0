"""Which side of the body a site is seen from, and where it then lies in the picture.

All views are orthographic, so this is plain arithmetic. Left and right are the patient's own: in the front
view the patient's right is on the picture's left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FACING_ENOUGH = 0.5
"""Cosine between skin and camera from which a site is seen well; less aslant is not worth another picture."""

ASLANT_COST = 4.0
"""Cost, per unit of cosine lost, of a site seen more aslant than it could be; one more picture costs 1."""

SIDE_COST = 1.3
"""What a side view costs, where a front or back view costs 1: these show both sides and are read more easily."""

SOLE_MM = 60.0
CROWN_MM = 110.0
"""Within this of the floor, or of the top of the head, a site may be shown from below, or from above."""

HIDDEN_MM = 35.0
"""Skin this much nearer to the camera hides a site."""

DEPTH_CELL_MM = 12.0


class Direction(StrEnum):
    """Where the camera stands."""

    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    BELOW = "below"

    @property
    def towards(self) -> Floats:
        """Unit vector from the body to the camera."""
        return np.array(_AXES[self][0], dtype=np.float64)

    @property
    def right(self) -> Floats:
        """Unit vector of the body that points right in the picture."""
        return np.array(_AXES[self][1], dtype=np.float64)

    @property
    def up(self) -> Floats:
        """Unit vector of the body that points up in the picture."""
        return np.array(_AXES[self][2], dtype=np.float64)

    @property
    def caption(self) -> str:
        """The view's name under its figure."""
        return _CAPTIONS[self]


_Axis = tuple[int, int, int]
_AXES: dict[Direction, tuple[_Axis, _Axis, _Axis]] = {
    Direction.FRONT: ((0, 1, 0), (-1, 0, 0), (0, 0, 1)),
    Direction.BACK: ((0, -1, 0), (1, 0, 0), (0, 0, 1)),
    Direction.LEFT: ((-1, 0, 0), (0, -1, 0), (0, 0, 1)),
    Direction.RIGHT: ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    Direction.ABOVE: ((0, 0, 1), (1, 0, 0), (0, 1, 0)),
    Direction.BELOW: ((0, 0, -1), (-1, 0, 0), (0, 1, 0)),
}
_CAPTIONS = {
    Direction.FRONT: "Front",
    Direction.BACK: "Back",
    Direction.LEFT: "Left side",
    Direction.RIGHT: "Right side",
    Direction.ABOVE: "From above",
    Direction.BELOW: "From below",
}
UPRIGHT = (Direction.FRONT, Direction.BACK, Direction.LEFT, Direction.RIGHT)
"""The whole-body views, in the order in which they are printed."""


@dataclass(frozen=True)
class ViewSpec:
    """A picture wanted from the renderer.

    Attributes
    ----------
    name : str
        Short and unique on its page: ``"back"``, ``"back A"``.
    direction : Direction
        Where the camera stands; gives its up and right axes too.
    centre_mm : tuple of 3 float
        Point of the body in the middle of the picture, RAS millimetres.
    width_mm, height_mm : float
        What the picture spans on the body.
    depth_mm : float or None
        Skin further than this behind the centre is left out (the trunk behind the soles); None keeps all.
    """

    name: str
    direction: Direction
    centre_mm: tuple[float, float, float]
    width_mm: float
    height_mm: float
    depth_mm: float | None = None

    def project(self, points: npt.ArrayLike) -> Floats:
        """Places (n, 3) of the body in the picture: (n, 2) fractions of its size, from the top left."""
        offset = np.asarray(points, dtype=np.float64).reshape(-1, 3) - np.array(self.centre_mm)
        across = offset @ self.direction.right / self.width_mm
        down = -(offset @ self.direction.up) / self.height_mm
        return np.column_stack([0.5 + across, 0.5 + down])


def body_view(direction: Direction, skin_mm: npt.ArrayLike, pad_mm: float = 12.0) -> ViewSpec:
    """Return the view that shows the whole skin (n, 3) with ``pad_mm`` around it."""
    skin = np.asarray(skin_mm, dtype=np.float64)
    low, high = skin.min(axis=0), skin.max(axis=0)
    span = high - low
    centre = (low + high) / 2
    return ViewSpec(
        name=direction.value,
        direction=direction,
        centre_mm=(float(centre[0]), float(centre[1]), float(centre[2])),
        width_mm=float(np.abs(direction.right) @ span) + 2 * pad_mm,
        height_mm=float(np.abs(direction.up) @ span) + 2 * pad_mm,
    )


def choose_views(
    xyz_mm: npt.ArrayLike, normals: npt.ArrayLike, skin_mm: npt.ArrayLike
) -> tuple[Direction, ...]:
    """Return, site by site, the view that shows it, with as few views in all as show every site well.

    Parameters
    ----------
    xyz_mm, normals : (n, 3) float
        Sites on the skin and the outward directions there.
    skin_mm : (v, 3) float
        Vertices of the skin: what may hide a site.
    """
    xyz = np.asarray(xyz_mm, dtype=np.float64).reshape(-1, 3)
    outward = np.asarray(normals, dtype=np.float64).reshape(-1, 3)
    if len(xyz) == 0:
        return ()
    facing = np.column_stack([_facing(xyz, outward, direction, skin_mm) for direction in Direction])
    upright, flat = facing[:, : len(UPRIGHT)], facing[:, len(UPRIGHT) :]
    aslant = (upright.max(axis=1) < FACING_ENOUGH) & (flat.max(axis=1) > FACING_ENOUGH)
    aslant &= _at_an_end(xyz, flat, np.asarray(skin_mm))
    chosen = _fewest(upright[~aslant])
    views = np.zeros(len(xyz), dtype=np.intp)
    views[aslant] = len(UPRIGHT) + flat[aslant].argmax(axis=1)
    columns = np.array(chosen, dtype=np.intp)
    if len(chosen):
        views[~aslant] = columns[upright[np.ix_(~aslant, columns)].argmax(axis=1)]
    order = tuple(Direction)
    return tuple(order[int(view)] for view in views)


def _facing(xyz: Floats, outward: Floats, direction: Direction, skin_mm: npt.ArrayLike) -> Floats:
    """Cosine between skin and camera per site; one less where other skin hides it or it faces away."""
    facing: Floats = outward @ direction.towards
    ahead = facing > 0
    facing[~ahead] -= 1.0
    if ahead.any():
        facing[ahead] -= _hidden(xyz[ahead], direction, np.asarray(skin_mm))
    return facing


def _at_an_end(xyz: Floats, flat: Floats, skin: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    """Whether a site that looks down is on a sole, or one that looks up on the crown."""
    crown, sole = xyz[:, 2] > skin[:, 2].max() - CROWN_MM, xyz[:, 2] < skin[:, 2].min() + SOLE_MM
    at_end: npt.NDArray[np.bool_] = np.where(flat.argmax(axis=1) == 0, crown, sole)
    return at_end


def _hidden(xyz: Floats, direction: Direction, skin: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    """Whether other skin lies well before a site: a coarse depth picture of the vertices says so."""
    across, up = skin @ direction.right, skin @ direction.up
    left, low = across.min() - DEPTH_CELL_MM, up.min() - DEPTH_CELL_MM
    columns = ((across - left) / DEPTH_CELL_MM).astype(np.intp)
    rows = ((up - low) / DEPTH_CELL_MM).astype(np.intp)
    nearest = np.full((columns.max() + 2, rows.max() + 2), -np.inf)
    np.maximum.at(nearest, (columns, rows), skin @ direction.towards)
    at = np.column_stack([xyz @ direction.right - left, xyz @ direction.up - low]) / DEPTH_CELL_MM
    at = np.clip(at, 0, np.array(nearest.shape) - 1).astype(np.intp)
    hidden: npt.NDArray[np.bool_] = nearest[at[:, 0], at[:, 1]] > xyz @ direction.towards + HIDDEN_MM
    return hidden


def _fewest(facing: Floats) -> tuple[int, ...]:
    """Columns of the views that show every site well in few pictures; of equals, the best facing ones."""
    if len(facing) == 0:
        return ()
    wanted = np.minimum(FACING_ENOUGH, facing.max(axis=1))

    def cost(chosen: tuple[int, ...]) -> tuple[float, float]:
        seen = facing[:, chosen].max(axis=1)
        pictures = sum(1.0 if view < 2 else SIDE_COST for view in chosen)
        return pictures + ASLANT_COST * float(np.clip(wanted - seen, 0, None).sum()), -float(seen.sum())

    count = facing.shape[1]
    return min((s for size in range(1, count + 1) for s in combinations(range(count), size)), key=cost)
