"""Stand-ins for the atlas: blobs on the real body, by straight distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.compiled import SkinArea
from bodymap.body import Body
from bodymap.domain import Build, Place, PointRef, Side
from bodymap.geometry.anchors import Anchor
from bodymap.scene import shown_surface


@dataclass(frozen=True, eq=False)
class FakeZones:
    vertices: NDArray[np.int32]
    essential: NDArray[np.uint8]
    spillover: NDArray[np.uint8]
    deep: NDArray[np.uint8]

    @property
    def has_deep(self) -> bool:
        return bool(self.deep.any())


# Point, middle of the zone, radius of the essential and of the spillover zone; left side, millimetres.
SPOTS = {
    "back.1": ((-80.0, -80.0, 1400.0), (-80.0, -90.0, 1300.0), 40.0, 90.0),
    "back.2": ((-80.0, -80.0, 1250.0), (-100.0, -90.0, 1270.0), 40.0, 90.0),
    "belly.1": ((-50.0, 90.0, 1080.0), (-50.0, 90.0, 1080.0), 30.0, 70.0),
    "thigh.1": ((-110.0, 60.0, 700.0), (-110.0, 60.0, 650.0), 35.0, 80.0),
    "calf.1": ((-130.0, -60.0, 350.0), (-130.0, -60.0, 320.0), 30.0, 60.0),
    "neck.1": ((-50.0, 0.0, 1500.0), (-50.0, 0.0, 1540.0), 20.0, 40.0),
    "chest.1": ((-80.0, 80.0, 1300.0), (-80.0, 80.0, 1310.0), 30.0, 60.0),
}


class FakeAtlas:
    """Seven points on both sides."""

    def __init__(self, body: Body) -> None:
        surface = shown_surface(body, Build())
        self._vertices = surface.vertices
        self._middles = surface.vertices[body.triangles].mean(axis=1)
        self.refs = tuple(PointRef(name, side) for name in SPOTS for side in Side)
        self._anchors = {ref: self._anchor(ref) for ref in self.refs}
        self._zones = {ref: self._zone(ref) for ref in self.refs}

    def anchor(self, ref: PointRef) -> Anchor:
        return self._anchors[ref]

    def zone(self, ref: PointRef) -> FakeZones:
        return self._zones[ref]

    def dermatome_area(self, root: str) -> SkinArea | None:
        """Return the skin around the belly's point for C6."""
        zone = self._zones[PointRef("belly.1", Side.LEFT)]
        return SkinArea(zone.vertices, zone.spillover) if root == "C6" else None

    def place_name(self, place: Place) -> str:
        return f"{place.point if isinstance(place, PointRef) else place.region}, {place.side.value}"

    def middle(self, ref: PointRef) -> NDArray[np.float64]:
        """Vertex in the middle of a point's zone, shape (3,)."""
        wanted = _on_side(SPOTS[ref.point][1], ref.side)
        nearest = np.argmin(np.linalg.norm(self._vertices - wanted, axis=1))
        return np.asarray(self._vertices[nearest], dtype=np.float64)

    def _anchor(self, ref: PointRef) -> Anchor:
        wanted = _on_side(SPOTS[ref.point][0], ref.side)
        return Anchor(int(np.argmin(np.linalg.norm(self._middles - wanted, axis=1))), (0.25, 0.25, 0.5))

    def _zone(self, ref: PointRef) -> FakeZones:
        distance = np.linalg.norm(self._vertices - self.middle(ref), axis=1)
        essential, spillover = (
            np.round(255 * np.clip(0.5 - (distance - radius) / 24.0, 0.0, 1.0)).astype(np.uint8)
            for radius in SPOTS[ref.point][2:]
        )
        vertices = np.flatnonzero(spillover).astype(np.int32)
        # The thigh's pain is felt deep in its upper half.
        is_deep = (self._vertices[:, 2] > 650.0) & (ref.point == "thigh.1")
        deep = np.where(is_deep[vertices], 255, 0).astype(np.uint8)
        return FakeZones(vertices, essential[vertices], spillover[vertices], deep)


def _on_side(point: tuple[float, float, float], side: Side) -> NDArray[np.float64]:
    sign = 1.0 if side is Side.LEFT else -1.0
    return np.asarray(point) * np.asarray((sign, 1.0, 1.0))
