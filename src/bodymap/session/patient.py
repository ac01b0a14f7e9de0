from __future__ import annotations

from dataclasses import replace

from bodymap.domain import PointRef
from bodymap.session.painting import PaintingVerbs
from bodymap.session.state import Tool


class PatientVerbs(PaintingVerbs):
    """What turns the screen to the patient and back; none of it is undone or kept in a plan."""

    def start_patient_mode(self) -> None:
        """Show the patient the selected point, or else the first of the plan; the brush is put away."""
        points = self._state.patient_points
        selected = next((place for place in reversed(self._state.selection) if place in points), None)
        step = points.index(selected) if isinstance(selected, PointRef) else 0
        brush = replace(self._state.brush, tool=Tool.TURN)
        put_away = replace(self._state, brush=brush, stroke=None, felt_site="", preview=None)
        self._become(replace(put_away, patient_step=step, hover=None))

    def next_patient_step(self) -> None:
        """Show the next point; the last one stays."""
        self._step_patient(+1)

    def previous_patient_step(self) -> None:
        """Show the point before; the first one stays."""
        self._step_patient(-1)

    def leave_patient_mode(self) -> None:
        """Go back to planning."""
        self._become(replace(self._state, patient_step=None))

    def _step_patient(self, by: int) -> None:
        if self._state.patient_step is not None:
            last = max(len(self._state.patient_points) - 1, 0)
            step = min(max(min(self._state.patient_step, last) + by, 0), last)
            self._become(replace(self._state, patient_step=step))
