"""Structures a needle must keep clear of: their words, and how dangerous a hit is."""

from __future__ import annotations

from types import MappingProxyType

import msgspec


class Hazard(msgspec.Struct, frozen=True):
    """A structure at risk.

    Attributes
    ----------
    id : str
    words : str
        As written on screen and paper.
    danger : int
        3: a hit may threaten life, sight or the cord; 2: lasting loss or serious bleeding is possible;
        1: pain, bruising or a passing palsy.
    """

    id: str
    words: str
    danger: int


_GRAVE = {
    "lung": "Lung (pneumothorax)",
    "spinal_cord": "Spinal cord",
    "vertebral_artery": "Vertebral artery",
    "heart": "Heart",
    "carotid_artery": "Carotid artery",
    "eye": "Eye",
    "subclavian_vessels": "Subclavian vessels",
    "kidney": "Kidney",
    "peritoneum": "Peritoneum and bowel",
    "liver": "Liver",
}

_SERIOUS = {
    "jugular_vein": "Jugular vein",
    "nerve_roots": "Spinal nerve roots",
    "brachial_plexus": "Brachial plexus",
    "phrenic_nerve": "Phrenic nerve",
    "axillary_vessels": "Axillary vessels",
    "femoral_vessels": "Femoral vessels",
    "sciatic_nerve": "Sciatic nerve",
    "popliteal_vessels": "Popliteal vessels",
    "brachial_artery": "Brachial artery",
    "gluteal_vessels": "Gluteal vessels",
    "facial_nerve": "Facial nerve",
    "femoral_nerve": "Femoral nerve",
    "common_fibular_nerve": "Common fibular nerve",
    "tibial_nerve": "Tibial nerve",
    "radial_nerve": "Radial nerve",
    "ulnar_nerve": "Ulnar nerve",
    "median_nerve": "Median nerve",
    "pudendal_nerve": "Pudendal nerve",
    "accessory_nerve": "Accessory nerve",
    "long_thoracic_nerve": "Long thoracic nerve",
    "axillary_nerve": "Axillary nerve",
    "musculocutaneous_nerve": "Musculocutaneous nerve",
    "posterior_interosseous_nerve": "Posterior interosseous nerve",
    "obturator_nerve": "Obturator nerve",
    "intercostal_vessels": "Intercostal vessels and nerve",
    "posterior_tibial_vessels": "Posterior tibial vessels",
    "anterior_tibial_vessels": "Anterior tibial vessels",
    "deep_fibular_nerve": "Deep fibular nerve",
    "internal_thoracic_vessels": "Internal thoracic vessels",
    "breast_tissue": "Breast tissue or implant",
}

_MINOR = {
    "dorsal_scapular_nerve": "Dorsal scapular nerve",
    "suprascapular_nerve": "Suprascapular nerve",
    "radial_artery": "Radial artery",
    "ulnar_artery": "Ulnar artery",
    "facial_artery": "Facial artery",
    "occipital_artery": "Occipital artery",
    "temporal_artery": "Superficial temporal artery",
    "parotid_gland": "Parotid gland",
    "greater_occipital_nerve": "Greater occipital nerve",
    "posterior_femoral_cutaneous_nerve": "Posterior femoral cutaneous nerve",
    "superficial_fibular_nerve": "Superficial fibular nerve",
    "lateral_femoral_cutaneous_nerve": "Lateral femoral cutaneous nerve",
    "saphenous_nerve": "Saphenous nerve",
    "great_saphenous_vein": "Great saphenous vein",
    "sural_nerve": "Sural nerve",
    "small_saphenous_vein": "Small saphenous vein",
}

HAZARDS = MappingProxyType(
    {
        hazard_id: Hazard(hazard_id, words, danger)
        for danger, group in ((3, _GRAVE), (2, _SERIOUS), (1, _MINOR))
        for hazard_id, words in group.items()
    }
)
"""Every structure at risk by id, the most dangerous first."""
