"""The session on the real atlas and body: every point can be planned, on both sides."""

from __future__ import annotations

import json

import pytest

from bodymap.atlas import Atlas, read_atlas
from bodymap.body import Body, read_body
from bodymap.domain import PointRef, SkinRef
from bodymap.geometry.anchors import Anchor
from bodymap.session import Session
from bodymap.storage.exports import export_csv, export_json


@pytest.fixture(scope="module")
def body() -> Body:
    return read_body()


@pytest.fixture(scope="module")
def atlas(body: Body) -> Atlas:
    return read_atlas(body)


@pytest.fixture
def planned(atlas: Atlas, body: Body) -> Session:
    session = Session(atlas, body)
    for ref in atlas.refs[:500]:
        session.add_site(ref)
    return session


def test_no_needle_is_longer_than_its_point_allows(planned: Session, atlas: Atlas) -> None:
    for site in planned.state.plan:
        assert isinstance(site.place, PointRef)
        needling = atlas.needling(site.place.point)
        assert site.position is not None, site.place
        if needling.length_mm is None:
            assert site.needle is None, site.place
        else:
            assert site.needle is not None, site.place
            assert site.needle.length_mm <= needling.length_mm[1], site.place


def test_every_row_of_an_export_has_its_names(planned: Session, atlas: Atlas, body: Body) -> None:
    plan = planned.state.plan
    rows = json.loads(export_json(plan, atlas, body))["sites"]
    assert len(rows) == len(plan.sites)
    for row in rows:
        assert row["muscle"]
        assert row["region"]
        assert row["name"].endswith(row["side"])
    assert export_csv(plan, atlas, body).count(b"\r\n") == len(rows) + 1


def test_a_free_site_and_its_twin_lie_in_the_same_region(atlas: Atlas, body: Body) -> None:
    session = Session(atlas, body)
    for face in range(7, len(body.triangles), 9973):
        place = SkinRef(face=face, barycentric=(0.2, 0.3, 0.5), region="x", side=atlas.refs[0].side)
        session.new_plan()
        session.add_site(place)
        twin = session.duplicate_opposite("s1").place
        assert isinstance(twin, SkinRef)
        here, there = (body.regions.at(Anchor(spot.face, spot.barycentric)) for spot in (place, twin))
        assert here[0] == there[0]
