from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bodymap.domain import (
    MAX_SITES,
    Needle,
    Plan,
    PointRef,
    Position,
    Refusal,
    Sex,
    Side,
    Site,
    SkinRef,
    Technique,
)
from bodymap.session import Session
from session_fakes import ARRHYTHMIA, DIAPHRAGM, TEMPLE, TRAPEZIUS, TRAPEZIUS_RIGHT

FULL = Plan(sites=tuple(Site(id=f"s{n}", place=TEMPLE) for n in range(1, MAX_SITES + 1)))


def test_adding_fills_in_the_usual_and_selects(session: Session) -> None:
    site = session.add_site(TRAPEZIUS)
    assert site == Site(id="s1", place=TRAPEZIUS, position=Position.PRONE, needle=Needle(length_mm=40))
    assert session.state.plan.sites == (site,)
    assert session.state.selection == (TRAPEZIUS,)


def test_adding_the_offered_spot_takes_the_offer_up(session: Session) -> None:
    session.offer_free_site(TEMPLE)
    session.add_site(TEMPLE)
    assert session.state.candidate is None
    assert session.state.selection == (TEMPLE,)
    assert session.state.plan.sites == (Site(id="s1", place=TEMPLE),)


def test_a_point_that_is_not_needled_gets_no_needle(session: Session) -> None:
    site = session.add_site(DIAPHRAGM)
    assert (site.needle, site.position) == (None, None)


def test_toggling_adds_and_removes(session: Session) -> None:
    session.toggle_site(TRAPEZIUS)
    session.toggle_site(TRAPEZIUS_RIGHT)
    session.toggle_site(TRAPEZIUS)
    assert [site.place for site in session.state.plan] == [TRAPEZIUS_RIGHT]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (TRAPEZIUS, "Upper trapezius TrP1, left is already in the plan as number 1; change it there."),
        (PointRef(point="pectoralis_major.arrhythmia", side=Side.LEFT), "on the right side only"),
        (PointRef(point="own.7", side=Side.LEFT), "own.7, left is not in this atlas"),
    ],
)
def test_a_place_that_cannot_be_a_site_changes_nothing(
    session: Session, told: Any, place: PointRef, words: str
) -> None:
    session.add_site(TRAPEZIUS)
    told.names()
    with pytest.raises(Refusal, match=words):
        session.add_site(place)
    assert told.names() == []
    assert session.undo_stack.count() == 1


def test_a_full_plan_takes_no_more(session: Session) -> None:
    session.load_plan(FULL)
    for verb in (lambda: session.add_site(TRAPEZIUS), lambda: session.duplicate_opposite("s1")):
        with pytest.raises(Refusal, match="at most 500 sites"):
            verb()
    session.remove_site("s7")
    assert session.add_site(TRAPEZIUS).id == "s7"


def test_moving(session: Session) -> None:
    for place in (TRAPEZIUS, TEMPLE, ARRHYTHMIA):
        session.add_site(place)
    session.move_site("s3", 0)
    session.move_site("s1", 99)
    assert [site.id for site in session.state.plan] == ["s3", "s2", "s1"]


def test_grouping_by_position(session: Session) -> None:
    session.add_site(TRAPEZIUS)  # prone
    session.add_site(ARRHYTHMIA)  # supine
    session.add_site(TRAPEZIUS_RIGHT)  # prone
    session.group_by_position()
    assert [site.id for site in session.state.plan] == ["s1", "s3", "s2"]
    steps = session.undo_stack.count()
    session.group_by_position()
    assert session.undo_stack.count() == steps


def test_the_twin_on_the_other_side_follows_its_site(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    session.add_site(ARRHYTHMIA)
    session.edit_site("s1", depth="20 mm", note="towards the left ear", technique=Technique.STATIC)
    twin = session.duplicate_opposite("s1")
    assert [site.id for site in session.state.plan] == ["s1", "s3", "s2"]
    assert twin.place == TRAPEZIUS_RIGHT
    assert (twin.depth, twin.note, twin.technique) == ("20 mm", "", Technique.STATIC)
    assert twin.needle == session.state.plan.site("s1").needle
    assert session.state.selection == (TRAPEZIUS_RIGHT,)
    with pytest.raises(Refusal, match="already in the plan as number 2"):
        session.duplicate_opposite("s1")
    with pytest.raises(Refusal, match="on the right side only"):
        session.duplicate_opposite("s2")


def test_a_free_site_is_mirrored_through_the_body(session: Session) -> None:
    session.add_site(TEMPLE)
    twin = session.duplicate_opposite("s1")
    assert twin.place == SkinRef(face=5, barycentric=TEMPLE.barycentric, region="temple", side=Side.RIGHT)


def test_the_midline_has_no_other_side(session: Session) -> None:
    session.add_site(SkinRef(face=100, barycentric=(0.25, 0.25, 0.5), region="temple", side=Side.LEFT))
    with pytest.raises(Refusal, match="midline"):
        session.duplicate_opposite("s1")


def test_editing(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    session.edit_site("s1", needle=Needle(length_mm=50, count=2), position=None, direction="medial\nand down")
    site = session.state.plan.site("s1")
    assert site.needle == Needle(length_mm=50, count=2)
    assert (site.position, site.direction) == (None, "medial and down")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"needle": Needle(length_mm=900)}, "needle length must be 150 or less"),
        ({"note": "x" * 4001}, "note must be at most 4000 characters"),
        ({"place": ARRHYTHMIA}, "Pectoralis major, right is already in the plan"),
        ({"place": PointRef(point="own.7", side=Side.LEFT)}, "not in this atlas"),
    ],
)
def test_a_value_beyond_its_limit_changes_nothing(
    session: Session, changes: dict[str, Any], words: str
) -> None:
    session.add_site(TRAPEZIUS)
    session.add_site(ARRHYTHMIA)
    before = session.state
    with pytest.raises(Refusal, match=words):
        session.edit_site("s1", **changes)
    assert session.state is before


def test_a_site_may_take_another_place(session: Session) -> None:
    session.load_plan(msgspec.structs.replace(FULL, sites=(Site(id="a", place=TRAPEZIUS), *FULL.sites[:499])))
    session.edit_site("a", place=TRAPEZIUS_RIGHT)
    assert session.state.plan.site("a").place == TRAPEZIUS_RIGHT


def test_programming_faults_are_not_refusals(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    for wrong in ({"id": "s9"}, {"laser": True}):
        with pytest.raises(TypeError):
            session.edit_site("s1", **wrong)
    for verb in (session.remove_site, session.edit_site, session.duplicate_opposite):
        with pytest.raises(KeyError):
            verb("nobody")


def test_the_texts_of_the_plan(session: Session) -> None:
    session.set_patient("A.\u202e B.\n")
    session.set_plan_note("one\r\ntwo\x00")
    session.set_date("2026-02-27")
    session.set_build(Sex.FEMALE)
    plan = session.state.plan
    assert (plan.patient, plan.note, plan.date, plan.build.sex) == (
        "A. B. ",
        "one\ntwo",
        "2026-02-27",
        Sex.FEMALE,
    )
    for verb, value in (
        (session.set_date, "2026-02-30"),
        (session.set_date, "soon"),
        (session.set_patient, "x" * 201),
        (session.set_plan_note, "x" * 4001),
    ):
        with pytest.raises(Refusal, match=r"^The [^\n]+\.$"):
            verb(value)
    assert session.state.plan == plan


def test_a_point_the_atlas_lost_can_still_be_handled(session: Session) -> None:
    lost = PointRef(point="own.7", side=Side.LEFT)
    session.load_plan(Plan(sites=(Site(id="s1", place=lost), Site(id="s2", place=TEMPLE))))
    session.select(lost)
    session.move_site("s1", 1)
    session.edit_site("s1", note="once a point of our own")
    assert "own.7, left" in session.undo_stack.undoText()
    session.toggle_site(lost)
    assert [site.id for site in session.state.plan] == ["s2"]


def test_loading_starts_afresh(session: Session, told: Any) -> None:
    session.add_site(TRAPEZIUS)
    session.offer_free_site(TEMPLE)
    session.hover(TEMPLE)
    session.start_patient_mode()
    told.names()
    plan = Plan(patient="C. D.")
    session.load_plan(plan, Path("/clinic/plan.json"), datetime(2026, 2, 27, tzinfo=UTC))
    assert told.names() == ["plan", "selection", "candidate", "patient_mode", "file"]
    assert session.state.plan is plan
    assert (session.state.path, session.state.is_dirty) == (Path("/clinic/plan.json"), False)
    assert session.undo_stack.count() == 0


def test_a_plan_off_the_body_is_not_loaded(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    before = session.state
    off = SkinRef(face=2**31 - 1, barycentric=(1, 0, 0), region="temple", side=Side.LEFT)
    for verb in (session.load_plan, session.new_plan):
        with pytest.raises(Refusal, match="Site 1 lies on no part of this body"):
            verb(Plan(sites=(Site(id="x", place=off),)))
    assert session.state is before
    assert session.undo_stack.count() == 1


def test_the_dirty_mark_follows_content(session: Session) -> None:
    path, now = Path("/clinic/plan.json"), datetime(2026, 2, 27, tzinfo=UTC)
    session.set_patient("A.")
    assert session.state.is_dirty
    session.saved(path, now)
    assert (session.state.path, session.state.saved_at, session.state.is_dirty) == (path, now, False)
    assert session.undo_stack.isClean()
    session.set_patient("A. B.")
    assert session.state.is_dirty
    session.undo_stack.undo()
    assert not session.state.is_dirty
    assert session.undo_stack.isClean()


def test_a_save_that_ends_after_the_next_edit_leaves_the_plan_dirty(session: Session) -> None:
    session.set_patient("A.")
    written = session.state.plan
    session.set_patient("A. B.")
    session.saved(Path("/clinic/plan.json"), datetime(2026, 2, 27, tzinfo=UTC), written)
    assert session.state.is_dirty


def test_a_new_plan_may_begin_with_something(session: Session) -> None:
    session.load_plan(Plan(note="old"), Path("/clinic/plan.json"))
    session.new_plan(Plan(note="recovered"))
    assert session.state.path is None
    assert session.state.is_dirty
    assert not session.undo_stack.isClean()
    session.new_plan()
    assert session.state.plan == Plan()
    assert not session.state.is_dirty
