from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from bodymap.domain import Build, Place, Plan, PointRef, Posture, Refusal, Sex, Site, SkinRef
from bodymap.domain.checking import checked, clean_plan, clean_site
from bodymap.domain.complaints import complaint
from bodymap.planning.drafts import carried_over, drafted_site
from bodymap.planning.positions import with_fewest_turns
from bodymap.planning.strangers import is_painted_off_the_body, sites_off_the_body
from bodymap.session.patient import PatientVerbs
from bodymap.session.placing import name_of, opposite_place, refuse_unplaceable
from bodymap.session.reference import BodyReference, PointReference
from bodymap.session.state import EMPTY_PLAN, NO_FILE, PlanOnDisk, SessionState, Tool
from bodymap.session.undo import PlanEdit, PlanHistory

_TYPED_FIELDS = frozenset({"depth", "direction", "note"})


class Session(PatientVerbs):
    """The one place where the state lives and changes; see `ObservedState` for its signals.

    Verbs on the plan go through `undo_stack`; the rest of the state is not undone.

    Parameters
    ----------
    atlas : PointReference
    body : BodyReference
    """

    def __init__(self, atlas: PointReference, body: BodyReference, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._atlas = atlas
        self._body = body
        self._undo_stack = PlanHistory(EMPTY_PLAN, self)
        self._undo_stack.indexChanged.connect(self._show_plan)

    @property
    def undo_stack(self) -> QUndoStack:
        """Steps of the plan, for the undo and redo commands; unlimited."""
        return self._undo_stack

    # Looking

    def select(self, place: Place, extend: bool = False) -> None:
        """Select a place alone, or, to extend, add it to the selection or take it out."""
        selection: tuple[Place, ...] = (place,)
        if extend:
            others = tuple(other for other in self._state.selection if other != place)
            selection = others if len(others) < len(self._state.selection) else (*others, place)
        layers = replace(self._state.layers, picked=None)
        self._become(replace(self._state, selection=selection, candidate=None, layers=layers))

    def clear_selection(self) -> None:
        """Select nothing."""
        layers = replace(self._state.layers, picked=None)
        self._become(replace(self._state, selection=(), layers=layers))

    def hover(self, place: Place | None) -> None:
        """Note what the pointer is on."""
        self._become(replace(self._state, hover=place))

    def offer_free_site(self, candidate: SkinRef | None) -> None:
        """Offer a spot of skin as a site, or withdraw the offer; the selection stays."""
        self._become(replace(self._state, candidate=candidate))

    def step_back(self) -> bool:
        """Step back one level: patient mode, the offer, the brush, a structure, the selection.

        Returns
        -------
        bool
            Whether there was a level to step back from.
        """
        if self._state.patient_step is not None:
            self.leave_patient_mode()
        elif self._state.candidate is not None:
            self.offer_free_site(None)
        elif self._put_brush_away() or self._step_out_of_layers():
            return True
        elif self._state.selection:
            self.clear_selection()
        else:
            return False
        return True

    # Planning

    def add_site(self, place: Place) -> Site:
        """Add a site with the atlas's usual position and needle, and select it.

        Raises
        ------
        Refusal
            The plan is full, the place is in it, or the atlas does not have it on that side.
        """
        plan = self._state.plan
        refuse_unplaceable(plan, place, self._atlas)
        advice = self._atlas.needling(place.point) if isinstance(place, PointRef) else None
        site = checked(drafted_site(plan.new_site_id(), place, advice))
        self._edit(self.tr("Add {place}").format(place=self._name(place)), plan.adding(site))
        self.select(place)
        return site

    def toggle_site(self, place: Place) -> None:
        """Add a place to the plan, or take it out.

        Raises
        ------
        Refusal
            It cannot be added.
        """
        site = self._state.plan.at(place)
        if site is None:
            self.add_site(place)
        else:
            self.remove_site(site.id)

    def remove_site(self, site_id: str) -> None:
        """Take a site out of the plan; KeyError when there is none."""
        plan = self._state.plan
        text = self.tr("Remove {place}").format(place=self._name(plan.site(site_id).place))
        self._edit(text, plan.removing(site_id))

    def move_site(self, site_id: str, index: int) -> None:
        """Move a site to a place in the list, from zero (clamped); KeyError when there is none."""
        plan = self._state.plan
        text = self.tr("Move {place}").format(place=self._name(plan.site(site_id).place))
        self._edit(text, plan.moving(site_id, index))

    def group_by_position(self) -> None:
        """Order the sites so that the patient turns least."""
        self._edit(self.tr("Group by position"), with_fewest_turns(self._state.plan))

    def duplicate_opposite(self, site_id: str) -> Site:
        """Add a site's twin on the other side, right after it, and select it; KeyError when there is none.

        Raises
        ------
        Refusal
            The plan is full, the twin is in it, or there is no such place on the other side.
        """
        plan = self._state.plan
        site = plan.site(site_id)
        place = opposite_place(site.place, self._body)
        refuse_unplaceable(plan, place, self._atlas)
        twin = carried_over(site, plan.new_site_id(), place)
        after = plan.adding(twin).moving(twin.id, plan.index(site_id) + 1)
        self._edit(self.tr("Add {place}").format(place=self._name(place)), after)
        self.select(place)
        return twin

    def edit_site(self, site_id: str, **changes: Any) -> None:
        """Change fields of a site; KeyError when there is none, TypeError when it has no such field.

        Raises
        ------
        Refusal
            A value breaks its limit, or the new place cannot be taken.
        """
        if "id" in changes:
            raise TypeError("a site keeps its id")
        plan = self._state.plan
        before = plan.site(site_id)
        after = checked(clean_site(msgspec.structs.replace(before, **changes)))
        if after.place != before.place:
            refuse_unplaceable(plan.removing(site_id), after.place, self._atlas)
        field = next(iter(changes)) if len(changes) == 1 else ""
        text = self.tr("Edit {place}").format(place=self._name(after.place))
        key = f"{site_id}.{field}" if field in _TYPED_FIELDS else ""
        self._edit(text, plan.replacing(after), key)

    def set_patient(self, patient: str) -> None:
        """Set initials or a code; Refusal when they are too long."""
        self._edit_plan(self.tr("Edit patient"), "patient", patient)

    def set_date(self, date: str) -> None:
        """Set the day of the session, ISO or empty; Refusal when it is no day."""
        self._edit_plan(self.tr("Edit date"), "date", date)

    def set_plan_note(self, note: str) -> None:
        """Set the note on the plan; Refusal when it is too long."""
        self._edit_plan(self.tr("Edit note"), "note", note)

    def set_build(self, sex: Sex) -> None:
        """Show the plan on a body of a sex; what was given of age, height, weight and muscle stays."""
        self._edit_plan(
            self.tr("Change body"), "build", msgspec.structs.replace(self._state.plan.build, sex=sex)
        )

    def shape_body(self, **changes: Any) -> None:
        """Change figures of the body; one figure again and again, as when a slider is dragged, is one step.

        Raises
        ------
        Refusal
            A value breaks its limit.
        """
        after = msgspec.structs.replace(self._state.plan.build, **changes)
        key = f"build.{next(iter(changes))}" if len(changes) == 1 else ""
        self._edit_plan(self.tr("Change body"), "build", after, key)

    def reset_build(self) -> None:
        """Show the average body of the sex."""
        self._edit_plan(self.tr("Change body"), "build", Build(sex=self._state.plan.build.sex))

    def set_posture(self, posture: Posture) -> None:
        """Let the body stand, lie or sit."""
        self._edit_plan(self.tr("Change position"), "posture", posture)

    # Plans and files

    def new_plan(self, plan: Plan | None = None) -> None:
        """Begin a plan without a file, empty or with what is given; the one before and its undo steps go.

        Raises
        ------
        Refusal
            A free site lies on no part of this body; the plan before stays.
        """
        self._open(EMPTY_PLAN if plan is None else plan, NO_FILE)

    def load_plan(self, plan: Plan, path: Path | None = None, saved_at: datetime | None = None) -> None:
        """Take up a plan as read from a file; the one before and its undo steps go.

        Raises
        ------
        Refusal
            A free site lies on no part of this body; the plan before stays.
        """
        self._open(plan, PlanOnDisk(path=path, saved_at=saved_at, plan=plan))

    def saved(self, path: Path, at: datetime, plan: Plan | None = None) -> None:
        """Note that a plan, by default the one now, is in a file."""
        held = self._state.plan if plan is None else plan
        self._become(replace(self._state, file=replace(self._state.file, path=path, saved_at=at, plan=held)))
        if not self._state.is_dirty:
            self._undo_stack.setClean()

    def _open(self, plan: Plan, file: PlanOnDisk) -> None:
        if off := sites_off_the_body(plan, len(self._body.triangles)):
            number = plan.number(off[0].id)
            raise Refusal(f"Site {number} lies on no part of this body; open the plan with a newer bodymap.")
        if is_painted_off_the_body(plan, len(self._body.triangles)):
            raise Refusal("Painted pain lies on no part of this body; open the plan with a newer bodymap.")
        opened = self._state.file.opened + 1
        layers = replace(self._state.layers, picked=None, isolated="")
        brush = replace(self._state.brush, tool=Tool.TURN)
        self._become(SessionState(plan=plan, layers=layers, brush=brush, file=replace(file, opened=opened)))
        self._undo_stack.begin(plan)
        if self._state.is_dirty:
            self._undo_stack.resetClean()

    def _edit_plan(self, text: str, field: str, value: Any, key: str = "") -> None:
        try:
            after = checked(clean_plan(msgspec.structs.replace(self._state.plan, **{field: value})))
        except ValueError as error:
            raise Refusal(f"The {complaint(error)}; choose another value.") from error
        self._edit(text, after, key or (f"plan.{field}" if type(value) is str else ""))

    def _edit(self, text: str, after: Plan, merge_key: str = "") -> None:
        before = self._state.plan
        if after != before:
            self._undo_stack.push(PlanEdit(before, after, text, merge_key))

    def _show_plan(self) -> None:
        plan = self._undo_stack.plan()
        state = replace(self._state, plan=plan)
        if state.felt_site and all(site.id != state.felt_site for site in plan):
            # A stroke in progress was of that site; it must not end up in the patient's own pain.
            state = replace(state, felt_site="", stroke=None)
        self._become(state)

    def _name(self, place: Place) -> str:
        return name_of(place, self._atlas)
