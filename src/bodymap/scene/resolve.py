"""From what the user chose to what is to be seen: pure, without VTK, well under two milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np

from bodymap.body import Body
from bodymap.domain import (
    SKIN_ONLY,
    Build,
    LandmarkRef,
    Layers,
    Place,
    PointRef,
    Posture,
    Side,
    SkinRef,
    StructureRef,
)
from bodymap.geometry.anchors import Anchor, anchor_positions
from bodymap.geometry.surfaces import Surface
from bodymap.scene.frame import (
    Dermatome,
    InsideLook,
    LandmarkField,
    Mark,
    MarkKind,
    PainLook,
    Point,
    PointField,
    SceneFrame,
    SkinBytes,
    ZoneLayer,
    Zones,
)
from bodymap.scene.palette import ESSENTIAL, SLOTS, layer_colours
from bodymap.scene.shape import shown_surface


class PointSource(Protocol):
    """What drawing needs of the atlas."""

    @property
    def refs(self) -> tuple[PointRef, ...]:
        """Every point on every side."""

    def __hash__(self) -> int:
        """Identity: one atlas is read and kept."""

    def anchor(self, ref: PointRef, /) -> Anchor:
        """Where a point lies on the skin."""

    def zone(self, ref: PointRef, /) -> Zones:
        """Where a point refers to."""

    def dermatome_area(self, root: str, /) -> SkinBytes | None:
        """Skin that a nerve root supplies."""

    def place_name(self, place: Place, /) -> str:
        """Name of a place in words, with its side."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the user chose, as far as the picture depends on it.

    Attributes
    ----------
    build : Build
    posture : Posture
    selection : tuple of Place
        Points whose referral is shown, and chosen free sites.
    planned : tuple of Place
        The plan's sites in order; each is marked with its number, from one.
    hover : Place or None
    candidate : SkinRef or None
        Free site on offer.
    spread : float
        How far the referral has spread, 0 to 1.
    ground : str
        The theme's colour behind the body.
    with_points : bool
        Whether the atlas points are shown for picking.
    with_labels : bool
        Whether names are written; not in patient mode.
    layers : Layers
        Layers of the body that are open.
    pain : PainLook or None
        Painted pain that is shown.
    """

    build: Build = field(default_factory=Build)
    posture: Posture = Posture.APART
    selection: tuple[Place, ...] = ()
    planned: tuple[Place, ...] = ()
    hover: Place | None = None
    candidate: SkinRef | None = None
    spread: float = 1.0
    ground: str = "#F6F6F4"
    with_points: bool = True
    with_labels: bool = True
    layers: Layers = SKIN_ONLY
    pain: PainLook | None = None


def resolve(atlas: PointSource, body: Body, chosen: Chosen) -> SceneFrame:
    """Work out the picture.

    Raises
    ------
    KeyError
        A chosen point is not in the atlas.
    """
    points = point_field(atlas, body, chosen.build, chosen.posture)
    layers = _layers(atlas, points, chosen)
    return SceneFrame(
        build=chosen.build,
        posture=chosen.posture,
        ground=chosen.ground,
        layers=layers,
        marks=_marks(atlas, body, points, layers, chosen),
        points=points if chosen.with_points else None,
        spread=chosen.spread,
        inside=_inside(chosen),
        landmarks=landmark_field(body, chosen.build, chosen.posture) if chosen.layers.landmarks else None,
        dermatome=_dermatome(atlas, chosen.layers.root),
        pain=chosen.pain,
    )


def _dermatome(atlas: PointSource, root: str) -> Dermatome | None:
    area = atlas.dermatome_area(root) if root else None
    return None if area is None else Dermatome(root, area)


def _inside(chosen: Chosen) -> InsideLook:
    """Say what is to be seen under the skin; the same value for every closed body."""
    if not chosen.layers.is_open:
        return InsideLook(Layers(skin=chosen.layers.skin))
    lit = {
        StructureRef(place.point.partition(".")[0], place.side)
        for place in chosen.selection
        if isinstance(place, PointRef)
    }
    if chosen.layers.picked is not None:
        lit.add(chosen.layers.picked)
    return InsideLook(chosen.layers, frozenset(lit))


@lru_cache(maxsize=4)
def point_field(atlas: PointSource, body: Body, build: Build, posture: Posture = Posture.APART) -> PointField:
    """Place every point of the atlas on a build in a posture."""
    anchors = [atlas.anchor(ref) for ref in atlas.refs]
    faces = np.asarray([anchor.face for anchor in anchors], dtype=np.int64)
    weights = np.asarray([anchor.barycentric for anchor in anchors], dtype=np.float64).reshape(-1, 3)
    surface = shown_surface(body, build, posture)
    normals = anchor_positions(faces, weights, surface.normals, surface.triangles)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    return PointField(
        refs=atlas.refs,
        xyz_mm=anchor_positions(faces, weights, surface.vertices, surface.triangles),
        normals=normals,
        index={ref: row for row, ref in enumerate(atlas.refs)},
    )


@lru_cache(maxsize=4)
def landmark_field(body: Body, build: Build, posture: Posture) -> LandmarkField:
    """Place every landmark, on both sides, on a build in a posture."""
    refs: list[LandmarkRef] = []
    for record in body.landmarks:
        sides = tuple(Side) if record.paired else (None,)
        refs.extend(LandmarkRef(record.id, side) for side in sides)
    anchors = [body.landmarks.anchor(ref.id, ref.side or Side.LEFT) for ref in refs]
    faces = np.asarray([anchor.face for anchor in anchors], dtype=np.int64)
    weights = np.asarray([anchor.barycentric for anchor in anchors], dtype=np.float64).reshape(-1, 3)
    surface = shown_surface(body, build, posture)
    normals = anchor_positions(faces, weights, surface.normals, surface.triangles)
    return LandmarkField(
        refs=tuple(refs),
        names=tuple(
            english[:1].upper() + english[1:] for english in (body.landmarks[r.id].english for r in refs)
        ),
        xyz_mm=anchor_positions(faces, weights, surface.vertices, surface.triangles),
        normals=normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12),
    )


def _layers(atlas: PointSource, points: PointField, chosen: Chosen) -> tuple[ZoneLayer, ...]:
    refs = [place for place in dict.fromkeys(chosen.selection) if isinstance(place, PointRef)]
    colours = layer_colours(len(refs))
    return tuple(
        ZoneLayer(
            place=ref,
            slot=place % len(SLOTS),
            colour=colours[place],
            label=atlas.place_name(ref) if chosen.with_labels else "",
            start_mm=_row(points.xyz_mm, points.index[ref]),
            zones=atlas.zone(ref),
        )
        for place, ref in enumerate(refs)
    )


def _marks(
    atlas: PointSource, body: Body, points: PointField, layers: tuple[ZoneLayer, ...], chosen: Chosen
) -> tuple[Mark, ...]:
    surface = shown_surface(body, chosen.build, chosen.posture)
    own_colours: dict[Place, str] = {layer.place: layer.colour for layer in layers}
    numbers: dict[Place, int] = {}
    for number, place in enumerate(chosen.planned, start=1):
        numbers.setdefault(place, number)
    wanted: dict[Place, MarkKind] = dict.fromkeys(chosen.planned, MarkKind.PLANNED)
    if chosen.candidate is not None:
        wanted.setdefault(chosen.candidate, MarkKind.CANDIDATE)
    wanted.update(dict.fromkeys(chosen.selection, MarkKind.SELECTED))
    if chosen.hover is not None and wanted.get(chosen.hover) is not MarkKind.SELECTED:
        wanted[chosen.hover] = MarkKind.HOVERED
    marks = []
    for place, kind in wanted.items():
        xyz, normal = _spot(place, points, surface)
        alone = kind is MarkKind.SELECTED and len(chosen.selection) == 1  # several are named by the legend
        named = chosen.with_labels and (place == chosen.hover or alone)
        label = atlas.place_name(place) if named else ""
        marks.append(
            Mark(place, kind, xyz, normal, own_colours.get(place, ESSENTIAL), label, numbers.get(place, 0))
        )
    order = list(MarkKind)
    return tuple(sorted(marks, key=lambda mark: order.index(mark.kind)))


def _spot(place: Place, points: PointField, surface: Surface) -> tuple[Point, Point]:
    if isinstance(place, PointRef):
        row = points.index[place]
        return _row(points.xyz_mm, row), _row(points.normals, row)
    anchor = Anchor(place.face, place.barycentric)
    normal = anchor.position(surface.normals, surface.triangles)
    normal /= max(float(np.linalg.norm(normal)), 1e-12)
    xyz = anchor.position(surface.vertices, surface.triangles)
    return _row(xyz[None], 0), _row(normal[None], 0)


def _row(rows: np.ndarray[tuple[int, ...], np.dtype[np.float64]], index: int) -> Point:
    x, y, z = rows[index].tolist()
    return (x, y, z)
