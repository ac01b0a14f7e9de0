from __future__ import annotations

import gc
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bodymap.domain import Build, Needle, Plan, Position, Posture, Refusal, Sex
from bodymap.session import Session
from session_fakes import ARRHYTHMIA, TEMPLE, TRAPEZIUS, TRAPEZIUS_RIGHT, FakeAtlas, FakeBody

PLACES = (TRAPEZIUS, TRAPEZIUS_RIGHT, ARRHYTHMIA, TEMPLE)


def some_site(session: Session, number: int) -> str | None:
    sites = session.state.plan.sites
    return sites[number % len(sites)].id if sites else None


def do(session: Session, action: str, number: int) -> None:
    """One action of a user; what cannot be done now is left out."""
    site = some_site(session, number)
    try:
        if action == "toggle":
            session.toggle_site(PLACES[number % len(PLACES)])
        elif action == "patient":
            session.set_patient(f"patient {number % 3}")
        elif action == "build":
            session.set_build(Sex.FEMALE if number % 2 else Sex.MALE)
        elif action == "undo":
            session.undo_stack.undo()
        elif action == "redo":
            session.undo_stack.redo()
        elif site is None:
            return
        elif action == "move":
            session.move_site(site, number // 7)
        elif action == "note":
            session.edit_site(site, note=f"note {number % 4}")
        elif action == "needle":
            session.edit_site(site, needle=Needle(length_mm=40 + number % 3))
        elif action == "opposite":
            session.duplicate_opposite(site)
    except Refusal:
        pass


ACTIONS = st.tuples(
    st.sampled_from(["toggle", "patient", "build", "move", "note", "needle", "opposite", "undo", "redo"]),
    st.integers(0, 50),
)


@given(actions=st.lists(ACTIONS, max_size=30))
def test_undo_and_redo_walk_along_a_list_of_plans(qapp: object, actions: list[tuple[str, int]]) -> None:  # noqa: ARG001
    session = Session(FakeAtlas(), FakeBody())
    stack = session.undo_stack
    history, index = [session.state.plan], 0
    for action, number in actions:
        before = stack.index()
        do(session, action, number)
        plan = session.state.plan
        if action == "undo":
            index = max(index - 1, 0)
        elif action == "redo":
            index = min(index + 1, len(history) - 1)
        elif plan == history[index]:
            # Nothing was done, or what was typed came back to where it began and the step is gone.
            assert stack.index() == before
        elif stack.index() == before:  # typed on: the last step took it in
            if index and plan == history[index - 1]:
                raise AssertionError("a step that does nothing should have been dropped")
            history[index:] = [plan]
        elif stack.index() == before - 1:  # typed back to where it began
            del history[index:]
            index -= 1
        else:
            history[index + 1 :] = [plan]
            index += 1
        assert plan == history[index]
        assert (stack.index(), stack.count()) == (index, len(history) - 1)
    while stack.canUndo():
        stack.undo()
        index -= 1
        assert session.state.plan == history[index]
    assert session.state.plan == Plan()
    while stack.canRedo():
        stack.redo()
        index += 1
        assert session.state.plan == history[index]


@pytest.mark.parametrize(
    ("do_it", "text"),
    [
        (lambda s: s.add_site(TRAPEZIUS), "Add Upper trapezius TrP1, left"),
        (lambda s: s.remove_site("s1"), "Remove Pectoralis major, right"),
        (lambda s: s.move_site("s1", 1), "Move Pectoralis major, right"),
        (lambda s: s.edit_site("s1", position=Position.SEATED), "Edit Pectoralis major, right"),
        (lambda s: s.duplicate_opposite("s2"), "Add Free site, temple, right"),
        (lambda s: s.set_patient("A."), "Edit patient"),
        (lambda s: s.set_build(Sex.FEMALE), "Change body"),
    ],
)
def test_steps_are_named(session: Session, do_it: Any, text: str) -> None:
    session.add_site(ARRHYTHMIA)
    session.add_site(TEMPLE)
    do_it(session)
    assert session.undo_stack.undoText() == text
    session.undo_stack.undo()
    assert session.undo_stack.redoText() == text


def type_note(session: Session, site_id: str, text: str) -> None:
    for end in range(1, len(text) + 1):
        session.edit_site(site_id, note=text[:end])


def test_typing_is_one_step(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    session.add_site(TEMPLE)
    steps = session.undo_stack.count()
    type_note(session, "s1", "calm")
    type_note(session, "s2", "tense")
    type_note(session, "s1", "calmer")
    session.edit_site("s1", depth="2")
    session.edit_site("s1", depth="20")
    assert session.undo_stack.count() == steps + 4
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.state.plan.site("s1").note == "calm"
    session.undo_stack.undo()
    assert session.state.plan.site("s2").note == ""


def test_choices_are_a_step_each(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    for length in (50, 60, 75):
        session.edit_site("s1", needle=Needle(length_mm=length))
    session.edit_site("s1", note="a", depth="b")
    session.edit_site("s1", note="c", depth="d")
    assert session.undo_stack.count() == 6


def test_typing_that_comes_to_nothing_leaves_no_step(session: Session) -> None:
    session.set_patient("A")
    session.set_patient("")
    assert session.undo_stack.count() == 0
    assert not session.state.is_dirty


def test_typing_after_a_save_is_a_step_of_its_own(session: Session) -> None:
    session.set_patient("A")
    session.saved(Path("/clinic/plan.json"), datetime(2026, 2, 27, tzinfo=UTC))
    session.set_patient("AB")
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert not session.state.is_dirty


def test_undo_is_unlimited(session: Session) -> None:
    session.add_site(TEMPLE)
    for n in range(1, 400):
        session.edit_site("s1", needle=Needle(length_mm=5 + n % 100))
    assert session.undo_stack.undoLimit() == 0
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    assert session.state.plan == Plan()


def test_memory_grows_little_with_edits_and_is_given_back(session: Session) -> None:
    for place in PLACES:
        session.add_site(place)

    def edit(n: int) -> None:
        session.edit_site(f"s{1 + n % 4}", needle=Needle(length_mm=20 + n % 100))
        session.select(PLACES[n % 4])
        session.hover(PLACES[(n + 1) % 4])

    def used() -> int:
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    for n in range(200):
        edit(n)
    tracemalloc.start()
    try:
        start = used()
        for n in range(1000):
            edit(n)
        grown = used() - start
        assert session.undo_stack.count() >= 1200
        session.new_plan()
        left = used() - start
    finally:
        tracemalloc.stop()
    assert grown / 1000 < 2_000, f"{grown / 1000:.0f} bytes an edit"
    assert left < 150_000, f"{left} bytes are not given back"


def test_dragging_a_slider_is_one_step(session: Session) -> None:
    for weight in (61.0, 75.0, 90.0):
        session.shape_body(weight_kg=weight)
    session.shape_body(height_mm=1800.0)
    assert session.undo_stack.count() == 2
    assert session.state.plan.build == Build(weight_kg=90.0, height_mm=1800.0)
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.state.plan.build == Build()


def test_the_body_can_be_reset_and_laid_down(session: Session) -> None:
    session.shape_body(muscle=0.9)
    session.set_build(Sex.FEMALE)
    assert session.state.plan.build == Build(sex=Sex.FEMALE, muscle=0.9)
    session.reset_build()
    assert session.state.plan.build == Build(sex=Sex.FEMALE)
    session.set_posture(Posture.PRONE)
    assert session.undo_stack.undoText() == "Change position"
    assert session.state.plan.posture is Posture.PRONE


def test_a_body_beyond_the_limits_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="weight in kilograms must be 200 or less"):
        session.shape_body(weight_kg=300.0)
    assert session.state.plan.build == Build()
