"""Needle size and count, from the usual ones or typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QSpinBox, QWidget

from bodymap.domain import Needle
from bodymap.ui.controls import small_label
from bodymap.ui.controls.labels import restyle
from bodymap.ui.theme import SIZE_FIELD_PX, Space

DIAMETERS_MM = (0.16, 0.18, 0.20, 0.25, 0.30, 0.35)
LENGTHS_MM = (13, 15, 25, 30, 40, 50, 60, 75, 100)
_DIAMETER_RANGE_MM = (0.1, 1.0)
_LENGTH_RANGE_MM = (5.0, 150.0)


class NeedleField(QWidget):
    """Diameter x length in millimetres, and how many. Without a size the needle is undecided.

    Signals
    -------
    needle_chosen(object)
        `Needle`, or None; only when the user changed it to something valid.
    """

    needle_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._needle: Needle | None = None
        self.diameter = _SizeBox("Needle diameter in millimetres", [f"{d:.2f}" for d in DIAMETERS_MM])
        self.length = _SizeBox("Needle length in millimetres", [f"{length:g}" for length in LENGTHS_MM])
        self.count = QSpinBox()
        self.count.setRange(1, 20)
        self.count.setMinimumWidth(SIZE_FIELD_PX)
        self.count.setPrefix(" \N{MULTIPLICATION SIGN} ")
        self.count.setAccessibleName("How many needles")
        self.count.setToolTip("How many needles")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.TINY)
        times = "\N{MULTIPLICATION SIGN}"
        for widget in (self.diameter, _sign(times), self.length, _sign("mm"), self.count):
            layout.addWidget(widget)
        layout.setStretchFactor(self.diameter, 3)
        layout.setStretchFactor(self.length, 3)
        layout.setStretchFactor(self.count, 2)
        for combo in (self.diameter, self.length):
            combo.activated.connect(self._read)
            combo.field.editingFinished.connect(self._read)
        self.count.valueChanged.connect(self._read)

    def show_needle(self, needle: Needle | None) -> None:
        """Show a needle, or empty fields; an equal one changes nothing."""
        if needle == self._needle:
            return
        self._needle = needle
        for widget in (self.diameter, self.length, self.count):
            widget.blockSignals(True)
        self.diameter.setCurrentText(f"{needle.diameter_mm:.2f}" if needle else "")
        self.length.setCurrentText(f"{needle.length_mm:g}" if needle else "")
        self.count.setValue(needle.count if needle else 1)
        for widget in (self.diameter, self.length, self.count):
            widget.blockSignals(False)
            _mark(widget, False)

    def _read(self) -> None:
        diameter = _number(self.diameter.currentText())
        length = _number(self.length.currentText())
        if (
            diameter is None
            and length is None
            and not (self.diameter.currentText() or self.length.currentText())
        ):
            self._choose(None)
            return
        # The first size given fills in the usual other one.
        if not self.diameter.currentText():
            diameter = Needle().diameter_mm
        if not self.length.currentText():
            length = Needle().length_mm
        has_diameter = _is_within(diameter, _DIAMETER_RANGE_MM)
        has_length = _is_within(length, _LENGTH_RANGE_MM)
        _mark(self.diameter, not has_diameter)
        _mark(self.length, not has_length)
        if diameter is not None and length is not None and has_diameter and has_length:
            self._choose(Needle(diameter_mm=diameter, length_mm=length, count=self.count.value()))

    def _choose(self, needle: Needle | None) -> None:
        if needle != self._needle:
            self.show_needle(needle)
            self.needle_chosen.emit(needle)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".").replace("mm", "").strip())
    except ValueError:
        return None


def _is_within(value: float | None, limits: tuple[float, float]) -> bool:
    return value is not None and limits[0] <= value <= limits[1]


class _SizeBox(QComboBox):
    """Usual sizes in millimetres to choose from; others can be typed."""

    def __init__(self, name: str, sizes: list[str]) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText("\N{EN DASH}")
        self.field.setMaxLength(8)
        self.setLineEdit(self.field)
        self.setProperty("editable", "true")
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(sizes)
        self.setCurrentIndex(-1)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMinimumContentsLength(3)
        self.setMinimumWidth(SIZE_FIELD_PX)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _sign(text: str) -> QLabel:
    label = small_label(text)
    label.setWordWrap(False)
    return label


def _mark(widget: QWidget, is_invalid: bool) -> None:
    if not isinstance(widget, QComboBox):
        return
    wanted = "true" if is_invalid else "false"
    if widget.property("invalid") != wanted:
        widget.setProperty("invalid", wanted)
        widget.setAccessibleDescription("This size is out of range." if is_invalid else "")
        restyle(widget)
