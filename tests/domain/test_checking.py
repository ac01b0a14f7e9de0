from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given

from bodymap.domain import Needle, Plan, PointRef, Refusal, Side, Site
from bodymap.domain.checking import checked, clean_plan
from bodymap.domain.complaints import complaint
from plan_strategies import plans

SITE = Site(id="s1", place=PointRef(point="trapezius_upper.1", side=Side.LEFT))


@given(plans)
def test_a_plan_that_keeps_the_rules_comes_back_itself(plan: Plan) -> None:
    assert checked(plan) is plan
    assert clean_plan(plan) is plan


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"needle": Needle(length_mm=-5)}, "needle length must be 5 or more"),
        ({"needle": Needle(length_mm=math.nan)}, "needle length must be"),
        ({"needle": Needle(diameter_mm=3)}, "needle diameter must be 1 or less"),
        ({"needle": Needle(count=0)}, "number of needles must be 1 or more"),
        ({"needle": "0.30 x 40"}, "needle must be a group of fields or nothing, not text"),
        ({"note": "x" * 4001}, "note must be at most 4000 characters"),
        ({"depth": 12}, "depth must be text, not a whole number"),
        ({"position": "upside down"}, "position cannot be 'upside down'"),
    ],
)
def test_a_broken_limit_is_named(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        checked(msgspec.structs.replace(SITE, **changes))


def test_the_site_is_numbered_within_a_plan() -> None:
    bad = msgspec.structs.replace(SITE, id="s2", needle=Needle(length_mm=900))
    with pytest.raises(Refusal, match=r"needle length of site 2 must be 150 or less"):
        checked(Plan(sites=(SITE, bad)))


def test_cleaning_leaves_untouched_sites_as_they_are() -> None:
    dirty = msgspec.structs.replace(SITE, id="s2", note="a\x00b", depth="to\nbone")
    plan = clean_plan(Plan(sites=(SITE, dirty), patient="A\tB"))
    assert plan.sites[0] is SITE
    assert (plan.sites[1].note, plan.sites[1].depth, plan.patient) == ("ab", "to bone", "A B")


@pytest.mark.parametrize(
    "text", ["", "Something new in msgspec - at `$.sites[4]`", "Expected `int | null`, got `str`"]
)
def test_every_fault_has_words(text: str) -> None:
    words = complaint(msgspec.ValidationError(text))
    assert words
    assert "`" not in words
    assert "$" not in words
