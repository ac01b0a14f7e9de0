"""What the resting pointer is on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal

from bodymap.domain import LandmarkRef, Place, StructureRef
from bodymap.scene import CameraPose, Screen
from bodymap.ui.viewport.spotter import Spotter

Inside = StructureRef | LandmarkRef


class Pointing(QObject):
    """Keeps what the pointer was on last, and tells only what changes: points first, then what lies deeper.

    Signals
    -------
    place_hovered(object)
        The point or marked site, or None.
    inside_hovered(object)
        The landmark, or the structure seen through the skin, or None.
    """

    place_hovered = Signal(object)
    inside_hovered = Signal(object)

    def __init__(self, spotter: Spotter, parent: QObject) -> None:
        super().__init__(parent)
        self.at = QPointF()
        self._spotter = spotter
        self._place: Place | None = None
        self._inside: Inside | None = None

    @property
    def is_clickable(self) -> bool:
        """Whether a click here selects what the pointer is on."""
        return self._place is not None or isinstance(self._inside, StructureRef)

    def leave(self) -> None:
        """Be on nothing."""
        self._become(None, None)

    def look(self, at: QPointF, radius_px: float, pose: CameraPose, screen: Screen) -> None:
        """See what lies under a pixel."""
        self.at = at
        x, y = at.x(), at.y()
        place = self._spotter.place_at(x, y, radius_px, pose, screen)
        inside: Inside | None = None
        if place is None:
            inside = self._spotter.landmark_at(x, y, radius_px, pose, screen)
            inside = inside or self._spotter.structure_at(x, y, pose, screen)
        self._become(place, inside)

    def _become(self, place: Place | None, inside: Inside | None) -> None:
        place_before, self._place = self._place, place
        inside_before, self._inside = self._inside, inside
        if place != place_before:
            self.place_hovered.emit(place)
        if inside != inside_before:
            self.inside_hovered.emit(inside)
