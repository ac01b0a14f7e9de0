"""Off-screen pictures, asked what they mean."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import pyvista as pv
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, Layers, PointRef, Sex, Side
from bodymap.scene import (
    CameraPose,
    Chosen,
    SceneFrame,
    Screen,
    SkinDetail,
    bounds_of,
    facing,
    preset,
    project,
    resolve,
    shown_surface,
)
from bodymap.scene.renderer import BodyRenderer
from bodymap.scene.snapshot import Studio
from scene_fakes import FakeAtlas

SIZE = (320, 300)
SCREEN = Screen(*SIZE)
BELLY = PointRef("belly.1", Side.LEFT)
BACK, BACK_TOO = PointRef("back.1", Side.LEFT), PointRef("back.2", Side.LEFT)


def view_of(atlas: FakeAtlas, ref: PointRef, height_mm: float = 260.0) -> CameraPose:
    y = 1.0 if ref is BELLY else -1.0
    return facing(atlas.middle(ref), (0.0, y, 0.0), height_mm)


def chosen(atlas: FakeAtlas, body: Body, *refs: PointRef, spread: float = 1.0) -> SceneFrame:
    return resolve(atlas, body, Chosen(selection=refs, spread=spread))


def is_red(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    red, green, blue = (pixels[..., channel].astype(int) for channel in range(3))
    return np.asarray((red > 100) & (red > green + 60) & (red > blue + 60))


def is_clay(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    colours = pixels[..., :3].astype(int)
    return np.asarray((colours.max(axis=-1) - colours.min(axis=-1) < 40) & (colours.mean(axis=-1) < 240))


def test_a_dermatome_is_hatched_on_both_sides_under_a_referral(
    studio: Studio, atlas: FakeAtlas, body: Body
) -> None:
    pose = view_of(atlas, BELLY)
    bare = studio.snapshot(SceneFrame(), pose, SIZE).astype(int)
    layers = Layers(root="C6")
    hatched = studio.snapshot(resolve(atlas, body, Chosen(layers=layers)), pose, SIZE).astype(int)
    changed = np.abs(hatched - bare).max(axis=-1) > 12
    assert 0.05 < changed.mean() < 0.9
    red, green, blue = (hatched[changed][:, channel].mean() for channel in range(3))
    assert blue > red
    assert green > red
    # Lines: within the area the ink comes and goes along a column.
    column = hatched[:, int(np.flatnonzero(changed.any(axis=0)).mean()), 0]
    assert (np.abs(np.diff(column)) > 15).sum() >= 4
    both = studio.snapshot(resolve(atlas, body, Chosen(selection=(BELLY,), layers=layers)), pose, SIZE)
    x, y, _ = project(atlas.middle(BELLY)[None], pose, SCREEN)[0].astype(int)
    assert is_red(both[y, x])
    again = studio.snapshot(SceneFrame(), pose, SIZE).astype(int)
    np.testing.assert_array_equal(again, bare)


def test_the_essential_zone_is_red_and_skin_again_when_deselected(
    studio: Studio, atlas: FakeAtlas, body: Body
) -> None:
    pose = view_of(atlas, BELLY)
    x, y, _ = project(atlas.middle(BELLY)[None], pose, SCREEN)[0].astype(int)
    selected = studio.snapshot(chosen(atlas, body, BELLY), pose, SIZE)
    assert is_red(selected[y, x])
    assert is_clay(studio.snapshot(chosen(atlas, body), pose, SIZE)[y, x])


def test_the_red_is_never_lighter_than_its_token(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    picture = studio.snapshot(chosen(atlas, body, BELLY), view_of(atlas, BELLY), SIZE)
    red = picture[is_red(picture) & (picture[..., 1] < 30)]  # wholly inside: not mixed with skin at an edge
    assert len(red) > 500
    assert red[:, 0].max() <= 0xB5 + 2


@pytest.mark.parametrize("height_mm", [900.0, 450.0, 220.0])
def test_the_spillover_is_dotted_not_filled(
    studio: Studio, atlas: FakeAtlas, body: Body, height_mm: float
) -> None:
    size = (600, 600)
    pose = view_of(atlas, BACK, height_mm)
    picture = studio.snapshot(chosen(atlas, body, BACK), pose, size)
    rows, columns = np.mgrid[:600, :600]
    scale = 600 / height_mm
    distance = np.hypot(columns - 300, rows - 300) / scale
    ring = (distance > 50) & (distance < 78)
    assert 0.07 < is_red(picture)[ring].mean() < 0.35
    assert is_red(picture)[distance < 34].mean() > 0.99


def test_the_border_stays_sharp_when_one_comes_near(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    soft = []
    for height_mm in (400.0, 60.0):
        edge = atlas.middle(BACK) + np.asarray((0.0, 0.0, 40.0))
        pose = facing(edge, (0.0, -1.0, 0.0), height_mm)
        picture = studio.snapshot(chosen(atlas, body, BACK), pose, (300, 300))
        share = (picture[..., 0].astype(int) - picture[..., 1].astype(int))[:, 150]
        # Between skin (about 10) and red (about 150): pixels of neither.
        soft.append(int(((share > 40) & (share < 95)).sum()))
    assert max(soft) <= 6


def test_a_spread_shows_the_near_part_first(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    pose = view_of(atlas, BACK, 300.0)
    none, half, whole = (
        is_red(studio.snapshot(chosen(atlas, body, BACK, spread=share), pose, SIZE)).sum()
        for share in (0.0, 0.5, 1.0)
    )
    assert none <= 0.02 * whole
    assert 0.1 * whole < half < 0.9 * whole


def test_several_points_have_their_own_colours(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    pose = view_of(atlas, BACK, 330.0)
    picture = studio.snapshot(chosen(atlas, body, BACK, BACK_TOO), pose, SIZE)
    red, green, blue = (picture[..., channel].astype(int) for channel in range(3))
    assert ((red > 120) & (red > blue + 90) & (green < red - 60)).sum() > 300  # vermillion
    assert ((blue > 90) & (blue > red + 60)).sum() > 300  # blue


def test_the_theme_is_the_ground(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    frame = resolve(atlas, body, Chosen(ground="#12161B"))
    picture = studio.snapshot(frame, view_of(atlas, BELLY, 2500.0), SIZE)
    assert tuple(picture[0, 0]) == (0x12, 0x16, 0x1B, 255)


def test_another_build_is_another_body(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    pose = preset("front", bounds_of(shown_surface(body, Build()).vertices), SCREEN.aspect)
    male = studio.snapshot(resolve(atlas, body, Chosen()), pose, SIZE)
    female = studio.snapshot(resolve(atlas, body, Chosen(build=Build(sex=Sex.FEMALE))), pose, SIZE)
    again = studio.snapshot(resolve(atlas, body, Chosen()), pose, SIZE)
    assert (male != female).any()
    assert (male == again).all()


@pytest.fixture
def plotter() -> Iterator[pv.Plotter]:
    plotter = pv.Plotter(off_screen=True, window_size=SIZE, lighting="none")
    plotter.render_window.SetMultiSamples(0)
    plotter.renderer.camera_set = True  # as GLCanvas does: pyvista fits no view of its own
    yield plotter
    plotter.close()


def test_a_snapshot_is_the_screens_picture_to_the_pixel(
    studio: Studio, atlas: FakeAtlas, body: Body, detail: SkinDetail, plotter: pv.Plotter
) -> None:
    """The on-screen path, a renderer in a plotter of its own, against the off-screen one."""
    renderer = BodyRenderer(plotter.renderer, body, detail)
    frame, pose = chosen(atlas, body, BACK), view_of(atlas, BACK)
    renderer.apply(frame)
    renderer.look(pose, SCREEN)
    plotter.render_window.Render()
    on_screen = plotter.screenshot(return_img=True)
    assert (on_screen == studio.snapshot(frame, pose, SIZE, supersampling=1)[..., :3]).all()


def test_only_what_changed_is_touched(
    atlas: FakeAtlas, body: Body, detail: SkinDetail, plotter: pv.Plotter
) -> None:
    renderer = BodyRenderer(plotter.renderer, body, detail)
    actors = plotter.renderer.GetViewProps().GetNumberOfItems()
    frame = chosen(atlas, body, BELLY)
    assert renderer.apply(frame)
    assert not renderer.apply(frame)
    hovering = resolve(atlas, body, Chosen(selection=(BELLY,), hover=BACK))
    assert hovering != frame
    assert not renderer.apply(hovering)  # only Qt's marks differ
    assert renderer.apply(chosen(atlas, body, BACK, BACK_TOO))
    assert renderer.apply(chosen(atlas, body))
    assert plotter.renderer.GetViewProps().GetNumberOfItems() == actors


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("parallel", [False, True])
def test_what_is_projected_is_where_it_is_drawn(
    studio: Studio, atlas: FakeAtlas, body: Body, ratio: float, parallel: bool
) -> None:
    """The body's outline on the picture against its projected vertices, off the middle and turned."""
    screen = Screen(300, 200, ratio)
    pose = CameraPose((60.0, 20.0, 1000.0), 35.0, 12.0, 2300.0, parallel)
    alpha = studio.snapshot(chosen(atlas, body), pose, screen.device_size, ratio=ratio, transparent=True)[
        ..., 3
    ]
    rows, columns = np.nonzero(alpha > 200)
    vertices = shown_surface(body, Build()).vertices[np.unique(body.triangles)]
    placed = project(vertices, pose, screen)[:, :2] * ratio
    assert columns.min() == pytest.approx(placed[:, 0].min(), abs=1.5)
    assert columns.max() + 1 == pytest.approx(placed[:, 0].max(), abs=1.5)
    assert rows.min() == pytest.approx(placed[:, 1].min(), abs=1.5)


def test_what_is_felt_deep_is_dashed_and_the_rest_solid(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    thigh = PointRef("thigh.1", Side.LEFT)
    pose = facing(atlas.middle(thigh), (0.0, 1.0, 0.0), 90.0)
    red = is_red(studio.snapshot(chosen(atlas, body, thigh), pose, SIZE))
    x, y, _ = project(atlas.middle(thigh)[None], pose, SCREEN)[0].astype(int)
    lower, upper = red[y + 10 : y + 50, x - 15 : x + 15], red[y - 95 : y - 65, x - 15 : x + 15]
    assert lower.mean() > 0.98
    assert 0.1 < upper.mean() < 0.9
