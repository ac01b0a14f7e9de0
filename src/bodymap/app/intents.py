"""What the user asks for, in the session's verbs. A refusal becomes a sentence in the notice bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import LandmarkRef, Place, PointRef, Refusal, Sex, SkinRef, StructureRef
from bodymap.planning.positions import posture_for
from bodymap.session import Session
from bodymap.session.placing import opposite_place


class Intents(QObject):
    """Slots for what widgets request.

    Signals
    -------
    refused(str)
        A sentence for the user.
    flight_wanted(Place)
        The viewport should show this place.
    plan_wanted()
        The plan's tab should come forward.
    """

    refused = Signal(str)
    flight_wanted = Signal(object)
    plan_wanted = Signal()

    def __init__(
        self,
        session: Session,
        atlas: Atlas,
        body: Body,
        points_in_view: Callable[[], Sequence[PointRef]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._atlas = atlas
        self._body = body
        self._points_in_view = points_in_view

    def activate(self, place: Place, extend: bool) -> None:
        """Take up a click on the body: a point is selected, bare skin is offered as a free site."""
        if self._session.state.patient_step is not None:
            return
        if isinstance(place, PointRef) or self._session.state.plan.at(place) is not None:
            self._session.select(place, extend)
        else:
            self._session.offer_free_site(place)

    def activate_structure(self, structure: StructureRef, ghost: bool) -> None:
        """Take up a click through the skin: a muscle's first point is selected, anything else looked at.

        With Ctrl or Shift the structure becomes a ghost instead, to let one see what lies behind it.
        """
        if self._session.state.patient_step is not None:
            return
        if ghost:
            self._session.toggle_ghost(structure.id)
            return
        own = [ref for ref in self._atlas.refs if ref.point.partition(".")[0] == structure.id]
        here = [ref for ref in own if ref.side is structure.side]
        selected = self._session.state.selection
        if here and (not selected or selected[-1] not in here):
            self._session.pick_structure(structure, here[0])
        elif not here:
            self._session.pick_structure(structure)

    def hover_inside(self, what: StructureRef | LandmarkRef | None) -> None:
        """Note which structure or landmark the pointer is on."""
        if self._session.state.patient_step is None:
            self._session.hover_inside(what)

    def let_go(self) -> None:
        """Take up a click beside the body."""
        if self._session.state.patient_step is None:
            self._session.offer_free_site(None)
            self._session.clear_selection()

    def hover(self, place: Place | None) -> None:
        """Light a place."""
        if self._session.state.patient_step is None:
            self._session.hover(place)

    def select_and_show(self, place: Place, extend: bool = False) -> None:
        """Select a place chosen from a list, and turn the body to it."""
        self._session.select(place, extend)
        if place in self._session.state.selection:
            self.flight_wanted.emit(place)

    def add(self, place: Place) -> None:
        """Put a place into the plan."""
        self._try(self._session.add_site, place)

    def remove(self, place: Place) -> None:
        """Take a place out of the plan."""
        site = self._session.state.plan.at(place)
        if site is not None:
            self._session.remove_site(site.id)

    def toggle(self, place: Place) -> None:
        """Put a place into the plan or take it out."""
        self._try(self._session.toggle_site, place)

    def toggle_shown(self) -> None:
        """Do so with what the card shows."""
        place = self._shown_place()
        if place is not None:
            self.toggle(place)

    def remove_shown(self) -> None:
        """Take what the card shows out of the plan."""
        place = self._shown_place()
        if place is not None:
            self.remove(place)

    def show_opposite(self, place: Place) -> None:
        """Show the mirror of a place instead."""
        other = opposite_place(place, self._body)
        if isinstance(other, SkinRef):
            self._session.offer_free_site(other)
        elif other in self._atlas:
            self._session.select(other)
        else:
            self.refused.emit(f"The atlas has this point on the {place.side.value} side only.")
            return
        self.flight_wanted.emit(other)

    def show_in_plan(self, place: Place) -> None:
        """Bring a planned place's row forward."""
        self._session.select(place)
        self.plan_wanted.emit()

    def duplicate_opposite(self, site_id: str) -> None:
        """Repeat a site on the other side."""
        self._try(self._session.duplicate_opposite, site_id)

    def duplicate_shown(self) -> None:
        """Repeat on the other side what the card shows."""
        if self._session.state.patient_step is not None:
            return
        place = self._shown_place()
        site = self._session.state.plan.at(place) if place is not None else None
        if site is None:
            self.refused.emit("Only a site of the plan can be repeated on the other side; add it first.")
        else:
            self.duplicate_opposite(site.id)

    def edit_site(self, site_id: str, field: str, value: object) -> None:
        """Change one field of a site."""
        self._try(lambda: self._session.edit_site(site_id, **{field: value}))

    def set_patient(self, text: str) -> None:
        """Set the patient's initials."""
        self._try(self._session.set_patient, text)

    def set_date(self, text: str) -> None:
        """Set the session's day."""
        self._try(self._session.set_date, text)

    def set_note(self, text: str) -> None:
        """Set the plan's note."""
        self._try(self._session.set_plan_note, text)

    def set_sex(self, sex: Sex) -> None:
        """Show another body."""
        self._session.set_build(sex)

    def shape_body(self, field: str, value: object) -> None:
        """Change one figure of the body."""
        self._try(lambda: self._session.shape_body(**{field: value}))

    def show_in_position(self, site_id: str) -> None:
        """Let the body lie as the patient will for a site, and turn it to the site."""
        site = self._session.state.plan.site(site_id)
        posture = posture_for(site)
        if posture is not None:
            self._session.set_posture(posture)
            self.flight_wanted.emit(site.place)

    def next_point(self) -> None:
        """Select the next point in view."""
        self._step_through_view(+1)

    def previous_point(self) -> None:
        """Select the point before in view."""
        self._step_through_view(-1)

    def toggle_patient_mode(self) -> None:
        """Turn to the patient, or back."""
        if self._session.state.patient_step is None:
            self._session.start_patient_mode()
        else:
            self._session.leave_patient_mode()

    def _step_through_view(self, by: int) -> None:
        points = tuple(self._points_in_view())
        if not points or self._session.state.patient_step is not None:
            return
        shown = self._shown_place()
        if isinstance(shown, PointRef) and shown in points:
            following = points.index(shown) + by
        else:
            following = 0 if by > 0 else -1
        self._session.select(points[following % len(points)])

    def _shown_place(self) -> Place | None:
        """Place on the card; None before the patient, where keys do not change the plan unseen."""
        state = self._session.state
        if state.patient_step is not None:
            return None
        if state.candidate is not None:
            return state.candidate
        return state.selection[-1] if state.selection else None

    def _try(self, verb: Callable[..., Any], *arguments: object) -> None:
        try:
            verb(*arguments)
        except Refusal as refusal:
            self.refused.emit(str(refusal))
