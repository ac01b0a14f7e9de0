"""Baked danger structures: closed, where they belong, as large as they should be, in four bodies."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bodymap.body import Body, Structure, read_body
from bodymap.domain import Side

TOOLS = Path(__file__).resolve().parents[2] / "tools" / "anatomy"
sys.path.insert(0, str(TOOLS))

trimesh = pytest.importorskip("trimesh")
pytest.importorskip("igl")

from piece import volume_ml  # noqa: E402
from skeleton import read_source  # noqa: E402
from skin_case import signed_depth, skin_case  # noqa: E402

MAN = "male-young-averagemuscle-averageweight-averageheight"
WOMAN = "female-young-averagemuscle-averageweight-averageheight"
THIN_WOMAN = "female-young-minmuscle-minweight-averageheight"
HEAVY_MAN = "male-young-minmuscle-maxweight-averageheight"
BODIES = (MAN, WOMAN, THIN_WOMAN, HEAVY_MAN)
LUNGS = ("lung_left", "lung_right")


@dataclass(frozen=True, eq=False)
class Piece:
    """A structure of the left side, the left half of one on the midline, or a whole one."""

    midline: bool
    vertices: NDArray[np.float64]
    triangles: NDArray[np.int64]


@cache
def body() -> Body:
    return read_body()


def piece_of(structure: Structure, points: NDArray[np.float64]) -> Piece:
    part, faces = structure.vertices[0], structure.triangles[0]
    triangles = body().inside.triangles[faces].astype(np.int64) - part.start
    return Piece(len(structure.vertices) > 1, points[part], triangles)


@cache
def everything(key: str) -> dict[str, Piece]:
    points = body().inside.vertices({key: 1.0}).astype(np.float64)
    return {s.id: piece_of(s, points) for s in body().inside.structures if s.side is not Side.RIGHT}


@cache
def skeleton(key: str) -> dict[str, NDArray[np.float64]]:
    return {name: everything(key)[name].vertices for name in read_source()}


@cache
def pieces(key: str) -> dict[str, Piece]:
    danger = {s.id for s in body().inside.structures if s.record.kind not in ("bone", "muscle")}
    return {name: piece for name, piece in everything(key).items() if name in danger}


def volume(key: str, name: str) -> float:
    piece = pieces(key)[name]
    return volume_ml(piece.vertices, piece.triangles)


def whole(piece: Piece) -> trimesh.Trimesh:
    """A closed surface: halves joined at the midline."""
    if not piece.midline:
        return trimesh.Trimesh(piece.vertices, piece.triangles, process=False)
    mirrored = piece.triangles[:, ::-1] + len(piece.vertices)
    vertices = np.concatenate((piece.vertices, piece.vertices * (-1.0, 1.0, 1.0)))
    joined = trimesh.Trimesh(vertices, np.concatenate((piece.triangles, mirrored)), process=False)
    joined.merge_vertices(digits_vertex=6)
    return joined


def inside_mm(key: str, outer: str, points: np.ndarray) -> np.ndarray:
    return signed_depth(points, pieces(key)[outer].vertices, pieces(key)[outer].triangles)


@pytest.mark.parametrize("key", BODIES)
def test_all_are_closed_and_turned_outwards(key: str) -> None:
    faults = []
    for name, piece in pieces(key).items():
        mesh = whole(piece)
        if not mesh.is_watertight or volume_ml(mesh.vertices, mesh.faces) <= 0:
            faults.append(name)
    assert not faults


def test_names_and_structures_agree() -> None:
    names = tomllib.loads((TOOLS / "danger_names.toml").read_text())
    assert set(names) == set(pieces(MAN))
    for name, entry in names.items():
        assert entry["english"] and entry["latin"] and entry["source"], name
        assert 3.0 <= entry["tolerance_mm"] <= 25.0, name
        assert entry["region"] in {"head", "neck", "trunk", "arm", "hand", "pelvis", "leg", "foot"}, name


@pytest.mark.parametrize("key", BODIES)
def test_nothing_stands_outside_the_skin(key: str) -> None:
    case = skin_case(key)
    depths = {name: case.depth_mm(piece.vertices).min() for name, piece in pieces(key).items()}
    assert {name: depth for name, depth in depths.items() if depth < 0.0} == {}


@pytest.mark.parametrize("key", BODIES)
@pytest.mark.parametrize("side", ["left", "right"])
def test_lungs_lie_in_the_pleura(key: str, side: str) -> None:
    # In folds of the pleura thinner than the gap both sheets meet, and vertices are rounded to 0.9 mm.
    assert inside_mm(key, f"pleura_{side}", pieces(key)[f"lung_{side}"].vertices).min() > -1.0
    assert volume(key, f"pleura_{side}") > volume(key, f"lung_{side}")


@pytest.mark.parametrize("key", BODIES)
def test_no_rib_stands_in_a_lung(key: str) -> None:
    for k in range(1, 13):
        assert inside_mm(key, "lung_left", skeleton(key)[f"rib_{k}"]).max() < 1.0, k


@pytest.mark.parametrize("key", BODIES)
def test_no_organ_pierces_a_vertebral_body(key: str) -> None:
    for name in (*LUNGS, "heart", "kidney_left", "kidney_right", "peritoneum"):
        for level in (*(f"t{k}" for k in range(2, 13)), *(f"l{k}" for k in range(1, 6))):
            bone = read_source()[level]
            near_middle = np.abs(bone.vertices[:, 0]) < 12.0
            points = skeleton(key)[level][near_middle]
            points = points * (-1.0, 1.0, 1.0) if name.endswith("right") else points
            assert inside_mm(key, name, points).max() < 1.0, (name, level)


def test_volumes_of_the_average_man() -> None:
    lungs = sum(volume(MAN, name) for name in LUNGS)
    # At the end of a quiet breath: about 2.4 to 3.5 l of air, and the tissue.
    assert 2700 < lungs < 5000
    assert volume(MAN, "lung_right") > volume(MAN, "lung_left")
    for side in ("left", "right"):
        assert 125 < volume(MAN, f"kidney_{side}") < 200
    assert 430 < volume(MAN, "heart") < 850


@pytest.mark.parametrize("key", [MAN, WOMAN])
def test_dome_of_the_pleura_stands_above_the_clavicle(key: str) -> None:
    source = read_source()["clavicle"].vertices[:, 0]
    medial_third = skeleton(key)["clavicle"][source > source.max() - np.ptp(source) / 3.0]
    top = pieces(key)["pleura_left"].vertices[:, 2].max()
    # 2 to 3 cm in textbooks; a raised shoulder hides it, a sloping one bares it.
    assert 12.0 < top - np.median(medial_third[:, 2]) < 50.0
    assert top < skeleton(key)["rib_1"][:, 2].max()


@pytest.mark.parametrize("key", [MAN, WOMAN])
def test_pleura_reaches_lower_than_the_lung_by_two_ribs(key: str) -> None:
    pleura, lung = (pieces(key)[name].vertices[:, 2].min() for name in ("pleura_left", "lung_left"))
    assert 35.0 < lung - pleura < 90.0
    assert pleura > skeleton(key)["l1"][:, 2].min() - 15.0


@pytest.mark.parametrize("key", [MAN, WOMAN])
def test_kidneys_lie_between_the_twelfth_thoracic_and_the_third_lumbar_vertebra(key: str) -> None:
    left, right = (pieces(key)[f"kidney_{side}"].vertices for side in ("left", "right"))
    assert 5.0 < left[:, 2].mean() - right[:, 2].mean() < 30.0
    for points in (left, right):
        assert skeleton(key)["l4"][:, 2].min() < points[:, 2].min()
        assert points[:, 2].max() < skeleton(key)["t11"][:, 2].max()
        assert 85.0 < np.ptp(points[:, 2]) < 125.0
    low = pieces(key)["pleura_left"].vertices[:, 2].min()
    assert np.mean(left[:, 2] < low + 25.0) > 0.5


def test_upper_trapezius_keeps_the_measured_distance_from_the_pleura() -> None:
    # Skin at the neck-shoulder angle, needle 30 degrees towards the middle: MRI mean 53 mm, least 33 mm.
    case, pleura = skin_case(MAN), pieces(MAN)["pleura_left"]
    start = case.landmark("neck_shoulder_angle")
    down = np.array([np.sin(np.radians(30.0)), 0.0, -np.cos(np.radians(30.0))])
    mesh = trimesh.Trimesh(pleura.vertices, pleura.triangles, process=False)
    nearest = np.min(np.linalg.norm(pleura.vertices - start, axis=1))
    hits, _, _ = mesh.ray.intersects_location(start[None], down[None])
    reach = min((float(np.linalg.norm(hit - start)) for hit in hits), default=float(nearest))
    assert 30.0 < reach < 80.0


def test_the_sac_of_the_peritoneum_lies_behind_the_abdominal_wall() -> None:
    for key in BODIES:
        case = skin_case(key)
        umbilicus = case.landmark("umbilicus")
        front = pieces(key)["peritoneum"].vertices
        near = front[np.argsort(np.linalg.norm(front - umbilicus, axis=1))[:30]]
        depth = case.depth_mm(near).min()
        assert depth > 0.75 * case.landmark_fat_mm("umbilicus"), key


def test_tubes_follow_their_landmarks() -> None:
    case, found = skin_case(MAN), pieces(MAN)
    limits = {("common_fibular_nerve", "fibular_head"): 25.0, ("ulnar_nerve", "medial_epicondyle"): 25.0,
              ("median_nerve", "wrist_crease_mid"): 20.0,
              ("posterior_tibial_bundle", "medial_malleolus"): 40.0,
              ("tibial_nerve", "knee_crease_mid"): 40.0, ("femoral_artery", "inguinal_mid"): 45.0,
              ("brachial_vessels", "cubital_crease_mid"): 30.0}  # fmt: skip
    for (name, landmark), most in limits.items():
        gap = np.linalg.norm(found[name].vertices - case.landmark(landmark), axis=1).min()
        assert gap < most, (name, landmark, gap)
