"""The body in the window. ``make_viewport`` puts it together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.ui.viewport.canvas import Canvas
from bodymap.ui.viewport.view_level import (
    CrashMarker,
    ViewLevel,
    choose_view_level,
    is_software,
    probe_opengl,
    qt_platform,
)
from bodymap.ui.viewport.viewport import Viewport

if TYPE_CHECKING:
    from bodymap.body import Body

__all__ = [
    "Canvas",
    "CrashMarker",
    "ViewLevel",
    "Viewport",
    "choose_view_level",
    "make_canvas",
    "make_viewport",
    "probe_opengl",
    "qt_platform",
]


def make_canvas(level: ViewLevel, body: Body) -> Canvas:
    """Make the canvas of a view level; its libraries are loaded only now.

    Raises
    ------
    Refusal
        The computer has no OpenGL that works.
    """
    if level is ViewLevel.GL:
        from bodymap.ui.viewport.gl_canvas import GLCanvas

        return GLCanvas(body, samples=0 if is_software(probe_opengl()[1]) else 4)
    from bodymap.ui.viewport.image_canvas import ImageCanvas

    return ImageCanvas(body)


def make_viewport(
    body: Body, asked: ViewLevel = ViewLevel.AUTO, marker: CrashMarker | None = None
) -> Viewport:
    """Choose a view level and make the viewport.

    The marker is set while a view on the graphics card is made, until its first picture is on the screen.

    Raises
    ------
    Refusal
        The computer has no OpenGL that works.
    """
    died_before = marker is not None and marker.is_set
    level = choose_view_level(asked, died_before, qt_platform(), probe_opengl)
    if level is not ViewLevel.GL or marker is None:
        return Viewport(make_canvas(level, body), body)
    marker.set()
    viewport = Viewport(make_canvas(level, body), body)
    viewport.drawn.connect(marker.clear)
    return viewport
