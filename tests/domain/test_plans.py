from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bodymap.domain import Needle, Plan, PointRef, Side, Site, SkinRef
from plan_strategies import plans, sites

LEFT = PointRef(point="trapezius_upper.1", side=Side.LEFT)


def make_plan(*ids: str) -> Plan:
    return Plan(sites=tuple(Site(id=site_id, place=LEFT) for site_id in ids))


@given(plans, st.data())
def test_moving_is_a_permutation_that_puts_the_site_where_asked(plan: Plan, data: st.DataObject) -> None:
    if not plan.sites:
        return
    site = data.draw(st.sampled_from(plan.sites))
    index = data.draw(st.integers(-3, 12))
    moved = plan.moving(site.id, index)
    assert sorted(moved.sites, key=lambda s: s.id) == sorted(plan.sites, key=lambda s: s.id)
    assert moved.index(site.id) == max(0, min(index, len(plan.sites) - 1))
    others = [s for s in plan.sites if s != site]
    assert [s for s in moved.sites if s != site] == others


@given(plans, sites)
def test_adding_then_removing_gives_the_same_plan(plan: Plan, site: Site) -> None:
    if site.id in {s.id for s in plan.sites}:
        with pytest.raises(ValueError, match="same id"):
            plan.adding(site)
    else:
        assert plan.adding(site).removing(site.id) == plan


@given(plans)
def test_a_new_id_is_free_and_the_same_each_time(plan: Plan) -> None:
    assert plan.new_site_id() not in {site.id for site in plan.sites}
    assert plan.new_site_id() == plan.new_site_id()


def test_new_ids_fill_gaps() -> None:
    assert make_plan("s1", "s3").new_site_id() == "s2"


def test_numbers_follow_the_order() -> None:
    plan = make_plan("a", "b", "c").moving("c", 0)
    assert [plan.number(site.id) for site in plan] == [1, 2, 3]
    assert plan.number("c") == 1


@pytest.mark.parametrize("verb", ["site", "index", "number", "removing"])
def test_an_unknown_site_is_a_key_error(verb: str) -> None:
    with pytest.raises(KeyError):
        getattr(make_plan("a"), verb)("nobody")


def test_two_sites_of_one_id_are_no_plan() -> None:
    with pytest.raises(ValueError, match="same id"):
        make_plan("a", "a")


@pytest.mark.parametrize(
    "date", ["2026-02-30", "2026-13-01", "20260201", "2026-W01-1", "tomorrow", "2026-2-1"]
)
def test_a_date_is_a_day_of_the_calendar(date: str) -> None:
    with pytest.raises(ValueError, match="calendar"):
        Plan(date=date)


@pytest.mark.parametrize("weights", [(0.2, 0.2, 0.2), (1.0, 1.0, 0.0), (float("nan"), 0.5, 0.5)])
def test_weights_on_a_triangle_sum_to_one(weights: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="sum to one"):
        SkinRef(face=0, barycentric=weights, region="temple", side=Side.LEFT)


def test_a_needle_reads_as_on_the_packet() -> None:
    assert Needle(diameter_mm=0.3, length_mm=40).words == "0.30 × 40 mm"
    assert Needle(diameter_mm=0.25, length_mm=30, count=2).words == "2 of 0.25 × 30 mm"


def test_points_are_listed_once() -> None:
    plan = make_plan("a", "b")
    assert plan.point_refs() == (LEFT,)
