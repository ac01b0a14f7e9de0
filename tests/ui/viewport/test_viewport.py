"""The viewport with pictures drawn off screen, under Qt's offscreen platform."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bodymap.body import Body
from bodymap.domain import Build, PointRef, Posture, Sex, Side, SkinRef
from bodymap.scene import Chosen, SceneFrame, resolve
from bodymap.ui.theme import DARK, LIGHT
from bodymap.ui.viewport import Viewport
from scene_fakes import FakeAtlas

BELLY = PointRef("belly.1", Side.LEFT)
BACK = PointRef("back.1", Side.LEFT)


@pytest.fixture
def shown(viewport: Viewport, atlas: FakeAtlas, body: Body) -> Viewport:
    viewport.show_frame(resolve(atlas, body, Chosen()))
    viewport.set_view("front", animated=False)
    return viewport


def click_place(viewport: Viewport, place: PointRef | SkinRef) -> None:
    at = viewport.pixels_of(place)
    assert at is not None
    QTest.mouseClick(viewport._canvas.source, Qt.MouseButton.LeftButton, pos=at.toPoint())


def test_a_click_on_a_point_activates_it(shown: Viewport, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.place_activated) as said:
        click_place(shown, BELLY)
    assert said.args == [BELLY, False]


def test_a_click_on_skin_offers_a_free_site_named_by_its_region(
    shown: Viewport, qtbot: QtBot, body: Body
) -> None:
    with qtbot.waitSignal(shown.place_activated) as said:
        at = shown.pixels_of(BELLY)
        assert at is not None
        QTest.mouseClick(shown._canvas.source, Qt.MouseButton.LeftButton, pos=at.toPoint() - QPoint(0, 20))
    place = said.args[0]
    assert isinstance(place, SkinRef)
    assert place.side is Side.LEFT
    assert place.region in body.regions.ids


def test_a_click_beside_the_body_activates_the_background(shown: Viewport, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.background_activated), qtbot.assertNotEmitted(shown.place_activated):
        QTest.mouseClick(shown._canvas.source, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_a_drag_moves_the_camera_and_picks_nothing(shown: Viewport, qtbot: QtBot) -> None:
    before, source = shown.pose, shown._canvas.source
    with qtbot.assertNotEmitted(shown.place_activated), qtbot.waitSignal(shown.view_changed):
        QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=QPoint(210, 150))
        QTest.mouseMove(source, QPoint(260, 150))
        qtbot.waitUntil(lambda: shown.pose != before)
        QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=QPoint(260, 150))
    assert shown.pose.azimuth_deg > before.azimuth_deg
    assert shown.pose.elevation_deg == before.elevation_deg


def test_a_double_click_on_nothing_brings_the_body_back(shown: Viewport) -> None:
    shown.set_reduced_motion(True)
    home = shown.pose
    shown._navigator.turn(200.0, 100.0)
    shown._navigator.slide(-150.0, 100.0)
    QTest.mouseDClick(shown._canvas.source, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert shown.pose == home


def test_the_point_under_the_pointer_is_named_once(shown: Viewport, qtbot: QtBot) -> None:
    at = shown.pixels_of(BELLY)
    assert at is not None
    said: list[object] = []
    shown.place_hovered.connect(said.append)
    for step in range(4):
        QTest.mouseMove(shown._canvas.source, at.toPoint() + QPoint(step % 2, 0))
    qtbot.waitUntil(lambda: said == [BELLY])
    QTest.mouseMove(shown._canvas.source, QPoint(4, 4))
    qtbot.waitUntil(lambda: said == [BELLY, None])


def test_a_point_behind_is_not_there_until_one_turns(shown: Viewport) -> None:
    assert shown.pixels_of(BACK) is None
    assert BACK not in shown.points_in_view()
    shown.set_view("back", animated=False)
    assert shown.pixels_of(BACK) is not None
    assert BACK in shown.points_in_view()


def test_points_in_view_are_read_from_the_top(shown: Viewport) -> None:
    tops = [at.y() for ref in shown.points_in_view() if (at := shown.pixels_of(ref)) is not None]
    assert len(tops) > 3
    assert all(below > above - 24.0 for above, below in itertools.pairwise(tops))


def test_flying_to_a_point_brings_it_to_the_middle(shown: Viewport, qtbot: QtBot) -> None:
    shown.fly_to(BACK)
    assert shown.pose.azimuth_deg == 0.0  # on its way, not there
    qtbot.waitUntil(lambda: shown.pose.height_mm == 450.0, timeout=3000)
    at = shown.pixels_of(BACK)
    assert at is not None
    assert (at.x(), at.y()) == pytest.approx((shown.width() / 2, shown.height() / 2), abs=1.0)


def test_the_keyboard_turns_zooms_and_chooses(shown: Viewport, qtbot: QtBot) -> None:
    home = shown.pose
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.pose.azimuth_deg > home.azimuth_deg
    QTest.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.pose.height_mm < home.height_mm
    QTest.keyClick(shown, Qt.Key.Key_Minus)
    assert shown.pose.height_mm == pytest.approx(home.height_mm)
    with qtbot.waitSignal(shown.place_activated):
        QTest.keyClick(shown, Qt.Key.Key_Return)


def test_the_view_buttons_have_names_and_turn_the_body(shown: Viewport) -> None:
    shown.set_reduced_motion(True)
    for name, azimuth in (("back", -180.0), ("left", -90.0), ("right", 90.0), ("front", 0.0)):
        button = shown.pill.button(name)
        assert button.accessibleName()
        assert button.toolTip()
        button.click()
        assert shown.pose.azimuth_deg == pytest.approx(azimuth) or abs(shown.pose.azimuth_deg) == abs(azimuth)
        assert button.isChecked()
    shown._navigator.turn(30.0, 30.0)
    assert not shown.pill.button("front").isChecked()


def test_many_changes_in_one_turn_are_drawn_once(
    shown: Viewport, atlas: FakeAtlas, body: Body, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: not shown._canvas._stale)  # type: ignore[attr-defined]
    studio = shown._canvas._studio  # type: ignore[attr-defined]
    drawn: list[SceneFrame] = []
    snapshot = studio.snapshot

    def counting(frame: SceneFrame, *arguments: object, **options: object) -> object:
        drawn.append(frame)
        return snapshot(frame, *arguments, **options)

    monkeypatch.setattr(studio, "snapshot", counting)
    frames = [resolve(atlas, body, Chosen(selection=(ref,))) for ref in atlas.refs[:4]]
    for frame in frames:
        shown.show_frame(frame)
    shown.set_view("back", animated=False)
    qtbot.waitUntil(lambda: bool(drawn))
    qtbot.wait(40)
    assert [frame.layers for frame in drawn] == [frames[-1].layers]


def test_the_body_is_drawn_on_the_themes_ground(shown: Viewport) -> None:
    for theme in (DARK, LIGHT):
        shown.set_theme(theme)
        corner = shown.grab().toImage().pixelColor(shown.width() - 2, 2)
        assert corner == QColor(theme.ground)


def test_the_selected_zone_is_seen_and_gone_again(shown: Viewport, atlas: FakeAtlas, body: Body) -> None:
    shown.fly_to(BELLY, animated=False)
    x, y = round(shown.width() / 2) + 13, round(shown.height() / 2) + 13  # beside the mark, inside the zone
    shown.show_frame(resolve(atlas, body, Chosen(selection=(BELLY,), with_labels=False, with_points=False)))
    colour = shown.grab().toImage().pixelColor(x, y)
    assert colour.red() > colour.green() + 80
    shown.show_frame(resolve(atlas, body, Chosen(with_points=False)))
    colour = shown.grab().toImage().pixelColor(x, y)
    assert abs(colour.red() - colour.green()) < 30


def test_another_build_moves_the_points(shown: Viewport, atlas: FakeAtlas, body: Body) -> None:
    before = shown.pixels_of(BELLY)
    shown.show_frame(resolve(atlas, body, Chosen(build=Build(sex=Sex.FEMALE))))
    assert shown.pixels_of(BELLY) != before


def test_a_spread_runs_to_its_end(shown: Viewport, atlas: FakeAtlas, body: Body, qtbot: QtBot) -> None:
    shown.show_frame(resolve(atlas, body, Chosen(selection=(BELLY,))))
    shown.play_spread()
    assert shown._frame.spread == 0.0
    qtbot.waitUntil(lambda: 0.1 < shown._frame.spread < 1.0, timeout=2000)
    qtbot.waitUntil(lambda: shown._frame.spread == 1.0, timeout=6000)


def test_reduced_motion_shows_the_whole_referral(shown: Viewport, atlas: FakeAtlas, body: Body) -> None:
    shown.set_reduced_motion(True)
    shown.show_frame(resolve(atlas, body, Chosen(selection=(BELLY,))))
    shown.play_spread()
    assert shown._frame.spread == 1.0


def test_a_body_laid_down_is_seen_from_above_and_points_follow(
    shown: Viewport, atlas: FakeAtlas, body: Body
) -> None:
    shown.show_frame(resolve(atlas, body, Chosen(posture=Posture.SUPINE)))
    assert shown.pose.elevation_deg > 80.0
    assert shown.pill.button("front").isChecked()
    assert shown.pixels_of(BELLY) is not None
    shown.fly_to(BELLY, animated=False)
    assert shown.pose.elevation_deg > 60.0
    shown.set_view("reset", animated=False)
    assert shown.pose.elevation_deg > 80.0
    shown.show_frame(resolve(atlas, body, Chosen(posture=Posture.STANDING)))
    assert shown.pose.elevation_deg == 0.0
