"""The reader of what lies under the skin, on a toy and on the baked file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from bodymap.body import Inside, Structure
from bodymap.body import inside as module
from bodymap.body.inside import read_inside
from bodymap.domain import Refusal, Side
from toy_inside import CORNERS, FEMALE_SHIFT_MM, RECORDS, toy_arrays, toy_inside

MALE, FEMALE = CORNERS
RIG = ("thigh_l", "thigh_r", "head", "calf_l", "calf_r")


@pytest.fixture
def toy() -> Inside:
    return toy_inside()


def own(inside: Inside, structure: Structure) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Vertices of the male corner, and a structure's triangles in them."""
    return inside.vertices({MALE: 1.0}), np.concatenate(
        [inside.triangles[part] for part in structure.triangles]
    )


def volume_ml(vertices: NDArray[np.float32], triangles: NDArray[np.int32]) -> float:
    a, b, c = (vertices[triangles[:, corner]].astype(np.float64) for corner in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6000.0)


def test_paired_structures_come_twice_and_others_once(toy: Inside) -> None:
    sides = {(s.id, s.side) for s in toy.structures}
    assert {side for name, side in sides if name == "femur"} == {Side.LEFT, Side.RIGHT}
    assert {side for name, side in sides if name in ("spine", "heart")} == {None}
    assert len(toy.structures) == 2 * len(RECORDS) - 2
    assert [s.side for s in toy.find("outer")] == [Side.LEFT, Side.RIGHT]
    assert toy.find("spleen") == ()


def test_the_right_side_is_the_mirror_image_and_faces_outwards(toy: Inside) -> None:
    left, right = toy.find("femur")
    vertices, triangles = own(toy, left)
    _, opposite = own(toy, right)
    assert volume_ml(vertices, opposite) == pytest.approx(volume_ml(vertices, triangles), rel=1e-5)
    assert volume_ml(vertices, triangles) > 100.0
    assert np.array_equal(
        vertices[right.vertices[0]], vertices[left.vertices[0]] * np.float32((-1, 1, 1)).reshape(3)
    )


def test_the_halves_of_a_midline_structure_close_it(toy: Inside) -> None:
    (spine,) = toy.find("spine")
    vertices, triangles = own(toy, spine)
    assert volume_ml(vertices, triangles) == pytest.approx(60 * 60 * 300 / 1000.0, rel=1e-5)


def test_what_exists_once_is_not_mirrored(toy: Inside) -> None:
    (heart,) = toy.find("heart")
    vertices, triangles = own(toy, heart)
    assert vertices[triangles].reshape(-1, 3)[:, 0].mean() == pytest.approx(-20.0, abs=2.0)


def test_a_build_is_the_weighted_sum_of_its_corners(toy: Inside) -> None:
    male, female = toy.vertices({MALE: 1.0}), toy.vertices({FEMALE: 1.0})
    assert (female - male)[:, 2] == pytest.approx(FEMALE_SHIFT_MM, abs=1e-3)
    mixed = toy.vertices({MALE: 0.25, FEMALE: 0.75})
    assert mixed == pytest.approx(0.25 * male + 0.75 * female, abs=1e-3)
    assert toy.vertices({MALE: 1.0}) is male


def test_unknown_corners_are_left_out_and_the_others_scaled_up(toy: Inside) -> None:
    old = "female-old-averagemuscle-averageweight-averageheight"
    assert toy.vertices({MALE: 0.2, old: 0.8}) == pytest.approx(toy.vertices({MALE: 1.0}))
    assert toy.vertices({old: 1.0}) == pytest.approx(toy.vertices({FEMALE: 1.0}))


def test_the_right_side_hangs_on_the_right_bones(toy: Inside) -> None:
    left, right = toy.find("inner")
    assert set(toy.weight_bones[left.vertices[0], 0]) == {0}
    assert set(toy.weight_bones[right.vertices[0], 0]) == {1}
    assert toy.weights.sum(axis=1) == pytest.approx(1.0)


def test_every_array_covers_both_sides(toy: Inside) -> None:
    for values in (toy.along, toy.across, toy.tendon, toy.weights, toy.weight_bones):
        assert len(values) == toy.n_vertices == len(toy.vertices({MALE: 1.0}))
    assert toy.triangles.max() == toy.n_vertices - 1


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "meshes").mkdir()
    (tmp_path / "structures.json").write_bytes(msgspec.json.encode(RECORDS))
    np.savez(tmp_path / "meshes" / "inside.npz", **toy_arrays())
    monkeypatch.setattr(module, "asset_path", tmp_path.joinpath)
    return tmp_path


def test_it_is_read_from_its_files(files: Path) -> None:
    assert files.exists()
    inside = read_inside(RIG)
    assert [s.record.english for s in inside.find("outer")] == ["Outer muscle"] * 2
    assert inside.weight_bones[inside.find("femur")[1].vertices[0], 0].max() == RIG.index("thigh_r")


@pytest.mark.parametrize(
    "damage",
    [
        {"triangles": np.full((4, 3), 10**6, dtype=np.int32)},
        {"vertex_starts": np.array([0, 5], dtype=np.int32)},
        {"mean": np.full((3, 3), np.nan, dtype=np.float32)},
        {"weights": np.zeros((2, 4), dtype=np.uint16)},
        {"coefficients": np.zeros((1, 7), dtype=np.float32)},
        {"kinds": np.array(["bone"])},
        {"basis": None},
    ],
)
def test_a_file_that_does_not_fit_together_is_refused(
    files: Path, damage: dict[str, NDArray[np.generic] | None]
) -> None:
    arrays = {name: value for name, value in (toy_arrays() | damage).items() if value is not None}
    np.savez(files / "meshes" / "inside.npz", **arrays)
    with pytest.raises(Refusal, match="install bodymap again"):
        read_inside(RIG)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 not really", b"{}"])
def test_a_file_that_is_none_is_refused(files: Path, content: bytes | None) -> None:
    path = files / "meshes" / "inside.npz"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(Refusal, match="Your plan is safe"):
        read_inside(RIG)


def test_a_damaged_list_of_structures_is_refused(files: Path) -> None:
    (files / "structures.json").write_text('[{"id": 4}]')
    with pytest.raises(Refusal):
        read_inside(RIG)
