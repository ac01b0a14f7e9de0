"""The bar along the top: what is open, and the few commands used all the time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from bodymap.domain import Sex
from bodymap.ui.actions import Actions
from bodymap.ui.controls import Segmented, action_button, tool_button
from bodymap.ui.controls.date_field import format_date
from bodymap.ui.controls.elided_label import ElidedLabel
from bodymap.ui.controls.labels import post, restyle
from bodymap.ui.menus import ApplicationMenu
from bodymap.ui.theme import TOP_BAR_WORDS_PX, Space


class TopBar(QFrame):
    """Menu, plan title and state, undo, views, body, theme, patient mode, print.

    Signals
    -------
    sex_chosen(object)
        `Sex` of the body that should be shown.
    """

    sex_chosen = Signal(object)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.menu = ApplicationMenu(actions, self)
        self.menu_button = tool_button("Menu", "menu", "Menu (Alt+M)")
        self.menu_button.setShortcut("Alt+M")
        self.menu_button.setMenu(self.menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.title = ElidedLabel()
        self.state = QLabel()
        self.state.setProperty("role", "small")
        self.body = Segmented("Body", ((Sex.FEMALE, "Female"), (Sex.MALE, "Male")), stretch=False)
        self.body.set_choice(Sex.MALE)
        self.patient = action_button(actions.patient_mode, worded=True)
        self.print = action_button(actions.print_plan, worded=True)
        self.pain = action_button(actions.paint_pain, worded=True)
        self.layers = action_button(actions.show_layers, worded=True)
        self._is_wide = True
        self._arrange(actions)
        self.body.chosen.connect(self.sex_chosen)
        self.show_title("", "")
        self.show_state("", is_edited=False)

    def show_title(self, patient: str, iso_date: str) -> None:
        """Name the plan by the patient's initials and the date."""
        named = ", ".join(filter(None, (patient.strip(), format_date(iso_date))))
        self.title.show_text(f"Plan: {named}" if named else "New plan")

    def show_state(self, words: str, is_edited: bool) -> None:
        """Say whether the plan is saved; what is edited is marked by a dot as well."""
        dot = "\N{BLACK CIRCLE} " if is_edited else ""
        self.state.setText(f"{dot}{words}" if words else "")

    def show_sex(self, sex: Sex) -> None:
        """Show which body is shown."""
        self.body.set_choice(sex)

    def _arrange(self, actions: Actions) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.SMALL, Space.NONE, Space.SMALL, Space.NONE)
        layout.setSpacing(Space.SMALL)
        brand = QLabel("bodymap")
        brand.setProperty("role", "brand")
        for widget in (self.menu_button, brand, _fence()):
            layout.addWidget(widget)
        layout.addWidget(self.title, stretch=1)
        layout.addWidget(self.state)
        layout.addWidget(_group(action_button(actions.undo), action_button(actions.redo)))
        layout.addWidget(_fence())
        views = (actions.view_front, actions.view_back, actions.view_left, actions.view_right)
        layout.addWidget(_view_buttons(views))
        layout.addWidget(self.body)
        layout.addWidget(self.pain)
        layout.addWidget(self.layers)
        layout.addWidget(_fence())
        layout.addWidget(action_button(actions.toggle_theme))
        layout.addWidget(self.patient)
        layout.addWidget(self.print)

    def _fit_words(self) -> None:
        style = Qt.ToolButtonStyle
        wide = self.width() >= TOP_BAR_WORDS_PX
        if wide == self._is_wide:
            return
        self._is_wide = wide
        for button in (self.pain, self.layers, self.patient, self.print):
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly)
            button.setProperty("worded", "true" if wide else "false")
            restyle(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own: fit what depends on the size."""
        super().resizeEvent(event)
        self._fit_words()


def _view_buttons(actions: tuple[QAction, ...]) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "segments")
    frame.setAccessibleName("Views")
    frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
    layout.setSpacing(Space.HAIR)
    for action in actions:
        button = action_button(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAccessibleName(f"View: {action.text()}")
        layout.addWidget(button)
    return frame


def _group(*buttons: QToolButton) -> QWidget:
    group = QWidget()
    layout = QHBoxLayout(group)
    layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
    layout.setSpacing(Space.NONE)
    for button in buttons:
        layout.addWidget(button)
    return group


def _fence() -> QFrame:
    line = post()
    line.setFixedHeight(Space.HUGE)
    return line
