"""Whether this machine can draw without a window, found out without crashing.

VTK falls through X, EGL and OSMesa, and the last one ends the process when its library is missing. So the
kind of window is looked at before anything is drawn.
"""

from __future__ import annotations

import os
import sys
from functools import cache

from bodymap.domain import Refusal

NO_OPENGL = (
    "This computer offers no OpenGL 3.2, so the body cannot be drawn; "
    "install or update the graphics driver (on Linux also libegl1 and libgl1-mesa-dri) and start again."
)
_WINDOW_VARIABLE = "VTK_DEFAULT_OPENGL_WINDOW"


@cache
def require_offscreen_gl() -> str:
    """Make sure that off-screen drawing works, once per process; return the class name of VTK's window.

    Raises
    ------
    Refusal
        There is no OpenGL that VTK can use without a window.
    """
    if _is_linux_without_display():
        # Asked for by name, VTK does not try X first and complain about it.
        os.environ.setdefault(_WINDOW_VARIABLE, "vtkEGLRenderWindow")
    import vtkmodules.vtkRenderingOpenGL2  # noqa: F401 - registers the window classes
    from vtkmodules.vtkRenderingCore import vtkRenderWindow

    window = vtkRenderWindow()
    name = str(window.GetClassName())
    try:
        if name in {"vtkRenderWindow", "vtkOSOpenGLRenderWindow"} and not _has_osmesa():
            raise Refusal(NO_OPENGL)
        window.SetOffScreenRendering(True)
        if not window.SupportsOpenGL():
            raise Refusal(NO_OPENGL)
    finally:
        window.Finalize()
    return name


def _is_linux_without_display() -> bool:
    return sys.platform.startswith("linux") and not os.environ.get("DISPLAY")


def _has_osmesa() -> bool:
    import ctypes
    from ctypes.util import find_library

    name = find_library("OSMesa")
    if name is None:
        return False
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
