from bodymap.atlas.atlas import Atlas, read_atlas
from bodymap.atlas.checks import Grade, Problem, check_atlas
from bodymap.atlas.compiled import Zone
from bodymap.atlas.hazards import HAZARDS, Hazard
from bodymap.atlas.listing import atlas_listing
from bodymap.atlas.reading import AtlasError
from bodymap.atlas.records import Approach, Flag, Layer, Muscle, Needling, Patient, Risk, TriggerPoint
from bodymap.atlas.search import Hit
from bodymap.atlas.shapes import Pattern, Referral, ZoneSpec

__all__ = [
    "HAZARDS",
    "Approach",
    "Atlas",
    "AtlasError",
    "Flag",
    "Grade",
    "Hazard",
    "Hit",
    "Layer",
    "Muscle",
    "Needling",
    "Patient",
    "Pattern",
    "Problem",
    "Referral",
    "Risk",
    "TriggerPoint",
    "Zone",
    "ZoneSpec",
    "atlas_listing",
    "check_atlas",
    "read_atlas",
]
