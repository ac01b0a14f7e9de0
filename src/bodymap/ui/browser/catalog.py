"""What the browser lists, as plain values: muscles with their points, regions with the points felt there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bodymap.atlas import Atlas, Muscle, Risk, TriggerPoint, ZoneSpec
from bodymap.atlas.nerves import nerves_in
from bodymap.body import Body
from bodymap.domain import PointRef, Side

AREAS = (
    "head",
    "neck",
    "shoulder",
    "arm",
    "elbow",
    "forearm",
    "hand",
    "chest",
    "back",
    "abdomen",
    "pelvis",
    "thigh",
    "knee",
    "leg",
    "foot",
)
"""Areas of the body from head to foot, the groups of the region vocabulary."""


@dataclass(frozen=True, slots=True)
class PointEntry:
    """A trigger point in the list.

    Attributes
    ----------
    id : str
        Full point id.
    label : str
        Classic label, or its part of the muscle such as ``"Upper"``; empty for a lone point.
    name : str
        Muscle and label in one.
    place : str
        Where it is, in words.
    risk : Risk
    sides : tuple of Side
        The sides on which it exists.
    """

    id: str
    label: str
    name: str
    place: str
    risk: Risk
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class MuscleEntry:
    """A muscle in the list; ``reason`` says why a search found it, where that is not plain."""

    id: str
    name: str
    group: str
    area: str
    roots: tuple[str, ...]
    nerves: tuple[str, ...]
    points: tuple[PointEntry, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FeltPoint:
    """A point that is felt in a region."""

    point_id: str
    muscle_id: str
    name: str
    is_essential: bool


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A region in the list, with the points felt there, the essential ones first."""

    id: str
    name: str
    area: str
    points: tuple[FeltPoint, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything the browser can list, in the order of the atlas."""

    muscles: tuple[MuscleEntry, ...] = ()
    regions: tuple[RegionEntry, ...] = ()

    @property
    def point_count(self) -> int:
        """Points on one side of the body."""
        return sum(len(muscle.points) for muscle in self.muscles)

    def sides_of(self, point_id: str) -> tuple[Side, ...]:
        """Return the sides on which a point exists; both for one that is not listed."""
        for muscle in self.muscles:
            for point in muscle.points:
                if point.id == point_id:
                    return point.sides
        return (Side.LEFT, Side.RIGHT)


def read_catalog(atlas: Atlas, body: Body) -> Catalog:
    """List an atlas; a muscle is listed under the area of skin that its first point lies in."""
    regions = body.regions

    def area_of_point(point_id: str) -> str:
        ref = PointRef(point_id, atlas.point(point_id).sides[0])
        region_id, _ = regions.at(atlas.anchor(ref))
        return regions.region(region_id).group

    vocabulary = [(region.id, region.english, region.group) for region in regions.vocabulary]
    return make_catalog(atlas.muscles, atlas.point_name, area_of_point, vocabulary)


def make_catalog(
    muscles: Iterable[Muscle],
    name_of_point: Callable[[str], str],
    area_of_point: Callable[[str], str],
    regions: Sequence[tuple[str, str, str]],
) -> Catalog:
    """Build the lists from the records of the atlas.

    Parameters
    ----------
    muscles : iterable of Muscle
    name_of_point : callable
        Full point id -> its name with the muscle, without a side.
    area_of_point : callable
        Full point id -> the area of the body it lies in, one of `AREAS`.
    regions : sequence of (id, name, area)
        The region vocabulary in its order.
    """
    records = tuple(muscles)
    felt = _felt_in(records, name_of_point)
    return Catalog(
        muscles=tuple(_muscle_entry(muscle, name_of_point, area_of_point) for muscle in records),
        regions=tuple(
            RegionEntry(region_id, name[:1].upper() + name[1:], area, tuple(felt[region_id]))
            for region_id, name, area in regions
            if felt.get(region_id)
        ),
    )


def point_label(muscle: Muscle, point: TriggerPoint) -> str:
    """Return the classic label of a point, else its part of the muscle; empty for a lone point."""
    if point.label:
        return point.label
    return "" if len(muscle.points) == 1 else point.id.replace("_", " ").capitalize()


def _muscle_entry(
    muscle: Muscle, name_of_point: Callable[[str], str], area_of_point: Callable[[str], str]
) -> MuscleEntry:
    return MuscleEntry(
        id=muscle.id,
        name=muscle.short_name,
        group=muscle.group,
        area=area_of_point(muscle.point_id(muscle.points[0])),
        roots=muscle.roots,
        nerves=nerves_in(muscle.nerve),
        points=tuple(_point_entry(muscle, point, name_of_point) for point in muscle.points),
    )


def _point_entry(muscle: Muscle, point: TriggerPoint, name_of_point: Callable[[str], str]) -> PointEntry:
    needling = point.needling.merged_into(muscle.needling) if point.needling else muscle.needling
    return PointEntry(
        id=muscle.point_id(point),
        label=point_label(muscle, point),
        name=name_of_point(muscle.point_id(point)),
        place=point.place_text,
        risk=needling.risk,
        sides=point.sides,
    )


def _felt_in(muscles: Iterable[Muscle], name_of_point: Callable[[str], str]) -> Mapping[str, list[FeltPoint]]:
    felt: dict[str, list[FeltPoint]] = {}
    for muscle in muscles:
        for point in muscle.points:
            name = name_of_point(muscle.point_id(point))
            for zone, is_essential in ((point.pattern.essential, True), (point.pattern.spillover, False)):
                for region in _regions(zone):
                    entries = felt.setdefault(region, [])
                    entry = FeltPoint(muscle.point_id(point), muscle.id, name, is_essential)
                    if all(entry.point_id != other.point_id for other in entries):
                        entries.append(entry)
    for entries in felt.values():
        entries.sort(key=lambda entry: not entry.is_essential)
    return felt


def _regions(zone: ZoneSpec | None) -> tuple[str, ...]:
    return zone.regions if zone is not None else ()
