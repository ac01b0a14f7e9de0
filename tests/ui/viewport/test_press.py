from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bodymap.ui.viewport.press import HELD_MS, MOVED_PX, Grip, Press, press

places = st.tuples(st.integers(-50, 50), st.integers(-50, 50)).map(lambda p: (float(p[0]), float(p[1])))


def after(*moves: tuple[float, float, int]) -> Press:
    held = press(Grip.TURN, (0.0, 0.0), 0)
    for x, y, now_ms in moves:
        held, _ = held.moved_to((x, y), now_ms)
    return held


def test_a_quick_press_may_tremble() -> None:
    assert not after((MOVED_PX, -MOVED_PX, 100)).dragging


def test_a_move_further_is_a_drag_for_good() -> None:
    assert after((MOVED_PX + 1, 0, 20)).dragging
    assert after((MOVED_PX + 1, 0, 20), (0, 0, 40)).dragging


def test_a_slow_press_that_stays_is_a_click() -> None:
    assert not after((1, 0, HELD_MS + 500)).dragging


def test_a_slow_press_that_moves_a_little_is_a_drag() -> None:
    assert after((2, 0, HELD_MS + 1)).dragging


@given(st.lists(places, min_size=1, max_size=12))
def test_a_drag_covers_the_whole_way(track: list[tuple[float, float]]) -> None:
    held, total = press(Grip.SLIDE, (0.0, 0.0), 0), [0.0, 0.0]
    for step, place in enumerate(track):
        held, (across, down) = held.moved_to(place, step)
        total[0] += across
        total[1] += down
    if held.dragging:
        assert tuple(total) == track[-1]
    else:
        assert total == [0.0, 0.0]
