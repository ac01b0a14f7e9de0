from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from bodymap.domain import SEE_THROUGH, SKIN_ONLY, LandmarkRef, Layers, Plan, Side, StructureRef
from bodymap.session import Session
from session_fakes import TEMPLE, TRAPEZIUS

FEMUR = StructureRef("femur", Side.LEFT)


def test_the_first_layer_opened_makes_the_skin_a_veil_and_the_last_closed_makes_it_whole(
    session: Session,
) -> None:
    session.show_layers(Layers(bones=True))
    assert session.state.layers == Layers(skin=SEE_THROUGH, bones=True)
    session.show_layers(Layers(skin=0.8, bones=True, muscles=True))
    assert session.state.layers.skin == 0.8
    session.show_layers(Layers(skin=0.8))
    assert session.state.layers == SKIN_ONLY


def test_skin_made_thinner_over_nothing_opens_muscles_and_skeleton(session: Session) -> None:
    session.show_layers(Layers(skin=0.5))
    assert session.state.layers == Layers(skin=0.5, bones=True, muscles=True)


def test_skin_drawn_back_over_open_layers_stays_as_it_is_set(session: Session) -> None:
    session.show_layers(Layers(bones=True))
    session.show_layers(Layers(skin=1.0, bones=True))
    assert session.state.layers == Layers(skin=1.0, bones=True)
    assert not session.state.layers.is_open


def test_landmarks_do_not_touch_the_skin(session: Session) -> None:
    session.show_layers(Layers(landmarks=True))
    assert session.state.layers == Layers(landmarks=True)


def test_what_stays_the_same_is_not_told(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.layers_changed) as told:
        session.show_layers(Layers(muscles=True))
    assert told.args == [session.state.layers]
    with qtbot.assertNotEmitted(session.layers_changed):
        session.show_layers(session.state.layers)


def test_isolating_opens_the_muscles_and_closing_them_ends_it(session: Session) -> None:
    session.isolate("soleus")
    assert session.state.layers.muscles
    assert session.state.layers.isolated == "soleus"
    session.show_layers(Layers(skin=0.3, bones=True, isolated="soleus"))
    assert session.state.layers.isolated == ""


def test_a_ghost_is_toggled(session: Session) -> None:
    session.show_layers(Layers(muscles=True))
    session.toggle_ghost("soleus")
    assert session.state.layers.ghosted == {"soleus"}
    session.toggle_ghost("soleus")
    assert session.state.layers.ghosted == frozenset()


def test_a_picked_structure_takes_the_selections_place_and_gives_it_back(session: Session) -> None:
    session.show_layers(Layers(bones=True))
    session.select(TRAPEZIUS)
    session.pick_structure(FEMUR)
    assert session.state.layers.picked == FEMUR
    assert session.state.selection == ()
    session.select(TEMPLE)
    assert session.state.layers.picked is None
    session.pick_structure(StructureRef("trapezius_upper", Side.LEFT), TRAPEZIUS)
    assert session.state.layers.picked is None
    assert session.state.selection == (TRAPEZIUS,)


def test_escape_steps_out_of_the_layers_before_the_selection(session: Session) -> None:
    session.show_layers(Layers(bones=True, muscles=True))
    session.select(TRAPEZIUS)
    session.isolate("soleus")
    assert session.step_back()
    assert session.state.layers.isolated == ""
    assert session.state.selection == (TRAPEZIUS,)
    session.pick_structure(FEMUR)
    assert session.step_back()
    assert session.state.layers.picked is None
    assert not session.step_back()
    assert session.state.layers.bones


def test_layers_are_not_undone_and_outlive_the_plan(session: Session) -> None:
    session.show_layers(Layers(bones=True))
    session.add_site(TRAPEZIUS)
    session.undo_stack.undo()
    assert session.state.layers.bones
    session.isolate("soleus")
    session.new_plan(Plan(patient="A. B."))
    assert session.state.layers.bones
    assert session.state.layers.isolated == ""
    assert not session.state.is_dirty or session.state.plan.patient == "A. B."


def test_back_to_skin_closes_everything(session: Session) -> None:
    session.show_layers(Layers(bones=True, muscles=True, landmarks=True, peel=3))
    session.hover_inside(FEMUR)
    session.back_to_skin()
    assert session.state.layers == SKIN_ONLY
    assert session.state.hover_inside is None


@pytest.mark.parametrize("what", [FEMUR, LandmarkRef("nasion"), None])
def test_what_the_pointer_is_on_is_told_once(session: Session, qtbot: QtBot, what: object) -> None:
    session.hover_inside(StructureRef("other"))
    with qtbot.waitSignal(session.hover_inside_changed) as told:
        session.hover_inside(what)  # type: ignore[arg-type]
    assert told.args == [what]
    with qtbot.assertNotEmitted(session.hover_inside_changed):
        session.hover_inside(what)  # type: ignore[arg-type]
