from __future__ import annotations

import pytest

from bodymap.domain import Fill, PointRef, Quality, Refusal, Sex, Side, Stroke
from bodymap.domain.pain import LARGEST_RADIUS_MM, LEAST_RADIUS_MM, MAX_MARKS
from bodymap.geometry.anchors import Anchor
from bodymap.session import Session, Tool
from session_fakes import TRAPEZIUS

HERE, THERE = Anchor(1, (0.2, 0.3, 0.5)), Anchor(2, (0.2, 0.3, 0.5))


def test_a_stroke_is_one_step_of_undo(session: Session) -> None:
    session.set_brush(tool=Tool.PAINT, quality=Quality.BURNING, intensity=8, radius_mm=12.0)
    session.begin_stroke((HERE,))
    session.extend_stroke((THERE, HERE))
    assert session.state.plan.pain == ()  # not before the brush is lifted
    assert session.state.stroke is not None
    session.end_stroke()
    stroke = Stroke(path="1:20:30 2:20:30 1:20:30", radius_mm=12.0, quality=Quality.BURNING, intensity=8)
    assert session.state.plan.pain == (stroke,)
    assert session.state.stroke is None
    assert session.undo_stack.undoText() == "Paint burning"
    session.undo_stack.undo()
    assert session.state.plan.pain == ()
    session.undo_stack.redo()
    assert session.state.plan.pain == (stroke,)


def test_a_stroke_remembers_the_body_and_whether_it_erases(session: Session) -> None:
    session.set_build(Sex.FEMALE)
    session.set_brush(tool=Tool.ERASE, mirrored=True)
    session.begin_stroke((HERE,))
    session.end_stroke()
    (stroke,) = session.state.plan.pain
    assert isinstance(stroke, Stroke)
    assert (stroke.erases, stroke.mirrored, stroke.build.sex) == (True, True, Sex.FEMALE)


def test_a_long_stroke_goes_on_as_a_second_one(session: Session) -> None:
    session.set_brush(tool=Tool.PAINT)
    session.begin_stroke((HERE,))
    for _ in range(40):
        session.extend_stroke((HERE, THERE) * 5)
    session.end_stroke()
    strokes = session.state.plan.pain
    assert len(strokes) > 1
    stops = [stop for stroke in strokes if isinstance(stroke, Stroke) for stop in stroke.stops]
    assert len(stops) >= 401  # none lost; a stroke begins where the one before it ended
    session.begin_stroke((HERE,))
    session.extend_stroke((THERE,))
    session.end_stroke()
    session.undo_stack.undo()
    assert session.state.plan.pain == strokes
    session.undo_stack.undo()
    assert session.state.plan.pain == ()  # its parts are one step


def test_nothing_is_drawn_without_a_brush_put_down(session: Session) -> None:
    session.extend_stroke((HERE,))
    session.end_stroke()
    assert session.state.plan.pain == ()
    assert not session.undo_stack.canUndo()


def test_the_brush_keeps_its_limits(session: Session) -> None:
    session.set_brush(radius_mm=1000.0)
    assert session.state.brush.radius_mm == LARGEST_RADIUS_MM
    session.set_brush(radius_mm=0.1)
    assert session.state.brush.radius_mm == LEAST_RADIUS_MM


def test_regions_are_filled_and_emptied(session: Session) -> None:
    session.set_brush(quality=Quality.NUMB, intensity=4)
    session.fill_region("temple", Side.LEFT)
    session.fill_region("temple", Side.LEFT, erases=True)
    fill, empty = session.state.plan.pain
    assert fill == Fill(region="temple", side=Side.LEFT, quality=Quality.NUMB, intensity=4)
    assert isinstance(empty, Fill) and empty.erases
    session.clear_pain()
    assert session.state.plan.pain == ()
    session.undo_stack.undo()
    assert len(session.state.plan.pain) == 2


def test_too_many_strokes_are_refused_and_none_is_lost(session: Session) -> None:
    for _ in range(MAX_MARKS):
        session.fill_region("temple", Side.LEFT)
    with pytest.raises(Refusal, match="at most 400 entries"):
        session.fill_region("temple", Side.LEFT)
    assert len(session.state.plan.pain) == MAX_MARKS


def test_what_was_felt_is_kept_with_its_site(session: Session) -> None:
    site = session.add_site(TRAPEZIUS)
    session.paint_site(site.id)
    assert session.state.brush.tool is Tool.PAINT
    session.fill_region("temple", Side.LEFT)
    assert session.state.plan.site(site.id).felt == session.state.painted != ()
    assert session.state.plan.pain == ()
    session.edit_site(site.id, familiar=True)
    assert session.state.plan.site(site.id).familiar is True
    session.remove_site(site.id)
    assert session.state.felt_site == ""  # there is nothing left to paint on
    assert session.state.painted == ()


def test_escape_drops_the_stroke_then_the_brush_then_the_site(session: Session) -> None:
    site = session.add_site(TRAPEZIUS)
    session.clear_selection()
    session.paint_site(site.id)
    session.begin_stroke((HERE,))
    assert session.step_back()
    assert session.state.stroke is None
    assert session.state.plan.site(site.id).felt == ()
    assert session.step_back()
    assert session.state.brush.tool is Tool.TURN
    assert session.step_back()
    assert session.state.felt_site == ""
    assert not session.step_back()


def test_another_plan_puts_the_brush_away_and_keeps_its_kind(session: Session) -> None:
    session.set_brush(tool=Tool.PAINT, quality=Quality.STIFF, intensity=9)
    session.show_left(True)
    session.new_plan()
    assert session.state.brush.tool is Tool.TURN
    assert (session.state.brush.quality, session.state.brush.intensity) == (Quality.STIFF, 9)
    assert not session.state.shows_left


def test_a_preview_is_not_a_selection(session: Session) -> None:
    heard = []
    session.preview_changed.connect(heard.append)
    session.preview(TRAPEZIUS)
    session.preview(TRAPEZIUS)
    session.preview(None)
    assert heard == [TRAPEZIUS, None]
    assert session.state.selection == ()
    assert isinstance(TRAPEZIUS, PointRef)


def test_a_fill_takes_the_place_of_the_dab_that_its_double_click_began_with(session: Session) -> None:
    session.set_brush(tool=Tool.PAINT)
    session.fill_region("palm", Side.LEFT)
    session.begin_stroke((HERE,))
    session.end_stroke()
    session.fill_region("temple", Side.LEFT, over_dab=True)
    palm, temple = session.state.plan.pain
    assert temple == Fill(region="temple", side=Side.LEFT)
    session.undo_stack.undo()
    assert session.state.plan.pain == (palm,)  # dab and fill are one step
    session.fill_region("temple", Side.RIGHT, over_dab=True)  # by a double click that left no dab
    assert len(session.state.plan.pain) == 2


def test_dabs_are_steps_of_their_own(session: Session) -> None:
    site = session.add_site(TRAPEZIUS)
    for painted in ("", site.id):
        session.paint_site(painted)
        for _ in range(2):
            session.begin_stroke((HERE,))
            session.end_stroke()
    for left in (3, 2, 1, 0):
        session.undo_stack.undo()
        assert len(session.state.plan.pain) + len(session.state.plan.site(site.id).felt) == left


def test_a_stroke_of_a_site_that_goes_is_not_the_patients_pain(session: Session) -> None:
    site = session.add_site(TRAPEZIUS)
    session.paint_site(site.id)
    session.begin_stroke((HERE,))
    session.undo_stack.undo()  # takes the site away under the brush
    session.extend_stroke((THERE,))
    session.end_stroke()
    assert session.state.plan.pain == ()
    assert session.state.felt_site == ""


def test_undo_under_the_brush_takes_the_step_before_and_keeps_the_stroke(session: Session) -> None:
    session.fill_region("palm", Side.LEFT)
    session.begin_stroke((HERE,))
    session.undo_stack.undo()
    assert session.state.plan.pain == ()
    session.end_stroke()
    assert [type(mark) for mark in session.state.plan.pain] == [Stroke]


def test_the_patient_is_shown_without_the_brush(session: Session) -> None:
    session.add_site(TRAPEZIUS)
    session.set_brush(tool=Tool.PAINT)
    session.paint_site(session.state.plan.sites[0].id)
    session.preview(TRAPEZIUS)
    session.begin_stroke((HERE,))
    session.start_patient_mode()
    assert session.state.brush.tool is Tool.TURN
    assert (session.state.felt_site, session.state.preview) == ("", None)
    session.end_stroke()
    assert session.state.plan.pain == ()
