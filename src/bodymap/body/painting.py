"""Painted pain as fields on the skin: how far each vertex is covered, and how strongly it hurts.

A stroke covers what lies within the brush's radius of its stops, measured along the skin, so that it never
bleeds from an arm to the flank. Its cover falls over `SOFT_MM`, half of it within the radius: wide enough for
a smooth border where the skin has its longest edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.body.human import Body
from bodymap.domain import Build, Fill, Pain, PainMark, Quality
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.geodesic import BATCH, Geodesics

SOFT_MM = 20.0
QUALITIES = tuple(Quality)
_INSIDE = 0.5
_SMOOTHED = 3
_TRACE = 0.02
_WORST = 10.0

Cover = tuple[NDArray[np.intp], NDArray[np.float32]]
"""Vertices, shape (k,), and how far each is covered, 0 to 1, shape (k,)."""

_NOTHING: Cover = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32))


@dataclass(frozen=True, eq=False)
class PainMap:
    """Painted pain on the body's vertices, never written to once it is made.

    Attributes
    ----------
    cover : ndarray of float32, shape (5, n)
        How far each quality covers each vertex, 0 to 1; its border lies at one half.
    intensity : ndarray of float32, shape (5, n)
        0 to 10, where it is covered.
    """

    cover: NDArray[np.float32]
    intensity: NDArray[np.float32]

    @cached_property
    def weight(self) -> NDArray[np.float32]:
        """How much each vertex hurts by its worst quality, 0 to 1, shape (n,)."""
        return np.asarray((self.cover * self.intensity).max(axis=0) / np.float32(_WORST))

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Vertices within the painted border, shape (n,)."""
        return np.asarray(((self.cover >= _INSIDE) & (self.intensity > 0)).any(axis=0))

    @property
    def is_empty(self) -> bool:
        """Whether nothing hurts."""
        return not self.inside.any()

    @cached_property
    def qualities(self) -> tuple[Quality, ...]:
        """Qualities of which some is painted."""
        return tuple(quality for quality in QUALITIES if self.of(quality).any())

    def of(self, quality: Quality) -> NDArray[np.bool_]:
        """Vertices within the border of one quality, shape (n,)."""
        row = QUALITIES.index(quality)
        return np.asarray((self.cover[row] >= _INSIDE) & (self.intensity[row] > 0))


class PainPainter:
    """Makes painted pain out of its marks, going on from what it made last.

    Parameters
    ----------
    body : Body
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self._made: list[tuple[Pain, PainMap]] = []
        self._cover = lru_cache(maxsize=1024)(self._make_cover)
        self._reach = lru_cache(maxsize=256)(self._make_reach)
        self._measures = lru_cache(maxsize=2)(self._make_measures)

    def painted(self, marks: Pain) -> PainMap:
        """Return what marks amount to, the later over the earlier."""
        begun, before = max(
            (made for made in self._made if marks[: len(made[0])] == made[0]),
            key=lambda made: len(made[0]),
            default=((), self._blank),
        )
        # While a stroke grows, what it begins with is asked for again and again, so that is kept longest.
        self._made.sort(key=lambda made: made[1] is before)
        if len(begun) == len(marks):
            return before
        cover, intensity = before.cover.copy(), before.intensity.copy()
        for mark in marks[len(begun) :]:
            _lay(mark, self._cover(mark), cover, intensity)
        made = PainMap(cover, intensity)
        self._made = [*self._made[-5:], (marks, made)]
        return made

    def make_ready(self, build: Build) -> None:
        """Load what a first stroke on a body would have to wait for."""
        self._reach(build, 10.0, (Anchor(0, (1.0, 0.0, 0.0)),))

    @cached_property
    def _blank(self) -> PainMap:
        shape = (len(QUALITIES), self._body.n_vertices)
        return PainMap(np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32))

    def _make_cover(self, mark: PainMark) -> Cover:
        if isinstance(mark, Fill):
            return self._filled(mark)
        stops = mark.stops
        # Whole batches stay as they are while a stroke grows: only its last stops are measured again.
        parts = [
            self._reach(mark.build, mark.radius_mm, stops[first : first + BATCH])
            for first in range(0, len(stops), BATCH)
        ]
        vertices, cover = _joined(parts)
        if not mark.mirrored:
            return vertices, cover
        return _joined([(vertices, cover), (self._body.mirror_vertices[vertices].astype(np.intp), cover)])

    @cached_property
    def _corner_counts(self) -> NDArray[np.intp]:
        """Three for each triangle around a vertex, shape (n,)."""
        return 3 * np.bincount(self._body.triangles.ravel(), minlength=self._body.n_vertices)

    def _filled(self, mark: Fill) -> Cover:
        try:
            cover = self._body.regions.skin_of(mark.region, mark.side).astype(np.float32)
        except KeyError:  # of another edition of the regions: the mark is kept, and shows nothing
            return _NOTHING
        # Regions end at vertices. Averaged with its neighbours the border runs smoothly between them, and two
        # regions side by side still meet.
        triangles = self._body.triangles
        corners, n = triangles.ravel(), len(cover)
        for _ in range(_SMOOTHED):
            sums = np.bincount(corners, np.repeat(cover[triangles].sum(axis=1), 3), minlength=n)
            # What no triangle of the outer skin touches (behind the eyelids) has no neighbours and stays.
            cover = np.where(self._corner_counts > 0, sums / np.maximum(self._corner_counts, 1), cover)
        vertices = np.flatnonzero(cover > _TRACE)
        return vertices, cover[vertices].astype(np.float32)

    def _make_reach(self, build: Build, radius_mm: float, stops: tuple[Anchor, ...]) -> Cover:
        limit = radius_mm + SOFT_MM / 2.0
        depth = self._measures(build).from_points(stops, limit, [radius_mm] * len(stops))
        cover = np.clip(_INSIDE - depth / SOFT_MM, 0.0, 1.0).astype(np.float32)
        # Between vertices further apart than the brush is wide a dab would leave no trace.
        for stop in stops:
            nearest = self._body.triangles[stop.face][int(np.argmax(stop.barycentric))]
            cover[nearest] = max(cover[nearest], np.float32(0.75))
        vertices = np.flatnonzero(cover)
        return vertices, cover[vertices]

    def _make_measures(self, build: Build) -> Geodesics:
        return Geodesics(self._body.vertices(build), self._body.triangles)


def _joined(parts: list[Cover]) -> Cover:
    """Cover of several parts together: at each vertex the largest."""
    vertices = np.concatenate([part[0] for part in parts])
    cover = np.concatenate([part[1] for part in parts])
    order = np.argsort(vertices, kind="stable")
    unique, first = np.unique(vertices[order], return_index=True)
    return unique, np.maximum.reduceat(cover[order], first) if len(first) else cover


def _lay(mark: PainMark, made: Cover, cover: NDArray[np.float32], intensity: NDArray[np.float32]) -> None:
    """Lay one mark over what was painted before it, in place."""
    vertices, added = made
    if mark.erases:
        cover[:, vertices] = np.minimum(cover[:, vertices], 1.0 - added)
        return
    row = QUALITIES.index(mark.quality)
    # The newer strength holds wherever the mark is at least as present as what was there.
    newer = vertices[(added >= _INSIDE) | (added >= cover[row, vertices])]
    intensity[row, newer] = mark.intensity
    cover[row, vertices] = np.maximum(cover[row, vertices], added)
