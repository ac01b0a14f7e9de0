from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bodymap.domain import Sex
from bodymap.session import Session, SessionState
from session_fakes import ARRHYTHMIA, DIAPHRAGM, TEMPLE, TRAPEZIUS, TRAPEZIUS_RIGHT

if TYPE_CHECKING:
    from pytestqt.plugin import QtBot


def test_a_session_begins_empty_and_clean(session: Session) -> None:
    assert session.state == SessionState()
    assert not session.state.is_dirty


@pytest.mark.parametrize(
    ("verb", "signals"),
    [
        (lambda s: s.select(TRAPEZIUS), ["selection"]),
        (lambda s: s.hover(TRAPEZIUS), ["hover"]),
        (lambda s: s.offer_free_site(TEMPLE), ["candidate"]),
        (lambda s: s.set_patient("A. B."), ["plan"]),
        (lambda s: s.set_date("2026-02-27"), ["plan"]),
        (lambda s: s.set_plan_note("calm"), ["plan"]),
        (lambda s: s.set_build(Sex.FEMALE), ["plan"]),
        (lambda s: s.start_patient_mode(), ["patient_mode"]),
    ],
)
def test_a_verb_tells_its_slice_once_and_an_equal_value_nothing(
    session: Session, told: Any, verb: Callable[[Session], None], signals: list[str]
) -> None:
    verb(session)
    assert told.names() == signals
    steps = session.undo_stack.count()
    verb(session)
    assert told.names() == []
    assert session.undo_stack.count() == steps


def test_signals_carry_the_value(session: Session, told: Any) -> None:
    session.select(TRAPEZIUS)
    session.hover(None)
    session.offer_free_site(TEMPLE)
    assert told.heard == [("selection", (TRAPEZIUS,)), ("candidate", TEMPLE)]


def test_extending_adds_and_takes_out(session: Session) -> None:
    session.select(TRAPEZIUS)
    session.select(TEMPLE, extend=True)
    session.select(ARRHYTHMIA, extend=True)
    assert session.state.selection == (TRAPEZIUS, TEMPLE, ARRHYTHMIA)
    session.select(TEMPLE, extend=True)
    assert session.state.selection == (TRAPEZIUS, ARRHYTHMIA)
    session.select(TEMPLE)
    assert session.state.selection == (TEMPLE,)


def test_selecting_withdraws_the_offer_but_an_offer_keeps_the_selection(session: Session, told: Any) -> None:
    session.select(TRAPEZIUS)
    session.offer_free_site(TEMPLE)
    assert session.state.selection == (TRAPEZIUS,)
    told.names()
    session.select(TRAPEZIUS)
    assert session.state.candidate is None
    assert told.names() == ["candidate"]


def test_escape_steps_back_one_level_at_a_time(session: Session) -> None:
    session.select(TRAPEZIUS)
    session.offer_free_site(TEMPLE)
    session.start_patient_mode()
    left = []
    while session.step_back():
        state = session.state
        left.append((state.patient_step, state.candidate, state.selection))
    assert left == [(None, TEMPLE, (TRAPEZIUS,)), (None, None, (TRAPEZIUS,)), (None, None, ())]
    assert not session.step_back()


def test_the_patient_is_shown_the_points_of_the_plan_in_order(session: Session) -> None:
    for place in (TRAPEZIUS, TEMPLE, ARRHYTHMIA):
        session.add_site(place)
    session.clear_selection()
    session.start_patient_mode()
    shown = [session.state.patient_point]
    for _ in range(3):
        session.next_patient_step()
        shown.append(session.state.patient_point)
    assert shown == [TRAPEZIUS, ARRHYTHMIA, ARRHYTHMIA, ARRHYTHMIA]
    for _ in range(3):
        session.previous_patient_step()
    assert session.state.patient_point == TRAPEZIUS
    session.leave_patient_mode()
    assert session.state.patient_point is None
    session.next_patient_step()
    assert session.state.patient_step is None


def test_showing_starts_at_the_selected_point_even_outside_the_plan(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    session.add_site(ARRHYTHMIA)
    session.select(TRAPEZIUS)
    session.start_patient_mode()
    assert session.state.patient_point == TRAPEZIUS
    session.leave_patient_mode()
    session.select(DIAPHRAGM)
    session.start_patient_mode()
    assert session.state.patient_point == DIAPHRAGM


def test_showing_goes_on_when_the_plan_shrinks(session: Session) -> None:
    session.start_patient_mode()
    assert session.state.patient_point is None
    session.next_patient_step()
    session.leave_patient_mode()
    for place in (TRAPEZIUS, TRAPEZIUS_RIGHT, ARRHYTHMIA):
        session.add_site(place)
    session.start_patient_mode()
    assert session.state.patient_point == ARRHYTHMIA
    session.clear_selection()
    session.remove_site("s3")
    assert session.state.patient_point == TRAPEZIUS_RIGHT
    session.previous_patient_step()
    assert session.state.patient_point == TRAPEZIUS


def test_a_view_that_writes_back_what_it_shows_starts_no_circle(session: Session, told: Any) -> None:
    session.plan_changed.connect(lambda plan: session.set_patient(plan.patient))
    session.selection_changed.connect(lambda selection: session.select(selection[0]))
    session.set_patient("A. B.")
    session.select(TRAPEZIUS)
    assert told.names() == ["plan", "selection"]


def test_a_verb_inside_a_slot_leaves_every_listener_with_the_last_value(session: Session, told: Any) -> None:
    def insist(selection: tuple[Any, ...]) -> None:
        if selection == (TRAPEZIUS,):
            session.select(TEMPLE)

    session.selection_changed.connect(insist)
    session.offer_free_site(TEMPLE)
    session.select(TRAPEZIUS)
    assert session.state.selection == (TEMPLE,)
    last = dict(told.heard)
    assert last == {"candidate": None, "selection": (TEMPLE,)}


def test_a_fault_in_one_slot_harms_neither_the_state_nor_other_slots(
    session: Session, told: Any, qtbot: QtBot
) -> None:
    def break_down(_: object) -> None:
        raise ValueError("a bug in a view")

    session.plan_changed.connect(break_down)
    later: list[object] = []
    session.plan_changed.connect(later.append)
    with qtbot.capture_exceptions() as faults:
        session.add_site(TRAPEZIUS)
        session.undo_stack.undo()
        session.undo_stack.redo()
    assert [kind for kind, *_ in faults] == [ValueError] * 3
    assert len(later) == 3
    assert session.state.plan.at(TRAPEZIUS) is not None
    assert session.state.selection == (TRAPEZIUS,)
    assert told.names() == ["plan", "selection", "plan", "plan"]


def test_a_session_needs_no_widgets_and_no_application() -> None:
    program = """
import sys
sys.path.insert(0, sys.argv[1])
from session_fakes import FakeAtlas, FakeBody, TRAPEZIUS
from bodymap.session import Session
session = Session(FakeAtlas(), FakeBody())
session.add_site(TRAPEZIUS)
session.undo_stack.undo()
assert session.state.plan.sites == ()
assert not [name for name in sys.modules if name in ("PySide6.QtWidgets", "vtkmodules", "pyvista", "scipy")]
"""
    folder = sys.modules["session_fakes"].__file__.rpartition("/")[0]
    subprocess.run([sys.executable, "-c", program, folder], check=True, timeout=30)
