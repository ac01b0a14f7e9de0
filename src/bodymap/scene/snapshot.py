"""Pictures without a window: one hidden plotter, used again for every picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.scene.camera import Bounds, CameraPose
from bodymap.scene.detail import SkinDetail, read_skin_detail
from bodymap.scene.frame import SceneFrame
from bodymap.scene.gl_support import require_offscreen_gl
from bodymap.scene.lens import Screen
from bodymap.scene.renderer import BodyRenderer

PAPER_DPI = 96.0
"""Density at which spillover dots have their designed size; print passes its own in proportion."""


class Studio:
    """Draws frames into arrays. Close it when done.

    Parameters
    ----------
    body : Body
    detail : SkinDetail or None
        Read from the program's files when not given.
    with_shadow : bool

    Raises
    ------
    Refusal
        The computer has no OpenGL that works without a window.
    """

    def __init__(self, body: Body, detail: SkinDetail | None = None, with_shadow: bool = True) -> None:
        require_offscreen_gl()
        import pyvista as pv

        self._plotter: Any = pv.Plotter(off_screen=True, window_size=(64, 64), lighting="none")
        self._window: Any = self._plotter.render_window
        self._window.SetMultiSamples(0)
        self._window.SetAlphaBitPlanes(True)
        chosen = detail or read_skin_detail(body.triangles, body.n_vertices)
        self._renderer = BodyRenderer(self._plotter, body, chosen, with_shadow)

    @property
    def bounds(self) -> Bounds:
        """Box around the body drawn last."""
        return self._renderer.bounds

    def snapshot(
        self,
        frame: SceneFrame,
        pose: CameraPose,
        size_px: tuple[int, int],
        *,
        ratio: float = 1.0,
        transparent: bool = False,
        supersampling: int = 2,
        depth_mm: float | None = None,
    ) -> NDArray[np.uint8]:
        """Draw one picture.

        Parameters
        ----------
        size_px : tuple of 2 int
            Width and height in device pixels.
        ratio : float
            Device pixels per logical pixel: the screen's, or the paper's dots per inch over `PAPER_DPI`.
            It sizes the spillover dots.
        transparent : bool
            Leave the ground out (alpha 0) instead of painting the frame's colour.
        supersampling : int
            How many samples across each pixel: 1 is fast, 2 smooth.
        depth_mm : float or None
            Leave out what lies further than this behind the focal point; None draws all.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4)
            Red, green, blue, alpha (not premultiplied), top row first.
        """
        width, height = size_px
        if width < 1 or height < 1 or supersampling < 1:
            raise ValueError(f"no picture of {width} x {height} pixels with {supersampling} samples across")
        self._renderer.apply(frame)
        fine = Screen(width / ratio, height / ratio, ratio * supersampling)
        self._renderer.look(pose, fine)
        if depth_mm is not None:
            camera = self._plotter.renderer.GetActiveCamera()
            camera.SetClippingRange(camera.GetClippingRange()[0], pose.distance_mm + depth_mm)
        self._window.SetSize(width * supersampling, height * supersampling)
        self._plotter.renderer.SetBackgroundAlpha(0.0 if transparent else 1.0)
        self._window.Render()
        return _averaged(self._pixels(), supersampling, transparent)

    def close(self) -> None:
        """Let go of everything; the studio draws no more."""
        self._plotter.close()

    def _pixels(self) -> NDArray[np.uint8]:
        from vtkmodules.util.numpy_support import vtk_to_numpy
        from vtkmodules.vtkCommonCore import vtkUnsignedCharArray

        width, height = self._window.GetSize()
        array = vtkUnsignedCharArray()
        self._window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, array)
        return np.asarray(vtk_to_numpy(array)).reshape(height, width, 4)[::-1]


def snapshot(
    body: Body, frame: SceneFrame, pose: CameraPose, size_px: tuple[int, int], *, transparent: bool = False
) -> NDArray[np.uint8]:
    """Draw a single picture; see `Studio.snapshot`, which is faster for several."""
    studio = Studio(body, with_shadow=not transparent)
    try:
        return studio.snapshot(frame, pose, size_px, transparent=transparent)
    finally:
        studio.close()


def _averaged(pixels: NDArray[np.uint8], across: int, transparent: bool) -> NDArray[np.uint8]:
    """Mean of squares of pixels; colours count by their alpha, so no dark seam is left at the edges."""
    if across == 1:
        return np.ascontiguousarray(pixels)
    if not transparent:
        return _mean_of_squares(pixels, across)
    alpha = pixels[..., 3:].astype(np.uint32)
    weighted = _sum_of_squares(pixels[..., :3] * alpha, across)
    total = _sum_of_squares(alpha, across)
    colour = (weighted + total // 2) // np.maximum(total, 1)
    return np.concatenate((colour, total // across**2), axis=2).astype(np.uint8)


def _mean_of_squares(pixels: NDArray[np.uint8], across: int) -> NDArray[np.uint8]:
    total = _sum_of_squares(pixels.astype(np.uint16), across)
    total += across * across // 2
    total //= across * across
    return total.astype(np.uint8)


def _sum_of_squares(values: NDArray[Any], across: int) -> NDArray[Any]:
    parts = [values[row::across, column::across] for row in range(across) for column in range(across)]
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total
