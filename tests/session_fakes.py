"""A small atlas and body for tests that need no real ones."""

from __future__ import annotations

from dataclasses import dataclass

from bodymap.domain import Place, PointRef, Side, SkinRef
from bodymap.geometry.anchors import Anchor


@dataclass(frozen=True)
class FakePoint:
    label: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class FakeMuscle:
    english: str


@dataclass(frozen=True)
class FakeAdvice:
    positions: tuple[str, ...] = ("prone", "seated")
    length_mm: tuple[float, float] | None = (30.0, 50.0)


class FakeAtlas:
    """Three points: an ordinary one, one on the right side only, one that is never needled."""

    digest = "d" * 64

    def __init__(self) -> None:
        self._points = {
            "trapezius_upper.1": FakePoint("TrP1"),
            "pectoralis_major.arrhythmia": FakePoint("", ("right_only",)),
            "diaphragm.1": FakePoint(""),
        }
        self._muscles = {
            "trapezius_upper": FakeMuscle("Upper trapezius"),
            "pectoralis_major": FakeMuscle("Pectoralis major"),
            "diaphragm": FakeMuscle("Diaphragm"),
        }
        self._advice = {
            "trapezius_upper.1": FakeAdvice(),
            "pectoralis_major.arrhythmia": FakeAdvice(("supine",), (13.0, 25.0)),
            "diaphragm.1": FakeAdvice(("floating",), None),
        }

    def point(self, point_id: str) -> FakePoint:
        return self._points[point_id]

    def muscle_of(self, point_id: str) -> FakeMuscle:
        return self._muscles[point_id.partition(".")[0]]

    def needling(self, point_id: str) -> FakeAdvice:
        return self._advice[point_id]

    def anchor(self, ref: PointRef) -> Anchor:
        self._points[ref.point]
        return Anchor(0, (1.0, 0.0, 0.0))

    def place_name(self, place: Place) -> str:
        if isinstance(place, SkinRef):
            return f"Free site, {place.region}, {place.side}"
        label = self._points[place.point].label
        return f"{self.muscle_of(place.point).english}{' ' if label else ''}{label}, {place.side}"


class FakeRegions:
    _names = {"temple": FakeMuscle("Temple"), "upper_back": FakeMuscle("Upper back")}  # noqa: RUF012

    def at(self, anchor: Anchor) -> tuple[str, Side]:
        return ("upper_back", Side.LEFT) if anchor.face == 0 else ("temple", Side.RIGHT)

    def region(self, region_id: str) -> FakeMuscle:
        return self._names[region_id]


class FakeBody:
    """A hundred triangles; even and odd ones mirror each other, the last one lies on the midline."""

    regions = FakeRegions()
    triangles = range(101)

    def mirrored(self, anchor: Anchor) -> Anchor:
        if anchor.face == 100:
            a, b, c = anchor.barycentric
            return Anchor(100, (b, a, c))
        return Anchor(anchor.face ^ 1, anchor.barycentric)


TRAPEZIUS = PointRef(point="trapezius_upper.1", side=Side.LEFT)
TRAPEZIUS_RIGHT = PointRef(point="trapezius_upper.1", side=Side.RIGHT)
ARRHYTHMIA = PointRef(point="pectoralis_major.arrhythmia", side=Side.RIGHT)
DIAPHRAGM = PointRef(point="diaphragm.1", side=Side.LEFT)
TEMPLE = SkinRef(face=4, barycentric=(0.2, 0.3, 0.5), region="temple", side=Side.LEFT)
