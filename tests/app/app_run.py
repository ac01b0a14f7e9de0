from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from bodymap.app import launch
from bodymap.app.command_line import main
from bodymap.app.window import Parts

Step = Callable[[Parts], Any]


class Run:
    """Opens the program, does one step after the other in it, and closes it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, view: str = "image") -> None:
        self._build = launch.build_window
        self._steps: list[Step] = []
        self._folder = folder
        self._view = view
        self.pause_ms = 40
        self.seen: list[Any] = []
        self.window: weakref.ref[QWidget] | None = None
        monkeypatch.setattr(launch, "build_window", self._build_and_follow)

    def __call__(self, *steps: Step, plan: Path | None = None) -> int:
        self._steps, self.seen = [*steps], []
        words = ["--view", self._view, "--data", str(self._folder), *([str(plan)] if plan else [])]
        try:
            return main(words)
        finally:
            gc.unfreeze()  # the program does not expect to be started twice in one process
            gc.collect()

    def _build_and_follow(self, *arguments: Any) -> Parts:
        parts = self._build(*arguments)
        self.window = weakref.ref(parts.window)
        QTimer.singleShot(self.pause_ms, parts.window, partial(self._next, parts))
        return parts

    def _next(self, parts: Parts) -> None:
        if self._steps:
            step = self._steps.pop(0)
            try:
                self.seen.append(step(parts))
            finally:
                QTimer.singleShot(self.pause_ms, parts.window, partial(self._next, parts))
        else:
            parts.window.close_guard = None
            parts.window.close()
