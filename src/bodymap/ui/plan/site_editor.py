"""The fields of the current site, below the list."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from bodymap.domain import Needle, Position, Site, Technique
from bodymap.ui.controls import ChoiceBox, push_button, small_label, tool_button
from bodymap.ui.controls.committed_fields import CommittedLine, CommittedNote
from bodymap.ui.controls.labels import heading
from bodymap.ui.plan.needle_field import NeedleField
from bodymap.ui.plan.row_delegate import RowAction
from bodymap.ui.theme import Space


class SiteEditor(QWidget):
    """Edits one site, a field at a time.

    Signals
    -------
    edit_requested(str, str, object)
        Site id, field of `Site`, and the value it should have.
    action_requested(object)
        `RowAction` wanted for the site shown.
    posture_requested(str)
        Site id: the body should lie as the patient will for it.
    felt_requested(str)
        Site id: what the patient felt from it should be painted.
    """

    edit_requested = Signal(str, str, object)
    action_requested = Signal(object)
    posture_requested = Signal(str)
    felt_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._site: Site | None = None
        self.title = heading()
        self.title.setWordWrap(True)
        self.needle = NeedleField()
        self.technique = _choice("Technique", Technique)
        self.position = _choice("Patient position", Position, "Position")
        self.show_position = tool_button("Show in this position", "patient", "Show the body in this position")
        self.familiar = _familiar_choice()
        self.paint_felt = push_button("Paint it", "brush")
        self.paint_felt.setToolTip("Paint where the patient felt it: it is kept beside the textbook pattern")
        self.depth_field = CommittedLine("Depth in your words", "in your words")
        self.direction_field = CommittedLine("Direction in your words", "in your words")
        self.note_field = CommittedNote("Note on this site", "Note on this site")
        self._arrange()
        self.needle.needle_chosen.connect(self._change_needle)
        self.technique.activated.connect(self._change_technique)
        self.position.activated.connect(self._change_position)
        self.show_position.clicked.connect(self._ask_posture)
        self.familiar.activated.connect(self._change_familiar)
        self.paint_felt.clicked.connect(self._ask_felt)
        self.depth_field.committed.connect(self._change_depth)
        self.direction_field.committed.connect(self._change_direction)
        self.note_field.committed.connect(self._change_note)

    @property
    def site(self) -> Site | None:
        """The site as last shown."""
        return self._site

    def show_site(self, site: Site, title: str) -> None:
        """Show a site. The same site again only updates what differs and never what is being typed."""
        if self._site is not None and self._site.id != site.id:
            self.commit()
        self.title.setText(title)
        self._site = site
        self.needle.show_needle(site.needle)
        _show_choice(self.technique, site.technique)
        _show_choice(self.position, site.position)
        _show_choice(self.familiar, site.familiar)
        self.paint_felt.setText("Painted" if site.felt else "Paint it")
        self.show_position.setEnabled(site.position is not None)
        self.depth_field.show_value(site.depth)
        self.direction_field.show_value(site.direction)
        self.note_field.show_value(site.note)

    def commit(self) -> None:
        """Hand over what is being typed now."""
        for field in (self.depth_field, self.direction_field):
            field.commit()
        self.note_field.commit()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        top = QHBoxLayout()
        top.setSpacing(Space.NONE)
        top.addWidget(self.title, stretch=1)
        top.addWidget(self.show_position)
        for action in RowAction:
            top.addWidget(self._action_button(action))
        layout.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.TINY + Space.HAIR)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Needle", self.needle),
            ("How", _pair(self.technique, self.position)),
            ("Familiar", _pair(self.familiar, self.paint_felt)),
            ("Depth", self.depth_field),
            ("Direction", self.direction_field),
            ("Note", self.note_field),
        )
        for row, (name, field) in enumerate(rows):
            grid.addWidget(small_label(name), row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)

    def _action_button(self, action: RowAction) -> QToolButton:
        button = tool_button(action.words, action.value)
        button.setProperty("row_action", action.value)
        button.clicked.connect(self._ask_action)
        return button

    def _ask_action(self) -> None:
        self.action_requested.emit(RowAction(str(self.sender().property("row_action"))))

    def _ask_posture(self) -> None:
        if self._site is not None:
            self.posture_requested.emit(self._site.id)

    def _ask(self, field: str, value: object) -> None:
        if self._site is not None and getattr(self._site, field) != value:
            self.edit_requested.emit(self._site.id, field, value)

    def _change_needle(self, needle: Needle | None) -> None:
        self._ask("needle", needle)

    def _change_technique(self) -> None:
        chosen = self.technique.currentData()  # Qt keeps the bare text
        self._ask("technique", Technique(chosen) if chosen else None)

    def _change_position(self) -> None:
        chosen = self.position.currentData()
        self._ask("position", Position(chosen) if chosen else None)

    def _change_familiar(self) -> None:
        self._ask("familiar", self.familiar.currentData())

    def _ask_felt(self) -> None:
        if self._site is not None:
            self.felt_requested.emit(self._site.id)

    def _change_depth(self, text: str) -> None:
        self._ask("depth", text)

    def _change_direction(self, text: str) -> None:
        self._ask("direction", text)

    def _change_note(self, text: str) -> None:
        self._ask("note", text)


def _choice(name: str, values: type[StrEnum], placeholder: str = "") -> ChoiceBox:
    combo = ChoiceBox()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    combo.addItem(f"{placeholder or name} \N{EN DASH}", None)
    for value in values:
        combo.addItem(value.value.replace("_", "-").capitalize(), value)
    combo.setMinimumContentsLength(7)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _familiar_choice() -> ChoiceBox:
    combo = ChoiceBox()
    combo.setAccessibleName("Familiar pain")
    combo.setToolTip("Did pressing on it give the pain that the patient knows?")
    for words, value in (("Not asked", None), ("Yes, familiar", True), ("No, other pain", False)):
        combo.addItem(words, value)
    combo.setMinimumContentsLength(7)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _pair(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
    layout.setSpacing(Space.SMALL)
    for widget in widgets:
        layout.addWidget(widget, stretch=1)
    return holder


def _show_choice(combo: QComboBox, value: object) -> None:
    index = next((i for i in range(combo.count()) if combo.itemData(i) == value), 0)
    if combo.currentIndex() != index:
        combo.setCurrentIndex(index)
