"""One round of Catmull-Clark subdivision of a closed quad mesh.

The skin's base mesh is all quads and was modelled for this rule; splitting its quads first (for Loop's rule)
would add arbitrary diagonals that show in the shading and break the left-right symmetry. The rule is linear:
the topology is worked out once, and any shape of the base is then refined in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Subdivision:
    """Refinement of a closed quad mesh with n vertices, e edges and q quads.

    The refined vertices are the n old ones (moved), then one per edge, then one per quad.

    Attributes
    ----------
    quads : ndarray of int, shape (q, 4)
    edges : ndarray of int, shape (e, 2)
        Ends of each edge, the smaller index first, in ascending order.
    quad_edges : ndarray of int, shape (q, 4)
        Edge from each corner of a quad to the next.
    edge_quads : ndarray of int, shape (e, 2)
        The two quads beside each edge.
    n_coarse : int
    """

    quads: NDArray[np.int32]
    edges: NDArray[np.int32]
    quad_edges: NDArray[np.int32]
    edge_quads: NDArray[np.int32]
    n_coarse: int

    @property
    def n_fine(self) -> int:
        """Number of refined vertices."""
        return self.n_coarse + len(self.edges) + len(self.quads)

    @cached_property
    def _valence(self) -> NDArray[np.float64]:
        counts = np.bincount(self.edges.ravel(), minlength=self.n_coarse)
        return np.maximum(counts, 1)[:, None].astype(np.float64)

    def refine(self, vertices: NDArray[np.floating]) -> NDArray[np.float64]:
        """Refined values, shape (n_fine, k), of base vertices or other values, shape (n_coarse, k)."""
        old = np.asarray(vertices, dtype=np.float64)
        columns = [self._refine_column(np.ascontiguousarray(old[:, k])) for k in range(old.shape[1])]
        return np.stack(columns, axis=1)

    def _refine_column(self, old: NDArray[np.float64]) -> NDArray[np.float64]:
        start, end = self.edges.T
        quad_points = old[self.quads].mean(axis=1)
        edge_points = (old[start] + old[end] + quad_points[self.edge_quads].sum(axis=1)) / 4.0
        neighbours = np.bincount(start, old[end], minlength=self.n_coarse)
        neighbours += np.bincount(end, old[start], minlength=self.n_coarse)
        around = np.bincount(self.quads.ravel(), np.repeat(quad_points, 4), minlength=self.n_coarse)
        n = self._valence[:, 0]
        # Catmull and Clark: (Q + 2R + (n - 3)S) / n, with R = S/2 + neighbours/(2n) and Q = around/n.
        moved = (around + neighbours) / n**2 + old * (n - 2.0) / n
        return np.concatenate((moved, edge_points, quad_points))

    def triangles(self, chosen: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Refined triangles of the chosen quads, shape (8 * chosen quads, 3).

        Each quad becomes four, one per corner, and each of those is split from its old corner to the
        middle: a rule without left and right, so a symmetric base stays symmetric.
        """
        corners = self.quads[chosen]
        after = self.n_coarse + self.quad_edges[chosen]
        before = np.roll(after, 1, axis=1)
        middle = np.flatnonzero(chosen)[:, None] + self.n_coarse + len(self.edges)
        middle = np.broadcast_to(middle, corners.shape)
        pairs = np.stack((corners, after, middle, corners, middle, before), axis=-1)
        return np.ascontiguousarray(pairs.reshape(-1, 3), dtype=np.int32)

    def mirror(self, mirror_coarse: NDArray[np.integer]) -> NDArray[np.int32]:
        """Mirror table of the refined vertices, shape (n_fine,), from that of the base vertices.

        Raises
        ------
        ValueError
            The table does not map the base mesh onto itself.
        """
        edge_keys = self.edges[:, 0].astype(np.int64) * self.n_coarse + self.edges[:, 1]
        ends = np.sort(mirror_coarse[self.edges].astype(np.int64), axis=1)
        edges = np.searchsorted(edge_keys, ends[:, 0] * self.n_coarse + ends[:, 1])
        quads = self._mirror_quads(mirror_coarse)
        if edges.max() >= len(self.edges) or not (np.sort(self.edges[edges], axis=1) == ends).all():
            raise ValueError("the mirror table does not map the edges onto each other")
        offset = self.n_coarse + len(self.edges)
        return np.concatenate((mirror_coarse, edges + self.n_coarse, quads + offset)).astype(np.int32)

    def _mirror_quads(self, mirror_coarse: NDArray[np.integer]) -> NDArray[np.intp]:
        own = np.sort(self.quads, axis=1)
        mirrored = np.sort(mirror_coarse[self.quads], axis=1)
        own_order, mirrored_order = np.lexsort(own.T), np.lexsort(mirrored.T)
        if not (own[own_order] == mirrored[mirrored_order]).all():
            raise ValueError("the mirror table does not map the quads onto each other")
        table = np.zeros(len(own), dtype=np.intp)
        table[mirrored_order] = own_order
        return table


def make_subdivision(quads: NDArray[np.integer], n_coarse: int) -> Subdivision:
    """Work out the refinement of a closed quad mesh.

    Parameters
    ----------
    quads : ndarray of int, shape (q, 4)
        Corners in order around each quad.
    n_coarse : int
        Number of base vertices.

    Raises
    ------
    ValueError
        The mesh is not closed: some edge has not exactly two quads.
    """
    corners = np.asarray(quads, dtype=np.int64)
    ends = np.sort(np.stack((corners, np.roll(corners, -1, axis=1)), axis=-1), axis=-1)
    keys, inverse, counts = np.unique(
        (ends[..., 0] * n_coarse + ends[..., 1]).ravel(), return_inverse=True, return_counts=True
    )
    if not (counts == 2).all():
        raise ValueError(f"{np.count_nonzero(counts != 2)} edges do not have exactly two quads")
    edge_quads = (np.argsort(inverse, kind="stable") // 4).reshape(-1, 2)
    return Subdivision(
        quads=corners.astype(np.int32),
        edges=np.stack((keys // n_coarse, keys % n_coarse), axis=1).astype(np.int32),
        quad_edges=inverse.reshape(-1, 4).astype(np.int32),
        edge_quads=edge_quads.astype(np.int32),
        n_coarse=n_coarse,
    )
