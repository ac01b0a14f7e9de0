"""Named regions of the skin: every place on it lies in exactly one, save the inside of the mouth."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Side
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.files import asset_path

INSIDE_MOUTH = -1
"""Label of the mesh behind the lips, which no one sees and no region has."""
LIPS = "nose_upper_lip"
"""What a place in there is called all the same."""


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named region.

    Attributes
    ----------
    id : str
    english : str
        Name on screen and paper, without a side.
    group : str
        Part of the body it is listed under.
    side : str
        ``"paired"``: one on each side; ``"midline"``: one that crosses the midline.
    kind : str
        ``"surface"``: a patch of skin; ``"deep"``: felt inside, so it has no skin of its own.
    definition : str
        Its borders in terms of landmarks.
    display_on : tuple of str
        Surface regions that show a deep one; empty for surface regions.
    """

    id: str
    english: str
    group: str
    side: Literal["paired", "midline"]
    kind: Literal["surface", "deep"]
    definition: str
    display_on: tuple[str, ...] = ()

    @property
    def paired(self) -> bool:
        """Whether there is one on each side."""
        return self.side == "paired"

    @property
    def shown_on(self) -> tuple[str, ...]:
        """Surface regions that show it: itself, or those of a deep one."""
        return self.display_on if self.kind == "deep" else (self.id,)


class RegionRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region as the vocabulary file stores it, under its id."""

    english: str
    group: str
    side: Literal["paired", "midline"]
    kind: Literal["surface", "deep"]
    definition: str
    display_on: tuple[str, ...] = ()


class RegionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The vocabulary file."""

    note: str
    regions: dict[str, RegionRecord]


class RegionMap:
    """The regions, and which vertex of the skin belongs to which.

    Parameters
    ----------
    ids : tuple of str
        Surface regions, in the vocabulary's order.
    of_vertex : ndarray of int16, shape (n,)
        Index into `ids` of every vertex, or `INSIDE_MOUTH`.
    side_of_vertex : ndarray of int8, shape (n,)
        -1 left, +1 right, 0 in a midline region or none. Vertices on the midline between the two halves of a
        paired region count as left.
    half_of_vertex : ndarray of int8, shape (n,)
        -1 left of the midline, 0 on it, +1 right.
    triangles : callable
        Gives the body's outer skin, shape (m, 3).
    """

    def __init__(
        self,
        ids: tuple[str, ...],
        of_vertex: NDArray[np.int16],
        side_of_vertex: NDArray[np.int8],
        half_of_vertex: NDArray[np.int8],
        triangles: Callable[[], NDArray[np.int32]],
    ) -> None:
        self.ids = ids
        self.of_vertex = of_vertex
        self.side_of_vertex = side_of_vertex
        self._half_of_vertex = half_of_vertex
        self._triangles = triangles

    @cached_property
    def _by_id(self) -> dict[str, Region]:
        stored = msgspec.json.decode(asset_path("regions.json").read_bytes(), type=RegionFile)
        return {
            region_id: Region(id=region_id, **msgspec.structs.asdict(record))
            for region_id, record in stored.regions.items()
        }

    @property
    def vocabulary(self) -> tuple[Region, ...]:
        """Every region, deep ones included, from head to foot."""
        return tuple(self._by_id.values())

    def region(self, region_id: str) -> Region:
        """Return the region with this id, surface or deep.

        Raises
        ------
        KeyError
            There is no such region.
        """
        return self._by_id[region_id]

    def at(self, anchor: Anchor) -> tuple[str, Side]:
        """Region under a place on the outer skin, and its side of the body.

        The region is that of the triangle's corner with the largest weight. In a midline region the side
        is that of the place itself.
        """
        corners = self._triangles()[anchor.face]
        vertex = int(corners[int(np.argmax(anchor.barycentric))])
        # No triangle crosses the midline, so its corners agree on the half, save those on the midline itself.
        half = int(self._half_of_vertex[corners].sum())
        return self.at_vertex(vertex), Side.LEFT if half < 0 else Side.RIGHT

    def at_vertex(self, vertex: int) -> str:
        """Region of a vertex of the skin; the inside of the mouth counts as the lips."""
        label = int(self.of_vertex[vertex])
        return LIPS if label == INSIDE_MOUTH else self.ids[label]

    def skin_of(self, region_id: str, side: Side | None = None) -> NDArray[np.bool_]:
        """Vertices of the skin that shows a region, surface or deep, shape (n,).

        Parameters
        ----------
        region_id : str
        side : Side, optional
            That one of paired skin only; skin on the midline is never cut.

        Raises
        ------
        KeyError
            There is no such region.
        """
        masks = (
            self.vertices_in(shown, side if self.region(shown).paired else None)
            for shown in self.region(region_id).shown_on
        )
        return np.asarray(np.logical_or.reduce(list(masks)), dtype=np.bool_)

    def vertices_in(self, region_id: str, side: Side | None = None) -> NDArray[np.bool_]:
        """Vertices of a surface region, shape (n,).

        Parameters
        ----------
        region_id : str
        side : Side, optional
            That half only; a midline region is cut at the midline, whose own vertices belong to both halves.

        Raises
        ------
        KeyError
            There is no such surface region.
        """
        if region_id not in self.ids:
            raise KeyError(region_id)
        chosen = self.of_vertex == self.ids.index(region_id)
        if side is not None:
            chosen &= self._half_of_vertex != (1 if side is Side.LEFT else -1)
        return np.asarray(chosen)


def read_regions(triangles: Callable[[], NDArray[np.int32]]) -> RegionMap:
    """Read the painted regions.

    Parameters
    ----------
    triangles : callable
        Gives the body's outer skin, shape (m, 3), when a place is first asked for.

    Raises
    ------
    FileNotFoundError
        The program's own files are missing.
    """
    with np.load(asset_path("meshes/regions.npz"), allow_pickle=False) as stored:
        return RegionMap(
            ids=tuple(str(name) for name in stored["ids"]),
            of_vertex=stored["label"],
            side_of_vertex=stored["side"],
            half_of_vertex=stored["half"],
            triangles=triangles,
        )
