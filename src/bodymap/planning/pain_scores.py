"""Figures of a painted pain: regions, area, centre, and the areas of the Widespread Pain Index."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.body.painting import QUALITIES, PainMap
from bodymap.domain import Build, Quality, Side
from bodymap.geometry.surfaces import vertex_areas_mm2

LEAST_REGION_SHARE = 0.05
"""A region of which less is painted was only brushed by the edge of a stroke."""

LEAST_WPI_SHARE, LEAST_WPI_CM2 = 0.10, 20.0
"""An area of the index counts when so much of its skin hurts, or three fingers' breadth each way of it: a
stroke that ends a little across a border does not."""

_PAIRED_AREAS = MappingProxyType(
    {
        "shoulder girdle": (
            "neck_shoulder_angle", "supraclavicular", "shoulder_top_acromion", "shoulder_anterior_deltoid",
            "shoulder_lateral_deltoid", "shoulder_posterior_deltoid", "scapula_upper", "axilla",
        ),
        "upper arm": (
            "arm_anterior_upper", "arm_anterior_lower", "arm_lateral", "arm_medial", "arm_posterior_upper",
            "arm_posterior_lower",
        ),
        "lower arm": (
            "elbow_lateral_epicondyle", "elbow_medial_epicondyle", "olecranon", "antecubital",
            "forearm_radial_dorsal", "forearm_ulnar_dorsal", "forearm_volar_radial", "forearm_volar_ulnar",
            "wrist_dorsal", "wrist_volar", "wrist_ulnar_side", "hand_dorsum", "web_space_thumb", "thenar",
            "hypothenar", "palm", "thumb", "index_finger", "middle_finger", "ring_finger", "little_finger",
        ),
        "hip (buttock, trochanter)": (
            "buttock_upper", "buttock_mid", "buttock_lower_fold", "hip_lateral_trochanter", "hip_anterior",
            "groin", "iliac_crest_anterior",
        ),
        "upper leg": (
            "thigh_anterior_upper", "thigh_anterior_mid", "thigh_anterior_lower", "thigh_lateral_upper",
            "thigh_lateral_mid", "thigh_lateral_lower", "thigh_medial_upper", "thigh_medial_mid",
            "thigh_medial_lower", "thigh_posterior_upper", "thigh_posterior_mid", "thigh_posterior_lower",
        ),
        "lower leg": (
            "knee_anterior", "knee_medial", "knee_lateral", "knee_posterior", "calf_posterior_upper",
            "calf_posterior_mid", "calf_posterior_lower", "leg_anterior_upper", "leg_anterior_mid",
            "leg_anterior_lower", "leg_lateral_upper", "leg_lateral_lower", "leg_medial", "ankle_anterior",
            "ankle_lateral", "ankle_medial", "achilles", "heel_posterior", "heel_plantar", "heel_medial",
            "instep_medial", "sole_midfoot", "foot_lateral_border", "metatarsal_head_1_plantar",
            "metatarsal_heads_lesser_plantar", "foot_dorsum", "great_toe_dorsal", "great_toe_plantar",
            "lesser_toes_dorsal", "lesser_toes_plantar",
        ),
        "jaw": ("preauricular_tmj", "mandible_body", "mandible_angle"),
    }
)  # fmt: skip
_SINGLE_AREAS = MappingProxyType(
    {
        "chest": ("chest_upper", "chest_pectoral", "breast_nipple", "sternum", "chest_lateral"),
        "abdomen": (
            "costal_margin", "epigastrium", "abdomen_upper_quadrant", "umbilical", "abdomen_lower_quadrant",
            "suprapubic", "flank",
        ),
        "upper back": (
            "scapula_medial_border", "interscapular", "scapula_infraspinous", "scapula_lower_angle",
            "scapula_lateral_border", "thoracic_paraspinal_upper", "thoracic_paraspinal_mid",
            "thoracic_paraspinal_lower", "back_lower_ribs",
        ),
        "lower back": (
            "lumbar_paraspinal_upper", "lumbar_paraspinal_lower", "iliac_crest_posterior", "sacroiliac",
            "sacrum", "coccyx",
        ),
        "neck": (
            "throat_front", "neck_anterolateral", "neck_lateral", "neck_posterior", "suboccipital",
            "neck_base_c7",
        ),
    }
)  # fmt: skip

WPI_AREAS = 2 * len(_PAIRED_AREAS) + len(_SINGLE_AREAS)
"""Nineteen: Wolfe and others, Seminars in Arthritis and Rheumatism 2016;46:319-329. Head and face (but the
jaw) and the genitals belong to none of them."""


@dataclass(frozen=True, slots=True)
class RegionShare:
    """How much of a region hurts.

    Attributes
    ----------
    region : str
    side : Side or None
        None on the midline.
    share : float
        Of the region's skin, 0 to 1.
    area_cm2 : float
    """

    region: str
    side: Side | None
    share: float
    area_cm2: float


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """Where one quality of pain is, and how strong.

    Attributes
    ----------
    quality : Quality
    area_cm2 : float
    intensity : float
        0 to 10, the mean over its area.
    centre_mm : tuple of 3 float
        The vertex nearest to its centre, on the standing body.
    centre_region : str
    regions : tuple of RegionShare
        Largest area first.
    """

    quality: Quality
    area_cm2: float
    intensity: float
    centre_mm: tuple[float, float, float]
    centre_region: str
    regions: tuple[RegionShare, ...]


@dataclass(frozen=True, slots=True)
class PainFigures:
    """Figures of a painted pain on one body.

    Attributes
    ----------
    area_cm2 : float
    body_share : float
        Of the body's skin, 0 to 1.
    regions : tuple of RegionShare
        Largest area first.
    qualities : tuple of QualityFigures
    wpi : tuple of str
        Areas of the Widespread Pain Index that hurt, with their side.
    """

    area_cm2: float
    body_share: float
    regions: tuple[RegionShare, ...]
    qualities: tuple[QualityFigures, ...]
    wpi: tuple[str, ...]


def pain_figures(pain: PainMap, body: Body, build: Build) -> PainFigures:
    """Measure a painted pain on a body."""
    points = body.vertices(build)
    # The inside of the mouth belongs to no region and is no skin to paint on.
    areas = vertex_areas_mm2(points, body.triangles) * (body.regions.of_vertex >= 0)
    inside = pain.inside
    return PainFigures(
        area_cm2=float(areas[inside].sum()) / 100.0,
        body_share=float(areas[inside].sum() / areas.sum()),
        regions=_regions(body, areas, inside),
        qualities=tuple(
            _quality(quality, pain, body, areas, points) for quality in QUALITIES if pain.of(quality).any()
        ),
        wpi=_wpi(body, areas, inside),
    )


def _regions(body: Body, areas: NDArray[np.float64], inside: NDArray[np.bool_]) -> tuple[RegionShare, ...]:
    shares = []
    off_midline = body.mirror_vertices != np.arange(body.n_vertices)
    touched = np.unique(body.regions.of_vertex[inside])
    for region_id in (body.regions.ids[index] for index in touched if index >= 0):
        paired = body.regions.region(region_id).paired
        for side in tuple(Side) if paired else (None,):
            skin = body.regions.vertices_in(region_id, side)
            if side is not None:
                skin = (
                    skin & off_midline
                )  # its vertices belong to both sides, and would name the other one too
            painted = float(areas[skin & inside].sum())
            share = painted / float(areas[skin].sum())
            if share >= LEAST_REGION_SHARE:
                shares.append(RegionShare(region_id, side, share, painted / 100.0))
    return tuple(sorted(shares, key=lambda each: -each.area_cm2))


def _quality(
    quality: Quality,
    pain: PainMap,
    body: Body,
    areas: NDArray[np.float64],
    points: NDArray[np.float64],
) -> QualityFigures:
    skin = np.flatnonzero(pain.of(quality))
    weights = areas[skin] / areas[skin].sum()
    centre = weights @ points[skin]
    nearest = int(skin[np.argmin(np.linalg.norm(points[skin] - centre, axis=1))])
    x, y, z = points[nearest].tolist()
    return QualityFigures(
        quality=quality,
        area_cm2=float(areas[skin].sum()) / 100.0,
        intensity=float(weights @ pain.intensity[QUALITIES.index(quality)][skin]),
        centre_mm=(round(x, 1), round(y, 1), round(z, 1)),
        regions=_regions(body, areas, pain.of(quality)),
        centre_region=body.regions.at_vertex(nearest),
    )


def _wpi(body: Body, areas: NDArray[np.float64], inside: NDArray[np.bool_]) -> tuple[str, ...]:
    found = []
    for name, region_ids in _PAIRED_AREAS.items():
        found += [f"{name}, {side.value}" for side in Side if _hurts(body, areas, inside, region_ids, side)]
    found += [name for name, ids in _SINGLE_AREAS.items() if _hurts(body, areas, inside, ids, None)]
    return tuple(found)


def _hurts(
    body: Body,
    areas: NDArray[np.float64],
    inside: NDArray[np.bool_],
    region_ids: tuple[str, ...],
    side: Side | None,
) -> bool:
    skin = np.logical_or.reduce([body.regions.vertices_in(region_id, side) for region_id in region_ids])
    least_mm2 = min(LEAST_WPI_SHARE * areas[skin].sum(), 100.0 * LEAST_WPI_CM2)
    return bool(areas[skin & inside].sum() >= least_mm2)
