"""A ball for a body, with a few landmarks and regions, and a small atlas to go with it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from bodymap.body import Landmark, Landmarks
from bodymap.body.inside import Structure, StructureRecord
from bodymap.body.regions import Region, RegionMap
from bodymap.domain import Build, Side
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.mirror import mirror_faces, mirrored_anchor
from bodymap.geometry.projection import Projector
from bodymap.geometry.surfaces import Surface, make_surface
from toy_meshes import mirror_table, sphere

RADIUS_MM = 120.0

# Directions from the centre; the subject's left is -x.
LANDMARKS = {
    "front": (0.0, 1.0, 0.0),
    "back": (0.0, -1.0, 0.0),
    "top": (0.0, 0.0, 1.0),
    "side": (-1.0, 0.0, 0.0),
    "cheek": (-0.6, 0.8, 0.0),
    "shoulder_blade": (-0.6, -0.8, 0.0),
}
PAIRED = {"side", "cheek", "shoulder_blade"}

REGIONS = (
    Region("face", "Face", "head", "paired", "surface", "In front, below the cap."),
    Region("scapula_upper", "Upper scapula", "shoulder", "paired", "surface", "Behind, below the cap."),
    Region("vertex", "Top of the head", "head", "midline", "surface", "The cap."),
    Region("ear_deep", "Deep in the ear", "head", "paired", "deep", "Inside.", ("face",)),
)


class ToyRegions(RegionMap):
    """Three regions of skin and a deep one, instead of the vocabulary file's."""

    def __init__(self, body: ToyBody) -> None:
        x, y, z = np.round(body.vertices.T, 6)
        label = np.where(z > 0.7 * RADIUS_MM, 2, np.where(y >= 0.0, 0, 1)).astype(np.int16)
        half = np.sign(x).astype(np.int8)
        side = np.where(label == 2, 0, np.where(half == 0, -1, half)).astype(np.int8)
        super().__init__(("face", "scapula_upper", "vertex"), label, side, half, lambda: body.triangles)
        self.__dict__["_by_id"] = {region.id: region for region in REGIONS}


BALLS = {
    "trapezius_upper": ("muscle", "cheek", 88.0, 20.0),
    "masseter_superficial": ("muscle", "front", 108.0, 6.0),
    "masseter_deep": ("muscle", "front", 94.0, 6.0),
    "pterygoideus_lateralis": ("muscle", "front", 70.0, 15.0),
    "carotid_artery": ("vessel", "side", 90.0, 12.0),
    "kidney_left": ("organ", "top", 85.0, 10.0),
    "rib": ("bone", "top", 103.0, 7.0),
}
"""What lies inside: its kind, towards which landmark, how far from the centre and its radius, millimetres."""


class ToyInside:
    """Balls under the skin, all of them on the left or on the midline."""

    def __init__(self) -> None:
        ball, triangles = sphere(1.0, rounds=3)
        self.structures: list[Structure] = []
        all_vertices, all_triangles = [], []
        for row, (name, (kind, way, far, radius)) in enumerate(BALLS.items()):
            direction = np.array(LANDMARKS[way])
            all_vertices.append(radius * ball + far * direction / np.linalg.norm(direction))
            all_triangles.append(triangles + row * len(ball))
            record = StructureRecord(name, kind, english=name, latin=name)  # type: ignore[arg-type]
            parts = [slice(row * len(part), (row + 1) * len(part)) for part in (triangles, ball)]
            self.structures.append(Structure(record, Side.LEFT, (parts[0],), (parts[1],)))
        self.vertices = np.concatenate(all_vertices).astype(np.float32)
        self.triangles = np.concatenate(all_triangles).astype(np.int32)


class ToyBody:
    """Stands in for `bodymap.body.Body`."""

    def __init__(self) -> None:
        vertices, triangles = sphere(RADIUS_MM, rounds=4)
        self.vertices = vertices
        self.triangles = triangles.astype(np.int32)
        self.mirror_vertices = mirror_table(vertices)
        self.n_vertices = len(vertices)

    @cached_property
    def mirror_faces(self) -> Any:
        return mirror_faces(self.triangles, self.mirror_vertices)

    @cached_property
    def landmarks(self) -> Landmarks:
        projector = Projector(self.vertices, self.triangles)
        records = []
        for name, way in LANDMARKS.items():
            landing = projector.closest(RADIUS_MM * np.array(way) + (-1e-3, 0.0, 0.0))
            assert landing is not None
            anchor = landing.anchor
            records.append(
                Landmark(name, name, name, "head", name in PAIRED, anchor.face, anchor.barycentric)
            )
        return Landmarks(tuple(records), self.mirrored)

    @cached_property
    def regions(self) -> ToyRegions:
        return ToyRegions(self)

    def surface(self, build: Build) -> Surface:
        assert build == Build(), "the atlas is made on the standard body"
        return make_surface(self.vertices, self.triangles)

    @cached_property
    def inside(self) -> ToyInside:
        return ToyInside()

    def inside_vertices(self, build: Build) -> Any:
        assert build == Build(), "the atlas is checked on the standard body"
        return self.inside.vertices

    def mirrored(self, anchor: Anchor) -> Anchor:
        return mirrored_anchor(anchor, self.triangles, self.mirror_vertices, self.mirror_faces)


def needling_record(**changes: Any) -> dict[str, Any]:
    return {
        "positions": ["prone", "seated"],
        "palpation": "Flat palpation across the fibres.",
        "approach": "perpendicular",
        "length_mm": [25, 40],
        "direction": "Straight in.",
        "target": "The taut band.",
        "at_risk": ["lung", "accessory_nerve"],
        "caution": "Stay superficial.",
        "risk": "high",
    } | changes


def point_record(point_id: str = "1", **changes: Any) -> dict[str, Any]:
    return {
        "id": point_id,
        "label": "",
        "place_text": "On the cheek.",
        "place": "cheek",
        "pattern": {
            "referral": "same",
            "essential": {"regions": ["face"], "shapes": [{"blob": "cheek", "radius_mm": 70}]},
            "spillover": None,
        },
        "pattern_text": "Often felt on the cheek.",
        "confidence": 2,
        "sources": ["book:6"],
    } | changes


def muscle_record(muscle_id: str = "trapezius_upper", **changes: Any) -> dict[str, Any]:
    return {
        "id": muscle_id,
        "english": "Trapezius, upper fibres",
        "latin": "Musculus trapezius, pars descendens",
        "common": ["upper trap"],
        "abbreviations": ["UT"],
        "group": "trapezius",
        "layer": "superficial",
        "origin": "Skull.",
        "insertion": "Clavicle.",
        "nerve": "Accessory nerve",
        "roots": ["C3", "C4"],
        "action": "Lifts the shoulder.",
        "symptoms": ["headache behind the eye"],
        "look_alikes": ["migraine"],
        "perpetuating": ["a heavy bag"],
        "patient": {"does": "It lifts the shoulder.", "felt": "At the temple.", "helps": "Warmth."},
        "needling": needling_record(),
        "points": [point_record()],
    } | changes


def atlas_record(*muscles: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"format": 1, "sources": {"book": "A book, 1999."}, "muscles": list(muscles)} | changes
