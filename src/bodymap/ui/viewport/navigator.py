"""The viewer's walk around the body: the one holder of the camera pose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from bodymap.domain import Posture
from bodymap.scene.camera import Bounds, CameraPose, blend, orbit, pan, preset, upper_view, zoom
from bodymap.scene.lens import Screen

FLIGHT_MS = 350
_FRAME_MS = 15
_DEGREES_PER_PX = 0.35


class Navigator(QObject):
    """Turns intents into poses.

    Signals
    -------
    moved(CameraPose, bool)
        A new pose; whether more are likely to follow at once.
    """

    moved = Signal(object, bool)

    def __init__(self, bounds: Bounds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reduced_motion = False
        self._bounds = bounds
        self._posture = Posture.APART
        self._screen = Screen(1.0, 1.0)
        self._free_below_px = self._free_right_px = 0.0
        self._pose = preset("front", bounds, 1.0)
        self._fitted: str | None = "front"
        self._from = self._to = self._pose
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._advance)

    @property
    def pose(self) -> CameraPose:
        """Where the viewer is now."""
        return self._pose

    @property
    def goal(self) -> CameraPose:
        """Where the viewer will be when a running flight is over."""
        return self._to if self._timer.isActive() else self._pose

    @property
    def screen(self) -> Screen:
        """Size of the picture."""
        return self._screen

    def set_screen(self, screen: Screen, free_below_px: float = 0.0, free_right_px: float = 0.0) -> None:
        """Take over another size, its lower and right edge kept free; a preset view stays fitted."""
        new = (screen, free_below_px, free_right_px)
        if new == (self._screen, self._free_below_px, self._free_right_px):
            return
        self._screen, self._free_below_px, self._free_right_px = new
        if self._fitted is not None:
            self._settle(self._fit(self._fitted), self._fitted)
        else:
            self.moved.emit(self._pose, False)

    def set_body(self, bounds: Bounds, posture: Posture = Posture.APART) -> None:
        """Take over another body; a preset view stays fitted.

        A body that was laid down or has got up is seen from its upper side.
        """
        laid = posture is not self._posture and (posture.is_lying or self._posture.is_lying)
        self._bounds, self._posture = bounds, posture
        if laid:
            self._settle(self._fit(upper_view(posture)), upper_view(posture))
        elif self._fitted is not None:
            self._settle(self._fit(self._fitted), self._fitted)

    def go(self, pose: CameraPose, animated: bool = True) -> None:
        """Fly to a pose, or be there at once."""
        self._go(pose, None, animated)

    def show_preset(self, name: str, animated: bool = True) -> None:
        """See the whole body from one side; KeyError when there is no such view."""
        self._go(self._fit(name), name, animated)

    def stop(self) -> None:
        """Stay where a flight has come to."""
        if self._timer.isActive():
            self._timer.stop()
            self._fitted = None
            self.moved.emit(self._pose, False)

    def turn(self, across_px: float, down_px: float) -> None:
        """Orbit: the body's near side follows the pointer."""
        self._step(orbit(self._pose, across_px * _DEGREES_PER_PX, down_px * _DEGREES_PER_PX))

    def slide(self, across_px: float, down_px: float) -> None:
        """Move the picture with the pointer."""
        height = max(self._screen.height, 1.0)
        self._step(pan(self._pose, across_px / height, -down_px / height, self._bounds))

    def zoom_at(self, factor: float, x: float, y: float) -> None:
        """Come nearer (above one) or back off, towards a logical pixel."""
        self._step(zoom(self._pose, factor, self._screen.from_middle(x, y), self._bounds))

    def _fit(self, name: str) -> CameraPose:
        width, height = self._screen.width, max(self._screen.height, 1.0)
        free = min(0.3, self._free_below_px / height)
        right_px = min(0.6 * width, self._free_right_px)
        aspect = max(width - right_px, 1.0) / height
        pose = preset(name, self._bounds, aspect, free_below=free, posture=self._posture)
        shift = pose.right * (right_px / 2.0 * pose.height_mm / height)
        x, y, z = (np.asarray(pose.focal_mm) + shift).tolist()
        return replace(pose, focal_mm=(x, y, z))

    def _go(self, pose: CameraPose, name: str | None, animated: bool) -> None:
        if not animated or self.reduced_motion:
            self._settle(pose, name)
            return
        self._from, self._to, self._fitted = self._pose, pose, name
        self._clock.start()
        self._timer.start()

    def _advance(self) -> None:
        share = self._clock.elapsed() / FLIGHT_MS
        if share >= 1.0:
            self._timer.stop()
        self._pose = blend(self._from, self._to, share)
        self.moved.emit(self._pose, self._timer.isActive())

    def _settle(self, pose: CameraPose, name: str | None) -> None:
        self._timer.stop()
        self._pose, self._fitted = pose, name
        self.moved.emit(pose, False)

    def _step(self, pose: CameraPose) -> None:
        self._timer.stop()
        if pose != self._pose:
            self._pose, self._fitted = pose, None
            self.moved.emit(pose, True)
