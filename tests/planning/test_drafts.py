from __future__ import annotations

import pytest

from bodymap.domain import Fill, Needle, Position, Side, Site
from bodymap.planning.drafts import carried_over, drafted_site
from session_fakes import TEMPLE, TRAPEZIUS, TRAPEZIUS_RIGHT, FakeAdvice


def test_a_draft_takes_the_preferred_position_and_the_usual_needle() -> None:
    site = drafted_site("s1", TRAPEZIUS, FakeAdvice(("prone", "seated"), (30, 50)))
    assert site == Site(id="s1", place=TRAPEZIUS, position=Position.PRONE, needle=Needle(length_mm=40))


def test_a_draft_passes_over_positions_it_does_not_know() -> None:
    assert drafted_site("s1", TRAPEZIUS, FakeAdvice(("floating", "supine"), None)).position is Position.SUPINE
    assert drafted_site("s1", TRAPEZIUS, FakeAdvice((), None)).position is None


def test_a_free_site_has_nothing_filled_in() -> None:
    assert drafted_site("s1", TEMPLE, None) == Site(id="s1", place=TEMPLE)


@pytest.mark.parametrize("text", ["towards the left ear", "Right-sided", "from L to R", "leftwards"])
def test_words_that_name_a_side_are_not_carried_over(text: str) -> None:
    site = Site(id="s1", place=TRAPEZIUS, note=text, direction=text, depth="to 20 mm")
    twin = carried_over(site, "s2", TRAPEZIUS_RIGHT)
    assert (twin.id, twin.place, twin.note, twin.direction, twin.depth) == (
        "s2",
        TRAPEZIUS_RIGHT,
        "",
        "",
        "to 20 mm",
    )


def test_other_words_are_carried_over() -> None:
    site = Site(id="s1", place=TRAPEZIUS, direction="upright, towards the bright scapula")
    assert carried_over(site, "s2", TRAPEZIUS_RIGHT).direction == site.direction


def test_what_was_felt_at_a_site_was_not_felt_at_its_twin() -> None:
    felt = (Fill(region="temple", side=Side.LEFT),)
    twin = carried_over(Site(id="s1", place=TRAPEZIUS, familiar=True, felt=felt), "s2", TRAPEZIUS_RIGHT)
    assert (twin.familiar, twin.felt) == (None, ())
