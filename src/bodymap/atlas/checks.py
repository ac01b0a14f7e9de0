"""Checks of the atlas, one function per invariant; every problem is reported, none is raised.

Errors are what must not ship. Advice is what a person should look at: a muscle may well lie deeper at one
point than its record says of it as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bodymap.atlas.atlas import Atlas
from bodymap.atlas.hazards import HAZARDS
from bodymap.atlas.needle_checks import needle_problems
from bodymap.atlas.records import Flag, Muscle, Needling, Risk, TriggerPoint
from bodymap.atlas.safety import HAZARDS_BY_MUSCLE, HAZARDS_BY_REGION, LUNG_REGIONS, NEVER_NEEDLED
from bodymap.atlas.zone_checks import zone_problems
from bodymap.body import Body
from bodymap.domain import Build, PointRef, Side

MIDLINE_SLACK_MM = 3.0
"""A left point may lie this far over the midline, for muscles that cross it."""


class Grade(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True)
class Problem:
    """Something wrong with a record.

    Attributes
    ----------
    record : str
        Id of the muscle, or full id of the point.
    what : str
        One clear sentence.
    grade : Grade
    """

    record: str
    what: str
    grade: Grade = Grade.ERROR

    def __str__(self) -> str:
        return f"{'fault' if self.grade is Grade.ERROR else 'note'}: {self.record}: {self.what}"


def check_atlas(atlas: Atlas, body: Body) -> tuple[Problem, ...]:
    """Run every check; empty when the atlas is in order."""
    return tuple(problem for check in CHECKS for problem in check(atlas, body))


def check_ids(atlas: Atlas, _: Body) -> Iterator[Problem]:
    """Muscle ids are unique, and so are the points' within a muscle."""
    yield from _doubled(muscle.id for muscle in atlas.muscles)
    yield from _doubled(muscle.point_id(point) for muscle, point in _points(atlas))


def check_texts(atlas: Atlas, _: Body) -> Iterator[Problem]:
    """No text is blank, and every muscle says what patients and clinicians look it up by."""
    for muscle in atlas.muscles:
        for field in (*_TEXTS_OF_MUSCLE, *_LISTS_OF_MUSCLE):
            value = getattr(muscle, field)
            lines = (value,) if isinstance(value, str) else value
            if not lines or any(not line.strip() for line in lines):
                yield Problem(muscle.id, f"{field} is empty")
        for field in ("does", "felt", "helps"):
            if not getattr(muscle.patient, field).strip():
                yield Problem(muscle.id, f"the patient's line {field} is empty")
    for muscle, point in _points(atlas):
        for field in ("place_text", "pattern_text"):
            if not getattr(point, field).strip():
                yield Problem(muscle.point_id(point), f"{field} is empty")


def check_sources(atlas: Atlas, _: Body) -> Iterator[Problem]:
    """Every point names a source, and every source is in the table."""
    for muscle, point in _points(atlas):
        for source in point.sources:
            if source.partition(":")[0] not in atlas.sources:
                yield Problem(muscle.point_id(point), f'the source "{source}" is not in the table of sources')


def check_patterns_exist(atlas: Atlas, _: Body) -> Iterator[Problem]:
    """Every point has an essential zone, unless it is known to give no pain."""
    for muscle, point in _points(atlas):
        painless = Flag.NO_PAIN in point.flags or Flag.GOOSEFLESH in point.flags
        if point.pattern.essential is None and not painless:
            yield Problem(muscle.point_id(point), "there is no essential zone")


def check_needling(atlas: Atlas, _: Body) -> Iterator[Problem]:
    """Needle length and aim are given exactly where needling is not advised against."""
    for record, needling in _needlings(atlas):
        advised_against = needling.risk is Risk.NOT_RECOMMENDED
        if advised_against and needling.length_mm is not None:
            yield Problem(record, "needling is not recommended, yet a needle length is given")
        if advised_against and needling.approach is not None:
            yield Problem(record, "needling is not recommended, yet an approach is given")
        if advised_against:
            continue
        if needling.length_mm is None:
            yield Problem(record, "there is no needle length")
        elif needling.length_mm[0] > needling.length_mm[1]:
            yield Problem(record, "the shortest needle is longer than the longest")
        elif needling.length_mm[1] > 150.0:
            yield Problem(record, "no needle is longer than 150 mm")
        for field in ("approach", "positions", "direction", "target"):
            if not getattr(needling, field):
                yield Problem(record, f"needling: {field} is empty")


def check_never_needled(atlas: Atlas, _: Body) -> Iterator[Problem]:
    """No needle is proposed for muscles that are never a target."""
    for muscle, point in _points(atlas):
        if muscle.id in NEVER_NEEDLED:
            needling = atlas.needling(muscle.point_id(point))
            if needling.risk is not Risk.NOT_RECOMMENDED:
                yield Problem(muscle.point_id(point), "needling must be marked as not recommended")


def check_hazard_order(atlas: Atlas, _: Body) -> Iterator[Problem]:
    """Structures at risk are named once, the most dangerous first."""
    for record, needling in _needlings(atlas):
        yield from (Problem(record, f"{p.record} is named twice at risk") for p in _doubled(needling.at_risk))
        dangers = [HAZARDS[hazard].danger for hazard in needling.at_risk]
        if dangers != sorted(dangers, reverse=True):
            yield Problem(record, "the most dangerous structure at risk is not named first", Grade.ADVICE)


def check_required_hazards(atlas: Atlas, body: Body) -> Iterator[Problem]:
    """Points over the thorax name the lung; other regions and muscles name what lies there."""
    for muscle, point in _points(atlas):
        point_id = muscle.point_id(point)
        region, _ = body.regions.at(atlas.anchor(PointRef(point_id, Side.LEFT)))
        named = atlas.needling(point_id).at_risk
        if region in LUNG_REGIONS and "lung" not in named:
            yield Problem(point_id, f"it lies over {region}, yet the lung is not named at risk")
        for hazard in HAZARDS_BY_REGION.get(region, ()):
            if hazard not in named:
                yield Problem(point_id, f"it lies over {region}, yet {hazard} is not named at risk")
    for muscle in atlas.muscles:
        named_by_points = {h for p in muscle.points for h in atlas.needling(muscle.point_id(p)).at_risk}
        for hazard in HAZARDS_BY_MUSCLE.get(muscle.id, ()):
            if hazard not in named_by_points:
                yield Problem(muscle.id, f"{hazard} is not named at risk by any of its points")


def check_sides(atlas: Atlas, body: Body) -> Iterator[Problem]:
    """Left points lie on the left, and right ones are their mirror images."""
    surface = body.surface(Build())
    for muscle, point in _points(atlas):
        point_id = muscle.point_id(point)
        left, right = (
            atlas.anchor(PointRef(point_id, side)).position(surface.vertices, surface.triangles)
            for side in (Side.LEFT, Side.RIGHT)
        )
        if left[0] > MIDLINE_SLACK_MM:
            yield Problem(point_id, f"the left point lies {left[0]:.0f} mm to the right of the midline")
        if abs(left - right * (-1.0, 1.0, 1.0)).max() > 0.1:
            yield Problem(point_id, "the right point is not the mirror image of the left one")


def check_zones(atlas: Atlas, body: Body) -> Iterator[Problem]:
    """Shaded skin agrees with the regions that the record names."""
    yield from (Problem(point_id, what) for point_id, what in zone_problems(atlas, body))


def check_needles(atlas: Atlas, body: Body) -> Iterator[Problem]:
    """Needles aimed as written meet their muscle, and every danger near them is named."""
    for point_id, what, serious in needle_problems(atlas, body):
        yield Problem(point_id, what, Grade.ERROR if serious else Grade.ADVICE)


CHECKS: tuple[Callable[[Atlas, Body], Iterable[Problem]], ...] = (
    check_ids,
    check_texts,
    check_sources,
    check_patterns_exist,
    check_needling,
    check_never_needled,
    check_hazard_order,
    check_required_hazards,
    check_sides,
    check_zones,
    check_needles,
)

_TEXTS_OF_MUSCLE = ("english", "latin", "origin", "insertion", "nerve", "action")
_LISTS_OF_MUSCLE = ("roots", "symptoms", "look_alikes", "perpetuating")


def _points(atlas: Atlas) -> Iterator[tuple[Muscle, TriggerPoint]]:
    return ((muscle, point) for muscle in atlas.muscles for point in muscle.points)


def _needlings(atlas: Atlas) -> Iterator[tuple[str, Needling]]:
    """Needling of the muscles, and of points which differ."""
    for muscle in atlas.muscles:
        yield muscle.id, muscle.needling
        for point in muscle.points:
            if point.needling is not None:
                point_id = muscle.point_id(point)
                yield point_id, atlas.needling(point_id)


def _doubled(ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for record in ids:
        if record in seen:
            yield Problem(record, "the id is there more than once")
        seen.add(record)
