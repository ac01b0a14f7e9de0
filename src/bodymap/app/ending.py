"""An orderly end when the system or the terminal asks for one: the plan is kept, nothing is asked."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

_ASKS_FOR_THE_END = (signal.SIGTERM, signal.SIGINT)


class EndRequests(QObject):
    """Ends the event loop on SIGTERM (log-out, shut-down) and SIGINT (Ctrl+C in the terminal).

    Python runs its signal handlers only between steps of its own, and an idle event loop takes none: the
    signal's number is therefore also sent through a socket that the event loop watches.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._end) for number in _ASKS_FOR_THE_END}

    def stop(self) -> None:
        """Leave the signals to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _wake(self) -> None:
        self._reader.recv(64)  # the handler itself runs as soon as Python does

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        QCoreApplication.exit(0)  # quit() would ask the windows, and they the user
