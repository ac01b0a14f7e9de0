"""The application menu behind the menu button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from bodymap.ui.actions import Actions
from bodymap.ui.icons import icon


class ApplicationMenu(QMenu):
    """File, Edit, View, Show and Help in one menu.

    Signals
    -------
    recent_requested(str)
        Path of a plan opened before.
    recent_clear_requested()
        The list of recent plans should be forgotten.
    """

    recent_requested = Signal(str)
    recent_clear_requested = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Menu")
        self.recent = QMenu("Recent", self)
        self.recent.setIcon(icon("open"))
        a = actions
        self._fill(self, (a.new_plan, a.open_plan))
        self.addMenu(self.recent)
        self._fill(self, (a.save_plan, a.save_plan_as, None, a.print_plan))
        self._submenu("Export", "export", (a.export_image, a.export_json, a.export_csv))
        self.addSeparator()
        edit = (a.undo, a.redo, None, a.toggle_site, a.mirror_site, a.remove_site, a.order_by_position)
        self._submenu("Edit", "undo", edit)
        view = self._submenu(
            "View", "reset", (a.view_front, a.view_back, a.view_left, a.view_right, a.reset_view)
        )
        view.addSeparator()
        self._fill(view, (a.show_browser, a.show_right_pane, None))
        self._fill(view, (a.theme_light, a.theme_dark, a.theme_contrast, a.touch_mode))
        pain = (a.paint_pain, a.erase_pain, None, a.wider_brush, a.narrower_brush)
        self._submenu("Painted pain", "brush", pain)
        layers = (a.show_layers, None, a.show_muscles, a.show_skeleton, a.show_danger, a.show_landmarks, None)
        alone = (a.isolate_muscle, a.peel_off, a.peel_back, None, a.skin_only)
        self._submenu("Layers", "layers", (*layers, *alone))
        self._fill(self, (a.patient_mode, None, a.commands))
        self._submenu("Help", "info", (a.keyboard_help, a.about))
        self._fill(self, (None, a.quit))
        self.set_recent(())

    def set_recent(self, paths: Sequence[str]) -> None:
        """List plans opened before, by file name; the folder is in the tooltip."""
        self.recent.clear()
        self.recent.setToolTipsVisible(True)
        self.recent.setEnabled(bool(paths))
        for path in paths:
            action = self.recent.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(path)
            action.setData(path)
            action.triggered.connect(self._open_recent)
        if paths:
            self.recent.addSeparator()
            self.recent.addAction("Forget this list").triggered.connect(self.recent_clear_requested)

    def _open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recent_requested.emit(str(action.data()))

    def _submenu(self, title: str, icon_name: str, actions: Sequence[QAction | None]) -> QMenu:
        menu = self.addMenu(icon(icon_name), title)
        self._fill(menu, actions)
        return menu

    def _fill(self, menu: QMenu, actions: Sequence[QAction | None]) -> None:
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
