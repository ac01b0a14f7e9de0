"""The row of view buttons at the bottom of the body."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from bodymap.domain import Posture
from bodymap.scene.camera import AZIMUTHS_DEG, CameraPose, view_angles
from bodymap.ui.theme import Space

_VIEWS = (
    ("front", "Front", "See the front (1)"),
    ("back", "Back", "See the back (2)"),
    ("left", "Left", "See the patient's left side (3)"),
    ("right", "Right", "See the patient's right side (4)"),
    ("reset", "Whole body", "See the whole body again (0)"),
)


class ViewPill(QFrame):
    """Buttons for the preset views.

    Signals
    -------
    view_requested(str)
        ``"front"``, ``"back"``, ``"left"``, ``"right"`` or ``"reset"``.
    """

    view_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "segments")
        self.setAccessibleName("Views of the body")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
        layout.setSpacing(Space.HAIR)
        self._buttons: dict[str, QToolButton] = {}
        for name, words, hint in _VIEWS:
            self._buttons[name] = self._button(name, words, hint)
            layout.addWidget(self._buttons[name])

    def button(self, name: str) -> QToolButton:
        """Return the button of a view; KeyError when there is none."""
        return self._buttons[name]

    def show_pose(self, pose: CameraPose, posture: Posture = Posture.APART) -> None:
        """Mark the view that a pose looks from."""
        for name in AZIMUTHS_DEG:
            azimuth, elevation = view_angles(name, posture)
            apart = (pose.azimuth_deg - azimuth + 180.0) % 360.0 - 180.0
            level = abs(pose.elevation_deg - elevation) < 1.0
            self._buttons[name].setChecked(level and abs(apart) < 1.0)

    def _button(self, name: str, words: str, hint: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setToolTip(hint)
        button.setAccessibleName(f"View: {words}")
        button.setCheckable(name in AZIMUTHS_DEG)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setObjectName(name)
        button.clicked.connect(self._request)
        return button

    def _request(self) -> None:
        button = self.sender()
        if isinstance(button, QToolButton):
            # A checked button stays so until the pose says otherwise.
            if button.isCheckable():
                button.setChecked(True)
            self.view_requested.emit(button.objectName())
