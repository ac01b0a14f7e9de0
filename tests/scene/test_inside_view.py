"""What lies under the skin, drawn off screen and asked what it means."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import pyvista as pv
from numpy.typing import NDArray

from bodymap.body import Body, read_body
from bodymap.domain import Build, Layers, PointRef, Sex, Side, StructureRef
from bodymap.scene import CameraPose, Chosen, SceneFrame, Screen, SkinDetail, project, resolve
from bodymap.scene.frame import InsideLook
from bodymap.scene.inside_view import InsideView
from bodymap.scene.renderer import BodyRenderer
from bodymap.scene.snapshot import Studio
from scene_fakes import FakeAtlas
from toy_inside import THIGH, with_toy_inside

SIZE = (240, 240)
SCREEN = Screen(*SIZE)
FRONT = CameraPose((THIGH[0], THIGH[1], 680.0), 0.0, 0.0, 300.0)
MIDDLE = np.asarray([(*THIGH, 680.0)])
TRUNK = CameraPose((0.0, 0.0, 1250.0), 0.0, 0.0, 500.0)


@pytest.fixture(scope="module")
def filled() -> Body:
    return with_toy_inside(read_body())


@pytest.fixture(scope="module")
def toy_studio(filled: Body, detail: SkinDetail) -> Iterator[Studio]:
    studio = Studio(filled, detail)
    yield studio
    studio.close()


def frame_of(atlas: FakeAtlas, body: Body, layers: Layers, *selection: PointRef) -> SceneFrame:
    return resolve(atlas, body, Chosen(layers=layers, selection=selection))


@pytest.fixture
def colour(toy_studio: Studio, atlas: FakeAtlas, filled: Body) -> object:
    """Colour in the middle of the thigh under some layers."""

    def at_thigh(layers: Layers, **more: object) -> NDArray[np.int64]:
        x, y, _ = project(MIDDLE, FRONT, SCREEN)[0].astype(int)
        frame = frame_of(atlas, filled, layers)
        picture = toy_studio.snapshot(frame, FRONT, SIZE, **more)  # type: ignore[arg-type]
        return picture[y - 2 : y + 3, x - 2 : x + 3, :3].reshape(-1, 3).mean(axis=0).astype(int)

    return at_thigh


def is_ivory(colour: NDArray[np.int64]) -> bool:
    red, green, blue = colour.tolist()
    return red > 140 and 0 < red - green < 25 and 5 < green - blue < 45


def is_muscle(colour: NDArray[np.int64]) -> bool:
    red, green, blue = colour.tolist()
    return red > green + 40 and red > blue + 40


def test_with_the_skin_off_a_bone_is_ivory_a_muscle_red_brown(colour: object) -> None:
    assert is_ivory(colour(Layers(skin=0.0, bones=True)))  # type: ignore[operator]
    assert is_muscle(colour(Layers(skin=0.0, bones=True, muscles=True)))  # type: ignore[operator]


def test_peeling_both_muscles_off_leaves_the_bone(colour: object) -> None:
    layers = Layers(skin=0.0, bones=True, muscles=True)
    assert is_muscle(colour(Layers(skin=0.0, bones=True, muscles=True, peel=1)))  # type: ignore[operator]
    assert is_ivory(colour(Layers(skin=0.0, bones=True, muscles=True, peel=2)))  # type: ignore[operator]
    assert is_muscle(colour(layers))  # type: ignore[operator]


def test_translucent_skin_lies_over_the_bone(colour: object) -> None:
    bare, veiled, closed = (colour(Layers(skin=skin, bones=True)) for skin in (0.0, 0.4, 1.0))  # type: ignore[operator]
    assert (np.abs(veiled - bare) <= np.abs(closed - bare) + 1).all()
    assert (veiled != bare).any()
    assert (veiled != closed).any()


def test_a_ghost_lets_the_bone_through(colour: object) -> None:
    ghosts = Layers(skin=0.0, bones=True, muscles=True, ghosted=frozenset(("outer", "inner")))
    seen, bare = colour(ghosts), colour(Layers(skin=0.0, bones=True))  # type: ignore[operator]
    assert np.abs(seen - bare).max() < 40
    assert not is_muscle(seen)


def test_a_lit_muscle_shows_its_two_ends(toy_studio: Studio, atlas: FakeAtlas, filled: Body) -> None:
    lit = Layers(skin=0.0, muscles=True, picked=StructureRef("outer", Side.LEFT))
    picture = toy_studio.snapshot(frame_of(atlas, filled, lit), FRONT, SIZE)[..., :3].astype(int)
    plain = toy_studio.snapshot(frame_of(atlas, filled, Layers(skin=0.0, muscles=True)), FRONT, SIZE)[
        ..., :3
    ].astype(int)
    column = picture[:, SIZE[0] // 2]
    inside = np.flatnonzero((column != plain[0, 0]).any(axis=1))
    top, bottom = column[inside[0] + 3], column[inside[-1] - 3]
    assert top[2] > top[0] + 40  # blue: where it comes from
    assert bottom[0] > bottom[2] + 60  # amber: where it goes to
    assert bottom[1] > bottom[2] + 30
    assert picture[120, 120].sum() > plain[120, 120].sum()


def test_a_vessel_has_a_halo_as_wide_as_it_strays(toy_studio: Studio, atlas: FakeAtlas, filled: Body) -> None:
    pose = CameraPose((-70.0, 40.0, 680.0), 0.0, 0.0, 120.0)
    picture = toy_studio.snapshot(frame_of(atlas, filled, Layers(skin=0.0, danger=True)), pose, SIZE)[
        ..., :3
    ].astype(int)
    ground = picture[120, 5]
    differing = np.flatnonzero(np.abs(picture[120] - ground).max(axis=1) > 3)
    width_mm = (differing[-1] - differing[0]) * 120.0 / SIZE[1]
    assert 2 * 4.0 + 8.0 < width_mm < 2 * (4.0 + 12.0) + 1.0
    assert is_muscle(picture[120, 120])  # the artery itself, red


def test_the_seam_on_the_midline_does_not_show(toy_studio: Studio, atlas: FakeAtlas, filled: Body) -> None:
    layers = Layers(skin=0.0, bones=True)
    picture = toy_studio.snapshot(frame_of(atlas, filled, layers), TRUNK, SIZE)[..., :3].astype(int)
    row = picture[100, 112:129]
    assert np.abs(np.diff(row, n=2, axis=0)).max() <= 2  # shaded evenly across, without a crease


def test_referral_stays_visible_on_translucent_skin(
    toy_studio: Studio, atlas: FakeAtlas, filled: Body
) -> None:
    belly = PointRef("belly.1", Side.LEFT)
    pose = CameraPose((-50.0, 90.0, 1080.0), 0.0, 0.0, 240.0)
    x, y, _ = project(atlas.middle(belly)[None], pose, SCREEN)[0].astype(int)
    for skin in (0.0, 0.3):
        frame = frame_of(atlas, filled, Layers(skin=skin, bones=True), belly)
        red, green, _ = toy_studio.snapshot(frame, pose, SIZE)[y, x, :3].astype(int)
        assert red > green + 50


def test_dots_of_the_far_side_do_not_shine_through(
    toy_studio: Studio, atlas: FakeAtlas, filled: Body
) -> None:
    back = PointRef("back.1", Side.LEFT)
    pose = CameraPose((-80.0, 0.0, 1300.0), 0.0, 0.0, 300.0)
    layers = Layers(skin=0.1, bones=True)
    with_zone = toy_studio.snapshot(frame_of(atlas, filled, layers, back), pose, SIZE)
    without = toy_studio.snapshot(frame_of(atlas, filled, layers), pose, SIZE)
    assert (with_zone == without).all()


def test_closed_again_the_body_is_as_before(toy_studio: Studio, atlas: FakeAtlas, filled: Body) -> None:
    before = toy_studio.snapshot(frame_of(atlas, filled, Layers()), FRONT, SIZE)
    opened = toy_studio.snapshot(frame_of(atlas, filled, Layers(skin=0.2, muscles=True)), FRONT, SIZE)
    after = toy_studio.snapshot(frame_of(atlas, filled, Layers(muscles=True)), FRONT, SIZE)
    assert (opened != before).any()
    assert (after == before).all()


def test_another_build_moves_what_lies_inside(toy_studio: Studio, atlas: FakeAtlas, filled: Body) -> None:
    layers = Layers(skin=0.0, bones=True)
    rows = []
    for sex in (Sex.MALE, Sex.FEMALE):
        frame = resolve(atlas, filled, Chosen(build=Build(sex=sex), layers=layers))
        picture = toy_studio.snapshot(frame, FRONT, SIZE)[..., :3].astype(int)
        rows.append(np.flatnonzero(np.abs(picture[:, 120] - picture[0, 0]).max(axis=1) > 20)[0])
    assert (rows[1] - rows[0]) * 300.0 / SIZE[1] == pytest.approx(20.0, abs=3.0)


def test_in_motion_there_are_fewer_triangles_in_about_the_same_place(
    toy_studio: Studio, atlas: FakeAtlas, filled: Body
) -> None:
    frame = frame_of(atlas, filled, Layers(skin=0.0, muscles=True, bones=True))
    fine, quick, again = (
        toy_studio.snapshot(frame, FRONT, SIZE, quick=quick) for quick in (False, True, False)
    )
    assert (fine == again).all()
    shown = [(picture[..., 0].astype(int) < 235).mean() for picture in (fine, quick)]
    assert shown[1] == pytest.approx(shown[0], rel=0.25)


@pytest.fixture
def plotter() -> Iterator[pv.Plotter]:
    plotter = pv.Plotter(off_screen=True, window_size=SIZE, lighting="none")
    yield plotter
    plotter.close()


def test_nothing_is_read_before_a_layer_opens_and_no_actor_is_ever_added(
    plotter: pv.Plotter, detail: SkinDetail, atlas: FakeAtlas
) -> None:
    body = read_body()
    renderer = BodyRenderer(plotter.renderer, body, detail)
    actors = plotter.renderer.GetViewProps().GetNumberOfItems()
    assert renderer.apply(frame_of(atlas, body, Layers(skin=0.5)))
    assert "inside" not in body.__dict__
    with_toy_inside(body)
    for layers in (
        Layers(0.3, bones=True),
        Layers(0.3, muscles=True, danger=True),
        Layers(0.2, muscles=True),
    ):
        assert renderer.apply(frame_of(atlas, body, layers))
        assert not renderer.apply(frame_of(atlas, body, layers))
    assert plotter.renderer.GetViewProps().GetNumberOfItems() == actors


def test_only_the_opened_layer_is_filled(plotter: pv.Plotter, filled: Body) -> None:
    view = InsideView(plotter.renderer, filled)
    view.apply(Build(), InsideLook(Layers(0.3, bones=True)))
    points = [group.solid.GetMapper().GetInput().GetNumberOfPoints() for group in view._groups]
    assert points[0] > 0
    assert points[1:] == [0, 0]
