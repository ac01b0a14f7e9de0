"""Safety facts that the atlas is checked against: which sites must name which structure at risk."""

from __future__ import annotations

from types import MappingProxyType

LUNG_REGIONS = frozenset(
    {
        "neck_base_c7",
        "neck_shoulder_angle",
        "supraclavicular",
        "scapula_upper",
        "scapula_medial_border",
        "interscapular",
        "scapula_infraspinous",
        "scapula_lower_angle",
        "scapula_lateral_border",
        "chest_upper",
        "chest_pectoral",
        "breast_nipple",
        "sternum",
        "chest_lateral",
        "costal_margin",
        "thoracic_paraspinal_upper",
        "thoracic_paraspinal_mid",
        "thoracic_paraspinal_lower",
        "back_lower_ribs",
    }
)
"""Regions with the pleura under them: a point there names the lung, whatever its muscle."""

HAZARDS_BY_REGION = MappingProxyType(
    {
        "groin": ("femoral_vessels",),
        "abdomen_upper_quadrant": ("peritoneum",),
        "abdomen_lower_quadrant": ("peritoneum",),
        "epigastrium": ("peritoneum",),
        "umbilical": ("peritoneum",),
        "suprapubic": ("peritoneum",),
        "breast_nipple": ("breast_tissue",),
    }
)
"""Further structures that any point over a region names."""

HAZARDS_BY_MUSCLE = MappingProxyType(
    {
        "rectus_capitis_posterior_major": ("vertebral_artery", "spinal_cord"),
        "rectus_capitis_posterior_minor": ("vertebral_artery", "spinal_cord"),
        "obliquus_capitis_inferior": ("vertebral_artery", "spinal_cord"),
        "obliquus_capitis_superior": ("vertebral_artery", "spinal_cord"),
        "multifidus_cervical": ("spinal_cord",),
        "rotatores_cervical": ("spinal_cord",),
        "multifidus_rotatores_thoracic": ("spinal_cord", "lung"),
        "multifidus_lumbar": ("spinal_cord",),
        "quadratus_lumborum": ("kidney",),
        "iliocostalis_thoracis": ("lung",),
        "longissimus_thoracis": ("lung",),
        "serratus_anterior": ("lung",),
        "serratus_posterior_superior": ("lung",),
        "serratus_posterior_inferior": ("lung",),
        "rhomboid_major": ("lung",),
        "rhomboid_minor": ("lung",),
        "levator_scapulae": ("lung",),
        "trapezius_upper": ("lung",),
        "trapezius_middle": ("lung",),
        "trapezius_lower": ("lung",),
        "supraspinatus": ("lung",),
        "subscapularis": ("lung",),
        "latissimus_dorsi": ("lung",),
        "pectoralis_minor": ("lung",),
        "scalenus_anterior": ("lung", "brachial_plexus"),
        "scalenus_medius": ("lung", "brachial_plexus"),
        "scalenus_posterior": ("lung",),
        "scalenus_minimus": ("lung",),
        "subclavius": ("lung", "subclavian_vessels"),
        "intercostales": ("lung",),
        "diaphragma": ("lung",),
        "psoas_major": ("peritoneum", "femoral_nerve"),
        "iliacus": ("femoral_nerve",),
        "pectineus": ("femoral_vessels",),
        "piriformis": ("sciatic_nerve",),
        "quadratus_femoris": ("sciatic_nerve",),
        "obturator_internus": ("sciatic_nerve", "pudendal_nerve"),
        "popliteus": ("popliteal_vessels", "tibial_nerve"),
        "plantaris": ("popliteal_vessels", "tibial_nerve"),
        "tibialis_posterior": ("posterior_tibial_vessels", "tibial_nerve"),
        "fibularis_longus": ("common_fibular_nerve",),
        "supinator": ("posterior_interosseous_nerve",),
        "brachialis": ("radial_nerve",),
        "triceps_brachii": ("radial_nerve",),
        "coracobrachialis": ("musculocutaneous_nerve",),
        "deltoid_posterior": ("axillary_nerve",),
        "teres_minor": ("axillary_nerve",),
    }
)
"""Structures that some point of a muscle must name."""

NEVER_NEEDLED = frozenset(
    {
        "intercostales",
        "diaphragma",
        "longus_colli_capitis",
        "orbicularis_oculi",
        "levator_ani",
        "coccygeus",
        "sphincter_ani_externus",
        "perineal_superficial",
    }
)
"""Muscles that are shown and explained, but for which no needle is ever proposed."""
