"""Strictness for every test: no network, no real user folders, no window left behind, no screen unasked."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

settings.register_profile("bodymap", deadline=None, database=None, derandomize=True, max_examples=50)
settings.load_profile("bodymap")

_USER_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_folders: list[Path] = []


def _wants_windows(config: pytest.Config) -> bool:
    return config.getoption("markexpr") == "window"


def pytest_configure(config: pytest.Config) -> None:
    # Before any import: libraries look up their folders once. Two caches that take seconds to fill,
    # matplotlib's fonts and Mesa's shaders, stay where they are.
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    os.environ.setdefault("MPLCONFIGDIR", str(cache / "matplotlib"))
    os.environ.setdefault("MESA_SHADER_CACHE_DIR", str(cache / "mesa_shader_cache"))
    folder = Path(tempfile.mkdtemp(prefix="bodymap-tests-"))
    _folders.append(folder)
    for name in _USER_FOLDERS:
        os.environ[name] = str(folder / name)
    if not _wants_windows(config):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_unconfigure() -> None:
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xvfb_disable(config: pytest.Config) -> bool:
    # The plugin's own screen has 800 x 600 pixels of 16 bits; the one under xvfb-run is better.
    return not _wants_windows(config) or bool(os.environ.get("DISPLAY"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave window tests to the run that has a screen: ``-m window`` under Xvfb."""
    if not _wants_windows(config) and (
        window := [item for item in items if item.get_closest_marker("window")]
    ):
        config.hook.pytest_deselected(items=window)
        items[:] = [item for item in items if item not in window]


@pytest.fixture(autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test user folders of its own; the folder that holds them."""
    folder = tmp_path_factory.getbasetemp() / f"user-{os.urandom(4).hex()}"
    for name in _USER_FOLDERS:
        monkeypatch.setenv(name, str(folder / name))
    return folder


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse(*arguments: Any) -> NoReturn:
        raise AssertionError(f"bodymap asks for no network, but a test did: {arguments[1:]}")

    def connect_locally(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse(self, address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_locally)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = widgets.QApplication.topLevelWidgets()
    for widget in left:
        widget.hide()
        widget.deleteLater()
    assert not left, f"windows left behind: {left}"
