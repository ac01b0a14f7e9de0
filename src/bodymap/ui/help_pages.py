"""About bodymap, and what the keys and the mouse do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bodymap.ui.controls import primary_button, rule, title_label
from bodymap.ui.controls.dialogs import NarrowDialog
from bodymap.ui.controls.labels import second_label
from bodymap.ui.theme import DIALOG_WIDTH_PX, Space

_ABOUT = """\
bodymap shows where trigger points lie and where they are often felt, helps to plan a session of dry needling,
and prints its page.

It is a reference and record tool for trained professionals. It is not a medical device: it examines nobody
and decides nothing.

Examiners agree only moderately on where trigger points are, and the theory is debated. Sources and confidence
stand on every card. Every depth or distance is a model value, not this patient.

Everything stays on this computer. There is no account, and nothing is sent."""

_MOUSE = (
    ("Click", "Select the nearest point, or offer a free site"),
    ("Ctrl + click", "Select one more"),
    ("Click through thin skin", "Select a muscle, or look at a bone, vessel or nerve"),
    ("Ctrl + click through thin skin", "See through what is clicked, or no longer"),
    ("Drag", "Turn the body"),
    ("Right drag, Shift + drag", "Move the body"),
    ("Wheel, pinch", "Come closer, towards the pointer"),
    ("Double click beside the body", "See the whole body again"),
    ("Arrow keys, + and -", "Turn and zoom while the body has the keyboard"),
    ("Alt + Up, Alt + Down", "Move a site in the plan"),
)


class AboutDialog(NarrowDialog):
    """What bodymap is, and what it is not."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__("About bodymap", parent)
        self.page.addWidget(title_label(f"bodymap {version}"))
        for paragraph in _ABOUT.split("\n\n"):
            self.page.addWidget(second_label(paragraph.replace("\n", " ")))
        _add_close(self, self.page)


class KeyboardDialog(QDialog):
    """Every key, taken from the commands themselves, and what the mouse does."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard and mouse")
        self.resize(DIALOG_WIDTH_PX + 2 * Space.HUGE, DIALOG_WIDTH_PX + 5 * Space.HUGE)
        keys = [(_keys(action), action.statusTip()) for action in actions if _keys(action)]
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(Space.NONE, Space.NONE, Space.LARGE, Space.NONE)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.SMALL)
        grid.setColumnStretch(1, 1)
        for pressed, does in (*_MOUSE, *keys):
            row = grid.rowCount()
            name = QLabel(pressed)
            name.setProperty("role", "heading")
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(second_label(does), row, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("Keys and what they do")
        scroll.setWidget(sheet)
        self.setAccessibleName("Keyboard and mouse")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(title_label("Keyboard and mouse"))
        layout.addWidget(scroll, stretch=1)
        _add_close(self, layout)


def _add_close(dialog: QDialog, layout: QVBoxLayout) -> None:
    layout.addWidget(rule())
    close = primary_button("Close")
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(close)
    layout.addLayout(row)


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
