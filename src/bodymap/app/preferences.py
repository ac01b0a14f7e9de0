from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from bodymap.ui.theme import LIGHT, THEMES, Theme

_THEME, _TOUCH, _HINT_SEEN = "look/theme", "look/touch", "hint/seen"


class Preferences:
    """How the window looks on this computer. Never a name, never anything of a plan.

    Parameters
    ----------
    folder : Path
        The program's own data folder.
    """

    def __init__(self, folder: Path) -> None:
        self.settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Theme:
        """The chosen theme; light when none was."""
        return THEMES.get(str(self.settings.value(_THEME, "")), LIGHT)

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self.settings.setValue(_THEME, theme.name)

    @property
    def touch(self) -> bool:
        """Whether targets are large."""
        return self._flag(_TOUCH)

    @touch.setter
    def touch(self, touch: bool) -> None:
        self.settings.setValue(_TOUCH, touch)

    @property
    def hint_seen(self) -> bool:
        """Whether the first hint was put away."""
        return self._flag(_HINT_SEEN)

    @hint_seen.setter
    def hint_seen(self, seen: bool) -> None:
        self.settings.setValue(_HINT_SEEN, seen)

    def _flag(self, key: str) -> bool:
        return str(self.settings.value(key, "false")).lower() == "true"
