"""Plans and files: new, open, save, recent, export, and the question before work could be lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from bodymap.app.reference import measuring
from bodymap.app.window import Parts
from bodymap.domain import Plan, Refusal
from bodymap.planning.strangers import unknown_points
from bodymap.storage.atomic import write_atomically
from bodymap.storage.plan_file import read_plan
from bodymap.ui.decisions import Answer, Question, ask, replace_question, unsaved_question

SUFFIX = ".bodymap"
_PLANS = f"Plans (*{SUFFIX})"


class Files(QObject):
    """Slots for the file commands.

    Signals
    -------
    refused(str), noticed(str)
        A sentence for the user.
    """

    refused = Signal(str)
    noticed = Signal(str)

    def __init__(
        self,
        parts: Parts,
        ask_user: Callable[[Question], Answer] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._ask = ask_user or (lambda question: ask(question, parts.window))

    def new(self) -> None:
        """Begin an empty plan of today."""
        if self.may_leave():
            self.begin()

    def begin(self) -> None:
        """Begin an empty plan of today without asking."""
        self._parts.session.load_plan(todays_plan())

    def open(self) -> None:
        """Ask for a plan file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._parts.window, "Open a plan", self._folder(), _PLANS)
        if name:
            self.open_path(Path(name))

    def open_name(self, name: str) -> None:
        """Open the plan file of this name."""
        self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a plan file; on a refusal the plan that was open stays."""
        try:
            read_plan(path)  # nobody is asked to leave a plan for one that cannot be opened
            if not self.may_leave():
                return
            found = read_plan(path)  # leaving may have written to this very file
            self._parts.session.load_plan(found.plan, path)
        except Refusal as refusal:
            self.refused.emit(str(refusal))
            return
        self._remember(path)
        for notice in found.notices_beside(self._parts.atlas.digest):
            self.noticed.emit(notice)
        strangers = unknown_points(found.plan, self._parts.atlas.refs)
        if strangers:
            names = ", ".join(f"{ref.point} ({ref.side.value})" for ref in strangers)
            self.noticed.emit(
                f"This atlas does not know {names}; the sites are kept but not shown on the body."
            )
        if found.plan.sites:
            self._parts.window.show_plan_tab()

    def save(self) -> bool:
        """Save the plan to its file, or ask for one; whether it is saved."""
        self._parts.plan.commit()
        path = self._parts.session.state.path
        return self.save_as() if path is None else self._save_to(path)

    def save_as(self) -> bool:
        """Ask for a file and save the plan to it; whether it is saved."""
        self._parts.plan.commit()
        name, _ = QFileDialog.getSaveFileName(
            self._parts.window, "Save the plan", str(Path(self._folder()) / self.suggested_name()), _PLANS
        )
        path = self._completed(name, SUFFIX)
        return path is not None and self._save_to(path)

    def export_json(self) -> None:
        """Export the plan as JSON."""
        from bodymap.storage.exports import export_json

        self._export("Export JSON", "JSON (*.json)", ".json", export_json)

    def export_csv(self) -> None:
        """Export the sites as a table."""
        from bodymap.storage.exports import export_csv

        self._export("Export CSV", "Table (*.csv)", ".csv", export_csv)

    def forget_recent(self) -> None:
        """Forget which plans were open."""
        self._parts.recents.clear()
        self.show_recent()

    def show_recent(self) -> None:
        """List the plans opened before in the menu."""
        self._parts.window.top_bar.menu.set_recent([str(path) for path in self._parts.recents.paths()])

    def may_leave(self) -> bool:
        """Write what is waiting, and ask before a plan without a file is left; whether to go on."""
        self._parts.plan.commit()
        is_safe = self._parts.autosave.flush()
        state = self._parts.session.state
        if not state.is_dirty and is_safe:
            return True
        name = f"The plan of {state.plan.patient}" if state.plan.patient else "This plan"
        answer = self._ask(unsaved_question(name))
        if answer is Answer.SAVE:
            return self.save()
        if answer is Answer.DISCARD:
            self._parts.autosave.discard()
            return True
        return False

    def suggested_name(self) -> str:
        """File name for a plan: its date and initials, with nothing a file system minds."""
        plan = self._parts.session.state.plan
        words = [plan.date or date.today().isoformat(), *plan.patient.split()]
        kept = ("".join(c for c in word if c.isalnum() or c == "-") for word in words)
        return "-".join(filter(None, kept)) + SUFFIX

    def _save_to(self, path: Path) -> bool:
        try:
            self._parts.autosave.save_as(path)
        except Refusal as refusal:
            self.refused.emit(str(refusal))
            return False
        self._remember(path)
        return True

    def _export(self, title: str, kind: str, suffix: str, export: Callable[..., bytes]) -> None:
        self._parts.plan.commit()
        path = self._ask_path(title, kind, suffix)
        if path is not None:
            parts, plan = self._parts, self._parts.session.state.plan
            measure = measuring(parts.body, plan.build)
            self._write(path, lambda: export(plan, parts.atlas, parts.body, measure))

    def _ask_path(self, title: str, kind: str, suffix: str) -> Path | None:
        suggested = Path(self._folder()) / self.suggested_name()
        name, _ = QFileDialog.getSaveFileName(
            self._parts.window, title, str(suggested.with_suffix(suffix)), kind
        )
        return self._completed(name, suffix)

    def _completed(self, name: str, suffix: str) -> Path | None:
        """Return the path of a name from the dialog, with the suffix; None when there is none to write to.

        The dialog has asked about the name as typed; what stands under the completed one is asked about here.
        """
        if not name:
            return None
        path = Path(name)
        if path.suffix.lower() == suffix:
            return path
        path = path.with_name(path.name + suffix)
        if path.exists() and self._ask(replace_question(path.name)) is not Answer.SAVE:
            return None
        return path

    def _write(self, path: Path, content: Callable[[], bytes]) -> None:
        try:
            write_atomically(path, content())
        except Refusal as refusal:
            self.refused.emit(str(refusal))

    def _remember(self, path: Path) -> None:
        self._parts.recents.add(path)
        self.show_recent()

    def _folder(self) -> str:
        path = self._parts.session.state.path
        recent = next(iter(self._parts.recents.paths()), None)
        near = path or recent
        return str(near.parent if near is not None else Path.home())


def todays_plan() -> Plan:
    """Return an empty plan of today."""
    return msgspec.structs.replace(Plan(), date=date.today().isoformat())
