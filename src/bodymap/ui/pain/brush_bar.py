"""The brush: what it does, how the pain feels, how strong it is, how wide it paints."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bodymap.domain import Quality
from bodymap.domain.pain import LARGEST_RADIUS_MM, LEAST_RADIUS_MM
from bodymap.session import Brush, Tool
from bodymap.ui.controls import Segmented, small_label, tool_button
from bodymap.ui.pain_swatch import paint_felt
from bodymap.ui.theme import Space

_SWATCH_PX = (26, 14)
_SHORT = {Quality.NUMB: "Numb"}


class BrushBar(QWidget):
    """Chooses the brush.

    Signals
    -------
    brush_change_requested(object)
        Fields of `Brush` that should change, a dict.
    """

    brush_change_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tool = Segmented("Drag", ((Tool.TURN, "Turn"), (Tool.PAINT, "Paint"), (Tool.ERASE, "Erase")))
        self.tool.set_tooltip(Tool.TURN, "Drags turn the body (Esc)")
        self.tool.set_tooltip(Tool.PAINT, "Paint where it hurts (H); beside the body drags still turn it")
        self.tool.set_tooltip(Tool.ERASE, "Take painted pain away (E)")
        self.qualities = QButtonGroup(self)
        self.strength = _slider("How strong, from 1 to 10", 1, 10, 1)
        self.width_mm = _slider(
            "Width of the brush", round(2 * LEAST_RADIUS_MM), round(2 * LARGEST_RADIUS_MM), 4
        )
        self.width_mm.setToolTip("Width of the brush along the skin ([ and ])")
        self.strength_words, self.size_words = small_label(), small_label()
        self.both_sides = tool_button("Both sides", "other_side", "Paint the same on the other side")
        self.both_sides.setCheckable(True)
        self._arrange()
        self.tool.chosen.connect(self._ask_tool)
        self.qualities.idClicked.connect(self._ask_quality)
        self.strength.valueChanged.connect(self._ask_strength)
        self.width_mm.valueChanged.connect(self._ask_size)
        self.both_sides.clicked.connect(self._ask_both_sides)

    def show_brush(self, brush: Brush) -> None:
        """Show the brush."""
        self.tool.set_choice(brush.tool)
        self.qualities.button(tuple(Quality).index(brush.quality)).setChecked(True)
        for slider, value in ((self.strength, brush.intensity), (self.width_mm, round(2 * brush.radius_mm))):
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)
        self.strength_words.setText(f"{brush.intensity} of 10")
        self.size_words.setText(f"{2 * brush.radius_mm:.0f} mm")
        self.both_sides.setChecked(brush.mirrored)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.SMALL)
        layout.setSpacing(Space.SMALL)
        top = QHBoxLayout()
        top.setSpacing(Space.SMALL)
        top.addWidget(self.tool, stretch=1)
        top.addWidget(self.both_sides)
        layout.addLayout(top)
        chips = QHBoxLayout()
        chips.setSpacing(Space.HAIR)
        for index, quality in enumerate(Quality):
            chip = _chip(quality)
            self.qualities.addButton(chip, index)
            chips.addWidget(chip)
        layout.addLayout(chips)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.NONE)
        rows = (("Strength", self.strength, self.strength_words), ("Width", self.width_mm, self.size_words))
        for row, (name, slider, words) in enumerate(rows):
            label = QLabel(name)
            label.setBuddy(slider)
            words.setMinimumWidth(words.fontMetrics().horizontalAdvance("120 mm."))
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(words, row, 2)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)

    def _ask(self, **changes: Any) -> None:
        self.brush_change_requested.emit(changes)

    def _ask_tool(self, tool: object) -> None:
        self._ask(tool=tool)

    def _ask_quality(self, index: int) -> None:
        self._ask(quality=tuple(Quality)[index])

    def _ask_strength(self, value: int) -> None:
        self._ask(intensity=value)

    def _ask_size(self, value: int) -> None:
        self._ask(radius_mm=value / 2.0)

    def _ask_both_sides(self, is_on: bool) -> None:
        self._ask(mirrored=is_on)


def _chip(quality: Quality) -> QToolButton:
    chip = QToolButton()
    chip.setProperty("role", "quality")
    chip.setText(_SHORT.get(quality, quality.words.capitalize()))
    chip.setIcon(_swatch(quality))
    chip.setIconSize(QSize(*_SWATCH_PX))
    chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    chip.setCheckable(True)
    chip.setAccessibleName(f"Feels: {quality.words}")
    chip.setToolTip(quality.words.capitalize())
    chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    chip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return chip


def _swatch(quality: Quality) -> QIcon:
    width, height = _SWATCH_PX
    pixmap = QPixmap(2 * width, 2 * height)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_felt(painter, QRectF(0, 0, width, height), quality)
    painter.end()
    return QIcon(pixmap)


def _slider(name: str, low: int, high: int, step: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName(name)
    slider.setRange(low, high)
    slider.setSingleStep(step)
    slider.setPageStep(2 * step)
    return slider
