from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given

from bodymap.domain import Needle, Plan, PointRef, Position, Posture, Side, Site
from bodymap.planning.positions import (
    Totals,
    count_turns,
    grouped_by_position,
    plan_totals,
    posture_for,
    with_fewest_turns,
)
from plan_strategies import plans
from session_fakes import TEMPLE

PRONE, SUPINE, SEATED = Position.PRONE, Position.SUPINE, Position.SEATED


def plan_of(*positions: Position | None) -> Plan:
    return Plan(sites=tuple(Site(id=f"s{n}", place=TEMPLE, position=p) for n, p in enumerate(positions)))


def test_turns_are_changes_between_decided_positions() -> None:
    assert count_turns(plan_of(PRONE, None, PRONE, SUPINE, None, PRONE)) == 2
    assert count_turns(plan_of()) == count_turns(plan_of(None)) == count_turns(plan_of(PRONE)) == 0


def test_totals() -> None:
    sites = (
        Site(id="a", place=TEMPLE, needle=Needle(count=3), position=PRONE),
        Site(id="b", place=TEMPLE),
        Site(id="c", place=TEMPLE, needle=Needle(), position=SEATED),
    )
    assert plan_totals(Plan(sites=sites)) == Totals(sites=3, needles=4, turns=1)


def test_groups_keep_the_first_order_and_put_undecided_last() -> None:
    groups = grouped_by_position(plan_of(SUPINE, None, PRONE, SUPINE))
    assert [(group.position, [s.id for s in group.sites]) for group in groups] == [
        (SUPINE, ["s0", "s3"]),
        (PRONE, ["s2"]),
        (None, ["s1"]),
    ]


@given(plans)
def test_grouping_is_a_permutation_that_is_stable(plan: Plan) -> None:
    grouped = with_fewest_turns(plan)
    assert sorted(grouped.sites, key=lambda s: s.id) == sorted(plan.sites, key=lambda s: s.id)
    assert with_fewest_turns(grouped) is grouped


def test_no_order_has_fewer_turns() -> None:
    plan = plan_of(PRONE, SUPINE, None, PRONE, SEATED, SUPINE)
    fewest = min(count_turns(order) for order in permutations(plan.sites))
    assert count_turns(with_fewest_turns(plan)) == fewest == 2


@pytest.mark.parametrize(
    ("position", "side", "posture"),
    [
        (PRONE, Side.LEFT, Posture.PRONE),
        (SUPINE, Side.RIGHT, Posture.SUPINE),
        (SEATED, Side.LEFT, Posture.SEATED),
        (Position.SIDE_LYING, Side.LEFT, Posture.LEFT_UP),
        (Position.SIDE_LYING, Side.RIGHT, Posture.RIGHT_UP),
        (None, Side.LEFT, None),
    ],
)
def test_the_needled_side_lies_up(position: Position | None, side: Side, posture: Posture | None) -> None:
    site = Site(id="s1", place=PointRef("soleus.1", side), position=position)
    assert posture_for(site) is posture
