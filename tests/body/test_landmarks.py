from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from bodymap.body import Landmark, read_body
from bodymap.domain import Build, Sex, Side
from bodymap.geometry.surfaces import Surface

BODY = read_body()
LANDMARKS = tuple(BODY.landmarks)
SURFACES = {sex: BODY.surface(Build(sex=sex)) for sex in Sex}
SEGMENTS = {"head", "neck", "trunk", "arm", "forearm", "hand", "thigh", "leg", "foot"}
SPINE = (
    *(f"C{i}" for i in range(2, 8)), *(f"T{i}" for i in range(1, 13)), *(f"L{i}" for i in range(1, 6)),
    "S1", "S2", "S3", "S4", "coccyx_tip",
)  # fmt: skip
FINGERS = ("2", "3", "4", "5")
# Heights, as shares of the stature, within which each segment's landmarks lie (arms half raised).
HEIGHTS = {
    "head": (0.86, 1.0), "neck": (0.82, 0.92), "trunk": (0.45, 0.87),
    "arm": (0.66, 0.84), "forearm": (0.55, 0.75), "hand": (0.5, 0.65),
    "thigh": (0.27, 0.56), "leg": (0.03, 0.32), "foot": (0.0, 0.06),
}  # fmt: skip


def _at(name: str, sex: Sex = Sex.MALE, side: Side = Side.LEFT) -> np.ndarray:
    surface = SURFACES[sex]
    return BODY.landmarks.anchor(name, side).position(surface.vertices, surface.triangles)


def _apart_mm(first: str, second: str, sex: Sex = Sex.MALE) -> float:
    return float(np.linalg.norm(_at(first, sex) - _at(second, sex)))


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("landmark", LANDMARKS, ids=lambda landmark: landmark.id)
def test_record(landmark: Landmark, sex: Sex) -> None:
    surface: Surface = SURFACES[sex]
    assert landmark.segment in SEGMENTS
    assert landmark.english
    assert landmark.latin
    assert 0 <= landmark.face < len(BODY.triangles)
    left, right = _at(landmark.id, sex), _at(landmark.id, sex, Side.RIGHT)
    if landmark.paired:
        assert left[0] < -10
    else:
        assert abs(left[0]) < 0.05
    np.testing.assert_allclose(right, left * (-1, 1, 1), atol=0.05)
    low, high = HEIGHTS[landmark.segment]
    assert low <= left[2] / surface.vertices[:, 2].max() <= high


def test_ids_are_unique_and_complete() -> None:
    assert len(LANDMARKS) == len(BODY.landmarks) == 288
    assert BODY.landmarks.ids == tuple(landmark.id for landmark in LANDMARKS)
    assert BODY.landmarks["C7"].latin == "vertebra prominens"
    assert "C8" not in BODY.landmarks
    with pytest.raises(KeyError):
        BODY.landmarks.anchor("C8")


@pytest.mark.parametrize("sex", Sex)
def test_spinous_processes_are_evenly_graded(sex: Sex) -> None:
    points = np.array([_at(name, sex) for name in SPINE])
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    by_name = dict(zip(SPINE, steps, strict=False))
    assert (np.diff(points[:, 2]) < -5.0).all(), "each lies below the one before"
    thoracic = np.array([by_name[f"T{level}"] for level in range(1, 13)])
    ratio = thoracic[1:] / thoracic[:-1]
    assert ((ratio > 0.85) & (ratio < 1.25)).all(), by_name
    # The source's neck and the lowest lumbar levels are spaced less evenly.
    assert steps[:-1].max() < 40.0, by_name
    assert by_name["T2"] < by_name["T8"] < by_name["L2"], "vertebrae grow downward"


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize(
    ("place", "level", "within_mm"),
    [
        ("scapular_spine_root", "T3", 20),
        ("iliac_crest_top", "L4", 18),
        ("psis", "S2", 15),
        ("greater_trochanter", "coccyx_tip", 30),
    ],
)
def test_levels(place: str, level: str, within_mm: float, sex: Sex) -> None:
    assert abs(_at(place, sex)[2] - _at(level, sex)[2]) < within_mm


@pytest.mark.parametrize("sex", Sex)
def test_the_inferior_angle_is_level_with_t7_or_t8(sex: Sex) -> None:
    height = _at("scapula_inferior_angle", sex)[2]
    assert _at("T8", sex)[2] - 12.0 < height < _at("T7", sex)[2] + 12.0


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize(
    ("first", "second", "least_mm", "most_mm"),
    [
        ("lateral_epicondyle", "medial_epicondyle", 48, 85),
        ("radial_styloid", "ulnar_styloid", 38, 70),
        ("patella_medial", "patella_lateral", 35, 60),
        ("patella_top", "patella_bottom", 35, 60),
        ("medial_malleolus", "lateral_malleolus", 44, 80),
        ("mcp_2", "mcp_5", 50, 90),
        ("mtp_1", "mtp_5", 55, 90),
        ("suprasternal_notch", "xiphoid", 140, 215),
        ("asis", "greater_trochanter", 80, 150),
    ],
)
def test_breadths(first: str, second: str, least_mm: float, most_mm: float, sex: Sex) -> None:
    assert least_mm < _apart_mm(first, second, sex) < most_mm


def test_the_thumb_is_on_the_radial_side() -> None:
    assert _apart_mm("radial_styloid", "thumb_cmc") < _apart_mm("ulnar_styloid", "thumb_cmc")
    assert _apart_mm("pisiform", "mcp_5") < _apart_mm("pisiform", "mcp_2")


def test_ears_and_jaw_are_in_order() -> None:
    assert _at("mastoid_tip")[1] < _at("tragus")[1] < _at("zygomatic_arch_mid")[1] < _at("zygoma")[1]
    assert _at("mandible_angle")[2] < _at("mandible_condyle")[2]
    assert _at("ear_top")[2] > _at("tragus")[2] > _at("mastoid_tip")[2]


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize(
    "names",
    [
        (
            "transverse_c1",
            "transverse_c2",
            "transverse_c3",
            "transverse_c4",
            "transverse_c5",
            "transverse_c6",
        ),
        tuple(f"transverse_t{level}" for level in range(1, 13)),
        tuple(f"transverse_l{level}" for level in range(1, 6)),
        tuple(f"rib_angle_{rib}" for rib in range(2, 11)),
        tuple(f"costochondral_{rib}" for rib in range(2, 8)),
        tuple(f"rib_{rib}_axillary" for rib in range(6, 10)),
        ("suprasternal_notch", "sternal_angle", "sternum_mid", "xiphoid", "umbilicus", "pubic_symphysis"),
        ("asis", "aiis", "greater_trochanter", "lesser_trochanter", "femur_mid_lateral", "patella_top"),
        ("lateral_femoral_epicondyle", "lateral_joint_line", "gerdy_tubercle", "tibial_tuberosity"),
        ("fibular_head", "fibula_mid", "lateral_malleolus", "sinus_tarsi"),
        ("hyoid", "thyroid_notch", "cricoid", "suprasternal_notch"),
    ],
    ids=lambda names: f"{names[0]}-{names[-1]}",
)
def test_order_from_above(names: tuple[str, ...], sex: Sex) -> None:
    heights = [_at(name, sex)[2] for name in names]
    assert (np.diff(heights) < 0).all(), dict(zip(names, np.round(heights), strict=True))


@pytest.mark.parametrize("finger", FINGERS)
@pytest.mark.parametrize("sex", Sex)
def test_knuckles_are_in_order(finger: str, sex: Sex) -> None:
    chain = (
        f"metacarpal_base_{finger}",
        f"mcp_{finger}",
        f"pip_{finger}",
        f"dip_{finger}",
        f"fingertip_{finger}",
    )
    steps = [_apart_mm(first, second, sex) for first, second in pairwise(chain)]
    assert steps[0] > steps[1] > steps[2] > 9.0, steps
    assert _apart_mm(chain[0], chain[-1], sex) > 0.8 * sum(steps), "they lie on a line"


@pytest.mark.parametrize("sex", Sex)
def test_soft_tissue_is_where_its_muscle_ends(sex: Sex) -> None:
    front, middle, back = (_at(f"scm_{part}", sex) for part in ("front_mid", "mid", "back_mid"))
    assert front[1] > middle[1] > back[1]
    assert _at("scm_sternal_origin", sex)[0] > _at("scm_clavicular_origin", sex)[0], "nearer the midline"
    assert 40.0 < -_at("rectus_border_umbilicus", sex)[0] < 95.0
    assert _at("semitendinosus_tendon", sex)[0] > _at("biceps_femoris_tendon", sex)[0] + 60.0
