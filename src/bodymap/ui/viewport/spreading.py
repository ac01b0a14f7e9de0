"""The slow spread of a referral from its point, for the patient."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from bodymap.scene import SceneFrame

SPREAD_MS = 2600
_FRAME_MS = 33


class Spreading(QObject):
    """Runs once from nothing to the whole referral.

    Signals
    -------
    advanced()
        Another share is to be shown.
    """

    advanced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reduced_motion = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._advance)
        self._share: float | None = None

    def start(self) -> None:
        """Begin again from the point; with reduced motion the whole referral is shown at once."""
        if self.reduced_motion:
            self.stop()
            return
        self._share = 0.0
        self._clock.start()
        self._timer.start()
        self.advanced.emit()

    def stop(self) -> None:
        """Show the whole referral."""
        self._timer.stop()
        self._share = None

    def share_of(self, frame: SceneFrame) -> float:
        """How much of a frame's referral to show now."""
        return frame.spread if self._share is None else self._share

    def _advance(self) -> None:
        share = self._clock.elapsed() / SPREAD_MS
        # Slow at the end: the eye follows the front to where the pain is felt.
        self._share = 1.0 - (1.0 - min(share, 1.0)) ** 1.6
        if share >= 1.0:
            self._timer.stop()
            self._share = 1.0
        self.advanced.emit()
        if share >= 1.0:
            self._share = None
