"""Saving by itself: when to write, and what to tell; `storage.keeper` knows what to write where.

What can be lost is the last half second, or two seconds of typing without a pause, and that only when the
program or the machine dies.

Writing goes on in a thread of its own, one plan after the other: a disk that wakes up or a network drive that
hangs does not hold the window up. Plans are frozen, so the thread reads them safely.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bodymap.domain import Plan
from bodymap.session import Session
from bodymap.storage.keeper import Kept, PlanKeeper
from bodymap.storage.recovery import LostWork, discard_lost_work

_PAUSE_MS = 500
_LONGEST_WAIT_S = 2.0
_RETRY_MS = (2_000, 5_000, 10_000, 30_000)


class Autosave(QObject):
    """Saves the session's plan after each change.

    Parameters
    ----------
    session : Session
    recovery_folder : Path
    atlas_digest : str
        Written into the files.
    pause_ms : int
        How long the plan must rest before it is written.

    Signals
    -------
    saved(datetime)
        The plan is safe as of this aware time: in its file, or, without a file, in a recovery copy.
    failed(str)
        Words for the user; told once for each reason, and tried again until it works.
    """

    saved = Signal(object)
    failed = Signal(str)
    _written = Signal(object, object)

    def __init__(
        self,
        session: Session,
        recovery_folder: Path,
        atlas_digest: str = "",
        parent: QObject | None = None,
        pause_ms: int = _PAUSE_MS,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = recovery_folder
        self._atlas_digest = atlas_digest
        self._pause_ms = pause_ms
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="autosave")
        self._keeper = self._new_keeper()
        self._opened = session.state.file.opened
        self._running: Future[Kept] | None = None
        self._waiting: Plan | None = None
        self._waiting_since = 0.0
        self._failures = 0
        self._last_failure = ""
        self._is_safe = True
        self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write)
        # Always through the event loop: a write may end before the line that starts it does.
        self._written.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        session.plan_changed.connect(self._plan_changed)
        session.file_changed.connect(self._file_changed)

    def save_as(self, path: Path) -> None:
        """Save the plan to a file now, whatever that holds, and go on saving to it.

        Raises
        ------
        Refusal
            It cannot be written; the plan stays with the file it had.
        """
        self._collect()
        plan = self._session.state.plan
        kept = self._writer.submit(self._keeper.save_as, plan, path).result()
        self._waiting = None
        self._succeed(kept)

    def flush(self) -> bool:
        """Write what is waiting, and wait until it is written; do so before another plan is opened.

        Returns
        -------
        bool
            Whether all of the plan is on the disk, in its file or in a copy. If not, ask before going on.
        """
        self._collect()
        if self._waiting is not None:
            self._write()
            self._collect()
        return self._waiting is None or self._is_safe

    def adopt(self, lost: LostWork) -> None:
        """Take up work that a program now gone has left, as a plan without a file.

        It does not go back to the file it came from by itself: that may have changed since. Its old copy goes
        when the new one is written.

        Raises
        ------
        Refusal
            It does not fit this body; the lost work stays where it was.
        """
        self._session.new_plan(lost.file.plan)
        if self.flush():
            discard_lost_work(lost)

    def discard(self) -> None:
        """Let the plan go, with the copy of it: the user does not want it."""
        self._collect()
        self._waiting = None
        self._timer.stop()
        self._writer.submit(self._keeper.forget).result()

    def close(self) -> None:
        """Write what is waiting and end; a copy of what has no file is found at the next start."""
        if self._is_closed:
            return
        self._is_closed = True
        self._session.plan_changed.disconnect(self._plan_changed)
        self._session.file_changed.disconnect(self._file_changed)
        try:
            self.flush()
        finally:
            self._timer.stop()
            self._writer.submit(self._keeper.leave)
            self._writer.shutdown(wait=True)

    def _new_keeper(self) -> PlanKeeper:
        file = self._session.state.file
        return PlanKeeper(self._folder, self._atlas_digest, file.path, file.plan)

    def _plan_changed(self) -> None:
        if self._turn_if_another_plan() and not self._session.state.is_dirty:
            return
        now = time.monotonic()
        if self._waiting is None:
            self._waiting_since = now
        self._waiting = self._session.state.plan
        may_wait = now - self._waiting_since < _LONGEST_WAIT_S
        if not self._timer.isActive() or (may_wait and not self._failures):
            self._timer.start(self._pause_ms)

    def _file_changed(self) -> None:
        self._turn_if_another_plan()

    def _turn_if_another_plan(self) -> bool:
        """Write the plan before, if it waits, and start afresh; whether there is another plan."""
        if self._session.state.file.opened == self._opened:
            return False
        self._opened = self._session.state.file.opened
        if self._waiting is not None:
            self._submit(self._keeper, self._waiting)
        self._writer.submit(self._keeper.leave)
        self._keeper = self._new_keeper()
        self._running = self._waiting = None
        self._failures, self._last_failure, self._is_safe = 0, "", True
        self._timer.stop()
        return True

    def _write(self) -> None:
        if self._waiting is not None and self._running is None:
            plan, self._waiting = self._waiting, None
            self._running = self._submit(self._keeper, plan)

    def _submit(self, keeper: PlanKeeper, plan: Plan) -> Future[Kept]:
        future = self._writer.submit(keeper.keep, plan)
        future.add_done_callback(partial(self._written.emit, keeper))
        return future

    def _collect(self) -> None:
        """Wait for the plan being written and take note of it now; its signal then comes too late."""
        if self._running is not None:
            self._running.exception()
            self._finish(self._keeper, self._running)

    def _finish(self, keeper: PlanKeeper, future: Future[Kept]) -> None:
        if keeper is not self._keeper:  # the plan before this one
            kept = future.result()
            if kept.refusal is not None:
                self.failed.emit(_failure_words(kept))
        elif future is self._running:
            self._running = None
            try:
                kept = future.result()
            except Exception:
                self._is_safe = False
                self._retry(self._session.state.plan)  # a fault of the program must not end the saving
                raise
            if kept.refusal is None:
                self._succeed(kept)
            else:
                self._fail(kept)

    def _succeed(self, kept: Kept) -> None:
        self._failures, self._last_failure, self._is_safe = 0, "", True
        if kept.path is not None:
            self._session.saved(kept.path, kept.at, kept.plan)
        self.saved.emit(kept.at)
        if self._waiting is not None:
            self._timer.start(self._pause_ms)

    def _fail(self, kept: Kept) -> None:
        self._is_safe = kept.is_safe
        self._retry(kept.plan)
        words = _failure_words(kept)
        if words != self._last_failure:
            self._last_failure = words
            self.failed.emit(words)

    def _retry(self, plan: Plan) -> None:
        if self._waiting is None:
            self._waiting = plan
        self._timer.start(_RETRY_MS[min(self._failures, len(_RETRY_MS) - 1)])
        self._failures += 1


def _failure_words(kept: Kept) -> str:
    safe = " Your changes are kept in a recovery copy." if kept.is_safe else ""
    return f"{kept.refusal}{safe}"
