"""Whether a needle at each point, aimed as its record says, meets its muscle on the modelled standard man."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.atlas import Atlas
from bodymap.atlas.hazards import HAZARDS
from bodymap.atlas.records import Approach, Layer, Muscle
from bodymap.body import Body
from bodymap.body.inside import Structure
from bodymap.domain import Build, PointRef, Side
from bodymap.geometry.projection import Projector

Floats = NDArray[np.float64]
Finding = tuple[str, str, bool]
"""Point id, sentence, and whether it is a fault."""

NEAR_DANGER_MM = 20.0
"""A structure nearer than this to the needle, with no bone in between, must be named at risk."""
MOST_TRIED = 40
"""So many places of a structure are tried for one that no bone shields."""
MISS_MM = 5.0
"""A needle may pass its muscle by this much on the model, whose muscles are no more exact."""
FOLD_MISS_MM = 15.0
"""The same where the muscle is lifted between the fingers."""
COARSEST_MM = 20.0
"""No needle goes through a muscle that has no vertex so near."""
SAME_DEPTH_MM, DEEP_MM = 2.0, 15.0

HAZARD_OF_STRUCTURE = MappingProxyType(
    {
        "pleura_left": "lung",
        "pleura_right": "lung",
        "lung_left": "lung",
        "lung_right": "lung",
        "kidney_left": "kidney",
        "kidney_right": "kidney",
        "spinal_canal": "spinal_cord",
        "brachial_vessels": "brachial_artery",
        "femoral_artery": "femoral_vessels",
        "femoral_vein": "femoral_vessels",
        "internal_jugular_vein": "jugular_vein",
        "posterior_tibial_bundle": "posterior_tibial_vessels",
        "anterior_tibial_bundle": "anterior_tibial_vessels",
    }
)
"""What a modelled structure is called in the records, where the names differ."""


def needle_problems(atlas: Atlas, body: Body) -> Iterator[Finding]:
    """Points whose needle misses its muscle or passes something unnamed, and layers that do not agree."""
    model, surface = _Model(body), body.surface(Build())
    for muscle in atlas.muscles:
        for point in muscle.points:
            point_id = muscle.point_id(point)
            ref, needling = PointRef(point_id, Side.LEFT), atlas.needling(point_id)
            if needling.length_mm is None:
                continue
            start = atlas.anchor(ref).position(surface.vertices, surface.triangles).astype(np.float64)
            needle = _Needle(start, atlas.aim(ref).astype(np.float64), needling.length_mm[1])
            lifted = needling.approach is Approach.PINCER
            for what, serious in _of_muscle(model, muscle, needle, lifted):
                yield point_id, what, serious
            for hazard in sorted(model.hazards_near(needle) - set(needling.at_risk)):
                yield point_id, f"its needle comes within 20 mm of {hazard}, which is not named at risk", True


class _Needle(NamedTuple):
    """A needle on the standard body: where it enters, its unit direction, and its length."""

    start: Floats
    way: Floats
    length_mm: float

    def passing_mm(self, vertices: Floats) -> float:
        """Return the least distance from the needle to vertices."""
        return float(np.linalg.norm(vertices - self.nearest(vertices), axis=1).min())

    def nearest(self, vertices: Floats) -> Floats:
        """Return the place on the needle that is nearest to each vertex, shape (n, 3)."""
        along = np.clip((vertices - self.start) @ self.way, 0.0, self.length_mm)
        return np.asarray(self.start + along[:, None] * self.way)


def _of_muscle(model: _Model, muscle: Muscle, needle: _Needle, lifted: bool) -> Iterator[tuple[str, bool]]:
    entries = model.muscle_entries_mm(needle)
    own = entries.get(muscle.id)
    if own is None:
        missed_mm = model.missed_mm(muscle.id, needle)
        if missed_mm > (FOLD_MISS_MM if lifted else MISS_MM):
            what = f"a needle aimed as written passes its muscle by {missed_mm:.0f} mm"
            yield what, True
    elif not lifted:
        above = [name for name, entry in entries.items() if entry < own - SAME_DEPTH_MM]
        if muscle.layer is Layer.SUPERFICIAL and len(above) > 1:
            yield f"it is called superficial, yet lies there under {' and '.join(above)}", False
        if muscle.layer is Layer.DEEP and not above and own < DEEP_MM:
            yield f"it is called deep, yet nothing covers it there and it begins {own:.0f} mm deep", False


class _Model:
    """The left side of the standard body's inside, for measuring."""

    def __init__(self, body: Body) -> None:
        self._all = body.inside_vertices(Build()).astype(np.float64)
        self._inside = body.inside
        left = [s for s in body.inside.structures if s.side is not Side.RIGHT]
        self._muscles = {s.id: s for s in left if s.record.kind == "muscle"}
        self._bones = [s for s in left if s.record.kind == "bone"]
        self._dangers = [s for s in left if s.record.kind not in ("muscle", "bone")]
        self._projectors: dict[str, Projector] = {}

    def muscle_entries_mm(self, needle: _Needle) -> dict[str, float]:
        """How deep the needle enters each muscle that it meets."""
        entries = {}
        for name, structure in self._muscles.items():
            if needle.passing_mm(self._vertices(structure)) > COARSEST_MM:
                continue
            crossings = self._projector(structure).crossings_mm(needle.start, needle.way)
            if len(crossings) and crossings[0] <= needle.length_mm:
                entries[name] = float(crossings[0])
        return entries

    def missed_mm(self, muscle_id: str, needle: _Needle) -> float:
        """By how much a needle passes a muscle; 0 for a muscle that is not modelled."""
        structure = self._muscles.get(muscle_id)
        return 0.0 if structure is None else needle.passing_mm(self._vertices(structure))

    def hazards_near(self, needle: _Needle) -> set[str]:
        """Structures at risk, as the records call them, near the needle."""
        near = (s.id for s in self._dangers if self._in_reach(needle, self._vertices(s)))
        called = {HAZARD_OF_STRUCTURE.get(name, name) for name in near}
        return called & HAZARDS.keys()

    def _in_reach(self, needle: _Needle, vertices: Floats) -> bool:
        """Whether some of the vertices are near the needle with no bone in between."""
        from_needle = vertices - needle.nearest(vertices)
        far_mm = np.linalg.norm(from_needle, axis=1)
        near = np.flatnonzero(far_mm < NEAR_DANGER_MM)
        if len(near) == 0:
            return False
        bones = [
            b for b in self._bones if needle.passing_mm(self._vertices(b)) < NEAR_DANGER_MM + COARSEST_MM
        ]
        return any(
            not any(self._crossed(bone, vertices[row] - from_needle[row], from_needle[row]) for bone in bones)
            for row in near[np.argsort(far_mm[near])][:: max(1, len(near) // MOST_TRIED)]
        )

    def _crossed(self, bone: Structure, start: Floats, way: Floats) -> bool:
        length = float(np.linalg.norm(way))
        if length < 1e-6:
            return False
        crossings = self._projector(bone).crossings_mm(start, way / length)
        return bool(len(crossings)) and float(crossings[0]) < length

    def _vertices(self, structure: Structure) -> Floats:
        return np.concatenate([self._all[part] for part in structure.vertices])

    def _projector(self, structure: Structure) -> Projector:
        if structure.id not in self._projectors:
            triangles = np.concatenate([self._inside.triangles[part] for part in structure.triangles])
            self._projectors[structure.id] = Projector(self._all, triangles)
        return self._projectors[structure.id]
