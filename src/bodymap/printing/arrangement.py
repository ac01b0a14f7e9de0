"""How the figures share their part of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bodymap.printing.boxes import Box
from bodymap.printing.views import ViewSpec

GAP_MM = 5.0
SIDE_MM = 6.2
"""Room left and right of a whole body, enough for a column of numbers."""

CAPTION_MM = 6.5
SMALLEST_SCALE, LARGEST_SCALE = 0.005, 0.088
CLOSE_UP_MM = 76.0
"""Widest and tallest close-up, its numbers included."""

WIDEST_CLOSE_UP = 1.5
"""Width over height, where there is room."""

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
    """Return the arrangement with the largest bodies: close-ups at their right or in rows below."""
    if not views:
        return Arrangement(0.0, (), *_rows_of_close_ups(close_ups, 0.0, width, height))
    if close_ups == 0:
        return _bodies(views, width, height)
    return max(
        _close_ups_at_right(views, close_ups, width, height),
        _close_ups_below(views, close_ups, width, height),
        key=lambda plan: (round(plan.scale, 3), plan.close_ups[0].width),
    )


def _bodies(views: Sequence[ViewSpec], width: float, height: float) -> Arrangement:
    across = sum(view.width_mm for view in views)
    room = width - GAP_MM * (len(views) - 1) - 2 * SIDE_MM * len(views)
    tallest = max(view.height_mm for view in views)
    scale = max(SMALLEST_SCALE, min(LARGEST_SCALE, room / across, (height - CAPTION_MM) / tallest))
    widths = [view.width_mm * scale + 2 * SIDE_MM for view in views]
    gap = min(3 * GAP_MM, (width - sum(widths)) / max(1, len(views) - 1))
    x = (width - sum(widths) - gap * (len(views) - 1)) / 2
    used = tallest * scale + CAPTION_MM
    bodies = []
    for body_width in widths:
        bodies.append(Box(x, 0.0, body_width, used))
        x += body_width + gap
    return Arrangement(scale, tuple(bodies), (), used)


def _close_ups_at_right(views: Sequence[ViewSpec], count: int, width: float, height: float) -> Arrangement:
    side = min(CLOSE_UP_MM, (height - GAP_MM * (count - 1)) / count, width / 2)
    plan = _bodies(views, width - side - GAP_MM, height)
    left = plan.bodies[0].x
    spare = (width - side - plan.bodies[-1].right) / 2 if left else 0.0
    apart = min(4 * GAP_MM, max(GAP_MM, spare))
    used = plan.bodies[-1].right - left + apart + side
    x = (width - used) / 2
    bodies = tuple(Box(box.x - left + x, box.y, box.width, box.height) for box in plan.bodies)
    boxes = tuple(Box(x + used - side, i * (side + GAP_MM), side, side) for i in range(count))
    return Arrangement(plan.scale, bodies, boxes, max(plan.height, boxes[-1].bottom))


def _close_ups_below(views: Sequence[ViewSpec], count: int, width: float, height: float) -> Arrangement:
    boxes, below = _rows_of_close_ups(count, 0.0, width, 0.42 * height)
    top = _bodies(views, width, height - below - GAP_MM)
    down = top.height + GAP_MM
    moved = tuple(Box(box.x, box.y + down, box.width, box.height) for box in boxes)
    return Arrangement(top.scale, top.bodies, moved, down + below)


def _rows_of_close_ups(count: int, y: float, width: float, height: float) -> tuple[tuple[Box, ...], float]:
    rows = max(1, math.ceil(count / PER_ROW))
    columns = math.ceil(count / rows)
    share = (width - GAP_MM * (columns - 1)) / max(columns, 1)
    tall = min(CLOSE_UP_MM, share, (height - GAP_MM * (rows - 1)) / rows)
    wide = min(share, WIDEST_CLOSE_UP * tall)
    apart = min(3 * GAP_MM, (width - wide * columns) / max(1, columns - 1))
    left = (width - wide * columns - apart * (columns - 1)) / 2
    boxes = tuple(
        Box(left + (i % columns) * (wide + apart), y + (i // columns) * (tall + GAP_MM), wide, tall)
        for i in range(count)
    )
    return boxes, y + rows * tall + GAP_MM * (rows - 1)
