"""The shipped points, one test a muscle, so that a failure names it."""

from __future__ import annotations

import csv

import msgspec
import numpy as np
import pytest

from bodymap.atlas import Atlas, Grade, Problem, check_atlas
from bodymap.atlas.expressions import Places
from bodymap.atlas.fields import INSIDE
from bodymap.atlas.zones import ZonePainter
from bodymap.body import Body
from bodymap.domain import Build, PointRef, Side
from bodymap.geometry.files import asset_path

MUSCLES = [muscle["id"] for muscle in msgspec.json.decode(asset_path("points.json").read_bytes())["muscles"]]
SAMPLE = "trapezius_upper.1"


@pytest.fixture(scope="module")
def problems(atlas: Atlas, body: Body) -> tuple[Problem, ...]:
    return check_atlas(atlas, body)


@pytest.fixture(scope="module")
def places(body: Body) -> Places:
    return Places(body.landmarks, body.surface(Build()))


@pytest.mark.parametrize("muscle_id", MUSCLES)
def test_the_record_passes_every_check(problems: tuple[Problem, ...], muscle_id: str) -> None:
    own = [p for p in problems if p.record.partition(".")[0] == muscle_id and p.grade is Grade.ERROR]
    assert not own, "\n".join(f"{problem.record}: {problem.what}" for problem in own)


@pytest.mark.parametrize("muscle_id", MUSCLES)
def test_the_compiled_places_are_those_written(
    atlas: Atlas, body: Body, places: Places, muscle_id: str
) -> None:
    surface = body.surface(Build())
    muscle = atlas.muscle(muscle_id)
    for point in muscle.points:
        anchor = atlas.anchor(PointRef(muscle.point_id(point), Side.LEFT))
        compiled = anchor.position(surface.vertices, surface.triangles)
        np.testing.assert_allclose(compiled, places.evaluate(point.place).point, atol=0.2, err_msg=point.id)


def test_ids_and_groups_are_those_of_the_list_of_muscles(atlas: Atlas) -> None:
    with asset_path("muscles.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["id"]: row["group"] for row in csv.DictReader(file)}
    assert {muscle.id: muscle.group for muscle in atlas.muscles}.items() <= listed.items()


def test_a_zone_worked_out_again_is_the_compiled_one(atlas: Atlas, body: Body) -> None:
    pytest.importorskip("potpourri3d", reason="only the build tools have it")
    essential, spillover, _ = ZonePainter(body).bytes_of(atlas.point(SAMPLE).pattern)
    zone = atlas.zone(PointRef(SAMPLE, Side.LEFT))
    for again, stored in ((essential, zone.essential), (spillover, zone.spillover)):
        whole = np.zeros(body.n_vertices, dtype=np.uint8)
        whole[zone.vertices] = stored
        assert abs(again.astype(int) - whole).max() <= 2
    assert (zone.essential > INSIDE).any()
