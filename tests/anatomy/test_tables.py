"""The tables of places and muscles: everything named exists, once, and on its bone."""

from __future__ import annotations

import csv
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("igl")
pytest.importorskip("trimesh")

TOOLS = Path(__file__).resolve().parents[2] / "tools" / "anatomy"
sys.path.insert(0, str(TOOLS))

from muscles import Muscle, read_muscles  # noqa: E402
from piece import volume_ml  # noqa: E402
from places import FittedPlaces, along, read_places  # noqa: E402
from sheet import TRIANGLES as SHEET  # noqa: E402
from skeleton import read_source  # noqa: E402
from spindle import TRIANGLES as SPINDLE  # noqa: E402

NOT_MODELLED = frozenset(("sphincter_ani_externus", "perineal_superficial"))
"""Sphincter and perineum: no body that a map can show well."""


@cache
def on_the_source() -> FittedPlaces:
    return FittedPlaces(read_places(), {name: bone.vertices for name, bone in read_source().items()})


@pytest.mark.parametrize("muscle", read_muscles().values(), ids=lambda muscle: muscle.id)
def test_every_muscle_is_complete(muscle: Muscle) -> None:
    assert muscle.source, "it does not say where it is attached"
    assert 1 <= muscle.layer <= 12
    assert sum(part.get("share") or 0.0 for part in muscle.parts) <= 1.001
    for part in muscle.parts:
        if part["kind"] == "sheet":
            rows = [part["origin"], *part.get("via", []), part["insertion"]]
        else:
            assert muscle.volume_ml, "a belly needs a volume"
            rows = [part["path"]]
        for row in rows:
            points = on_the_source().polyline(row)
            assert points[:, 0].max() < 6.0, "it lies on the right"
        if part["kind"] == "spindle":
            assert len(points) >= 2
            assert np.linalg.norm(np.diff(points, axis=0), axis=1).sum() > 8.0, "its path has no length"


def test_the_table_holds_the_muscles_of_the_vocabulary() -> None:
    with (TOOLS.parents[1] / "assets" / "muscles.csv").open(newline="") as stream:
        known = {row["id"] for row in csv.DictReader(stream)}
    assert set(read_muscles()) == known - NOT_MODELLED


def test_places_follow_a_moved_bone() -> None:
    moved = FittedPlaces(
        on_the_source().places,
        {name: 1.1 * points + (0.0, 5.0, -20.0) for name, points in on_the_source().skeleton.items()},
    )
    for name in ("humerus.greater_tubercle", "femur.rectus_via", "scapula.spine"):
        before, after = on_the_source().points(name), moved.points(name)
        np.testing.assert_allclose(after, 1.1 * before + (0.0, 5.0, -20.0), atol=0.05, err_msg=name)


def test_expressions() -> None:
    places = on_the_source()
    start, end = places.point("tibia.tuberosity"), places.point("patella.apex")
    np.testing.assert_allclose(places.point("tibia.tuberosity ~ patella.apex"), (start + end) / 2)
    np.testing.assert_allclose(places.point("tibia.tuberosity ~0.25 patella.apex"), 0.75 * start + 0.25 * end)
    line = places.points("hip_bone.iliac_crest")
    np.testing.assert_allclose(places.point("hip_bone.iliac_crest@0.0"), line[0])
    np.testing.assert_allclose(places.points("hip_bone.iliac_crest@0.2:1.0")[-1], line[-1])
    for wrong in ("hip_bone.nowhere", "hip_bone.iliac_crest@", "nonsense"):
        with pytest.raises(ValueError, match="there is no place"):
            places.points(wrong)
    with pytest.raises(ValueError, match="line where a point"):
        places.point("hip_bone.iliac_crest")


def test_points_along_a_line() -> None:
    corner = np.array([[0.0, 0.0, 0.0], [3.0, 0.0, 0.0], [3.0, 1.0, 0.0]])
    np.testing.assert_allclose(along(corner, np.array([0.0, 0.75, 1.0])), [corner[0], corner[1], corner[2]])


@pytest.mark.parametrize("triangles", [SHEET, SPINDLE], ids=["sheet", "spindle"])
def test_templates_are_closed(triangles: np.ndarray) -> None:
    directed = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]))
    keys = {tuple(edge) for edge in directed.tolist()}
    assert len(keys) == len(directed), "two triangles run along an edge the same way"
    assert all((b, a) in keys for a, b in keys), "it has a hole"


def test_volume_of_a_cube() -> None:
    corners = np.array([(x, y, z) for x in (0.0, 10.0) for y in (0.0, 10.0) for z in (0.0, 10.0)])
    faces = [(0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1), (2, 3, 7), (2, 7, 6),
             (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3)]  # fmt: skip
    assert volume_ml(corners, np.array(faces)) == pytest.approx(1.0)
