"""Which way the body is drawn: on the graphics card, or as a picture drawn off screen."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

from bodymap.domain import Refusal

MINIMUM_GL = (3, 2)
_HEADLESS = frozenset({"offscreen", "minimal", "vnc"})
_SOFTWARE = ("llvmpipe", "softpipe", "swr", "swiftshader", "gdi generic", "basic render")


class ViewLevel(StrEnum):
    """Ways to draw the body."""

    AUTO = "auto"
    GL = "gl"
    IMAGE = "image"


class CrashMarker:
    """A file that exists only while the view on the graphics card is being made.

    When it is found at the start, the last start died there: the driver is not to be trusted.

    Parameters
    ----------
    path : Path
        In the program's state folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def is_set(self) -> bool:
        """Whether the last start died while making the view."""
        return self._path.exists()

    def set(self) -> None:
        """Note that the view is being made; a folder that cannot be written only loses this safety."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(
                "The 3D view was being started. bodymap removes this file.\n", encoding="utf-8"
            )
        except OSError:
            return

    def clear(self) -> None:
        """Note that the view was made and drawn."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return


def choose_view_level(
    asked: ViewLevel,
    died_before: bool,
    platform: str,
    probe: Callable[[], tuple[tuple[int, int], str]],
) -> ViewLevel:
    """Decide how to draw.

    Parameters
    ----------
    asked : ViewLevel
        What the user asked for; anything but auto is obeyed, or refused where VTK would die of it.
    died_before : bool
        Whether the last start died while making the view on the graphics card.
    platform : str
        Qt's platform name.
    probe : callable
        Gives OpenGL's version and the renderer's name; only called when the rest leaves it open.

    Raises
    ------
    Refusal
        The view on the graphics card was asked for, and its OpenGL is too old.
    """
    if asked is ViewLevel.GL and probe()[0] < MINIMUM_GL:
        raise Refusal("The view gl needs OpenGL 3.2, which this computer does not offer; use --view image.")
    if asked is not ViewLevel.AUTO:
        return asked
    if died_before or platform in _HEADLESS:
        return ViewLevel.IMAGE
    version, renderer = probe()
    # Without a real card, drawing off screen is the quicker of the two.
    return ViewLevel.IMAGE if version < MINIMUM_GL or is_software(renderer) else ViewLevel.GL


def is_software(renderer: str) -> bool:
    """Whether OpenGL's renderer of this name is a program instead of a graphics card."""
    return any(name in renderer.lower() for name in _SOFTWARE)


def qt_platform() -> str:
    """Name of Qt's platform, such as ``"xcb"``; empty without an application."""
    return QGuiApplication.platformName()


@cache
def probe_opengl() -> tuple[tuple[int, int], str]:
    """Version and renderer of the OpenGL that Qt widgets would get; (0, 0) when there is none.

    The version is what counts: a context is made even where it is too old, and VTK dies in it. Asked once
    in a process: loading the driver takes a while.
    """
    surface = QOffscreenSurface()
    surface.create()
    context = QOpenGLContext()
    if not surface.isValid() or not context.create() or not context.makeCurrent(surface):
        return (0, 0), ""
    version = context.format().version()
    text = context.functions().glGetString(0x1F01)  # GL_RENDERER
    context.doneCurrent()
    surface.destroy()
    major, minor = int(version[0]), int(version[1])
    return (major, minor), str(text or "")
