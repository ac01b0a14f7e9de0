from __future__ import annotations

import importlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from bodymap.body import Body, read_body
from bodymap.body.regions import INSIDE_MOUTH, LIPS
from bodymap.domain import Build, Sex, Side
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.files import asset_path

ROOT = Path(__file__).parents[2]
BODY = read_body()
REGIONS = BODY.regions
VOCABULARY = msgspec.json.decode(asset_path("regions.json").read_bytes())["regions"]
OUTER = np.unique(BODY.triangles)
EDGES = np.concatenate((BODY.triangles[:, :2], BODY.triangles[:, 1:], BODY.triangles[:, ::2]))
SURFACE = tuple(name for name, record in VOCABULARY.items() if record["kind"] == "surface")
DEEP = tuple(name for name, record in VOCABULARY.items() if record["kind"] == "deep")

# Palpable landmarks and the region that each must lie in; those that mark a border between two are left out.
LANDMARKS = {
    "vertex": "vertex", "bregma": "vertex", "glabella": "supraorbital", "brow_mid": "supraorbital",
    "chin": "chin", "inion": "occiput", "mastoid_tip": "mastoid", "ear_back": "mastoid",
    "tragus": "preauricular_tmj", "mandible_condyle": "preauricular_tmj", "mandible_angle": "mandible_angle",
    "zygoma": "cheek_maxilla", "infraorbital_rim": "cheek_maxilla", "nose_ala": "nose_upper_lip",
    "hyoid": "throat_front", "thyroid_notch": "throat_front", "scm_mid": "neck_anterolateral",
    "transverse_c4": "neck_anterolateral",
    "C3": "neck_posterior", "C4": "neck_posterior", "C5": "neck_posterior",
    "C7": "neck_base_c7", "T1": "neck_base_c7", "neck_shoulder_angle": "neck_shoulder_angle",
    "T4": "thoracic_paraspinal_upper", "T5": "thoracic_paraspinal_mid", "T8": "thoracic_paraspinal_mid",
    "T9": "thoracic_paraspinal_lower", "T12": "thoracic_paraspinal_lower", "L1": "lumbar_paraspinal_upper",
    "L3": "lumbar_paraspinal_upper", "L4": "lumbar_paraspinal_lower", "L5": "lumbar_paraspinal_lower",
    "S2": "sacrum", "S3": "sacrum", "coccyx_tip": "coccyx", "acromion_tip": "shoulder_top_acromion",
    "acromioclavicular_joint": "shoulder_top_acromion", "acromion_angle": "shoulder_top_acromion",
    "coracoid": "shoulder_anterior_deltoid", "deltoid_tuberosity": "shoulder_lateral_deltoid",
    "scapula_superior_angle": "scapula_upper", "scapula_medial_border_mid": "scapula_medial_border",
    "scapula_inferior_angle": "scapula_lower_angle", "scapula_lateral_border_mid": "scapula_lateral_border",
    "axillary_fold_posterior": "scapula_lateral_border", "axilla_apex": "axilla",
    "lateral_epicondyle": "elbow_lateral_epicondyle", "radial_head": "elbow_lateral_epicondyle",
    "medial_epicondyle": "elbow_medial_epicondyle", "olecranon": "olecranon",
    "cubital_crease_mid": "antecubital",
    "ulnar_styloid": "wrist_ulnar_side", "pisiform": "wrist_ulnar_side", "dorsal_wrist_mid": "wrist_dorsal",
    "wrist_crease_mid": "wrist_volar", "palm_centre": "palm", "web_thumb": "web_space_thumb",
    "mcp_1": "thumb", "fingertip_1": "thumb", "mcp_2": "index_finger", "fingertip_2": "index_finger",
    "mcp_3": "middle_finger", "fingertip_3": "middle_finger", "mcp_4": "ring_finger",
    "fingertip_4": "ring_finger", "mcp_5": "little_finger", "fingertip_5": "little_finger",
    "sternal_angle": "sternum", "sternum_mid": "sternum", "xiphoid": "sternum", "nipple": "breast_nipple",
    "costal_margin_mid": "costal_margin", "rib10_lateral": "chest_lateral", "umbilicus": "umbilical",
    "iliac_tubercle": "iliac_crest_anterior", "asis": "iliac_crest_anterior", "psis": "sacroiliac",
    "ischial_tuberosity": "buttock_lower_fold", "gluteal_fold_mid": "buttock_lower_fold",
    "greater_trochanter": "hip_lateral_trochanter", "patella_top": "knee_anterior",
    "patella_mid": "knee_anterior", "patella_bottom": "knee_anterior", "tibial_tuberosity": "knee_anterior",
    "medial_joint_line": "knee_medial", "adductor_tubercle": "knee_medial", "pes_anserinus": "knee_medial",
    "lateral_joint_line": "knee_lateral", "fibular_head": "knee_lateral", "knee_crease_mid": "knee_posterior",
    "medial_malleolus": "ankle_medial", "lateral_malleolus": "ankle_lateral",
    "ankle_front_mid": "ankle_anterior", "heel_back": "heel_posterior", "heel_plantar": "heel_plantar",
    "navicular": "instep_medial", "metatarsal_base_5": "foot_lateral_border", "mtp_1": "great_toe_dorsal",
    "mtp_3": "foot_dorsum", "metatarsal_head_1_plantar": "metatarsal_head_1_plantar",
    "metatarsal_head_3_plantar": "metatarsal_heads_lesser_plantar",
    "metatarsal_head_5_plantar": "metatarsal_heads_lesser_plantar",
}  # fmt: skip

# Seen from the front or the back: millimetres lateral and up from a landmark, and the region found there.
SPOTS = (
    ("back", "C4", 25, 0, "neck_posterior"),
    ("back", "T4", 20, 0, "thoracic_paraspinal_upper"),
    ("back", "T5", 20, 0, "thoracic_paraspinal_mid"),
    ("back", "T5", 45, 0, "interscapular"),
    ("back", "T8", 30, 0, "thoracic_paraspinal_mid"),
    ("back", "T10", 50, 0, "thoracic_paraspinal_lower"),
    ("back", "T10", 95, 0, "back_lower_ribs"),
    ("back", "L2", 50, 0, "lumbar_paraspinal_upper"),
    ("back", "L3", 100, 0, "flank"),
    ("back", "L5", 35, 0, "lumbar_paraspinal_lower"),
    ("back", "psis", 30, 22, "iliac_crest_posterior"),
    ("back", "psis", 60, -12, "buttock_upper"),
    ("back", "greater_trochanter", -70, 15, "buttock_mid"),
    ("back", "gluteal_fold_mid", 0, -40, "thigh_posterior_upper"),
    ("back", "scapular_spine_mid", 0, -30, "scapula_infraspinous"),
    ("front", "sternal_angle", 70, 0, "chest_upper"),
    ("front", "nipple", 0, 52, "chest_pectoral"),
    ("front", "xiphoid", 0, -50, "epigastrium"),
    ("front", "umbilicus", 80, 35, "abdomen_upper_quadrant"),
    ("front", "umbilicus", 80, -40, "abdomen_lower_quadrant"),
    ("front", "pubic_symphysis", 10, 35, "suprapubic"),
    ("front", "inguinal_mid", 30, -30, "hip_anterior"),
    ("front", "inguinal_mid", -20, -30, "groin"),
    ("front", "clavicle_mid", 0, 20, "supraclavicular"),
    ("front", "patella_top", 0, 160, "thigh_anterior_mid"),
    ("front", "tibial_tuberosity", 15, -70, "leg_anterior_upper"),
    ("front", "glabella", 20, 40, "forehead"),
)


@pytest.mark.parametrize("region_id", SURFACE)
def test_every_surface_region_has_skin_on_both_sides_of_plausible_size(region_id: str) -> None:
    for sex in Sex:
        for side in Side:
            area_cm2 = _areas_cm2(side, sex)[SURFACE.index(region_id)]
            assert 6.0 < area_cm2 < 320.0, (sex, side, area_cm2)


@cache
def _areas_cm2(side: Side, sex: Sex) -> np.ndarray:
    corners = BODY.surface(Build(sex=sex)).vertices[BODY.triangles].astype(np.float64)
    areas = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    left = BODY.surface(Build()).vertices[BODY.triangles, 0].mean(axis=1) < 0
    on_side = left if side is Side.LEFT else ~left
    third = np.repeat(areas * on_side / 300.0, 3)
    label = REGIONS.of_vertex[BODY.triangles].ravel()
    return np.bincount(label[label >= 0], third[label >= 0], minlength=len(SURFACE))


@pytest.mark.parametrize("region_id", SURFACE)
def test_every_region_is_one_patch(region_id: str) -> None:
    sides = (None,) if not REGIONS.region(region_id).paired else tuple(Side)
    for side in sides:
        assert _patches(REGIONS.vertices_in(region_id, side)) == 1, side


def _patches(inside: np.ndarray) -> int:
    """Number of connected pieces of a part of the outer skin."""
    edges = EDGES[inside[EDGES].all(axis=1)]
    used, ends = np.unique(edges, return_inverse=True)
    alone = np.count_nonzero(inside[OUTER]) - len(used)
    graph = sparse.coo_array((np.ones(len(edges)), ends.reshape(-1, 2).T), shape=(len(used), len(used)))
    return int(connected_components(graph, directed=False)[0]) + alone


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("landmark_id", LANDMARKS)
def test_landmarks_lie_in_their_regions(landmark_id: str, side: Side) -> None:
    region_id, found = REGIONS.at(BODY.landmarks.anchor(landmark_id, side))
    assert region_id == LANDMARKS[landmark_id]
    if BODY.landmarks[landmark_id].paired:
        assert found is side


@pytest.mark.parametrize(("seen_from", "landmark_id", "lateral_mm", "up_mm", "region_id"), SPOTS)
def test_places_beside_landmarks_lie_in_their_regions(
    seen_from: str, landmark_id: str, lateral_mm: float, up_mm: float, region_id: str
) -> None:
    surface = BODY.surface(Build())
    start = BODY.landmarks.anchor(landmark_id).position(surface.vertices, surface.triangles)
    target = start + np.asarray((-lateral_mm, 0.0, up_mm))
    facing = surface.normals[:, 1] * (1.0 if seen_from == "front" else -1.0) > 0.2
    apart = np.linalg.norm((surface.vertices - target)[:, [0, 2]], axis=1)
    # The arm hangs clear of the trunk, so depth tells the two apart.
    near = facing & (np.abs(surface.vertices[:, 1] - start[1]) < 90.0)
    vertex = int(np.argmin(np.where(near, apart, np.inf)))
    assert apart[vertex] < 10.0
    assert REGIONS.ids[REGIONS.of_vertex[vertex]] == region_id


def test_ids_are_the_surface_regions_and_deep_ones_show_on_them() -> None:
    assert REGIONS.ids == SURFACE
    assert len(SURFACE) == 132
    assert len(DEEP) == 7
    for region_id in DEEP:
        region = REGIONS.region(region_id)
        assert region.kind == "deep"
        assert set(region.display_on) <= set(SURFACE)
    assert [region.id for region in REGIONS.vocabulary] == list(VOCABULARY)
    assert len({region.english for region in REGIONS.vocabulary}) == len(VOCABULARY)


def test_an_unknown_region_is_an_error() -> None:
    with pytest.raises(KeyError):
        REGIONS.region("elbow")
    with pytest.raises(KeyError):
        REGIONS.vertices_in("orbit_behind_eye")


def test_left_and_right_are_mirror_images() -> None:
    mirror = BODY.mirror_vertices
    np.testing.assert_array_equal(REGIONS.of_vertex, REGIONS.of_vertex[mirror])
    off_midline = mirror != np.arange(len(mirror))
    np.testing.assert_array_equal(
        REGIONS.side_of_vertex[off_midline], -REGIONS.side_of_vertex[mirror[off_midline]]
    )


def test_sides_follow_x_and_are_zero_exactly_in_midline_regions() -> None:
    paired = np.asarray([REGIONS.region(region_id).paired for region_id in REGIONS.ids])
    on_skin = REGIONS.of_vertex != INSIDE_MOUTH
    np.testing.assert_array_equal(REGIONS.side_of_vertex != 0, on_skin & paired[REGIONS.of_vertex])
    x = BODY.surface(Build()).vertices[:, 0]
    sided = (REGIONS.side_of_vertex != 0) & (np.abs(x) > 0.01)
    np.testing.assert_array_equal(REGIONS.side_of_vertex[sided], np.sign(x[sided]))


@pytest.mark.parametrize("shift", range(3))
def test_a_place_belongs_to_its_nearest_corner_and_to_its_own_side(shift: int) -> None:
    weights = np.roll((0.5, 0.3, 0.2), shift)
    x = BODY.surface(Build()).vertices[:, 0]
    for face in range(0, len(BODY.triangles), 997):
        first, second, third = (float(weight) for weight in weights)
        region_id, side = REGIONS.at(Anchor(face, (first, second, third)))
        corners = BODY.triangles[face]
        label = REGIONS.of_vertex[corners[shift]]
        assert region_id == (LIPS if label == INSIDE_MOUTH else REGIONS.ids[label])
        assert side is (Side.LEFT if weights @ x[corners] < 0 else Side.RIGHT)


def test_the_inside_of_the_mouth_is_no_region() -> None:
    inside = REGIONS.of_vertex == INSIDE_MOUTH
    surface = BODY.surface(Build())
    assert 500 < np.count_nonzero(inside) < 2000
    corners = BODY.landmarks.anchor("mouth_corner").position(surface.vertices, surface.triangles)
    assert np.abs(surface.vertices[inside, 0]).max() < 45.0
    assert np.abs(surface.vertices[inside, 2] - corners[2]).max() < 50.0
    assert 15.0 < _areas_cm2(Side.LEFT, Sex.MALE)[SURFACE.index(LIPS)] < 30.0
    face = int(np.flatnonzero(inside[BODY.triangles].all(axis=1))[0])
    assert REGIONS.at(Anchor(face, (0.4, 0.3, 0.3)))[0] == LIPS


def test_halves_of_a_midline_region_share_its_midline() -> None:
    left, right = (REGIONS.vertices_in("sternum", side) for side in Side)
    np.testing.assert_array_equal(left | right, REGIONS.vertices_in("sternum"))
    np.testing.assert_array_equal(right, left[BODY.mirror_vertices])
    assert (left & right).any()


def test_reading_them_needs_neither_scipy_nor_the_solver() -> None:
    code = (
        "import sys; from bodymap.body import read_body; body = read_body(); body.regions.region('chin');"
        "sys.exit('scipy' in sys.modules or 'potpourri3d' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_stored_labels_are_what_the_rules_paint(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("potpourri3d")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    painter = importlib.import_module("paint_regions")
    painted = painter.paint(body, REGIONS.ids)
    # Rounding differs between machines, so a vertex right on a border may change hands.
    assert np.count_nonzero(painted != REGIONS.of_vertex) < 0.001 * body.n_vertices
