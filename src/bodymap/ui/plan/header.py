"""Whose plan it is, and when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bodymap.domain import Plan
from bodymap.ui.controls.committed_fields import CommittedLine, CommittedNote
from bodymap.ui.controls.date_field import DateField
from bodymap.ui.controls.fitting_scroll import FittingScroll
from bodymap.ui.plan.patient_panel import PatientPanel
from bodymap.ui.theme import Space, current_theme


class PlanHeader(QWidget):
    """Patient initials, date, a note for the whole plan, and the patient's body.

    Signals
    -------
    patient_committed(str), date_committed(str), note_committed(str)
        What was typed; the date as ISO text or empty.
    """

    patient_committed = Signal(str)
    date_committed = Signal(str)
    note_committed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.patient = CommittedLine("Patient initials or code", "Patient initials")
        self.patient.setToolTip("Initials or a code; the full name is never needed")
        self.date = DateField("Date of the session")
        self.note = CommittedNote("Note on the plan", "Note on the plan")
        self.body = PatientPanel()
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self.patient, stretch=1)
        row.addWidget(self.date, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.SMALL)
        layout.setSpacing(Space.SMALL)
        layout.addLayout(row)
        layout.addWidget(self.note)
        layout.addWidget(FittingScroll(self.body, 2 * current_theme().metrics.tall_row_px))
        self.patient.committed.connect(self.patient_committed)
        self.date.date_committed.connect(self.date_committed)
        self.note.committed.connect(self.note_committed)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's header; equal values change nothing."""
        self.patient.show_value(plan.patient)
        self.date.show_date(plan.date)
        self.note.show_value(plan.note)

    def commit(self) -> None:
        """Hand over what is being typed now."""
        for field in (self.patient, self.date, self.note):
            field.commit()
        self.body.commit()
