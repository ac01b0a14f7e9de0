"""Layers through the whole window, on the real atlas and body."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_program import Program

from bodymap.app.command_line import main
from bodymap.app.inside_words import inside_name, inside_words
from bodymap.app.reference import reference_body
from bodymap.domain import SEE_THROUGH, SKIN_ONLY, LandmarkRef, Layers, PointRef, Refusal, Side, StructureRef
from bodymap.domain.layers import DEEPEST_PEEL

MEDIUS = StructureRef("gluteus_medius", Side.RIGHT)
FEMUR = StructureRef("femur", Side.LEFT)


def test_keys_and_panel_open_layers_and_tick_them(program: Program) -> None:
    parts = program.parts
    parts.actions.show_skeleton.trigger()
    assert parts.session.state.layers == Layers(skin=SEE_THROUGH, bones=True)
    assert parts.window.layers.bones.isChecked()
    parts.window.layers.muscles.click()
    assert parts.actions.show_muscles.isChecked()
    parts.actions.peel_off.trigger()
    parts.actions.peel_off.trigger()
    parts.actions.peel_back.trigger()
    assert parts.session.state.layers.peel == parts.window.layers.peel.value() == 1
    program.showing._show_scene()
    assert parts.viewport._frame.inside.layers == parts.session.state.layers
    parts.actions.skin_only.trigger()
    assert parts.session.state.layers == SKIN_ONLY
    assert not parts.actions.show_skeleton.isChecked()


def test_peeling_stops_at_both_ends_and_opens_closed_muscles_first(program: Program) -> None:
    parts = program.parts
    parts.actions.peel_off.trigger()
    assert (parts.session.state.layers.muscles, parts.session.state.layers.peel) == (True, 0)
    parts.actions.peel_back.trigger()
    for _ in range(DEEPEST_PEEL + 3):
        parts.actions.peel_off.trigger()
    assert parts.session.state.layers.peel == DEEPEST_PEEL


def test_a_click_on_a_muscle_selects_its_point_on_that_side(program: Program) -> None:
    parts = program.parts
    parts.actions.show_muscles.trigger()
    parts.viewport.structure_activated.emit(MEDIUS, False)
    (place,) = parts.session.state.selection
    assert isinstance(place, PointRef)
    assert (place.point.partition(".")[0], place.side) == (MEDIUS.id, MEDIUS.side)
    assert parts.window.layers.muscle_name.whole == "Gluteus medius"
    program.showing._show_scene()
    assert parts.viewport._frame.inside.lit == {MEDIUS}
    another = PointRef("gluteus_medius.3", Side.RIGHT)
    parts.session.select(another)
    parts.viewport.structure_activated.emit(MEDIUS, False)
    assert parts.session.state.selection == (another,)  # it is that muscle's already


def test_a_click_on_a_bone_looks_at_it_and_a_click_beside_lets_go(program: Program) -> None:
    parts = program.parts
    parts.actions.show_skeleton.trigger()
    parts.viewport.structure_activated.emit(FEMUR, False)
    assert parts.session.state.layers.picked == FEMUR
    assert parts.window.layers.muscle_name.whole != "Femur, left"
    parts.viewport.background_activated.emit()
    assert parts.session.state.layers.picked is None


def test_with_ctrl_a_muscle_becomes_a_ghost(program: Program) -> None:
    parts = program.parts
    parts.actions.show_muscles.trigger()
    parts.viewport.structure_activated.emit(MEDIUS, True)
    assert parts.session.state.layers.ghosted == {MEDIUS.id}
    assert parts.session.state.selection == ()


def test_the_selected_muscle_is_shown_alone_by_a_key(program: Program) -> None:
    parts = program.parts
    parts.actions.isolate_muscle.trigger()
    assert parts.session.state.layers == SKIN_ONLY  # there is none
    assert not parts.actions.isolate_muscle.isChecked()
    parts.session.select(PointRef("gluteus_medius.1", Side.LEFT))
    parts.actions.isolate_muscle.trigger()
    layers = parts.session.state.layers
    assert (layers.isolated, layers.muscles, layers.skin) == ("gluteus_medius", True, SEE_THROUGH)
    assert parts.actions.isolate_muscle.isChecked()
    parts.actions.isolate_muscle.trigger()
    assert parts.session.state.layers.isolated == ""


def test_the_pointer_names_what_it_is_on(program: Program) -> None:
    parts = program.parts
    parts.viewport.inside_hovered.emit(FEMUR)
    assert parts.window.status.hover.text().startswith("Femur, left")
    parts.viewport.inside_hovered.emit(LandmarkRef("umbilicus"))
    assert parts.window.status.hover.text().startswith("Umbilicus")
    parts.viewport.inside_hovered.emit(None)
    assert parts.window.status.hover.text() == ""


def test_words_tell_a_muscles_layer_and_how_far_a_structure_strays() -> None:
    body = reference_body()
    assert inside_name(MEDIUS, body) == "Gluteus medius, right"
    assert inside_words(MEDIUS, body).endswith("second layer")
    assert "mm from where it is drawn" in inside_words(StructureRef("heart"), body)
    assert inside_words(StructureRef("spleen"), body) == "Spleen"


def test_the_patient_sees_skin_alone(program: Program) -> None:
    parts = program.parts
    parts.actions.show_skeleton.trigger()
    parts.session.select(PointRef("soleus.1", Side.LEFT))
    parts.actions.patient_mode.trigger()
    assert parts.viewport._frame.inside.layers == SKIN_ONLY
    parts.viewport.structure_activated.emit(FEMUR, False)
    parts.viewport.inside_hovered.emit(FEMUR)
    assert parts.session.state.layers.picked is None
    assert parts.session.state.hover_inside is None
    parts.actions.step_back.trigger()
    program.showing._show_scene()
    assert parts.viewport._frame.inside.layers.bones


def test_a_damaged_inside_is_told_and_the_body_stays_closed(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_bones: object) -> None:
        raise Refusal("What lies under the skin cannot be shown.")

    parts = program.parts
    monkeypatch.delitem(parts.body.__dict__, "inside", raising=False)
    monkeypatch.setattr("bodymap.body.human.read_inside", refuse)
    parts.actions.show_skeleton.trigger()
    assert "under the skin" in program.notice
    assert parts.session.state.layers == SKIN_ONLY
    assert not parts.actions.show_skeleton.isChecked()
    assert not parts.window.layers.bones.isChecked()


@pytest.mark.parametrize("words", ["skeleton", "muscles:2,danger", "skeleton,muscles"])
def test_render_draws_layers(tmp_path: Path, words: str) -> None:
    from PIL import Image

    pictures = []
    for layers in ("", words):
        target = tmp_path / f"{len(pictures)}.png"
        arguments = ["render", "--size", "120x200", "--layers", layers, "-o", str(target)]
        assert main(arguments) == 0
        pictures.append(Image.open(target).tobytes())
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("layers", ["organs", "muscles:x", "skeleton:2"])
def test_render_refuses_layers_that_are_none(
    tmp_path: Path, layers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "--layers", layers, "-o", str(tmp_path / "a.png")]) == 2
    assert "layer" in capsys.readouterr().err
