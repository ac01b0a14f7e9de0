"""How much of each skin region a zone shades, measured on the standard male."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.fields import INSIDE
from bodymap.body import Body
from bodymap.domain import Build, Side
from bodymap.geometry.surfaces import vertex_areas_mm2

RegionSide = tuple[str, Side | None]
"""A region on one side; None for a region on the midline."""


class Coverage:
    """Measures zones against the regions.

    Parameters
    ----------
    body : Body
    """

    def __init__(self, body: Body) -> None:
        self._body = body

    @cached_property
    def vertex_areas_mm2(self) -> NDArray[np.float64]:
        """Area of skin that belongs to each vertex, shape (n,); zero for the inner skin."""
        surface = self._body.surface(Build())
        return vertex_areas_mm2(surface.vertices, surface.triangles)

    @cached_property
    def _keys(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Region and side of each vertex as one number, and the same read off its mirror partner.

        They differ only on the midline between the halves of a paired region, where a vertex is half of each.
        """
        regions = self._body.regions
        region, side = regions.of_vertex.astype(np.int64), regions.side_of_vertex
        partner = self._body.mirror_vertices
        nowhere = 3 * len(regions.ids)
        own = np.where(region >= 0, region * 3 + side + 1, nowhere)
        mirrored = np.where(region >= 0, region[partner] * 3 - side[partner] + 1, nowhere)
        return own, mirrored

    @cached_property
    def region_areas_mm2(self) -> dict[RegionSide, float]:
        """Whole area of each region on each side."""
        return self._summed(np.arange(self._body.n_vertices))

    def areas_mm2(self, vertices: NDArray[np.integer], field: NDArray[np.uint8]) -> dict[RegionSide, float]:
        """Area that a zone shades in each region it touches.

        Parameters
        ----------
        vertices : ndarray of int, shape (k,)
        field : ndarray of uint8, shape (k,)
        """
        return self._summed(vertices[field > INSIDE])

    def shares(self, vertices: NDArray[np.integer], field: NDArray[np.uint8]) -> dict[RegionSide, float]:
        """Share, 0 to 1, of each region that a zone shades; regions it does not touch are left out."""
        areas = self.areas_mm2(vertices, field)
        return {key: area / self.region_areas_mm2[key] for key, area in areas.items()}

    def _summed(self, vertices: NDArray[np.integer]) -> dict[RegionSide, float]:
        ids = self._body.regions.ids
        count = 3 * len(ids)
        sums = np.zeros(count)
        for keys in self._keys:
            halves = self.vertex_areas_mm2[vertices] / 2.0
            sums += np.bincount(keys[vertices], halves, minlength=count + 1)[:count]
        sides = (Side.LEFT, None, Side.RIGHT)
        return {(ids[key // 3], sides[key % 3]): float(sums[key]) for key in np.flatnonzero(sums > 0.0)}
