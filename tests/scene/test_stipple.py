from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from bodymap.body import Body
from bodymap.domain import Build, PointRef, Sex, Side
from bodymap.scene import Chosen, SkinDetail, ZoneLayer, resolve, shown_surface
from bodymap.scene.stipple import DotBatch, lay_dots, spread_moments
from scene_fakes import FakeAtlas

BACK, BACK_TOO = PointRef("back.1", Side.LEFT), PointRef("back.2", Side.LEFT)


def layers_of(atlas: FakeAtlas, body: Body, *refs: PointRef) -> tuple[ZoneLayer, ...]:
    return resolve(atlas, body, Chosen(selection=refs)).layers


def laid(atlas: FakeAtlas, body: Body, detail: SkinDetail, *refs: PointRef) -> DotBatch:
    surface = shown_surface(body, Build())
    layers = layers_of(atlas, body, *refs)
    sky = detail.occlusion[Sex.MALE] / np.float32(255)
    return lay_dots(detail.dots, surface, sky, layers, [spread_moments(layer, surface) for layer in layers])


@pytest.fixture(scope="module")
def batch(atlas: FakeAtlas, body: Body, detail: SkinDetail) -> DotBatch:
    return laid(atlas, body, detail, BACK)


def test_dots_lie_in_the_spillover_and_not_in_the_essential_zone(atlas: FakeAtlas, batch: DotBatch) -> None:
    distance = np.linalg.norm(batch.points[::4] - atlas.middle(BACK), axis=1)
    assert len(distance) > 200
    assert distance.min() > 40.0 - 2.0
    assert distance.max() < 90.0 + 2.0


@pytest.mark.parametrize("gap_mm", [7.0, 4.042])
def test_each_nested_set_is_even(batch: DotBatch, gap_mm: float) -> None:
    shown = batch.place[::4, 2] >= gap_mm - 0.01
    points = batch.points[::4][shown]
    nearest, _ = cKDTree(points).query(points, k=2)
    # A perfect honeycomb has all at the gap, a random scatter has a spread of about half the mean.
    assert nearest[:, 1].mean() == pytest.approx(gap_mm, rel=0.2)
    assert nearest[:, 1].std() / nearest[:, 1].mean() < 0.22


def test_the_essential_zone_keeps_its_distance(batch: DotBatch) -> None:
    assert (batch.place[:, 3] >= 0.0).all()


def test_where_zones_overlap_their_dots_take_turns(atlas: FakeAtlas, body: Body, detail: SkinDetail) -> None:
    both = laid(atlas, body, detail, BACK, BACK_TOO)
    slots = both.look[::4, 0]
    points = both.points[::4]
    in_both = np.linalg.norm(points - atlas.middle(BACK), axis=1) < 80.0
    in_both &= np.linalg.norm(points - atlas.middle(BACK_TOO), axis=1) < 80.0
    in_both &= np.linalg.norm(points - atlas.middle(BACK), axis=1) > 50.0
    in_both &= np.linalg.norm(points - atlas.middle(BACK_TOO), axis=1) > 50.0
    assert 0.3 < (slots[in_both] == 0).mean() < 0.7
    assert len(np.unique(points, axis=0)) == len(points)


def test_a_spread_starts_at_the_point(atlas: FakeAtlas, body: Body) -> None:
    surface = shown_surface(body, Build())
    (layer,) = layers_of(atlas, body, BACK)
    moments = spread_moments(layer, surface)
    assert moments.min() == 0.0
    assert moments.max() == pytest.approx(1.0)
    distance = np.linalg.norm(surface.vertices[layer.zones.vertices] - np.asarray(layer.start_mm), axis=1)
    assert np.argmin(distance) == np.argmin(moments)


def test_no_zone_no_dots(body: Body, detail: SkinDetail) -> None:
    sky = np.ones(body.n_vertices, dtype=np.float32)
    batch = lay_dots(detail.dots, shown_surface(body, Build()), sky, (), ())
    assert batch.points.shape == (0, 3)
    assert batch.triangles.shape == (0, 3)


def test_dots_are_found_by_vertex(body: Body, detail: SkinDetail) -> None:
    dots = detail.dots
    owners = body.triangles[dots.faces, np.argmax(dots.weights, axis=1)]
    wanted = np.unique(owners[::5000])
    found = dots.of_vertices(wanted)
    assert set(found.tolist()) == set(np.flatnonzero(np.isin(owners, wanted)).tolist())
    assert dots.weights.sum(axis=1) == pytest.approx(np.ones(len(dots.weights)), abs=1e-4)
