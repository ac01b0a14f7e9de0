from bodymap.domain.builds import Build, Sex
from bodymap.domain.errors import Refusal
from bodymap.domain.layers import SEE_THROUGH, SKIN_ONLY, LandmarkRef, Layers, StructureRef
from bodymap.domain.pain import Fill, Pain, PainMark, Quality, Stroke
from bodymap.domain.places import Place, PointRef, SkinRef
from bodymap.domain.plans import MAX_SITES, Needle, Plan, Position, Site, Technique
from bodymap.domain.postures import Posture
from bodymap.domain.sides import Side

__all__ = [
    "MAX_SITES",
    "SEE_THROUGH",
    "SKIN_ONLY",
    "Build",
    "Fill",
    "LandmarkRef",
    "Layers",
    "Needle",
    "Pain",
    "PainMark",
    "Place",
    "Plan",
    "PointRef",
    "Position",
    "Posture",
    "Quality",
    "Refusal",
    "Sex",
    "Side",
    "Site",
    "SkinRef",
    "Stroke",
    "StructureRef",
    "Technique",
]
