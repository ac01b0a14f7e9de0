"""A closed surface of the inside, as the generators return it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shell:
    """A closed surface with the arrays that its fibres are shaded by.

    Attributes
    ----------
    vertices : ndarray, shape (n, 3)
        Millimetres, RAS, on the left side.
    triangles : ndarray of int, shape (m, 3)
    along : ndarray, shape (n,)
        0 at the origin to 1 at the insertion.
    across : ndarray, shape (n,)
        0..1 across the fibres (round them, in a spindle).
    tendon : ndarray, shape (n,)
        0 in the belly to 1 in the tendon.
    """

    vertices: Floats
    triangles: NDArray[np.int64]
    along: Floats
    across: Floats
    tendon: Floats

    @property
    def volume_ml(self) -> float:
        """Enclosed volume."""
        return volume_ml(self.vertices, self.triangles)


def volume_ml(vertices: Floats, triangles: NDArray[np.integer]) -> float:
    """Volume of a closed surface in millilitres."""
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6000.0)


def joined(shells: list[Shell]) -> Shell:
    """Several surfaces as one."""
    starts = np.cumsum([0, *(len(shell.vertices) for shell in shells)])
    return Shell(
        np.concatenate([shell.vertices for shell in shells]),
        np.concatenate([shell.triangles + start for shell, start in zip(shells, starts, strict=False)]),
        np.concatenate([shell.along for shell in shells]),
        np.concatenate([shell.across for shell in shells]),
        np.concatenate([shell.tendon for shell in shells]),
    )


def grid_triangles(rows: int, columns: int, wrap: bool) -> NDArray[np.int64]:
    """Two triangles for each cell of a grid, row by row; `wrap` joins the last column to the first."""
    index = np.arange(rows * columns).reshape(rows, columns)
    if wrap:
        index = np.concatenate((index, index[:, :1]), axis=1)
    a, b, c, d = (part.ravel() for part in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]))
    return np.concatenate((np.stack((a, b, c), axis=1), np.stack((a, c, d), axis=1)))
