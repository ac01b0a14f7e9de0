"""How the figures share their part of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bodymap.printing.boxes import Box
from bodymap.printing.views import ViewSpec

GAP_MM = 5.0
SIDE_MM = 5.2
"""Room left and right of a whole body, enough for a column of numbers."""

CAPTION_MM = 6.5
LARGEST_SCALE = 0.088
CLOSE_UP_MM = 62.0
"""Widest and tallest close-up, its numbers included."""

PER_ROW = 4


@dataclass(frozen=True)
class Arrangement:
    """Places of the figures, relative to the top left of their part of the page, in millimetres.

    Attributes
    ----------
    scale : float
        Paper millimetres per body millimetre, the same for all whole bodies.
    bodies, close_ups : tuple of Box
        Each with its numbers and caption.
    height : float
        What is used of the height offered.
    """

    scale: float
    bodies: tuple[Box, ...]
    close_ups: tuple[Box, ...]
    height: float


def arrange(views: Sequence[ViewSpec], close_ups: int, width: float, height: float) -> Arrangement:
    """Return the arrangement with the largest bodies: close-ups in a column at their right or in a row below."""
    if not views:
        return _row_of_close_ups(close_ups, 0.0, width, min(height, 1.5 * CLOSE_UP_MM))
    if close_ups == 0:
        return _with_bodies(views, width, height, (), 0.0)
    return max(
        _close_ups_at_right(views, close_ups, width, height),
        _close_ups_below(views, close_ups, width, height),
        key=lambda plan: (round(plan.scale, 4), plan.close_ups[0].width),
    )


def _with_bodies(
    views: Sequence[ViewSpec], width: float, height: float, close_ups: tuple[Box, ...], total: float
) -> Arrangement:
    across = sum(view.width_mm for view in views)
    room = width - GAP_MM * (len(views) - 1) - 2 * SIDE_MM * len(views)
    tallest = max(view.height_mm for view in views)
    scale = max(0.005, min(LARGEST_SCALE, room / across, (height - CAPTION_MM) / tallest))
    used = tallest * scale + CAPTION_MM
    widths = [view.width_mm * scale + 2 * SIDE_MM for view in views]
    gap = min(3 * GAP_MM, (width - sum(widths)) / max(1, len(views) - 1))
    x = (width - sum(widths) - gap * (len(views) - 1)) / 2
    bodies = []
    for body_width in widths:
        bodies.append(Box(x, 0.0, body_width, used))
        x += body_width + gap
    return Arrangement(scale, tuple(bodies), close_ups, max(used, total))


def _close_ups_at_right(views: Sequence[ViewSpec], count: int, width: float, height: float) -> Arrangement:
    side = min(CLOSE_UP_MM, (height - GAP_MM * (count - 1)) / count, width / 2)
    x = width - side
    boxes = tuple(Box(x, i * (side + GAP_MM), side, side) for i in range(count))
    return _with_bodies(views, x - GAP_MM, height, boxes, boxes[-1].bottom)


def _close_ups_below(views: Sequence[ViewSpec], count: int, width: float, height: float) -> Arrangement:
    rows = math.ceil(count / PER_ROW)
    below = min(0.45 * height, rows * CLOSE_UP_MM)
    top = _with_bodies(views, width, height - below - GAP_MM, (), 0.0)
    low = _row_of_close_ups(count, top.height + GAP_MM, width, below)
    return Arrangement(top.scale, top.bodies, low.close_ups, low.height)


def _row_of_close_ups(count: int, y: float, width: float, height: float) -> Arrangement:
    rows = max(1, math.ceil(count / PER_ROW))
    columns = math.ceil(count / rows)
    tall = (height - GAP_MM * (rows - 1)) / rows
    wide = min((width - GAP_MM * (columns - 1)) / max(columns, 1), 1.5 * tall)
    left = (width - wide * columns - GAP_MM * (columns - 1)) / 2
    boxes = tuple(
        Box(left + (i % columns) * (wide + GAP_MM), y + (i // columns) * (tall + GAP_MM), wide, tall) for i in range(count)
    )
    return Arrangement(0.0, (), boxes, y + rows * tall + GAP_MM * (rows - 1))
