from bodymap.domain.builds import Build, Sex
from bodymap.domain.errors import Refusal
from bodymap.domain.layers import SEE_THROUGH, SKIN_ONLY, LandmarkRef, Layers, StructureRef
from bodymap.domain.places import Place, PointRef, SkinRef
from bodymap.domain.plans import MAX_SITES, Needle, Plan, Position, Site, Technique
from bodymap.domain.postures import Posture
from bodymap.domain.sides import Side

__all__ = [
    "MAX_SITES",
    "SEE_THROUGH",
    "SKIN_ONLY",
    "Build",
    "LandmarkRef",
    "Layers",
    "Needle",
    "Place",
    "Plan",
    "PointRef",
    "Position",
    "Posture",
    "Refusal",
    "Sex",
    "Side",
    "Site",
    "SkinRef",
    "StructureRef",
    "Technique",
]
