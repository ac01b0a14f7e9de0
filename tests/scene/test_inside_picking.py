from __future__ import annotations

import pytest

from bodymap.body import Body, read_body
from bodymap.domain import Build, Layers, Posture, Sex, Side, StructureRef
from bodymap.scene import CameraPose, Ray, SceneFrame, Screen, ray_through
from bodymap.scene.frame import InsideLook
from bodymap.scene.inside_picking import InsidePicker
from toy_inside import THIGH, with_toy_inside

SCREEN = Screen(300, 300)
FRONT = CameraPose((THIGH[0], THIGH[1], 680.0), 0.0, 0.0, 300.0)
LEFT = {name: StructureRef(name, Side.LEFT) for name in ("outer", "inner", "femur")}


@pytest.fixture(scope="module")
def filled() -> Body:
    return with_toy_inside(read_body())


@pytest.fixture
def picker(filled: Body) -> InsidePicker:
    return InsidePicker(filled)


def under(picker: InsidePicker, x: float, y: float, layers: Layers, build: Build | None = None) -> object:
    picker.show_frame(SceneFrame(build=build or Build(), inside=InsideLook(layers)))
    hit = picker.cast(ray_through(x, y, FRONT, SCREEN))
    return None if hit is None else hit.structure


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        (Layers(0.3, muscles=True, bones=True), "outer"),
        (Layers(0.3, muscles=True, bones=True, peel=1), "inner"),
        (Layers(0.3, muscles=True, bones=True, peel=2), "femur"),
        (Layers(0.3, muscles=True, bones=True, ghosted=frozenset(("outer",))), "inner"),
        (Layers(0.3, bones=True), "femur"),
    ],
)
def test_the_first_thing_that_is_seen_is_met(picker: InsidePicker, layers: Layers, expected: str) -> None:
    assert under(picker, 150, 150, layers) == LEFT[expected]


@pytest.mark.parametrize(
    "layers", [Layers(), Layers(0.7, muscles=True), Layers(0.3), Layers(1.0, bones=True)]
)
def test_opaque_skin_is_not_reached_through(picker: InsidePicker, layers: Layers) -> None:
    assert under(picker, 150, 150, layers) is None


def test_beside_everything_there_is_nothing(picker: InsidePicker) -> None:
    assert under(picker, 5, 150, Layers(0.3, bones=True)) is None


def test_it_follows_the_build(picker: InsidePicker) -> None:
    # The female corner lies 20 mm lower, so just below the male bone's end there is bone.
    layers = Layers(0.3, bones=True)
    x, below = 150.0, 150.0 + (680.0 - 550.0)
    assert under(picker, x, below, layers) is None
    assert under(picker, x, below, layers, Build(sex=Sex.FEMALE)) == LEFT["femur"]
    assert under(picker, x, below, layers) is None


def test_it_follows_the_posture(filled: Body, picker: InsidePicker) -> None:
    layers = InsideLook(Layers(0.3, bones=True))
    picker.show_frame(SceneFrame(posture=Posture.PRONE, inside=layers))
    x, y, z = filled.inside_vertices(Build(), Posture.PRONE)[:100].mean(axis=0).tolist()
    hit = picker.cast(Ray((x, y, z + 1000.0), (0.0, 0.0, -1.0)))
    assert hit is not None
    assert hit.structure == LEFT["femur"]
    assert 900.0 < hit.distance_mm < 1000.0


def test_the_distance_is_that_to_the_nearest_face(picker: InsidePicker) -> None:
    picker.show_frame(SceneFrame(inside=InsideLook(Layers(0.3, bones=True))))
    hit = picker.cast(Ray((THIGH[0], 500.0, 680.0), (0.0, -1.0, 0.0)))
    assert hit is not None
    assert hit.distance_mm == pytest.approx(500.0 - THIGH[1] - 14.0, abs=0.5)
