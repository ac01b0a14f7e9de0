from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bodymap.scene import Bounds, CameraPose, Screen, facing, preset, project
from bodymap.ui.viewport.navigator import FLIGHT_MS, Navigator

BODY = Bounds((-560.0, -130.0, 0.0), (560.0, 150.0, 1740.0))
GOAL = facing((-60.0, 80.0, 1500.0), (-1.0, 0.2, 0.0))


@pytest.fixture
def navigator(qapp: object) -> Navigator:  # noqa: ARG001 - timers need the application
    navigator = Navigator(BODY)
    navigator.set_screen(Screen(600, 600))
    return navigator


def test_a_flight_arrives(navigator: Navigator, qtbot: QtBot) -> None:
    poses: list[CameraPose] = []
    navigator.moved.connect(lambda pose, _moving: poses.append(pose))
    navigator.go(GOAL)
    assert navigator.goal == GOAL
    qtbot.waitUntil(lambda: navigator.pose == GOAL, timeout=FLIGHT_MS * 6)
    assert len(poses) > 3
    assert poses[-1] == GOAL


def test_any_input_stops_a_flight_where_it_is(navigator: Navigator, qtbot: QtBot) -> None:
    navigator.go(GOAL)
    with qtbot.waitSignal(navigator.moved):
        pass
    navigator.turn(10.0, 0.0)
    stopped = navigator.pose
    qtbot.wait(60)
    assert navigator.pose == stopped != GOAL


def test_reduced_motion_goes_there_at_once(navigator: Navigator) -> None:
    navigator.reduced_motion = True
    navigator.go(GOAL)
    assert navigator.pose == GOAL


def test_a_preset_stays_fitted_until_the_user_moves(navigator: Navigator) -> None:
    navigator.show_preset("back", animated=False)
    navigator.set_screen(Screen(300, 600))
    assert navigator.pose == preset("back", BODY, 0.5)
    navigator.zoom_at(1.5, 150.0, 300.0)
    moved = navigator.pose
    navigator.set_screen(Screen(600, 600))
    assert navigator.pose == moved


def test_room_below_is_kept_free(navigator: Navigator) -> None:
    navigator.set_screen(Screen(600, 600), free_below_px=60.0)
    assert navigator.pose == preset("front", BODY, 1.0, free_below=0.1)


def test_a_move_that_changes_nothing_says_nothing(navigator: Navigator) -> None:
    moves: list[object] = []
    navigator.moved.connect(lambda *arguments: moves.append(arguments))
    navigator.turn(0.0, 0.0)
    assert moves == []


def test_a_preset_keeps_clear_of_what_lies_over_the_right(navigator: Navigator) -> None:
    navigator.set_screen(Screen(600, 600), free_right_px=200.0)
    for name in ("front", "back", "left"):
        navigator.show_preset(name, animated=False)
        columns = project(np.asarray((BODY.low, BODY.high)), navigator.pose, navigator.screen)[:, 0]
        assert columns.mean() == pytest.approx(200.0, abs=12.0)
        assert columns.max() < 400.0
    navigator.set_screen(Screen(600, 600))
    centre = project(np.asarray([BODY.centre]), navigator.pose, navigator.screen)[0]
    assert centre[0] == pytest.approx(300.0)
