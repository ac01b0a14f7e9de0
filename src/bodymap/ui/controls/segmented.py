"""A few words side by side of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton

from bodymap.ui.theme import Space


class Segmented(QFrame):
    """Exclusive choice, written out.

    Signals
    -------
    chosen(object)
        The value the user chose; never emitted by `set_choice`.
    """

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[object, str]], stretch: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
        layout.setSpacing(Space.HAIR)
        for index, (_, words) in enumerate(choices):
            button = self._segment(name, words, stretch)
            self._group.addButton(button, index)
            layout.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._emit_choice)

    @property
    def choice(self) -> object:
        """The value that holds now."""
        return self._values[self._group.checkedId()]

    def set_choice(self, value: object) -> None:
        """Show another value; ValueError when it is none of the choices."""
        self._group.button(self._values.index(value)).setChecked(True)

    def set_tooltip(self, value: object, text: str) -> None:
        """Explain one of the choices."""
        self._group.button(self._values.index(value)).setToolTip(text)

    def _segment(self, name: str, words: str, stretch: bool) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setCheckable(True)
        button.setAccessibleName(f"{name}: {words}")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        wide = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Preferred
        button.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        return button

    def _emit_choice(self, index: int) -> None:
        self.chosen.emit(self._values[index])
