from __future__ import annotations

from bodymap.domain import Plan, PointRef, Side, Site
from bodymap.planning.strangers import sites_off_the_body, unknown_points
from session_fakes import TEMPLE, TRAPEZIUS, TRAPEZIUS_RIGHT

STRANGE = PointRef(point="own.7", side=Side.LEFT)
PLAN = Plan(
    sites=tuple(
        Site(id=f"s{n}", place=place)
        for n, place in enumerate((STRANGE, TRAPEZIUS, TEMPLE, STRANGE, TRAPEZIUS_RIGHT))
    )
)


def test_unknown_points_are_reported_once() -> None:
    assert unknown_points(PLAN, (TRAPEZIUS, TRAPEZIUS_RIGHT)) == (STRANGE,)
    assert unknown_points(PLAN, (TRAPEZIUS,)) == (STRANGE, TRAPEZIUS_RIGHT)
    assert unknown_points(PLAN, ()) == (STRANGE, TRAPEZIUS, TRAPEZIUS_RIGHT)
    assert unknown_points(Plan(), ()) == ()


def test_sites_off_the_body() -> None:
    assert sites_off_the_body(PLAN, TEMPLE.face + 1) == ()
    assert [site.id for site in sites_off_the_body(PLAN, TEMPLE.face)] == ["s2"]
