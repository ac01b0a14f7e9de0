"""Bones and muscles of the standard man, and the places on them that landmarks are taken from."""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent / "anatomy"))

from bodymap.body import Body
from bodymap.domain import Build, Sex, Side
from places import FittedPlaces, Place, read_places

Vector = NDArray[np.float64]

STANDARD = Build(sex=Sex.MALE)
BAND = 0.06
"""Half the part of a muscle's length that stands for one place along it."""
LEVEL_BAND_MM = 12.0
EDGE_SHARE = 0.04
"""Share of the vertices that make an edge: a single one may be a spike."""


class LeftInside:
    """The left half of what is under the skin of one build.

    Parameters
    ----------
    body : Body
    build : Build
    places : dict of str to Place, optional
        Named places on bones; read from their tables when not given.
    """

    def __init__(self, body: Body, build: Build = STANDARD, places: dict[str, Place] | None = None) -> None:
        points = body.inside_vertices(build).astype(np.float64)
        self._along = body.inside.along / 255.0
        self._parts = {
            structure.id: structure.vertices[0]
            for structure in body.inside.structures
            if structure.side is not Side.RIGHT
        }
        self._points = points
        self._places = read_places() if places is None else places

    @cached_property
    def _bones(self) -> FittedPlaces:
        return FittedPlaces(self._places, {name: self._points[part] for name, part in self._parts.items()})

    def bone_place(self, expression: str) -> Vector:
        """Place of the skeleton, shape (3,)."""
        return np.asarray(self._bones.point(expression))

    def muscle_place(self, expression: str, level_mm: float | None = None) -> Vector:
        """Place of a muscle, shape (3,): see `landmark_table`.

        Parameters
        ----------
        expression : str
        level_mm : float, optional
            Height of the landmark that the expression names, where it asks for one.
        """
        what, _, towards = expression.partition(" towards ")
        words = what.split(" level ")[0].split()
        names = [word for word in words if not word.startswith("@")]
        points = np.concatenate([self._points[self._parts[name]] for name in names])
        if level_mm is None:
            along = np.concatenate([self._along[self._parts[name]] for name in names])
            chosen = np.abs(along - float(words[-1].removeprefix("@"))) <= BAND
        else:
            chosen = np.abs(points[:, 2] - level_mm) <= LEVEL_BAND_MM
        points = points[chosen]
        if not towards:
            return np.asarray(points.mean(axis=0))
        reach = points @ np.array([float(number) for number in towards.split()])
        count = max(3, round(EDGE_SHARE * len(points)))
        return np.asarray(points[np.argsort(reach)[-count:]].mean(axis=0))
