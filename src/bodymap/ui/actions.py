"""Every command of the program as one QAction: menu, tool bar, palette and keyboard share them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from bodymap.domain import Layers
from bodymap.ui.icons import icon

Keys = str | QKeySequence.StandardKey


class Actions(QObject):
    """The commands. They do nothing themselves: the application connects them.

    Commands on keys that mean something else to other controls (Space, Tab, Delete) only listen
    while the body has the keyboard: see `attach_to_body`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[QAction] = []
        self._make_file_actions()
        self._make_edit_actions()
        self._make_view_actions()
        self._make_body_actions()
        self._make_show_actions()
        self._make_help_actions()

    def all(self) -> tuple[QAction, ...]:
        """Every command, in the order of the menus."""
        return tuple(self._all)

    def attach_to_window(self, window: QWidget) -> None:
        """Let the window listen to every key that means the same everywhere."""
        window.addActions([a for a in self._all if a.shortcutContext() is Qt.ShortcutContext.WindowShortcut])

    def attach_to_body(self, viewport: QWidget) -> None:
        """Let the body listen to the keys that it alone has."""
        viewport.addActions(
            [a for a in self._all if a.shortcutContext() is not Qt.ShortcutContext.WindowShortcut]
        )

    def show_undo(self, can_undo: bool, words: str) -> None:
        """Name what undo would take back."""
        _name(self.undo, "Undo", can_undo, words)

    def show_redo(self, can_redo: bool, words: str) -> None:
        """Name what redo would bring back."""
        _name(self.redo, "Redo", can_redo, words)

    def show_layer_states(self, layers: Layers) -> None:
        """Tick the layers that are open."""
        self.show_muscles.setChecked(layers.muscles)
        self.show_skeleton.setChecked(layers.bones)
        self.show_danger.setChecked(layers.danger)
        self.show_landmarks.setChecked(layers.landmarks)
        self.isolate_muscle.setChecked(bool(layers.isolated))

    def show_brush(self, paints: bool, erases: bool) -> None:
        """Tick what a drag over the body does."""
        self.paint_pain.setChecked(paints)
        self.erase_pain.setChecked(erases)

    def set_patient_mode(self, is_on: bool) -> None:
        """Give the arrow keys and B to patient mode, or back; nothing is painted in it."""
        for action in (self.patient_next, self.patient_previous, self.privacy_blank):
            action.setEnabled(is_on)
        for action in (self.paint_pain, self.erase_pain, self.wider_brush, self.narrower_brush):
            action.setEnabled(not is_on)
        self.patient_mode.setChecked(is_on)

    def _make_file_actions(self) -> None:
        std = QKeySequence.StandardKey
        self.new_plan = self._add("New plan", std.New, "new", "Begin an empty plan")
        self.open_plan = self._add("Open...", std.Open, "open", "Open a plan file")
        self.save_plan = self._add("Save", std.Save, "save", "Save the plan")
        self.save_plan_as = self._add("Save as...", "Ctrl+Shift+S", "", "Save the plan under another name")
        self.print_plan = self._add(
            "Print...", std.Print, "print", "Preview and print the page of the session"
        )
        self.export_image = self._add(
            "Export image...", "", "image", "Save a picture of the body as it is shown"
        )
        self.export_json = self._add(
            "Export JSON...", "", "export", "Save the plan as JSON for other programs"
        )
        self.export_csv = self._add("Export CSV...", "", "table", "Save the sites as a table")
        self.quit = self._add("Quit", "Ctrl+Q", "quit", "Close bodymap")

    def _make_edit_actions(self) -> None:
        std = QKeySequence.StandardKey
        self.undo = self._add("Undo", std.Undo, "undo", "Take back the last change")
        self.redo = self._add("Redo", "Ctrl+Shift+Z", "redo", "Do again what was taken back")
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.mirror_site = self._add(
            "Add the other side too", "M", "other_side", "Repeat the site on the other side"
        )
        self.order_by_position = self._add(
            "Order sites by position", "", "list", "Put sites of one patient position together"
        )

    def _make_view_actions(self) -> None:
        self.view_front = self._add("Front", "1", "", "See the front")
        self.view_back = self._add("Back", "2", "", "See the back")
        self.view_left = self._add("Left", "3", "", "See the subject's left side")
        self.view_right = self._add("Right", "4", "", "See the subject's right side")
        self.reset_view = self._add("Whole body", "0", "reset", "See the whole body again")
        self.show_browser = self._add(
            "List of muscles", "F9", "left_pane", "Show or hide the list", checkable=True
        )
        self.show_right_pane = self._add(
            "Card and plan", "F10", "left_pane", "Show or hide the card and the plan", checkable=True
        )
        self.show_browser.setChecked(True)
        self.show_right_pane.setChecked(True)
        self.show_layers = self._add(
            "Layers", "L", "layers", "Show or hide the layers of the body", checkable=True
        )
        self.show_muscles = self._add("Muscles", "U", "", "Show or hide the muscles", checkable=True)
        self.show_skeleton = self._add("Skeleton", "K", "", "Show or hide the skeleton", checkable=True)
        self.show_danger = self._add(
            "Structures at risk", "D", "", "Show or hide what a needle must not meet", checkable=True
        )
        self.show_landmarks = self._add(
            "Landmarks", "N", "", "Show or hide the palpable landmarks", checkable=True
        )
        self.isolate_muscle = self._add(
            "Selected muscle alone", "I", "", "Show the selected muscle by itself", checkable=True
        )
        self.peel_off = self._add("Take a layer of muscles off", "PgDown", "", "See deeper muscles")
        self.peel_back = self._add("Put a layer of muscles back", "PgUp", "", "See more superficial muscles")
        for action in (self.peel_off, self.peel_back):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.skin_only = self._add("Back to skin", "", "", "Close the layers of the body")
        self.toggle_theme = self._add("Light or dark", "", "contrast", "Switch between light and dark")
        self._themes = QActionGroup(self)
        self.theme_light = self._add("Light", "", "sun", "Light colours", checkable=True)
        self.theme_dark = self._add("Dark", "", "moon", "Dark colours", checkable=True)
        self.theme_contrast = self._add("High contrast", "", "contrast", "Strongest contrast", checkable=True)
        for theme in (self.theme_light, self.theme_dark, self.theme_contrast):
            self._themes.addAction(theme)
        self.theme_light.setChecked(True)
        self.touch_mode = self._add(
            "Large targets", "", "hand", "Larger buttons for touch screens", checkable=True
        )
        self.next_pane = self._add("Next pane", "F6", "", "Move the keyboard to the next pane")
        self.paint_pain = self._add(
            "Where it hurts",
            "H",
            "brush",
            "Paint where the patient hurts, or put the brush away",
            checkable=True,
        )
        self.paint_pain.setIconText("Pain")
        self.erase_pain = self._add("Erase pain", "E", "", "Take painted pain away", checkable=True)
        self.wider_brush = self._add("Wider brush", "]", "", "Paint with a wider brush")
        self.narrower_brush = self._add("Narrower brush", "[", "", "Paint with a narrower brush")
        self.search = self._add("Search", "/", "search", "Search muscles, symptoms and nerve roots")

    def _make_body_actions(self) -> None:
        self.next_point = self._add("Next point", "Tab", "", "Select the next point in view")
        self.previous_point = self._add(
            "Previous point", "Shift+Tab", "", "Select the previous point in view"
        )
        self.toggle_site = self._add(
            "Add to plan or take out", "Space", "add", "Put the selected point into the plan"
        )
        self.remove_site = self._add(
            "Remove from plan", "Del", "remove", "Take the selected site out of the plan"
        )
        for action in (self.next_point, self.previous_point, self.toggle_site, self.remove_site):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _make_show_actions(self) -> None:
        self.patient_mode = self._add(
            "Patient mode",
            "P",
            "patient",
            "Plain words on the full screen; no names, no needles",
            checkable=True,
        )
        self.patient_next = self._add("Next step for the patient", "Right", "next", "Show the next step")
        self.patient_previous = self._add(
            "Previous step for the patient", "Left", "back", "Show the step before"
        )
        self.privacy_blank = self._add(
            "Blank the screen", "B", "hidden", "Hide everything until a key is pressed"
        )
        for action in (self.patient_next, self.patient_previous, self.privacy_blank):
            action.setEnabled(False)
        self.step_back = self._add(
            "Step back", "Esc", "back", "Leave the mode, then the offer, then the selection"
        )

    def _make_help_actions(self) -> None:
        self.commands = self._add("All commands...", "Ctrl+Shift+P", "command", "Find a command by its name")
        self.keyboard_help = self._add(
            "Keyboard and mouse", "F1", "keyboard", "What the keys and the mouse do"
        )
        self.about = self._add("About bodymap", "", "info", "What bodymap is, and what it is not")

    def _add(self, words: str, keys: Keys, icon_name: str, tooltip: str, checkable: bool = False) -> QAction:
        action = QAction(words, self)
        action.setCheckable(checkable)
        action.setShortcut(QKeySequence(keys))
        keys_words = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tooltip} ({keys_words})" if keys_words else tooltip)
        action.setStatusTip(tooltip)
        if icon_name:
            action.setIcon(icon(icon_name))
        self._all.append(action)
        return action


def _name(action: QAction, verb: str, can_do: bool, words: str) -> None:
    named = f"{verb}: {words}" if words else verb
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setEnabled(can_do)
    action.setText(named)
    action.setIconText(verb)
    action.setToolTip(f"{named} ({keys})" if can_do else f"Nothing to {verb.lower()}")
