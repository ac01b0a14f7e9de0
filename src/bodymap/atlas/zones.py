"""Referral zones worked out on the skin; used where the atlas is compiled, never at run time.

A zone is kept as a field on the vertices, half way between empty and full at its border, so that a fragment
shader which cuts at the half draws a crisp border at any zoom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.expressions import Places
from bodymap.atlas.fields import FIELD_WIDTH_MM, field_bytes
from bodymap.atlas.shapes import Pattern, PlaceExpression, Referral, Shape, ZoneSpec
from bodymap.body import Body
from bodymap.domain import Build, Refusal, Side
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.geodesic import Geodesics

Field = NDArray[np.float64]
RegionSides = frozenset[tuple[str, Side]]

MARGIN_MM = FIELD_WIDTH_MM / 2.0 + 1.0
"""How far outside a border the distance matters."""

DEEP_MARGIN_MM = 6.0
"""Dashes reach a little beyond an essential zone that is felt deep, so that its border is dashed too."""

SMOOTHING_ROUNDS = 4
"""Region labels sit on vertices; this many rounds of averaging take the saw teeth off a region's border."""


class ZoneError(Refusal):
    """A zone cannot be worked out; the text says why, without naming the record."""


class ZonePainter:
    """Works out patterns on the left side of the standard body, keeping what several of them share.

    Parameters
    ----------
    body : Body
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self._surface = body.surface(Build())
        self.places = Places(body.landmarks, self._surface)
        self._geodesics = Geodesics(self._surface.vertices, self._surface.triangles)
        self._borders: dict[RegionSides, Field] = {}

    def bytes_of(self, pattern: Pattern) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
        """Essential, spillover and deep field of a pattern, each of shape (n,) and dtype uint8.

        The spillover field holds the essential zone too, so the two together have no seam.

        Raises
        ------
        PlaceError, ZoneError
            A place or a region of a shape cannot be worked out.
        """
        both = pattern.referral is Referral.BOTH
        essential = self._zone(pattern.essential, both)
        spillover = np.minimum(self._zone(pattern.spillover, both), essential)
        return field_bytes(essential), field_bytes(spillover), field_bytes(self._deep(pattern, essential))

    def _deep(self, pattern: Pattern, essential: Field) -> Field:
        """Signed distance to the skin that only stands for what is felt under it, such as behind the eye.

        The two zones are asked apart: the eye may be felt deep within, and the brow above it as such.
        """
        near = essential - DEEP_MARGIN_MM
        inside = np.maximum(self._shown_deep(pattern.essential), near)
        around = np.maximum(self._shown_deep(pattern.spillover), -essential)
        return np.asarray(np.minimum(inside, around))

    def _shown_deep(self, spec: ZoneSpec | None) -> Field:
        named = set(spec.regions) if spec is not None else set()
        deep = (r for r in self._body.regions.vocabulary if r.kind == "deep" and r.id in named)
        shown = {on for region in deep for on in region.shown_on} - named
        if not shown:
            return np.full(self._body.n_vertices, np.inf)
        return self._region_field(frozenset((on, side) for on in shown for side in Side))

    def zone_bytes(self, spec: ZoneSpec) -> NDArray[np.uint8]:
        """Field of a zone on the left, shape (n,).

        Raises
        ------
        PlaceError, ZoneError
            A place or a region of a shape cannot be worked out.
        """
        return field_bytes(self._zone(spec, both=False))

    def _zone(self, spec: ZoneSpec | None, both: bool) -> Field:
        fields = [np.full(self._body.n_vertices, np.inf)]
        if spec is None:
            return fields[0]
        filled: set[tuple[str, Side]] = set()
        for shape in spec.shapes:
            sides = tuple(Side) if both else (_side(shape),)
            if shape.fill is not None and not shape.within:
                filled |= {(shape.fill, side) for side in sides}
                continue
            field = self._shape(shape, tuple(Side) if both else (Side.LEFT,))
            fields += [field if side is Side.LEFT else self._mirrored(field) for side in sides]
        if filled:
            # All at once: the border between two filled regions is no border of the zone.
            fields.append(self._region_field(frozenset(filled)))
        return np.asarray(np.minimum.reduce(fields))

    def _shape(self, shape: Shape, cut_sides: Sequence[Side]) -> Field:
        """Signed distance to a shape's border on the left, cut to its regions on the given sides."""
        if shape.fill is not None:
            field = self._region_field(frozenset({(shape.fill, Side.LEFT)}))
        elif shape.blob is not None:
            field = self._discs([self._anchor(shape.blob)], [shape.radius_mm or 0.0])
        else:
            field = self._stroke(shape)
        if shape.within:
            cut = frozenset((region_id, side) for region_id in shape.within for side in cut_sides)
            field = np.maximum(field, self._region_field(cut))
        return field

    def _stroke(self, shape: Shape) -> Field:
        width_mm = shape.width_mm
        count = len(shape.stroke)
        widths = width_mm if isinstance(width_mm, tuple) else (width_mm or 0.0,) * count
        corners = [self._anchor(place) for place in shape.stroke]
        anchors, radii = [corners[0]], [widths[0] / 2.0]
        for index in range(1, count):
            # Close enough that the discs' envelope is a smooth band (it sags by under 2 % of its width).
            spacing_mm = float(np.clip(min(widths[index - 1 : index + 1]) / 6.0, 2.0, 12.0))
            line = self._geodesics.line(corners[index - 1], corners[index], spacing_mm)
            anchors += line[1:]
            radii += list(np.linspace(widths[index - 1], widths[index], len(line))[1:] / 2.0)
        return self._discs(anchors, radii)

    def _discs(self, anchors: Sequence[Anchor], radii_mm: Sequence[float]) -> Field:
        return self._geodesics.from_points(anchors, max(radii_mm) + MARGIN_MM, radii_mm)

    def _anchor(self, place: PlaceExpression) -> Anchor:
        return self.places.evaluate(place).anchor

    def _mirrored(self, field: Field) -> Field:
        return np.asarray(field[self._body.mirror_vertices])

    def _region_field(self, wanted: RegionSides) -> Field:
        """Signed distance to the border of regions taken together."""
        if wanted not in self._borders:
            inside = self.region_mask(wanted)
            smooth = self._smoothed(np.where(inside, 1.0, -1.0))
            self._borders[wanted] = self._geodesics.from_level(smooth, MARGIN_MM)
        return self._borders[wanted]

    def region_mask(self, wanted: Iterable[tuple[str, Side]]) -> NDArray[np.bool_]:
        """Whether each vertex lies in one of the regions; deep ones stand for the skin that shows them."""
        mask = np.zeros(self._body.n_vertices, dtype=np.bool_)
        for region_id, side in wanted:
            try:
                mask |= self._body.regions.skin_of(region_id, side)
            except KeyError:
                raise ZoneError(f'there is no region "{region_id}"') from None
        return mask

    @cached_property
    def _neighbours(self) -> NDArray[np.intp]:
        corners = self._surface.triangles.astype(np.intp)
        ends = np.concatenate((corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]))
        return np.concatenate((ends, ends[:, ::-1])).T

    def _smoothed(self, values: Field) -> Field:
        start, end = self._neighbours
        count = np.maximum(np.bincount(start, minlength=len(values)), 1)
        for _ in range(SMOOTHING_ROUNDS):
            mean = np.bincount(start, values[end], minlength=len(values)) / count
            values = (values + mean) / 2.0
        # The zero level must not run through a vertex exactly.
        return np.where(np.abs(values) < 1e-6, -1e-6, values)


def _side(shape: Shape) -> Side:
    return Side.RIGHT if shape.side == "opposite" else Side.LEFT
