"""The layers of the body: how clear the skin is, and what is shown under it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from bodymap.domain import SEE_THROUGH, SKIN_ONLY, Layers
from bodymap.ui.controls import push_button, small_label, title_label, tool_button
from bodymap.ui.theme import Space

WIDTH_PX = 264
DEEPEST_PEEL = 8
_PEEL_WORDS = ("all", "1 layer off", "{} layers off")


class LayersPanel(QFrame):
    """A small panel over the corner of the body; it stays while the body is turned.

    Signals
    -------
    layers_requested(Layers)
        What should be shown.
    close_requested()
    """

    layers_requested = Signal(object)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layersPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Layers of the body")
        self._layers = SKIN_ONLY
        self._muscle_id = ""
        self.skin = _slider("Skin opacity", 100)
        self.peel = _slider("Layers of muscle taken off", DEEPEST_PEEL)
        self.skin_words, self.peel_words = small_label(""), small_label("")
        self.muscles, self.bones = QCheckBox("Muscles"), QCheckBox("Skeleton")
        self.danger, self.landmarks = QCheckBox("Structures at risk"), QCheckBox("Landmarks")
        self.alone = QCheckBox("Selected muscle alone")
        self.reset = push_button("Back to skin")
        self.close_button = tool_button("Close", "close", "Close the panel (L)")
        self._arrange()
        self.skin.valueChanged.connect(self._ask)
        self.peel.valueChanged.connect(self._ask)
        for box in (self.muscles, self.bones, self.danger):
            box.clicked.connect(self._open)
        for box in (self.landmarks, self.alone):
            box.clicked.connect(self._ask)
        self.reset.clicked.connect(self._close_body)
        self.close_button.clicked.connect(self.close_requested)
        self.show_layers(SKIN_ONLY)
        self.show_muscle("", "")

    def show_layers(self, layers: Layers) -> None:
        """Show what is shown."""
        self._layers = layers
        for slider, value in ((self.skin, round(100 * layers.skin)), (self.peel, layers.peel)):
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)
        self.muscles.setChecked(layers.muscles)
        self.bones.setChecked(layers.bones)
        self.danger.setChecked(layers.danger)
        self.landmarks.setChecked(layers.landmarks)
        self.alone.setChecked(bool(layers.isolated))
        self.skin_words.setText(f"{round(100 * layers.skin)} %")
        words = _PEEL_WORDS[min(layers.peel, 2)]
        self.peel_words.setText("the deepest" if layers.peel == DEEPEST_PEEL else words.format(layers.peel))
        self.peel.setEnabled(layers.muscles and not layers.isolated)
        self.reset.setEnabled(layers != SKIN_ONLY)

    def show_muscle(self, muscle_id: str, name: str) -> None:
        """Name the muscle that could be shown alone; none: empty texts."""
        self._muscle_id = muscle_id
        self.alone.setEnabled(bool(muscle_id) or bool(self._layers.isolated))
        self.alone.setToolTip(f"Show {name} alone" if name else "Select a point first")

    def _open(self) -> None:
        """A layer under the skin is opened: the skin lets one see it."""
        wanted = self._wanted()
        if wanted.skin >= 1.0 and (wanted.muscles or wanted.bones or wanted.danger):
            wanted = replace(wanted, skin=SEE_THROUGH)
        self.layers_requested.emit(wanted)

    def _ask(self) -> None:
        self.layers_requested.emit(self._wanted())

    def _close_body(self) -> None:
        self.layers_requested.emit(SKIN_ONLY)

    def _wanted(self) -> Layers:
        isolated = (self._layers.isolated or self._muscle_id) if self.alone.isChecked() else ""
        skin = self.skin.value() / 100
        if isolated and skin >= 1.0:
            skin = SEE_THROUGH
        return Layers(
            skin=skin,
            muscles=self.muscles.isChecked(),
            bones=self.bones.isChecked(),
            danger=self.danger.isChecked(),
            landmarks=self.landmarks.isChecked(),
            peel=self.peel.value(),
            isolated=isolated,
        )

    def _arrange(self) -> None:
        self.setFixedWidth(WIDTH_PX)
        head = QHBoxLayout()
        head.addWidget(title_label("Layers"), stretch=1)
        head.addWidget(self.close_button)
        sliders = QGridLayout()
        sliders.setHorizontalSpacing(Space.SMALL)
        for row, (words, slider, value) in enumerate(
            (("Skin", self.skin, self.skin_words), ("Peel", self.peel, self.peel_words))
        ):
            label = QLabel(words)
            label.setBuddy(slider)
            sliders.addWidget(label, row, 0)
            sliders.addWidget(slider, row, 1)
            value.setMinimumWidth(80)
            sliders.addWidget(value, row, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        layout.addLayout(head)
        layout.addLayout(sliders)
        for box in (self.muscles, self.bones, self.danger, self.landmarks, self.alone):
            layout.addWidget(box)
        layout.addWidget(self.reset, alignment=Qt.AlignmentFlag.AlignLeft)
        self.adjustSize()


def _slider(name: str, top: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName(name)
    slider.setRange(0, top)
    slider.setPageStep(max(1, top // 10))
    return slider
