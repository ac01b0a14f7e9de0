"""Which structures are shown, and how."""

from __future__ import annotations

import pytest

from bodymap.domain import Layers, Side, StructureRef
from bodymap.scene.frame import InsideLook
from bodymap.scene.inside_look import Emphasis, emphases
from toy_inside import toy_inside

INSIDE = toy_inside()
L, R = Side.LEFT, Side.RIGHT
ALL = Layers(skin=0.3, bones=True, muscles=True, danger=True)


def how(layers: Layers, *lit: StructureRef) -> dict[StructureRef, Emphasis]:
    rows = emphases(INSIDE.structures, InsideLook(layers, frozenset(lit)))
    return {
        StructureRef(s.id, s.side): Emphasis(row)
        for s, row in zip(INSIDE.structures, rows.tolist(), strict=True)
    }


OUTER, INNER, FEMUR = (StructureRef(name, L) for name in ("outer", "inner", "femur"))
SPINE, HEART = StructureRef("spine"), StructureRef("heart")


def test_each_layer_shows_its_own_kinds() -> None:
    bones, muscles, danger = (
        {ref.id for ref, emphasis in how(layers).items() if emphasis is Emphasis.PLAIN}
        for layers in (Layers(0.3, bones=True), Layers(0.3, muscles=True), Layers(0.3, danger=True))
    )
    assert bones == {"femur", "spine"}
    assert muscles == {"outer", "inner"}
    assert danger == {"heart", "artery"}


@pytest.mark.parametrize("layers", [Layers(), Layers(skin=1.0, bones=True, muscles=True), Layers(skin=0.2)])
def test_a_closed_body_shows_nothing(layers: Layers) -> None:
    assert set(how(layers, OUTER).values()) == {Emphasis.HIDDEN}


def test_peeling_takes_the_superficial_muscles_first() -> None:
    shown = [
        {ref.id for ref, e in how(Layers(0.3, muscles=True, peel=peel)).items() if e is not Emphasis.HIDDEN}
        for peel in range(3)
    ]
    assert shown == [{"outer", "inner"}, {"inner"}, set()]


def test_a_lit_muscle_is_uncovered_and_the_others_step_back() -> None:
    seen = how(ALL, INNER)
    assert seen[INNER] is Emphasis.LIT
    assert seen[StructureRef("inner", R)] is Emphasis.DIM
    assert seen[OUTER] is Emphasis.GHOST
    assert seen[FEMUR] is seen[HEART] is Emphasis.PLAIN
    assert how(ALL, OUTER)[INNER] is Emphasis.DIM


@pytest.mark.parametrize("layers", [Layers(0.3, bones=True), Layers(0.3, muscles=True, peel=2)])
def test_a_lit_muscle_is_shown_even_where_its_layer_is_not(layers: Layers) -> None:
    assert how(layers, INNER)[INNER] is Emphasis.LIT


def test_an_isolated_muscle_is_alone_or_among_ghosts() -> None:
    layers = Layers(0.3, muscles=True, bones=True, isolated="inner")
    seen = how(layers)
    assert seen[INNER] is seen[StructureRef("inner", R)] is seen[FEMUR] is Emphasis.PLAIN
    assert seen[OUTER] is Emphasis.GHOST
    alone = how(Layers(0.3, muscles=True, isolated="inner", with_others=False, peel=2), INNER)
    assert alone[INNER] is Emphasis.LIT
    assert alone[OUTER] is Emphasis.HIDDEN


def test_anything_can_be_made_a_ghost_and_a_picked_organ_lights_up() -> None:
    layers = Layers(
        0.3, muscles=True, bones=True, danger=True, ghosted=frozenset(("outer", "femur")), picked=HEART
    )
    seen = how(layers, HEART)
    assert seen[OUTER] is seen[FEMUR] is Emphasis.GHOST
    assert seen[HEART] is Emphasis.LIT
    assert seen[INNER] is Emphasis.PLAIN
