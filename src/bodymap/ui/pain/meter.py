"""How much of the painted pain the planned sites explain, and what would explain most of the rest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from bodymap.ui.controls import small_label, tool_button
from bodymap.ui.controls.elided_label import ElidedLabel
from bodymap.ui.pain.report import PainReport
from bodymap.ui.theme import Space


class Meter(QWidget):
    """A bar, a switch that fades what is explained, and the next best point.

    Signals
    -------
    left_requested(bool)
    next_add_requested(object)
        `PointRef` of the point on offer.
    """

    left_requested = Signal(bool)
    next_add_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._report = PainReport()
        self.words = small_label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName("Pain explained by the planned sites")
        self.left = QCheckBox("Show the rest")
        self.left.setAccessibleName("Show what is left to explain")
        self.left.setToolTip("Fade on the body what the planned sites explain")
        self.next_name = ElidedLabel()
        self.next_add = tool_button("Add the next best point", "add", "Add it to the plan")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.TINY)
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        head.addWidget(self.words, stretch=1)
        head.addWidget(self.left)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        offer = QHBoxLayout()
        offer.setSpacing(Space.TINY)
        offer.addWidget(self.next_name, stretch=1)
        offer.addWidget(self.next_add)
        layout.addLayout(offer)
        self.left.clicked.connect(self.left_requested)
        self.next_add.clicked.connect(self._ask_next)

    def show_report(self, report: PainReport) -> None:
        """Show how far the plan explains the pain."""
        self._report = report
        percent = round(100 * report.explained)
        self.bar.setValue(percent)
        if report.has_points:
            self.words.setText(f"The plan explains {percent}\N{NO-BREAK SPACE}%")
        else:
            self.words.setText("No site planned yet")
        offer = report.next_point
        if offer is None:
            self.next_name.show_text("No further point explains more" if report.has_points else "")
        else:
            self.next_name.show_text(f"Next: +{100 * offer.gain:.0f}\N{NO-BREAK SPACE}%  {offer.name}")
        self.next_name.setToolTip("" if offer is None else f"Next best: {offer.name}")
        self.next_add.setVisible(offer is not None)
        self.left.setEnabled(report.has_points)

    def show_left(self, shown: bool) -> None:
        """Show whether what is explained is faded."""
        self.left.setChecked(shown)

    def _ask_next(self) -> None:
        if self._report.next_point is not None:
            self.next_add_requested.emit(self._report.next_point.ref)
