"""Where numbers may stand: beside the body, off the words, inside the figure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bodymap.printing.boxes import Box
from bodymap.printing.segments import Floats

CELL_MM = 0.75
LATTICE_MM = (2.5, 1.0)
"""Spots lie on this lattice, centred on the figure: numbers line up, and both sides of the body match.
Its outermost columns lie at the figure's edges, where a narrow gap beside the body is."""


def free_spots(outline: Floats, figure: Box, clear: float, taken: Sequence[Box] = ()) -> Floats:
    """Return spots (k, 2) whose surroundings hold neither body nor words.

    Parameters
    ----------
    outline : (n, 2) float
        The skin's vertices on paper, millimetres.
    figure : Box
        Spots keep ``clear`` from its edge.
    clear : float
        Half side of the square that must be free around a spot.
    taken : sequence of Box
        Words and the like.
    """
    columns, rows = (max(1, int(np.ceil(side / CELL_MM))) for side in (figure.width, figure.height))
    body = np.zeros((rows, columns), dtype=np.int64)
    column = ((outline[:, 0] - figure.x) / CELL_MM).astype(np.intp)
    row = ((outline[:, 1] - figure.y) / CELL_MM).astype(np.intp)
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    body[row[inside], column[inside]] = 1
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    sums[1:, 1:] = body.cumsum(axis=0).cumsum(axis=1)

    spots = _lattice(figure.inset(clear), figure.middle_x)
    low = np.floor((spots - clear - (figure.x, figure.y)) / CELL_MM).astype(np.intp).clip(0)
    high = np.ceil((spots + clear - (figure.x, figure.y)) / CELL_MM).astype(np.intp)
    high = np.minimum(high, (columns, rows))
    count = (
        sums[high[:, 1], high[:, 0]]
        - sums[low[:, 1], high[:, 0]]
        - sums[high[:, 1], low[:, 0]]
        + sums[low[:, 1], low[:, 0]]
    )
    free = count == 0
    for box in taken:
        wide = box.inset(-clear)
        free &= ~(
            (spots[:, 0] > wide.x)
            & (spots[:, 0] < wide.right)
            & (spots[:, 1] > wide.y)
            & (spots[:, 1] < wide.bottom)
        )
    found: Floats = spots[free]
    return found


def _lattice(room: Box, middle_x: float) -> Floats:
    step_x, step_y = LATTICE_MM
    reach = int(max(0.0, room.width / 2) / step_x)
    across = np.unique([room.x, *(middle_x + step_x * np.arange(-reach, reach + 1)), room.right])
    down = np.arange(room.y, room.bottom + 1e-9, step_y)
    return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
