"""What both ways of drawing the body have in common."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from bodymap.scene import CameraPose, SceneFrame


class Canvas(Protocol):
    """A place on screen where the body is drawn.

    Changes only mark the picture as old; it is drawn once, when Qt next paints.
    """

    drawn: SignalInstance
    """Emitted when a picture has reached the screen."""

    @property
    def panel(self) -> QWidget:
        """What to put into the window."""

    @property
    def source(self) -> QWidget:
        """Where input events arrive."""

    def show_frame(self, frame: SceneFrame) -> None:
        """Draw another frame."""

    def look(self, pose: CameraPose, moving: bool) -> None:
        """Draw from elsewhere; while moving, speed counts more than smoothness."""

    def shut_down(self) -> None:
        """Let go of everything that draws; called once, before the window goes."""
