"""Colours and target sizes of the whole program, as commands."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from bodymap.app.window import Parts
from bodymap.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Theme, apply_theme, current_theme


class Look(QObject):
    """Slots for the commands that change how the program looks; remembers the choice."""

    def __init__(self, app: QApplication, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._parts = parts

    def restore(self) -> None:
        """Take up what was chosen before."""
        actions, preferences = self._parts.actions, self._parts.preferences
        actions.touch_mode.setChecked(preferences.touch)
        self._apply(preferences.theme)

    def light(self) -> None:
        """Light colours."""
        self._choose(LIGHT)

    def dark(self) -> None:
        """Dark colours."""
        self._choose(DARK)

    def high_contrast(self) -> None:
        """Strongest contrast."""
        self._choose(HIGH_CONTRAST)

    def toggle(self) -> None:
        """Switch between light and dark."""
        self._choose(LIGHT if self._parts.preferences.theme.dark else DARK)

    def set_touch(self, touch: bool) -> None:
        """Larger targets, or usual ones."""
        self._parts.preferences.touch = touch
        self._apply(self._parts.preferences.theme)

    def _choose(self, theme: Theme) -> None:
        self._parts.preferences.theme = theme
        self._apply(theme)

    def _apply(self, theme: Theme) -> None:
        actions = self._parts.actions
        chosen = {LIGHT.name: actions.theme_light, DARK.name: actions.theme_dark}
        chosen.get(theme.name, actions.theme_contrast).setChecked(True)
        apply_theme(self._app, theme, touch=self._parts.preferences.touch)
        self._parts.viewport.set_theme(current_theme())
