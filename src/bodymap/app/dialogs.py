"""The palette and the pages of help; each is imported when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from bodymap.app.window import Parts

if TYPE_CHECKING:
    from bodymap.ui.help_pages import AboutDialog, KeyboardDialog


class Dialogs(QObject):
    """Slots that open the palette and the pages of help."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts

    def commands(self) -> None:
        """Find a command by its name."""
        from bodymap.ui.command_palette import CommandPalette

        palette = CommandPalette(self._parts.actions.all(), self._parts.window)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.open_over(self._parts.window)

    def keyboard_help(self) -> None:
        """Say what the keys and the mouse do."""
        from bodymap.ui.help_pages import KeyboardDialog

        self._open(KeyboardDialog(self._parts.actions.all(), self._parts.window))

    def about(self) -> None:
        """Say what bodymap is, and what it is not."""
        from importlib.metadata import version

        from bodymap.ui.help_pages import AboutDialog

        self._open(AboutDialog(version("bodymap"), self._parts.window))

    @staticmethod
    def _open(dialog: KeyboardDialog | AboutDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
