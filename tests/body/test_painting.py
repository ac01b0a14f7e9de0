from __future__ import annotations

import numpy as np
import pytest

from bodymap.body import Body
from bodymap.body.painting import SOFT_MM, Cover, PainPainter
from bodymap.domain import Build, Fill, Pain, PainMark, Quality, Sex, Side, Stroke
from bodymap.domain.pain import has_room, path_of
from bodymap.geometry.anchors import Anchor


@pytest.fixture(scope="module")
def painter(body: Body) -> PainPainter:
    return PainPainter(body)


def stop_near(body: Body, x: float, y: float, z: float, build: Build | None = None) -> Anchor:
    """The middle of the triangle nearest to a place."""
    middles = body.vertices(build or Build())[body.triangles].mean(axis=1)
    return Anchor(int(np.argmin(np.linalg.norm(middles - (x, y, z), axis=1))), (0.34, 0.33, 0.33))


def dab(body: Body, x: float, y: float, z: float, **fields: object) -> Stroke:
    return Stroke(path=path_of([stop_near(body, x, y, z)]), **fields)  # type: ignore[arg-type]


def inside(painter: PainPainter, *marks: Stroke | Fill) -> np.ndarray:
    return np.flatnonzero(painter.painted(marks).inside)


def test_a_path_is_read_back_to_within_a_hundredth() -> None:
    stop = Anchor(4711, (0.337, 0.2049, 0.4581))
    (found,) = Stroke(path=path_of([stop])).stops
    assert found.face == 4711
    assert np.allclose(found.barycentric, stop.barycentric, atol=0.0101)
    assert all(sum(each.barycentric) == pytest.approx(1.0) for each in (found, stop))


def test_a_path_of_corner_weights_never_exceeds_a_hundred() -> None:
    stops = [Anchor(1, (a / 997, 1 - a / 997, 0.0)) for a in range(0, 998, 3)]
    for first in range(0, len(stops), 100):
        assert len(Stroke(path=path_of(stops[first : first + 100])).stops) > 30
    assert has_room("1:2:3")
    assert not has_room("1" * 2990)


def test_a_dab_is_as_large_as_the_brush(body: Body, painter: PainPainter) -> None:
    points = body.vertices(Build())
    back = (0.0, -120.0, 1250.0)
    mark = dab(body, *back, radius_mm=50.0)
    centre = mark.stops[0].position(points, body.triangles)
    apart = np.linalg.norm(points[inside(painter, mark)] - centre, axis=1)
    assert 40.0 < apart.max() <= 50.0 + 1.0  # the back is nearly flat; no vertex is further along the skin
    near = np.flatnonzero(np.linalg.norm(points - centre, axis=1) < 35.0)
    assert painter.painted((mark,)).cover[0][near].min() > 0.5


def test_a_brush_on_the_arm_does_not_bleed_to_the_flank(body: Body, painter: PainPainter) -> None:
    build = Build()
    points = body.vertices(build)
    arm = np.flatnonzero(body.regions.skin_of("arm_medial", Side.LEFT))
    trunk = np.flatnonzero(body.regions.skin_of("chest_lateral", Side.LEFT))
    gaps = np.linalg.norm(points[arm][:, None] - points[trunk][None], axis=2)
    start = points[arm[np.argmin(gaps.min(axis=1))]]
    mark = dab(body, *start, radius_mm=60.0)
    painted = inside(painter, mark)
    straight = np.linalg.norm(points[painted] - mark.stops[0].position(points, body.triangles), axis=1)
    assert straight.max() < 61.0
    wrongly = set(trunk.tolist()) & set(painted.tolist())
    along = min((straight[list(painted).index(vertex)] for vertex in wrongly), default=99.0)
    # What of the trunk is reached is reached around the armpit, not through the air.
    assert gaps.min() < 60.0 < along + gaps.min() or not wrongly


def test_the_cover_falls_softly_over_the_border(body: Body, painter: PainPainter) -> None:
    mark = dab(body, 0.0, -120.0, 1250.0, radius_mm=40.0)
    points = body.vertices(Build())
    apart = np.linalg.norm(points - mark.stops[0].position(points, body.triangles), axis=1)
    cover = painter.painted((mark,)).cover[0]
    assert (cover[apart < 40.0 - SOFT_MM / 2 - 2.0] == 1.0).all()
    assert (cover[(apart > 36.0) & (apart < 44.0)] < 0.8).all()


def test_even_the_smallest_brush_leaves_a_trace(body: Body, painter: PainPainter) -> None:
    for face in range(0, len(body.triangles), 5003):
        mark = Stroke(path=path_of([Anchor(face, (0.4, 0.3, 0.3))]), radius_mm=8.0)
        assert not painter.painted((mark,)).is_empty


def test_erasing_takes_away_what_was_there_and_only_there(body: Body, painter: PainPainter) -> None:
    wide = Fill(region="buttock_mid", side=Side.RIGHT)
    points = body.vertices(Build())
    middle = points[inside(painter, wide)].mean(axis=0)
    rubber = dab(body, *middle, radius_mm=25.0, erases=True)
    before, after = set(inside(painter, wide)), set(inside(painter, wide, rubber))
    assert after < before
    assert before - after == set(inside(painter, dab(body, *middle, radius_mm=25.0))) & before
    assert set(inside(painter, wide, rubber, wide)) == before


def test_the_later_strength_holds_and_qualities_lie_over_each_other(painter: PainPainter) -> None:
    ache = Fill(region="temple", side=Side.LEFT, intensity=3)
    worse = Fill(region="temple", side=Side.LEFT, intensity=8)
    burning = Fill(region="temple", side=Side.LEFT, intensity=4, quality=Quality.BURNING)
    pain = painter.painted((ache, worse, burning))
    here = pain.inside
    assert pain.weight.max() == np.float32(0.8)
    assert pain.intensity[0][here].min() == 8.0
    assert (pain.of(Quality.ACHE) == here).all()
    assert (pain.of(Quality.BURNING) == here).all()
    assert not pain.of(Quality.NUMB).any()


def test_no_pain_at_strength_nought(painter: PainPainter) -> None:
    assert painter.painted((Fill(region="temple", intensity=0),)).is_empty


def test_a_mirrored_stroke_is_on_both_sides(body: Body, painter: PainPainter) -> None:
    mark = dab(body, 90.0, 60.0, 700.0, radius_mm=30.0, mirrored=True)
    painted = inside(painter, mark)
    assert set(body.mirror_vertices[painted].tolist()) == set(painted.tolist())
    assert (body.vertices(Build())[painted, 0] > 0).any()


def test_a_stroke_follows_the_body_once_it_is_drawn(body: Body) -> None:
    heavy = Build(sex=Sex.FEMALE, weight_kg=110)
    stop = stop_near(body, 0.0, 150.0, 1050.0, heavy)
    drawn_on_heavy = Stroke(path=path_of([stop]), radius_mm=50.0, build=heavy)
    drawn_on_average = Stroke(path=path_of([stop]), radius_mm=50.0)
    painter = PainPainter(body)
    assert len(inside(painter, drawn_on_heavy)) < len(inside(painter, drawn_on_average))


def test_a_region_of_another_edition_is_kept_and_shows_nothing(painter: PainPainter) -> None:
    assert painter.painted((Fill(region="third_eye"),)).is_empty


def test_painting_on_gives_the_same_as_painting_at_once(body: Body) -> None:
    rng = np.random.default_rng(3)
    marks: Pain = tuple(
        Stroke(
            path=path_of([Anchor(int(face), (0.4, 0.3, 0.3))]),
            radius_mm=30.0,
            erases=bool(number % 4 == 3),
            quality=list(Quality)[number % 5],
            intensity=int(number % 10) + 1,
        )
        for number, face in enumerate(rng.integers(40000, 40400, 12))
    )
    stepwise = PainPainter(body)
    for count in (1, 2, 3, 7, 12, 5, 12):  # forwards, back as undo does, and forwards again
        stepwise.painted(marks[:count])
    at_once = PainPainter(body).painted(marks)
    assert np.array_equal(stepwise.painted(marks).cover, at_once.cover)
    assert np.array_equal(stepwise.painted(marks).intensity, at_once.intensity)


def test_a_growing_stroke_equals_the_whole_one(body: Body) -> None:
    stops = [stop_near(body, 90.0, 100.0, z) for z in range(600, 900, 12)]
    growing = PainPainter(body)
    for count in range(1, len(stops) + 1):
        grown = growing.painted((Stroke(path=path_of(stops[:count])),))
    whole = PainPainter(body).painted((Stroke(path=path_of(stops)),))
    assert np.array_equal(grown.cover, whole.cover)


def test_every_region_that_is_filled_is_mostly_painted(body: Body, painter: PainPainter) -> None:
    for region in body.regions.vocabulary:
        side = Side.LEFT if region.paired else None
        skin = body.regions.skin_of(region.id, side)
        share = painter.painted((Fill(region=region.id, side=side),)).inside[skin].mean()
        assert share > 0.5, region.id  # less, and its box in the list would tick itself off again


def test_what_a_growing_stroke_begins_with_is_laid_once(body: Body) -> None:
    painter = PainPainter(body)
    laid: list[object] = []
    make = painter._cover

    def cover(mark: PainMark) -> Cover:
        laid.append(mark)
        return make(mark)

    painter._cover = cover  # type: ignore[assignment]
    before = tuple(Fill(region=name, side=Side.LEFT) for name in ("temple", "palm", "thenar"))
    painter.painted(before)
    laid.clear()
    stops = [stop_near(body, 0.0, -120.0, 1250.0 + 5.0 * step) for step in range(12)]
    strokes = [Stroke(path=path_of(stops[: n + 1])) for n in range(len(stops))]
    for stroke in strokes:
        painter.painted((*before, stroke))
    assert laid == strokes
