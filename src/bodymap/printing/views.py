"""The sides that the body is seen from, and where its places then lie in the picture.

All views are orthographic, so this is plain arithmetic. Left and right are the patient's own: in the front
view the patient's right is on the picture's left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


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
    low = np.array([axis.min() for axis in skin.T])  # by axis: faster than by rows of three
    high = np.array([axis.max() for axis in skin.T])
    span = high - low
    centre = (low + high) / 2
    return ViewSpec(
        name=direction.value,
        direction=direction,
        centre_mm=(float(centre[0]), float(centre[1]), float(centre[2])),
        width_mm=float(np.abs(direction.right) @ span) + 2 * pad_mm,
        height_mm=float(np.abs(direction.up) @ span) + 2 * pad_mm,
    )
