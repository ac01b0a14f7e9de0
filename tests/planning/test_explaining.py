from __future__ import annotations

import numpy as np
import pytest

from bodymap.atlas import Atlas
from bodymap.atlas.red_flags import RedFlagFile, Urgency, read_red_flags
from bodymap.body import Body
from bodymap.body.painting import PainMap, PainPainter
from bodymap.domain import Build, Fill, Pain, PointRef, Quality, Side
from bodymap.planning.pain_scores import WPI_AREAS, pain_figures
from bodymap.planning.ranking import Explained, PainRanking, by_muscle
from bodymap.planning.roots import RootMatching
from bodymap.planning.warnings import WarningRules, look_alikes


@pytest.fixture(scope="module")
def painter(body: Body) -> PainPainter:
    return PainPainter(body)


@pytest.fixture(scope="module")
def red_flags() -> RedFlagFile:
    return read_red_flags()


@pytest.fixture(scope="module")
def rules(red_flags: RedFlagFile, body: Body, ranking: PainRanking) -> WarningRules:
    return WarningRules(red_flags.flags, body, ranking.areas_mm2)


def filled(*places: tuple[str, Side | None], quality: Quality = Quality.ACHE, intensity: int = 5) -> Pain:
    return tuple(
        Fill(region=region, side=side, quality=quality, intensity=intensity) for region, side in places
    )


HEADACHE = filled(("temple", Side.LEFT), ("occiput", Side.LEFT), ("neck_lateral", Side.LEFT))


def test_nothing_planned_explains_nothing_and_everything_explains_no_more_than_all(
    ranking: PainRanking, painter: PainPainter
) -> None:
    hurts = painter.painted(HEADACHE).weight
    assert ranking.share(hurts, ranking.explained(())) == 0.0
    assert 0.8 < ranking.share(hurts, ranking.explained(ranking.refs)) <= 1.0
    assert ranking.share(np.zeros_like(hurts), ranking.explained(ranking.refs)) == 0.0


def test_the_next_best_point_gains_what_it_promises_until_nothing_is_left(
    ranking: PainRanking, painter: PainPainter
) -> None:
    hurts = painter.painted(HEADACHE).weight
    planned: list[PointRef] = []
    gains = []
    for _ in range(12):
        explained = ranking.explained(planned)
        offer = ranking.next_best(hurts, explained)
        if offer is None:
            break
        before = ranking.share(hurts, explained)
        planned.append(offer.ref)
        after = ranking.share(hurts, ranking.explained(planned))
        assert after - before == pytest.approx(offer.gain, abs=1e-4)
        gains.append(offer.gain)
    assert len(planned) == len(set(planned))
    assert gains[0] > 0.25
    assert {ref.side for ref in planned[:3]} == {Side.LEFT}
    assert ranking.share(hurts, ranking.explained(planned[:3])) > 0.6


def test_a_mild_pain_is_explained_as_a_strong_one(ranking: PainRanking, painter: PainPainter) -> None:
    mild, strong = (
        ranking.rank(painter.painted(filled(("temple", Side.LEFT), intensity=level)).weight)
        for level in (2, 9)
    )
    assert [each.ref for each in mild[:20]] == [each.ref for each in strong[:20]]
    assert mild[0].score == pytest.approx(strong[0].score, rel=1e-4)


def test_the_parts_of_a_score_are_said_in_words() -> None:
    ref = PointRef("trapezius_upper.1", Side.LEFT)
    said = Explained(ref, 0.7, 0.7, essential=0.6, spillover=0.22, outside=0.1).words
    assert said == "covers 82\N{NO-BREAK SPACE}% of the pain, most of it essential"
    assert "all of it spillover" in Explained(ref, 0.1, 0.1, 0.0, 0.3, 1.0).words


def test_muscles_stand_where_their_best_point_stands(ranking: PainRanking, painter: PainPainter) -> None:
    ranked = ranking.rank(painter.painted(HEADACHE).weight)
    muscles = by_muscle(ranked)
    assert [each.best.score for each in muscles] == sorted((m.best.score for m in muscles), reverse=True)
    assert sum(len(each.points) for each in muscles) == len(ranked)


def test_a_stripe_down_one_root_is_taken_for_that_root(
    atlas: Atlas, body: Body, ranking: PainRanking
) -> None:
    roots = RootMatching(atlas, body, ranking.areas_mm2)
    x = body.vertices(Build())[:, 0]
    recognised = 0
    for root in atlas.dermatomes:
        area = atlas.dermatome_area(root)
        assert area is not None
        hurts = np.zeros(body.n_vertices, dtype=np.float32)
        hurts[area.vertices] = (area.inside > 127) & (x[area.vertices] > 0)
        best = roots.best(hurts)
        assert best is not None
        assert (best.root, best.side) == (root, Side.RIGHT)
        recognised += roots.better_than_muscles(hurts, ranking.rank(hurts)) is not None
    assert recognised >= len(atlas.dermatomes) - 3  # a muscle may refer just as one root feels


def test_a_muscles_own_pattern_is_not_taken_for_a_root(
    atlas: Atlas, body: Body, ranking: PainRanking
) -> None:
    roots = RootMatching(atlas, body, ranking.areas_mm2)
    for ref in ranking.refs[::9]:
        zone = atlas.zone(ref)
        hurts = np.zeros(body.n_vertices, dtype=np.float32)
        hurts[zone.vertices] = zone.essential > 127
        assert roots.better_than_muscles(hurts, ranking.rank(hurts)) is None, ref


def test_no_pain_calls_nothing_to_mind(
    rules: WarningRules, painter: PainPainter, atlas: Atlas, body: Body, ranking: PainRanking
) -> None:
    nothing = painter.painted(())
    assert rules.warned(nothing) == ()
    assert look_alikes((), atlas) == ()
    assert RootMatching(atlas, body, ranking.areas_mm2).best(nothing.weight) is None


@pytest.mark.parametrize(
    ("places", "quality", "intensity", "expected"),
    [
        ([("chest_pectoral", Side.LEFT), ("arm_medial", Side.LEFT)], Quality.ACHE, 5, "heart"),
        (
            [("calf_posterior_upper", Side.LEFT), ("calf_posterior_mid", Side.LEFT)],
            Quality.ACHE,
            5,
            "deep_vein",
        ),
        ([("perineum", None), ("genitals", None)], Quality.NUMB, 5, "cauda"),
        ([("occiput", None), ("vertex", None)], Quality.ACHE, 10, "thunderclap"),
        ([("abdomen_lower_quadrant", Side.RIGHT)], Quality.ACHE, 5, "appendi"),
    ],
)
def test_what_must_not_be_missed_is_asked_about(
    rules: WarningRules,
    painter: PainPainter,
    places: list[tuple[str, Side | None]],
    quality: Quality,
    intensity: int,
    expected: str,
) -> None:
    pain = painter.painted(filled(*places, quality=quality, intensity=intensity))
    warned = rules.warned(pain)
    assert any(expected in each.flag.id for each in warned), [each.flag.id for each in warned]
    order = [list(Urgency).index(each.flag.urgency) for each in warned]
    assert order == sorted(order)


def test_what_depends_on_a_feeling_a_strength_or_a_side_waits_for_it(
    rules: WarningRules, painter: PainPainter
) -> None:
    def ids(pain: PainMap) -> set[str]:
        return {each.flag.id for each in rules.warned(pain)}

    head = [("occiput", None), ("vertex", None)]
    mild, worst = (ids(painter.painted(filled(*head, intensity=level))) for level in (5, 10))
    assert "thunderclap_headache" in worst - mild
    left, right = (ids(painter.painted(filled(("abdomen_lower_quadrant", side)))) for side in Side)
    assert "appendicitis" in right - left


def test_every_red_flag_knows_its_regions_and_sources(red_flags: RedFlagFile, body: Body) -> None:
    for flag in red_flags.flags:
        assert set(flag.sources) <= set(red_flags.sources), flag.id
        for region_id in flag.regions:
            assert body.regions.region(region_id).kind == "surface", f"{flag.id}: {region_id}"
        assert flag.ask.endswith("?"), flag.id
        assert flag.do.endswith("."), flag.id
    ids = [flag.id for flag in red_flags.flags]
    assert len(ids) == len(set(ids))
    used = {source for flag in red_flags.flags for source in flag.sources}
    assert used == set(red_flags.sources)


def test_every_red_flag_can_be_called_to_mind(
    red_flags: RedFlagFile, body: Body, rules: WarningRules
) -> None:
    painter = PainPainter(body)
    for flag in red_flags.flags:
        quality = flag.qualities[0] if flag.qualities else Quality.ACHE
        marks = tuple(
            Fill(region=region, side=flag.side, quality=quality, intensity=max(5, flag.min_intensity))
            for region in flag.regions
        )
        named = [each.flag.id for each in rules.warned(painter.painted(marks))]
        assert flag.id in named, flag.id


def test_look_alikes_are_those_of_the_likeliest_muscles(
    atlas: Atlas, ranking: PainRanking, painter: PainPainter
) -> None:
    muscles = by_muscle(ranking.rank(painter.painted(HEADACHE).weight))
    named = look_alikes(muscles, atlas)
    known = {words for each in muscles[:5] for words in atlas.muscle(each.muscle_id).look_alikes}
    assert set(named) == known
    assert len(named) > 3


def test_figures_of_a_filled_region(body: Body, painter: PainPainter) -> None:
    figures = pain_figures(painter.painted(filled(("buttock_mid", Side.LEFT), intensity=7)), body, Build())
    (region,) = [each for each in figures.regions if each.share > 0.5]
    assert (region.region, region.side) == ("buttock_mid", Side.LEFT)
    assert region.share > 0.9
    assert figures.area_cm2 == pytest.approx(region.area_cm2, rel=0.15)
    assert 80.0 < figures.area_cm2 < 400.0
    assert figures.body_share == pytest.approx(figures.area_cm2 / 1e4 / 1.9, rel=0.25)  # of some 1.9 m2
    (ache,) = figures.qualities
    assert (ache.quality, ache.centre_region) == (Quality.ACHE, "buttock_mid")
    assert ache.intensity == pytest.approx(7.0)
    assert ache.centre_mm[0] < 0.0
    assert figures.wpi == ("hip (buttock, trochanter), left",)


@pytest.mark.parametrize("side", list(Side))
def test_pain_beside_the_spine_is_on_its_own_side_only(side: Side, body: Body, painter: PainPainter) -> None:
    for region in ("lumbar_paraspinal_lower", "neck_posterior", "interscapular", "forehead"):
        figures = pain_figures(painter.painted(filled((region, side))), body, Build())
        assert {each.side for each in figures.regions if each.side is not None} == {side}, region


def test_area_is_that_of_the_body_it_is_on(body: Body, painter: PainPainter) -> None:
    pain = painter.painted(filled(("buttock_mid", Side.LEFT)))
    average, heavy = (pain_figures(pain, body, Build(weight_kg=weight)) for weight in (None, 110))
    assert heavy.area_cm2 > 1.05 * average.area_cm2


def test_the_index_counts_nineteen_areas(body: Body, painter: PainPainter) -> None:
    everywhere = filled(*((region, None) for region in body.regions.ids))
    assert len(pain_figures(painter.painted(everywhere), body, Build()).wpi) == WPI_AREAS == 19
    head = filled(("vertex", None), ("forehead", None), ("genitals", None))
    assert pain_figures(painter.painted(head), body, Build()).wpi == ()
