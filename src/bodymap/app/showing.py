"""What the session's facts look like: each slot brings one part of the window up to date."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from bodymap.app.inside_words import inside_name, inside_words, is_muscle
from bodymap.app.pain_desk import PainDesk
from bodymap.app.reference import region_name
from bodymap.app.window import Parts
from bodymap.domain import Place, Plan, PointRef, Posture, SkinRef
from bodymap.scene import Chosen, resolve, shown_surface
from bodymap.scene.framing import pattern_view
from bodymap.scene.picking import Picker
from bodymap.session import SessionState, Tool
from bodymap.ui.main_window import MainWindow
from bodymap.ui.notice_bar import Notice, NoticeKind
from bodymap.ui.patient_mode import PatientWords
from bodymap.ui.point_card.content import content_of


class Showing(QObject):
    """Slots for what the session tells.

    The body is resolved once for all that changes in one turn of the event loop.
    """

    def __init__(self, parts: Parts, pain: PainDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._pain = pain
        self._pose_before = parts.viewport.pose
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self._redraw.timeout.connect(self._show_scene)

    @property
    def _state(self) -> SessionState:
        return self._parts.session.state

    @property
    def _window(self) -> MainWindow:
        return self._parts.window

    def show_everything(self) -> None:
        """Bring the whole window up to date."""
        self.show_plan()
        self.show_selection()
        self.show_file()
        self.show_brush()
        self._show_scene()

    def show_scene(self) -> None:
        """Draw the body anew before the event loop waits again."""
        self._redraw.start()

    def show_plan(self) -> None:
        """Show the plan in list, title and figure."""
        plan = self._state.plan
        self._parts.plan.set_plan(plan)
        self._parts.plan.show_figures(self._parts.body.figures(plan.build))
        selection = self._state.selection
        if selection and plan.at(selection[-1]) is not None:
            self._parts.plan.set_selection(selection)  # what was selected first and added then
        self._parts.browser.set_plan(plan)
        self._parts.pain.set_plan(plan)
        self._pain.refresh()
        self._window.show_plan_count(len(plan.sites))
        self._window.top_bar.show_title(plan.patient, plan.date)
        self._window.top_bar.show_sex(plan.build.sex)
        self.show_file()
        self.show_card()
        self.show_scene()
        if self._state.patient_step is not None:
            self._show_patient_words()

    def show_selection(self) -> None:
        """Show what is selected in lists, card and figure."""
        selection = self._state.selection
        self._parts.browser.set_selection(selection)
        self._parts.plan.set_selection(selection)
        self._parts.pain.set_selection(selection)
        self._show_muscle()
        self.show_card()
        self.show_scene()

    def show_layers(self) -> None:
        """Show which layers of the body are open."""
        self._window.layers.show_layers(self._state.layers)
        self._parts.actions.show_layer_states(self._state.layers)
        self._show_muscle()
        self.show_scene()

    def show_brush(self) -> None:
        """Show what a drag over the body does."""
        brush = self._state.brush
        paints, erases = brush.tool is Tool.PAINT, brush.tool is Tool.ERASE
        self._parts.viewport.brush.set_radius(brush.radius_mm if paints or erases else 0.0, erases)
        self._parts.actions.show_brush(paints, erases)
        self._pain.show_brush()
        self.show_scene()

    def show_stroke(self) -> None:
        """Draw the stroke as it grows, and rank what explains it."""
        self._pain.refresh()
        self.show_scene()

    def show_felt_site(self) -> None:
        """Show whose pain is painted."""
        self._pain.show_felt_site()
        if self._state.felt_site:
            self._window.show_pain_tab()
        self.show_scene()

    def show_left(self) -> None:
        """Fade what the planned sites explain, or no longer."""
        self._pain.refresh()
        self.show_scene()

    def show_hover_inside(self) -> None:
        """Name the structure or landmark that the pointer is on."""
        what = self._state.hover_inside
        self._window.status.show_hover("" if what is None else inside_words(what, self._parts.body))
        self._parts.viewport.show_tip("" if what is None else inside_name(what, self._parts.body))

    def show_candidate(self) -> None:
        """Show the free site on offer."""
        self.show_card()
        if self._state.candidate is not None:
            self._window.show_card_tab()
        self.show_scene()

    def show_card(self) -> None:
        """Show what is on offer, else what was selected last."""
        state, card = self._state, self._parts.card
        if state.candidate is not None:
            self._show_free_site(state.candidate)
        elif not state.selection:
            card.show_nothing()
        elif isinstance(place := state.selection[-1], SkinRef):
            self._show_free_site(place)
        elif place in self._parts.atlas:
            card.show_point(
                content_of(self._parts.atlas, place),
                _number(state.plan, place),
                len(state.selection) - 1,
            )
        else:
            card.show_nothing()

    def show_hover(self) -> None:
        """Name what the pointer is on."""
        self._window.status.show_hover(self._hover_words(self._state.hover))
        self.show_scene()

    def show_file(self) -> None:
        """Say whether the plan is in a file."""
        state = self._state
        bar = self._window.top_bar
        if state.path is not None:
            bar.show_state(state.path.stem, state.is_dirty)
        else:
            bar.show_state("not in a file yet" if state.is_dirty else "", state.is_dirty)
        name = state.path.stem if state.path is not None else "bodymap"
        self._window.setWindowTitle(name if state.path is None else f"{name} - bodymap")

    def show_saved(self, at: datetime) -> None:
        """Say when the plan was last written."""
        time = f"{at.astimezone():%H:%M}"
        words = "saved" if self._state.path is not None else "kept safe"
        self._window.status.show_saved(f"{words} {time}")

    def show_refusal(self, sentence: str) -> None:
        """Say in the quiet bar what could not be done."""
        self._window.notices.show_notice(Notice(NoticeKind.WARNING, sentence))

    def show_failure(self, sentence: str) -> None:
        """Say in the quiet bar what went wrong."""
        self._window.notices.show_notice(Notice(NoticeKind.ERROR, sentence))

    def show_undo_texts(self) -> None:
        """Name what undo and redo would do."""
        stack = self._parts.session.undo_stack
        self._parts.actions.show_undo(stack.canUndo(), stack.undoText())
        self._parts.actions.show_redo(stack.canRedo(), stack.redoText())

    def show_patient_step(self) -> None:
        """Turn the screen to the patient, to another step, or back."""
        is_on = self._state.patient_step is not None
        was_on = not self._window.patient.isHidden()
        if is_on and not was_on:
            self._pose_before = self._parts.viewport.pose
        self._window.set_patient_mode(is_on)
        self._parts.viewport.set_controls_shown(not is_on)
        self._show_scene()
        if not is_on:
            self._parts.viewport.look_from(self._pose_before)
            return
        self._show_patient_words()
        point = self._state.patient_point
        if point is not None and point in self._parts.atlas:
            atlas, body, build = self._parts.atlas, self._parts.body, self._state.plan.build
            pose, _ = pattern_view(
                atlas,
                body,
                build,
                point,
                Picker(shown_surface(body, build, Posture.STANDING)),
                Posture.STANDING,
            )
            self._parts.viewport.look_from(pose, animated=was_on)
            self._parts.viewport.play_spread()
        self._parts.viewport.setFocus()

    def fly_to(self, place: Place) -> None:
        """Turn the body to a place."""
        if isinstance(place, SkinRef) or place in self._parts.atlas:
            self._parts.viewport.fly_to(place)

    def _show_scene(self) -> None:
        self._redraw.stop()
        self._parts.viewport.show_frame(resolve(self._parts.atlas, self._parts.body, self._chosen()))

    def _chosen(self) -> Chosen:
        state = self._state
        if state.patient_step is not None:
            point = state.patient_point
            shown = (point,) if point is not None and point in self._parts.atlas else ()
            # A patient knows the body upright, however it will lie for the needles.
            return Chosen(
                build=state.plan.build,
                posture=Posture.STANDING,
                selection=shown,
                with_points=False,
                with_labels=False,
                pain=self._pain.look(state),
            )
        looked_at = state.selection if state.preview is None else (state.preview,)
        return Chosen(
            build=state.plan.build,
            posture=state.plan.posture,
            selection=tuple(p for p in looked_at if self._is_known(p)),
            planned=tuple(site.place for site in state.plan if self._is_known(site.place)),
            hover=state.hover if state.hover is not None and self._is_known(state.hover) else None,
            candidate=state.candidate,
            layers=state.layers,
            with_points=state.brush.tool is Tool.TURN,
            pain=self._pain.look(state),
        )

    def _is_known(self, place: Place) -> bool:
        return isinstance(place, SkinRef) or place in self._parts.atlas

    def _show_muscle(self) -> None:
        """Name in the layers the muscle that could be shown alone."""
        state, panel = self._state, self._window.layers
        point = state.selection[-1] if state.selection else None
        picked = state.layers.picked
        if isinstance(point, PointRef) and point in self._parts.atlas:
            muscle = self._parts.atlas.muscle_of(point.point)
            panel.show_muscle(muscle.id, muscle.english)
        elif picked is not None and is_muscle(picked, self._parts.body):
            panel.show_muscle(picked.id, inside_name(picked, self._parts.body))
        else:
            panel.show_muscle("", "")

    def _show_free_site(self, place: SkinRef) -> None:
        region = region_name(place.region, self._parts.body)
        title = f"{region[0].upper()}{region[1:]}"
        self._parts.card.show_free_site(place, title, _number(self._state.plan, place))

    def _hover_words(self, place: Place | None) -> str:
        if place is None:
            return ""
        name = self._parts.atlas.place_name(place)
        if isinstance(place, PointRef) and place in self._parts.atlas:
            felt = self._parts.atlas.point(place.point).pattern_text
            return f"{name}: {felt[0].lower()}{felt[1:]}"
        return name

    def _show_patient_words(self) -> None:
        state = self._state
        point, points = state.patient_point, state.patient_points
        words = None
        if point is not None and point in self._parts.atlas:
            lines = self._parts.atlas.muscle_of(point.point).patient
            words = PatientWords(lines.does, lines.felt, lines.helps, point.side)
        step = points.index(point) if point is not None else 0
        self._window.patient.show_step(words, step, len(points))


def _number(plan: Plan, place: Place) -> int | None:
    site = plan.at(place)
    return None if site is None else plan.number(site.id)
