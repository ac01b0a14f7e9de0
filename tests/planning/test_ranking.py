from __future__ import annotations

import numpy as np
import pytest

from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import PointRef, Refusal, Side
from bodymap.planning.ranking import PainRanking, pain_in_regions


def muscles(ranking: PainRanking, body: Body, *places: tuple[str, Side | None]) -> list[tuple[str, Side]]:
    found = ranking.rank(pain_in_regions(body, places))
    return list(dict.fromkeys((each.ref.point.partition(".")[0], each.ref.side) for each in found))


def test_no_pain_is_explained_by_nothing(ranking: PainRanking, body: Body) -> None:
    assert ranking.rank(np.zeros(body.n_vertices, dtype=np.float32)) == ()


def test_a_points_own_essential_zone_is_explained_by_it_and_wholly(
    ranking: PainRanking, atlas: Atlas, body: Body
) -> None:
    ref = PointRef("soleus.1", Side.RIGHT)
    zone = atlas.zone(ref)
    pain = np.zeros(body.n_vertices, dtype=np.float32)
    pain[zone.vertices] = zone.essential > 127
    best = ranking.rank(pain)[0]
    assert best.ref == ref
    assert best.essential > 0.8  # pain has a hard border, the zone a soft one
    assert best.outside < 0.2


def test_parts_add_up_and_the_order_is_that_of_the_score(ranking: PainRanking, body: Body) -> None:
    found = ranking.rank(pain_in_regions(body, [("temple", Side.LEFT), ("occiput", None)]))
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert all(each.essential + each.spillover <= 1.0 + 1e-5 for each in found)
    assert all(0.0 <= each.outside <= 1.0 + 1e-5 for each in found)


def test_sides_are_told_apart(ranking: PainRanking, body: Body) -> None:
    left, right = (muscles(ranking, body, ("calf_posterior_mid", side)) for side in Side)
    assert [muscle for muscle, _ in left] == [muscle for muscle, _ in right]
    assert {side for _, side in left[:3]} == {Side.LEFT}


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((("temple", Side.LEFT),), {"temporalis"}),
        ((("shoulder_anterior_deltoid", Side.RIGHT),), {"infraspinatus", "deltoid_anterior"}),
        ((("elbow_lateral_epicondyle", Side.LEFT),), {"supinator", "extensor_carpi_radialis_longus"}),
        ((("scapula_medial_border", Side.LEFT),), {"rhomboid_major"}),
        ((("knee_anterior", Side.RIGHT),), {"rectus_femoris", "vastus_medialis"}),
        ((("heel_plantar", Side.RIGHT),), {"soleus", "quadratus_plantae"}),
        ((("buttock_mid", Side.LEFT), ("thigh_posterior_mid", Side.LEFT)), {"gluteus_minimus", "piriformis"}),
        ((("forehead", Side.LEFT),), {"scm_clavicular"}),
    ],
)
def test_what_a_clinician_looks_at_first_is_among_the_first_five(
    ranking: PainRanking, body: Body, places: tuple[tuple[str, Side], ...], expected: set[str]
) -> None:
    assert expected <= {muscle for muscle, _ in muscles(ranking, body, *places)[:5]}


def test_painless_points_explain_nothing(ranking: PainRanking) -> None:
    assert "pectoralis_major_costal.arrhythmia" not in {ref.point for ref in ranking.refs}


def test_deep_regions_are_painted_where_they_are_shown(body: Body) -> None:
    pain = pain_in_regions(body, [("orbit_behind_eye", Side.LEFT)])
    assert (pain > 0).any()
    with pytest.raises(Refusal, match='no region "knee"'):
        pain_in_regions(body, [("knee", None)])
