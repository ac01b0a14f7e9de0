"""Starting the window: one instance, the look, the plan asked for, what a crash left."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from bodymap.app.ending import EndRequests
from bodymap.app.faults import Faults
from bodymap.app.files import todays_plan
from bodymap.app.reference import reference_atlas, reference_body
from bodymap.app.single_instance import SingleInstance
from bodymap.app.window import Parts, build_window, shut_down
from bodymap.app.wiring import Connected, connect
from bodymap.domain import Refusal
from bodymap.storage.atomic import sweep_leftovers
from bodymap.storage.folders import make_private_folder, user_data_folder
from bodymap.storage.recovery import LostWork, discard_lost_work, find_lost_work
from bodymap.ui.decisions import Answer, ask, recovery_question
from bodymap.ui.viewport import CrashMarker, ViewLevel


def open_window(plan: str | None, view: str = "auto", data_folder: str | None = None) -> int:
    """Open the window and run until it is closed; return the exit status.

    Raises
    ------
    Refusal
        The data folder cannot be used, the atlas is broken, or the computer has no display or no OpenGL.
    """
    _require_display()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - narrows the type; nothing else makes one
    app.setApplicationName("bodymap")
    app.setApplicationDisplayName("bodymap")
    folder = make_private_folder(Path(data_folder) if data_folder else user_data_folder())
    instance = SingleInstance(folder)
    path = str(Path(plan).absolute()) if plan else ""
    if not instance.acquire():
        return _hand_over(instance, path)
    faults = Faults(folder)
    faults.watch()
    try:
        return _run(app, folder, ViewLevel(view), instance, faults, path)
    finally:
        faults.stop()
        instance.release()


def _run(
    app: QApplication, folder: Path, level: ViewLevel, instance: SingleInstance, faults: Faults, path: str
) -> int:
    sweep_leftovers(folder)
    atlas, body = reference_atlas(), reference_body()
    marker = CrashMarker(folder / "view-starting")
    parts = build_window(atlas, body, folder, level, marker)
    connected = connect(app, parts)
    faults.happened.connect(connected.showing.show_failure)
    instance.raised.connect(lambda name: _come_forward(parts, connected, name))
    connected.look.restore()
    parts.window.hint.setVisible(not parts.preferences.hint_seen)
    parts.session.load_plan(todays_plan())
    connected.showing.show_everything()
    connected.files.show_recent()
    parts.window.show()
    QTimer.singleShot(0, parts.window, lambda: _open_first(parts, connected, folder, path))
    gc.freeze()  # what is there now stays: later searches for rubbish pass over it
    gc.enable()  # the command line put it off
    ending = EndRequests()
    try:
        status = app.exec()
    finally:
        ending.stop()
    shut_down(parts)
    # Left to Python's collector, the widgets would lose their attributes before Qt's last events reach them.
    parts.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return status


def _require_display() -> None:
    """Refuse where Qt would end the process: on Linux without a screen, unless a platform was chosen."""
    is_chosen = any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not is_chosen and QApplication.instance() is None:
        raise Refusal(
            "There is no display to open the window on; start bodymap in a desktop session, "
            "or use a command without a window (see bodymap --help)."
        )


def _open_first(parts: Parts, connected: Connected, folder: Path, path: str) -> None:
    for lost in find_lost_work(folder / "recovery"):
        if _wants_back(parts, lost):
            try:
                parts.autosave.adopt(lost)
                parts.window.show_plan_tab()
                return
            except Refusal as refusal:
                connected.showing.show_failure(str(refusal))
    if path:
        connected.files.open_path(Path(path))


def _wants_back(parts: Parts, lost: LostWork) -> bool:
    plan = lost.file.plan
    name = f"The plan of {plan.patient}" if plan.patient else "A plan"
    kept_at = QDateTime.fromSecsSinceEpoch(int(lost.kept_at.timestamp()))
    if ask(recovery_question(name, kept_at, len(plan.sites)), parts.window) is Answer.RECOVER:
        return True
    discard_lost_work(lost)
    return False


def _come_forward(parts: Parts, connected: Connected, name: str) -> None:
    parts.window.showNormal() if parts.window.isMinimized() else parts.window.show()
    parts.window.raise_()
    parts.window.activateWindow()
    if name:
        connected.files.open_name(name)


def _hand_over(instance: SingleInstance, path: str) -> int:
    if instance.raise_holder(path):
        sys.stderr.write("bodymap is open already; its window comes forward.\n")
        return 0
    raise Refusal(
        "bodymap is open already on the same data and does not answer; "
        "close it, or start this one with --data and another folder."
    )
