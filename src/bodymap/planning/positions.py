"""Patient positions in a plan: how often the patient must turn, and the order with the fewest turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from bodymap.domain import Plan, Position, Posture, Side, Site


@dataclass(frozen=True, slots=True)
class Totals:
    """What the foot of a plan says.

    Attributes
    ----------
    sites, needles : int
        A site without a needle counts as none.
    turns : int
        How often the patient changes position; sites of undecided position cost none.
    """

    sites: int
    needles: int
    turns: int


def plan_totals(plan: Plan) -> Totals:
    """Add up a plan."""
    return Totals(
        sites=len(plan.sites),
        needles=sum(site.needle.count for site in plan.sites if site.needle is not None),
        turns=count_turns(plan.sites),
    )


def count_turns(sites: Iterable[Site]) -> int:
    """Count the changes of position from site to site, passing over those of undecided position."""
    known = [site.position for site in sites if site.position is not None]
    return sum(before is not after for before, after in pairwise(known))


@dataclass(frozen=True, slots=True)
class PositionGroup:
    """Sites needled in one position; None for those undecided."""

    position: Position | None
    sites: tuple[Site, ...]


def grouped_by_position(plan: Plan) -> tuple[PositionGroup, ...]:
    """Return the sites by position: positions in the order they first come up, undecided ones last."""
    groups: dict[Position | None, list[Site]] = {}
    for site in plan.sites:
        groups.setdefault(site.position, []).append(site)
    undecided = groups.pop(None, [])
    found = [PositionGroup(position, tuple(sites)) for position, sites in groups.items()]
    if undecided:
        found.append(PositionGroup(None, tuple(undecided)))
    return tuple(found)


def posture_for(site: Site) -> Posture | None:
    """How the body lies for a site, its side up; None where the position is undecided."""
    if site.position is Position.SIDE_LYING:
        return Posture.LEFT_UP if site.place.side is Side.LEFT else Posture.RIGHT_UP
    return _POSTURES.get(site.position) if site.position is not None else None


_POSTURES = {
    Position.PRONE: Posture.PRONE,
    Position.SUPINE: Posture.SUPINE,
    Position.SEATED: Posture.SEATED,
}


def with_fewest_turns(plan: Plan) -> Plan:
    """Return the plan with its sites in position groups, each group in the order it had."""
    sites = tuple(site for group in grouped_by_position(plan) for site in group.sites)
    return plan if sites == plan.sites else msgspec.structs.replace(plan, sites=sites)
