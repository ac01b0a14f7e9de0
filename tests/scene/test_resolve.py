from __future__ import annotations

import pytest

from bodymap.body import Body
from bodymap.domain import Build, Layers, PointRef, Sex, Side, SkinRef
from bodymap.scene import Chosen, MarkKind, resolve
from bodymap.scene.palette import ESSENTIAL, SLOT_SHAPES, SLOTS, channels
from scene_fakes import SPOTS, FakeAtlas

LEFT = tuple(PointRef(name, Side.LEFT) for name in SPOTS)
FREE = SkinRef(100, (0.2, 0.3, 0.5), "temple", Side.LEFT)


def test_equal_choices_give_equal_frames(atlas: FakeAtlas, body: Body) -> None:
    chosen = Chosen(selection=LEFT[:2], planned=(LEFT[1], FREE), hover=LEFT[3], candidate=FREE)
    assert resolve(atlas, body, chosen) == resolve(atlas, body, chosen)
    assert resolve(atlas, body, chosen) != resolve(atlas, body, Chosen(selection=LEFT[:1]))


def test_one_point_is_textbook_red_and_several_have_their_own_colours(atlas: FakeAtlas, body: Body) -> None:
    (only,) = resolve(atlas, body, Chosen(selection=LEFT[:1])).layers
    assert only.colour == ESSENTIAL
    several = resolve(atlas, body, Chosen(selection=LEFT[:3])).layers
    assert [layer.colour for layer in several] == list(SLOTS[:3])
    assert [layer.slot for layer in several] == [0, 1, 2]
    assert len(set(SLOT_SHAPES)) == len(SLOTS)


def test_a_seventh_point_shares_the_first_colour_and_shape(atlas: FakeAtlas, body: Body) -> None:
    frame = resolve(atlas, body, Chosen(selection=LEFT))
    assert len(LEFT) == 7
    assert [layer.place for layer in frame.layers] == list(LEFT)
    assert (frame.layers[6].slot, frame.layers[6].colour) == (0, frame.layers[0].colour)
    assert {mark.place for mark in frame.marks} == set(LEFT)


def test_a_dermatome_is_drawn_for_a_root_that_has_one(atlas: FakeAtlas, body: Body) -> None:
    frame = resolve(atlas, body, Chosen(layers=Layers(root="C6")))
    assert frame.dermatome is not None
    assert frame.dermatome.root == "C6"
    assert not frame.inside.layers.is_open
    assert resolve(atlas, body, Chosen(layers=Layers(root="C1"))).dermatome is None
    assert resolve(atlas, body, Chosen()).dermatome is None


def test_a_place_is_marked_once_by_its_most_important_reason(atlas: FakeAtlas, body: Body) -> None:
    chosen = Chosen(selection=(LEFT[0],), planned=(LEFT[2], LEFT[0]), hover=LEFT[0], candidate=FREE)
    marks = {mark.place: mark for mark in resolve(atlas, body, chosen).marks}
    assert marks[LEFT[0]].kind is MarkKind.SELECTED
    assert marks[LEFT[0]].number == 2
    assert marks[LEFT[2]].kind is MarkKind.PLANNED
    assert marks[LEFT[2]].number == 1
    assert marks[FREE].kind is MarkKind.CANDIDATE
    assert marks[LEFT[0]].label == "back.1, left"
    assert marks[LEFT[2]].label == ""


def test_a_free_site_that_is_planned_keeps_its_number_when_offered(atlas: FakeAtlas, body: Body) -> None:
    (mark,) = resolve(atlas, body, Chosen(planned=(FREE,), candidate=FREE)).marks
    assert (mark.kind, mark.number) == (MarkKind.PLANNED, 1)


def test_the_patient_sees_no_names_and_no_points(atlas: FakeAtlas, body: Body) -> None:
    frame = resolve(
        atlas,
        body,
        Chosen(selection=LEFT[:1], hover=LEFT[1], spread=0.3, with_points=False, with_labels=False),
    )
    assert frame.points is None
    assert frame.spread == 0.3
    assert all(mark.label == "" for mark in frame.marks)
    assert all(layer.label == "" for layer in frame.layers)


def test_points_follow_the_build_and_are_kept(atlas: FakeAtlas, body: Body) -> None:
    male, female = (
        resolve(atlas, body, Chosen(build=Build(sex=sex))).points for sex in (Sex.MALE, Sex.FEMALE)
    )
    assert male is not None
    assert female is not None
    assert male is resolve(atlas, body, Chosen()).points
    assert (male.xyz_mm != female.xyz_mm).any()


def test_an_unknown_point_is_an_error(atlas: FakeAtlas, body: Body) -> None:
    with pytest.raises(KeyError):
        resolve(atlas, body, Chosen(selection=(PointRef("nothing.1", Side.LEFT),)))


def test_colours_are_written_in_one_way() -> None:
    assert channels("#FF8000") == pytest.approx((1.0, 128 / 255, 0.0))
    with pytest.raises(ValueError, match="RRGGBB"):
        channels("red")
