"""Which muscles and regions a search and the filters leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bodymap.atlas import Hit, Risk
from bodymap.atlas.nerves import NERVES
from bodymap.ui.browser.catalog import Catalog, MuscleEntry, RegionEntry

_OBVIOUS = {"name", "abbreviation", "common name", "Latin", "point"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the user narrowed the lists to; an empty string or None narrows nothing.

    Attributes
    ----------
    text : str
        The search as typed, stripped.
    hits : tuple of Hit, optional
        What the search found, the best first; None while nothing is searched.
    area, group, root, nerve : str
    risk : Risk, optional
        The most careful class still listed.
    """

    text: str = ""
    hits: tuple[Hit, ...] | None = None
    area: str = ""
    group: str = ""
    root: str = ""
    nerve: str = ""
    risk: Risk | None = None

    @property
    def is_narrowing(self) -> bool:
        """Whether one of the filters is set."""
        return bool(self.area or self.group or self.root or self.nerve or self.risk)


def muscles_left(catalog: Catalog, narrowed: Filter) -> tuple[MuscleEntry, ...]:
    """Return the muscles that pass, in the order of the atlas, or of the search while searching.

    While searching, a muscle keeps the points that the search speaks of, and says why it was found.
    """
    passing = {muscle.id: muscle for muscle in catalog.muscles if _passes(muscle, narrowed)}
    if narrowed.hits is None:
        return tuple(passing.values())
    return tuple(_found(passing[hit.muscle], hit) for hit in narrowed.hits if hit.muscle in passing)


def regions_left(catalog: Catalog, narrowed: Filter) -> tuple[RegionEntry, ...]:
    """Return the regions whose name has the words of the search, with the points that pass the filters."""
    words = narrowed.text.casefold().split()
    muscles = {muscle.id for muscle in catalog.muscles if _passes(muscle, narrowed, ignore_area=True)}
    left = []
    for region in catalog.regions:
        if narrowed.area and region.area != narrowed.area:
            continue
        if not all(word in f"{region.name} {region.area}".casefold() for word in words):
            continue
        points = tuple(point for point in region.points if point.muscle_id in muscles)
        if points:
            left.append(RegionEntry(region.id, region.name, region.area, points))
    return tuple(left)


def groups_in(catalog: Catalog, area: str) -> Sequence[str]:
    """Muscle groups of an area ("" for all), in the order of the atlas."""
    return tuple(dict.fromkeys(m.group for m in catalog.muscles if not area or m.area == area))


def roots_in(catalog: Catalog) -> Sequence[str]:
    """Nerve roots from head to foot."""
    found = {root for muscle in catalog.muscles for root in muscle.roots}
    return sorted(found, key=_root_order)


def nerves_in(catalog: Catalog) -> Sequence[str]:
    """Peripheral nerves of the listed muscles, from head to foot."""
    found = {nerve for muscle in catalog.muscles for nerve in muscle.nerves}
    return tuple(nerve for nerve in NERVES if nerve in found)


def _passes(muscle: MuscleEntry, narrowed: Filter, ignore_area: bool = False) -> bool:
    if not ignore_area and narrowed.area and muscle.area != narrowed.area:
        return False
    if narrowed.group and muscle.group != narrowed.group:
        return False
    if narrowed.root and narrowed.root not in muscle.roots:
        return False
    if narrowed.nerve and narrowed.nerve not in muscle.nerves:
        return False
    if narrowed.risk is None:
        return True
    classes = list(Risk)
    return any(classes.index(point.risk) <= classes.index(narrowed.risk) for point in muscle.points)


def _found(muscle: MuscleEntry, hit: Hit) -> MuscleEntry:
    points = tuple(point for point in muscle.points if point.id in hit.points)
    reason = "" if hit.kind in _OBVIOUS else f"{hit.kind}: {hit.text}"
    return replace(muscle, points=points or muscle.points, reason=reason)


def _root_order(root: str) -> tuple[int, int, str]:
    """Cranial nerves, then the spine from neck to sacrum."""
    level, number = "CTLS".find(root[:1]), root[1:]
    return (level, int(number), "") if level >= 0 and number.isdigit() else (-1, 0, root)
