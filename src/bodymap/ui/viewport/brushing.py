"""From the way of the pointer to stops of the brush on the skin."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Signal

from bodymap.geometry.anchors import Anchor
from bodymap.scene import CameraPose, Screen
from bodymap.ui.viewport.clicks import Clicks
from bodymap.ui.viewport.overlay import Overlay
from bodymap.ui.viewport.spotter import Spotter

STEP_SHARE = 0.3
"""Stops lie this share of the brush's radius apart: between them its edge waves by a hundredth of it."""
LEAST_STEP_PX = 2.0


class Brushing(QObject):
    """Turns drags that begin on the body into stops. Where the pointer leaves the body a stroke has a gap.

    Parameters
    ----------
    spotter : Spotter
    overlay : Overlay
        Shows a ring as large as the brush.
    looking : callable
        Gives the pose and the screen now.

    Signals
    -------
    begun(object), grown(object)
        Stops of the brush, a tuple of `Anchor`.
    ended(), withdrawn()
        The brush is lifted; a stroke that is withdrawn was none.
    fill_requested(SkinRef)
        A double click: fill the region there.
    """

    begun = Signal(object)
    grown = Signal(object)
    ended = Signal()
    withdrawn = Signal()
    fill_requested = Signal(object)

    def __init__(
        self,
        spotter: Spotter,
        overlay: Overlay,
        looking: Callable[[], tuple[CameraPose, Screen]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._spotter, self._overlay, self._looking = spotter, overlay, looking
        self._radius_mm = 0.0
        self._last: QPointF | None = None

    @property
    def is_on(self) -> bool:
        """Whether a drag over the body paints."""
        return self._radius_mm > 0.0

    def set_radius(self, radius_mm: float, erases: bool = False) -> None:
        """Paint with a round brush; with a radius of nought drags turn the body, as ever."""
        self._radius_mm = radius_mm
        self._overlay.set_brush(radius_mm, erases)

    def listen(self, clicks: Clicks) -> None:
        """Take the drags that begin on the body while the brush is on."""
        clicks.may_paint = self._may_paint
        clicks.brush_put_down.connect(self._put_down)
        clicks.brush_moved.connect(self._draw_on)
        clicks.brush_lifted.connect(self._lift)
        clicks.brush_withdrawn.connect(self._withdraw)

    def hover(self, at: QPointF | None) -> None:
        """Let the ring follow the pointer over the body."""
        self._overlay.move_brush(at if at is not None and self._may_paint(at) else None)

    def ask_fill(self, at: QPointF) -> bool:
        """Ask for the region under a pixel to be filled; return whether the brush is on and there is one."""
        spot = self._spotter.skin_at(at.x(), at.y(), *self._looking()) if self.is_on else None
        if spot is not None:
            self.fill_requested.emit(spot)
        return spot is not None

    def _may_paint(self, at: QPointF) -> bool:
        return self.is_on and self._spotter.skin_at(at.x(), at.y(), *self._looking()) is not None

    def _put_down(self, at: QPointF) -> None:
        self._overlay.move_brush(at)
        if stops := self._stops([at]):
            self._last = at
            self.begun.emit(stops)

    def _draw_on(self, at: QPointF) -> None:
        self._overlay.move_brush(at)
        if self._last is None:
            return
        pose, screen = self._looking()
        step_px = max(LEAST_STEP_PX, STEP_SHARE * self._radius_mm * screen.height / pose.height_mm)
        way = at - self._last
        length_px = math.hypot(way.x(), way.y())
        steps = int(length_px / step_px)
        if steps:
            places = [self._last + way * (step * step_px / length_px) for step in range(1, steps + 1)]
            self._last = places[-1]
            if stops := self._stops(places):
                self.grown.emit(stops)

    def _lift(self) -> None:
        if self._last is not None:
            self._last = None
            self.ended.emit()

    def _withdraw(self) -> None:
        if self._last is not None:
            self._last = None
            self.withdrawn.emit()

    def _stops(self, places: list[QPointF]) -> tuple[Anchor, ...]:
        looking = self._looking()
        found = (self._spotter.skin_at(place.x(), place.y(), *looking) for place in places)
        return tuple(Anchor(spot.face, spot.barycentric) for spot in found if spot is not None)
