"""Place expressions worked out on the left side of the standard body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.frames import direction
from bodymap.atlas.shapes import Direction, PlaceExpression, Spot
from bodymap.body import Landmarks
from bodymap.domain import Refusal
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.projection import Landing, Projector
from bodymap.geometry.surfaces import Surface

Vector = NDArray[np.float64]

CLEAR_NORMAL = 0.3
"""A mean of unit normals shorter than this points nowhere in particular, and is not used."""


SEEN_COSINE = 0.5
"""Skin turned at least this much towards a side counts as seen from it."""


class PlaceError(Refusal):
    """A place expression cannot be worked out; the text says why, without naming the record."""


class Placed(NamedTuple):
    """A place on the skin.

    Attributes
    ----------
    anchor : Anchor
    point : ndarray of float64, shape (3,)
        Millimetres, RAS, on the surface it was worked out on.
    normal : ndarray of float64, shape (3,)
        Unit outward normal there.
    moved_mm : float
        How far the last step, onto the skin, moved the point.
    """

    anchor: Anchor
    point: Vector
    normal: Vector
    moved_mm: float


class Places:
    """Works out place expressions on one surface.

    Parameters
    ----------
    landmarks : Landmarks
    surface : Surface
        The standard male.
    """

    def __init__(self, landmarks: Landmarks, surface: Surface) -> None:
        self._landmarks = landmarks
        self._surface = surface
        self._projector = Projector(surface.vertices, surface.triangles)
        self._known: dict[str, Placed] = {}

    def evaluate(self, expression: PlaceExpression) -> Placed:
        """Work out a place.

        Raises
        ------
        PlaceError
            A landmark is unknown, a direction does not exist there, or no skin lies that way.
        """
        if isinstance(expression, str):
            return self._landmark(expression)
        if expression.from_ is not None:
            start = self.evaluate(expression.from_)
            point, facing = start.point, start.normal
        else:
            point, facing = _along([self.evaluate(place) for place in expression.between], expression.at)
        segment = self._landmarks[first_landmark(expression)].segment
        return self._on_skin(self._offset(point, expression, segment), facing, expression, segment)

    def aim(self, aim: Mapping[Direction, float], expression: PlaceExpression, anchor: Anchor) -> Vector:
        """Return the unit vector of a needle at a place: a mixture of anatomical directions, or straight in.

        Raises
        ------
        PlaceError
            A direction does not exist there, or the directions cancel each other.
        """
        if not aim:
            return -self._normal(anchor)
        segment = self._landmarks[first_landmark(expression)].segment
        point = anchor.position(self._surface.vertices, self._surface.triangles)
        way = np.sum([share * self._direction(name, segment, point) for name, share in aim.items()], axis=0)
        length = float(np.linalg.norm(way))
        if length < CLEAR_NORMAL:
            raise PlaceError("the directions of the aim cancel each other")
        return np.asarray(way / length)

    def _landmark(self, landmark_id: str) -> Placed:
        if landmark_id not in self._known:
            if landmark_id not in self._landmarks:
                close = get_close_matches(landmark_id, self._landmarks.ids, n=1)
                hint = f' (did you mean "{close[0]}"?)' if close else ""
                raise PlaceError(f'there is no landmark "{landmark_id}"{hint}')
            anchor = self._landmarks.anchor(landmark_id)
            point = anchor.position(self._surface.vertices, self._surface.triangles)
            self._known[landmark_id] = Placed(anchor, point, self._normal(anchor), 0.0)
        return self._known[landmark_id]

    def _normal(self, anchor: Anchor) -> Vector:
        """Smooth unit normal: a single triangle's may be tilted by a wrinkle."""
        corners = self._surface.normals[self._surface.triangles[anchor.face]]
        normal = np.asarray(anchor.barycentric) @ corners.astype(np.float64)
        return np.asarray(normal / np.linalg.norm(normal))

    def _position(self, landmark_id: str) -> Vector:
        return self._landmark(landmark_id).point

    def _direction(self, name: Direction, segment: str, point: Vector) -> Vector:
        try:
            return direction(name, segment, point, self._position)
        except ValueError as error:
            raise PlaceError(str(error)) from error

    def _offset(self, point: Vector, spot: Spot, segment: str) -> Vector:
        # All directions are taken where the offset starts, so that their order does not matter.
        steps = [mm * self._direction(name, segment, point) for name, mm in spot.offset_mm.items()]
        return point + np.sum(steps, axis=0) if steps else point

    def _on_skin(self, point: Vector, facing: Vector, spot: Spot, segment: str) -> Placed:
        landing: Landing | None
        if spot.face is not None:
            way = self._direction(spot.face, segment, point)
            landing = self._projector.seen_from(point, way)
            if landing is None:
                # The line passes beside the body: take the nearest skin that an onlooker there still sees.
                landing = self._projector.closest(point, way, SEEN_COSINE)
        else:
            length = float(np.linalg.norm(facing))
            clear = facing / length if length >= CLEAR_NORMAL else None
            landing = self._projector.closest(point, clear)
        if landing is None:
            raise PlaceError(f'no skin lies {spot.face or "near"} of the place from "{first_landmark(spot)}"')
        return Placed(landing.anchor, landing.point, self._normal(landing.anchor), landing.distance_mm)


def first_landmark(expression: PlaceExpression) -> str:
    """Id of the landmark whose segment rules the directions of an expression."""
    while not isinstance(expression, str):
        expression = expression.between[0] if expression.from_ is None else expression.from_
    return expression


def _along(corners: Sequence[Placed], fraction: float) -> tuple[Vector, Vector]:
    """Point at a fraction of a straight polyline's length, and the normal, of any length, there."""
    points = np.stack([corner.point for corner in corners])
    normals = np.stack([corner.normal for corner in corners])
    travelled = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))))
    station = fraction * travelled[-1]
    values = np.concatenate((points, normals), axis=1)
    here = np.array([np.interp(station, travelled, column) for column in values.T])
    return here[:3], here[3:]
