from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bodymap.session.state import SessionState


class ObservedState(QObject):
    """Holds the state and tells what changes in it.

    A new state is compared with the old one slice by slice, and only what differs is told. Setting what is
    already so tells nothing, so a view that writes back what it shows does not start a circle.

    Signals
    -------
    plan_changed(Plan)
        The plan: its sites, its texts or the body they are shown on.
    selection_changed(tuple of Place)
    hover_changed(Place or None)
    candidate_changed(SkinRef or None)
        The free spot offered as a site.
    patient_mode_changed(int or None)
        The step shown to the patient; None: patient mode is left. The point of a step also follows the plan.
    layers_changed(Layers)
        Which layers of the body are open.
    hover_inside_changed(StructureRef, LandmarkRef or None)
    brush_changed(Brush)
    stroke_changed(Stroke or None)
        The stroke being painted.
    felt_site_changed(str)
        Whose pattern is painted and shown: a site's, or with an empty id the patient's pain.
    preview_changed(PointRef or None)
        The ranked point under the pointer.
    left_changed(bool)
        Whether explained pain is faded.
    file_changed(PlanOnDisk)
        The plan's file, or what is saved of it. Whether the plan is dirty follows this and plan_changed.
    """

    plan_changed = Signal(object)
    selection_changed = Signal(object)
    hover_changed = Signal(object)
    candidate_changed = Signal(object)
    patient_mode_changed = Signal(object)
    layers_changed = Signal(object)
    hover_inside_changed = Signal(object)
    brush_changed = Signal(object)
    stroke_changed = Signal(object)
    felt_site_changed = Signal(str)
    preview_changed = Signal(object)
    left_changed = Signal(bool)
    file_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = SessionState()

    @property
    def state(self) -> SessionState:
        """The state now."""
        return self._state

    def _become(self, state: SessionState) -> None:
        before, self._state = self._state, state
        for name, signal in (
            ("plan", self.plan_changed),
            ("selection", self.selection_changed),
            ("hover", self.hover_changed),
            ("candidate", self.candidate_changed),
            ("patient_step", self.patient_mode_changed),
            ("layers", self.layers_changed),
            ("hover_inside", self.hover_inside_changed),
            ("brush", self.brush_changed),
            ("stroke", self.stroke_changed),
            ("felt_site", self.felt_site_changed),
            ("preview", self.preview_changed),
            ("shows_left", self.left_changed),
            ("file", self.file_changed),
        ):
            old, new = getattr(before, name), getattr(state, name)
            if new is not old and new != old:
                # What is so now: a listener told earlier may have changed it again.
                signal.emit(getattr(self._state, name))
