"""Faults of the program itself: noted in a log without patient data, told in one sentence, never a crash."""

from __future__ import annotations

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_LOG_BYTES = 256 * 1024
_SENTENCE = (
    "Something went wrong inside bodymap, and the last step may not have been done. "
    "Your plan is kept. If it happens again, send the file faults.log to its makers."
)


class Faults(QObject):
    """Catches what no one else caught.

    Signals
    -------
    happened(str)
        A sentence for the user.
    """

    happened = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = logging.getLogger("bodymap.faults")
        self._log.propagate = False
        self._handler = RotatingFileHandler(
            folder / "faults.log", maxBytes=_LOG_BYTES, backupCount=2, delay=True, encoding="utf-8"
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        self._log.addHandler(self._handler)
        self._before = sys.excepthook

    def watch(self) -> None:
        """Catch exceptions from now on."""
        sys.excepthook = self._catch

    def stop(self) -> None:
        """Leave exceptions to whoever had them before."""
        sys.excepthook = self._before
        self._log.removeHandler(self._handler)
        self._handler.close()

    def _catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        try:
            self._log.error("%s", _places(kind, trace))
        except OSError:  # a full disk must not hide the fault from the user
            sys.stderr.write(_places(kind, trace) + "\n")
        self.happened.emit(_SENTENCE)


def _places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Name the error and the places it passed; its message may quote the plan, so leave that out."""
    steps = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    return f"{kind.__name__} at {' > '.join(steps) or 'an unknown place'}"
