from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from toy_body import ToyBody, muscle_record, needling_record, point_record

import bodymap.atlas.atlas as atlas_module
from bodymap.atlas import Atlas, read_atlas
from bodymap.body import Body
from bodymap.domain import PointRef, Refusal, Side, SkinRef
from bodymap.geometry.files import asset_path


@pytest.fixture
def toy_atlas(make_atlas: Callable[..., Atlas]) -> Atlas:
    arrhythmia = point_record("arrhythmia", flags=["right_only"], needling={"at_risk": ["lung", "heart"]})
    return make_atlas(
        muscle_record(points=[point_record(label="TrP1"), point_record("mid_belly", place="side")]),
        muscle_record("soleus", english="Soleus", points=[point_record()]),
        muscle_record("pectoralis", english="Pectoralis major", points=[arrhythmia]),
    )


def test_refs_are_every_point_on_every_side_it_exists_on(toy_atlas: Atlas) -> None:
    assert [(ref.point, ref.side.letter) for ref in toy_atlas.refs] == [
        ("trapezius_upper.1", "L"),
        ("trapezius_upper.1", "R"),
        ("trapezius_upper.mid_belly", "L"),
        ("trapezius_upper.mid_belly", "R"),
        ("soleus.1", "L"),
        ("soleus.1", "R"),
        ("pectoralis.arrhythmia", "R"),
    ]
    assert all(ref in toy_atlas for ref in toy_atlas.refs)
    assert PointRef("pectoralis.arrhythmia", Side.LEFT) not in toy_atlas
    assert PointRef("soleus.9", Side.LEFT) not in toy_atlas
    assert toy_atlas.refs_of("soleus") == (PointRef("soleus.1", Side.LEFT), PointRef("soleus.1", Side.RIGHT))


def test_the_right_is_the_mirror_image_of_the_left(toy_atlas: Atlas, toy_body: ToyBody) -> None:
    left, right = (PointRef("trapezius_upper.1", side) for side in (Side.LEFT, Side.RIGHT))
    points = [toy_atlas.anchor(ref).position(toy_body.vertices, toy_body.triangles) for ref in (left, right)]
    np.testing.assert_allclose(points[0] * (-1.0, 1.0, 1.0), points[1])
    assert points[0][0] < 0.0
    zones = [toy_atlas.zone(ref) for ref in (left, right)]
    np.testing.assert_array_equal(np.sort(toy_body.mirror_vertices[zones[0].vertices]), zones[1].vertices)
    assert toy_atlas.zone(right) is zones[1]


def test_places_are_named_with_their_side(toy_atlas: Atlas) -> None:
    names = {
        PointRef("trapezius_upper.1", Side.LEFT): "Upper trapezius TrP1, left",
        PointRef("trapezius_upper.mid_belly", Side.RIGHT): "Upper trapezius (mid belly), right",
        PointRef("soleus.1", Side.RIGHT): "Soleus, right",
        PointRef("gone.1", Side.LEFT): "gone.1, left",
        SkinRef(0, (1.0, 0.0, 0.0), "vertex", Side.LEFT): "Free site, top of the head, left",
        SkinRef(0, (1.0, 0.0, 0.0), "gone", Side.RIGHT): "Free site, gone, right",
    }
    for place, name in names.items():
        assert toy_atlas.place_name(place) == name


def test_needling_is_the_muscles_with_the_points_differences(toy_atlas: Atlas) -> None:
    assert toy_atlas.needling("pectoralis.arrhythmia").at_risk == ("lung", "heart")
    assert toy_atlas.needling("pectoralis.arrhythmia").length_mm == (25.0, 40.0)
    assert toy_atlas.needling("soleus.1").at_risk == tuple(needling_record()["at_risk"])


def test_unknown_ids_are_key_errors(toy_atlas: Atlas) -> None:
    for look_up in (
        toy_atlas.muscle,
        toy_atlas.point,
        toy_atlas.muscle_of,
        toy_atlas.needling,
        toy_atlas.point_name,
    ):
        with pytest.raises(KeyError):
            look_up("nobody.1")
    assert toy_atlas.muscle_of("soleus.1") is toy_atlas.muscle("soleus")


def test_a_compiled_atlas_of_other_data_is_refused(
    body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "points.json"
    changed.write_bytes(asset_path("points.json").read_bytes() + b"\n")
    monkeypatch.setattr(
        atlas_module, "asset_path", lambda name: changed if name == "points.json" else asset_path(name)
    )
    with pytest.raises(Refusal, match=r"does not belong to points\.json.*run tools/compile_atlas\.py"):
        read_atlas(body)


def test_a_damaged_compiled_atlas_is_refused(
    body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "atlas.npz"
    damaged.write_bytes(asset_path("atlas.npz").read_bytes()[:5000])
    monkeypatch.setattr(
        atlas_module, "asset_path", lambda name: damaged if name == "atlas.npz" else asset_path(name)
    )
    with pytest.raises(Refusal, match="damaged"):
        read_atlas(body)


def test_the_running_program_loads_none_of_the_build_tools() -> None:
    code = "import sys, bodymap.atlas; print(*{'scipy', 'potpourri3d', 'trimesh'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
