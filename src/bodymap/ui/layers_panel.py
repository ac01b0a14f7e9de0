"""The layers of the body: how clear the skin is, and what is shown under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from bodymap.domain import SKIN_ONLY, Layers
from bodymap.domain.layers import DEEPEST_PEEL
from bodymap.ui.controls import ChoiceBox, push_button, rule, small_label, title_label, tool_button
from bodymap.ui.controls.elided_label import ElidedLabel
from bodymap.ui.theme import LAYERS_WIDTH_PX, Space, current_theme


class LayersPanel(QFrame):
    """A small panel over the corner of the body; it stays while the body is turned.

    Signals
    -------
    layers_requested(Layers)
        What should be shown.
    close_requested()
    covered(QRect)
        The part of the body's picture that lies under the panel now; empty while it is hidden.
    """

    layers_requested = Signal(object)
    close_requested = Signal()
    covered = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layersPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Layers of the body")
        self._layers = SKIN_ONLY
        self._muscle_id = ""
        self.skin = _slider("Skin opacity", 100, "How much of the skin is seen")
        self.peel = _slider(
            "Layers of muscle taken off", DEEPEST_PEEL, "Take muscles off, the superficial ones first"
        )
        self.skin_words, self.peel_words = small_label(), small_label()
        self.muscles = _switch("Muscles", "Show the muscles (U)")
        self.bones = _switch("Skeleton", "Show the bones (K)")
        self.danger = _switch("Structures at risk", "Show what a needle must not meet (D)")
        self.landmarks = _switch("Landmarks", "Mark the palpable landmarks on the skin (N)")
        self.root = ChoiceBox()
        self.root.setAccessibleName("Dermatome")
        self.root.setToolTip("Hatch the skin that a nerve root usually supplies; neighbours overlap widely")
        self.muscle_name = ElidedLabel()
        self.alone = _switch("Show alone", "Show the selected muscle by itself (I)")
        self.with_others = _switch("Others as ghosts", "Keep the other muscles as faint outlines")
        self.reset = push_button("Back to skin")
        self.solid = push_button("Ghosts solid again")
        self.close_button = tool_button("Close the layers", "close", "Close the panel (L)")
        self._arrange()
        for slider in (self.skin, self.peel):
            slider.valueChanged.connect(self._ask)
        switches = (self.muscles, self.bones, self.danger, self.landmarks, self.alone, self.with_others)
        for switch in switches:
            switch.clicked.connect(self._ask)
        self.root.activated.connect(self._ask)
        self.solid.clicked.connect(self._ask_solid)
        self.reset.clicked.connect(self._ask_skin)
        self.close_button.clicked.connect(self.close_requested)
        self.show_muscle("", "")
        self._fit()

    def offer_roots(self, roots: Sequence[str]) -> None:
        """Offer the nerve roots whose dermatome is known."""
        self.root.clear()
        for words, root in (("None", ""), *((root, root) for root in roots)):
            self.root.addItem(words, root)

    def show_layers(self, layers: Layers) -> None:
        """Show what is shown."""
        self._layers = layers
        self.root.setCurrentIndex(max(0, self.root.findData(layers.root)))
        for slider, value in ((self.skin, round(100 * layers.skin)), (self.peel, layers.peel)):
            if not slider.isSliderDown():  # what it stands for follows it; it must not jump under the hand
                slider.blockSignals(True)
                slider.setValue(value)
                slider.blockSignals(False)
        for switch, is_on in (
            (self.muscles, layers.muscles),
            (self.bones, layers.bones),
            (self.danger, layers.danger),
            (self.landmarks, layers.landmarks),
            (self.alone, bool(layers.isolated)),
            (self.with_others, layers.with_others),
        ):
            switch.setChecked(is_on)
        self.skin_words.setText(_skin_words(layers.skin))
        self.peel_words.setText(_peel_words(layers.peel))
        self.peel.setEnabled(layers.muscles and not layers.isolated)
        self.peel_words.setEnabled(self.peel.isEnabled())
        self.with_others.setEnabled(bool(layers.isolated))
        self.alone.setEnabled(bool(self._muscle_id or layers.isolated))
        self.solid.setVisible(bool(layers.ghosted))
        self.reset.setEnabled(layers != SKIN_ONLY)
        self.adjustSize()

    def show_muscle(self, muscle_id: str, name: str) -> None:
        """Name the muscle that could be shown alone; none: empty texts."""
        self._muscle_id = muscle_id
        self.muscle_name.show_text(name or "Click a muscle, or select a point")
        self.show_layers(self._layers)

    def _ask(self) -> None:
        layers = self._layers
        isolated = (layers.isolated or self._muscle_id) if self.alone.isChecked() else ""
        self.layers_requested.emit(
            replace(
                layers,
                skin=self.skin.value() / 100,
                muscles=self.muscles.isChecked() or (bool(isolated) and not layers.isolated),
                bones=self.bones.isChecked(),
                danger=self.danger.isChecked(),
                landmarks=self.landmarks.isChecked(),
                peel=self.peel.value(),
                isolated=isolated,
                with_others=self.with_others.isChecked(),
                root=self.root.currentData() or "",
            )
        )

    def _ask_solid(self) -> None:
        self.layers_requested.emit(replace(self._layers, ghosted=frozenset()))

    def _ask_skin(self) -> None:
        self.layers_requested.emit(SKIN_ONLY)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(title_label("Layers"), stretch=1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setSpacing(Space.SMALL)
        foot.addWidget(self.reset)
        foot.addWidget(self.solid)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.MEDIUM)
        layout.setSpacing(Space.TINY)
        layout.addLayout(head)
        layout.addLayout(_row("Skin", self.skin, self.skin_words))
        layout.addWidget(rule())
        layout.addWidget(self.muscles)
        layout.addLayout(_row("Depth", self.peel, self.peel_words, Space.HUGE))
        for switch in (self.bones, self.danger, self.landmarks):
            layout.addWidget(switch)
        dermatome = QHBoxLayout()
        dermatome.setSpacing(Space.SMALL)
        label = QLabel("Dermatome")
        label.setBuddy(self.root)
        dermatome.addWidget(label)
        dermatome.addWidget(self.root, stretch=1)
        layout.addLayout(dermatome)
        layout.addWidget(rule())
        layout.addWidget(self.muscle_name)
        layout.addWidget(self.alone)
        layout.addWidget(self.with_others)
        layout.addSpacing(Space.TINY)
        layout.addLayout(foot)

    def _fit(self) -> None:
        """Take the width that the text size asks for: words beside the sliders must not make them jump."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(_peel_words(peel)) for peel in range(DEEPEST_PEEL + 1))
        for words in (self.skin_words, self.peel_words):
            words.setFixedWidth(widest)
        self.setFixedWidth(LAYERS_WIDTH_PX * current_theme().metrics.text_px // 13)
        self.adjustSize()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own: touch mode has larger text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Qt's own: tell what of the body is covered."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize):
            self.covered.emit(QRect() if self.isHidden() else self.geometry())
        return done


def _row(name: str, slider: QSlider, words: QLabel, indent_px: int = 0) -> QHBoxLayout:
    label = QLabel(name)
    label.setBuddy(slider)
    words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row = QHBoxLayout()
    row.setContentsMargins(indent_px, Space.NONE, Space.NONE, Space.NONE)
    row.setSpacing(Space.SMALL)
    row.addWidget(label)
    row.addWidget(slider, stretch=1)
    row.addWidget(words)
    return row


def _slider(name: str, top: int, hint: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName(name)
    slider.setToolTip(hint)
    slider.setRange(0, top)
    slider.setSingleStep(max(1, top // 20))
    slider.setPageStep(max(1, top // 10))
    return slider


def _switch(name: str, hint: str) -> QCheckBox:
    switch = QCheckBox(name)
    switch.setAccessibleName(name)
    switch.setToolTip(hint)
    return switch


def _skin_words(skin: float) -> str:
    if skin >= 1.0:
        return "opaque"
    return f"{round(100 * skin)} %" if skin > 0.0 else "off"


def _peel_words(peel: int) -> str:
    if peel == 0:
        return "all"
    if peel == 1:
        return "1 layer off"
    return "deepest only" if peel == DEEPEST_PEEL else f"{peel} layers off"
