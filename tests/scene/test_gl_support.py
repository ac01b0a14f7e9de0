"""A machine without OpenGL, as another process."""

from __future__ import annotations

import os
import subprocess
import sys
from ctypes.util import find_library

import pytest

_ASK = """
from bodymap.domain import Refusal
from bodymap.scene.gl_support import require_offscreen_gl
try:
    print(require_offscreen_gl())
except Refusal as refusal:
    print("REFUSED", refusal)
"""


def ask(window: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    environment["VTK_DEFAULT_OPENGL_WINDOW"] = window
    answer = subprocess.run(
        [sys.executable, "-c", _ASK], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    return answer.stdout


@pytest.mark.skipif(find_library("OSMesa") is not None, reason="this machine has OSMesa to fall back on")
def test_without_any_opengl_a_sentence_is_said_instead_of_a_crash() -> None:
    answer = ask("vtkOSOpenGLRenderWindow")
    assert "REFUSED This computer offers no OpenGL 3.2" in answer
    assert "graphics driver" in answer


def test_says_what_it_found() -> None:
    assert ask("vtkEGLRenderWindow").strip() == "vtkEGLRenderWindow"
