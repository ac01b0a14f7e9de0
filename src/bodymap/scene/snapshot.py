"""Pictures without a window: one hidden render window, used again for every picture.

It is VTK's own: PyVista's plotter would draw the same, but takes longer to import than all else at the start.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

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
        self._stage = vtkRenderer()
        self._window: Any = vtkRenderWindow()
        self._window.SetOffScreenRendering(True)
        self._window.SetMultiSamples(0)
        self._window.SetAlphaBitPlanes(True)
        self._window.AddRenderer(self._stage)
        chosen = detail or read_skin_detail(body.triangles, body.n_vertices)
        self._renderer = BodyRenderer(self._stage, body, chosen, with_shadow)

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
        cut_mm: float | None = None,
        quick: bool = False,
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
            How many samples across each pixel: 1 is fast, 2 smooth, 4 finer still.
        depth_mm : float or None
            Leave out what lies further than this behind the focal point; None draws all.
        cut_mm : float or None
            Leave out what stands further than this before the focal point (an arm before the chest); the cut
            is painted flat. None leaves nothing out.
        quick : bool
            Draw what lies under the skin coarsely, for a body in motion.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4)
            Red, green, blue, alpha (not premultiplied), top row first.
        """
        width, height = size_px
        if width < 1 or height < 1 or supersampling not in (1, 2, 4):
            raise ValueError(f"no picture of {width} x {height} pixels with {supersampling} samples across")
        self._renderer.apply(frame)
        self._renderer.set_quick(quick)
        fine = Screen(width / ratio, height / ratio, ratio * supersampling)
        self._renderer.look(pose, fine)
        camera = self._stage.GetActiveCamera()
        if depth_mm is not None:
            camera.SetClippingRange(camera.GetClippingRange()[0], pose.distance_mm + depth_mm)
        if cut_mm is not None:
            camera.SetClippingRange(pose.distance_mm - cut_mm, camera.GetClippingRange()[1])
        self._renderer.set_cut(cut_mm is not None)
        self._window.SetSize(width * supersampling, height * supersampling)
        self._stage.SetBackgroundAlpha(0.0 if transparent else 1.0)
        self._window.Render()
        return _averaged(self._pixels(), supersampling, transparent)

    def close(self) -> None:
        """Let go of everything; the studio draws no more."""
        self._stage.RemoveAllViewProps()
        self._window.RemoveRenderer(self._stage)
        self._window.Finalize()

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
    weighted = _times_alpha(pixels) if transparent else np.ascontiguousarray(pixels)
    # The four bytes of a pixel are averaged together in one word: ten times as fast as one by one.
    words = weighted.view(np.uint32)[..., 0]
    while across > 1:
        words = _halved(words)
        across //= 2
    mean = np.ascontiguousarray(words)[..., None].view(np.uint8)
    return _over_alpha(mean) if transparent else mean


def _halved(words: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Mean of squares of two by two: rounded up down the rows, then down across, so nothing drifts."""
    low_bits = np.uint32(0xFEFEFEFE)
    above, below = words[0::2], words[1::2]
    rows = (above | below) - (((above ^ below) & low_bits) >> np.uint32(1))
    left, right = rows[:, 0::2], rows[:, 1::2]
    return np.asarray((left & right) + (((left ^ right) & low_bits) >> np.uint32(1)))


def _times_alpha(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    weighted = np.ascontiguousarray(pixels).copy()
    alpha = weighted[..., 3]
    weighted.view(np.uint32)[..., 0][alpha == 0] = 0
    part = (alpha > 0) & (alpha < 255)
    colours = weighted[part].astype(np.uint16)
    weighted[part, :3] = (colours[:, :3] * colours[:, 3:] + 127) // 255
    return weighted


def _over_alpha(weighted: NDArray[np.uint8]) -> NDArray[np.uint8]:
    part = (weighted[..., 3] > 0) & (weighted[..., 3] < 255)
    colours = weighted[part].astype(np.uint32)
    weighted[part, :3] = np.minimum(255, (colours[:, :3] * 255 + colours[:, 3:] // 2) // colours[:, 3:])
    return weighted
