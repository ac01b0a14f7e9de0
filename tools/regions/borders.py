"""From painted labels to final ones: smooth borders, no islands, mirrored, the inner skin filled in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from regions.canvas import UNPAINTED, Canvas, Mask

SMOOTHING_ROUNDS = 4


def settled(canvas: Canvas, inner_triangles: NDArray[np.integer]) -> NDArray[np.int16]:
    """Turn painted labels into the final ones, shape (n,).

    Raises
    ------
    ValueError
        A region has no vertex, or a vertex has no region.
    """
    n = len(canvas.label)
    near = _neighbours(canvas.triangles, n)
    label = _mirrored(canvas, canvas.label)
    label = _smoothed(label, _lazy_walk(canvas, near), len(canvas.ids))
    label = _mirrored(canvas, label)
    label = _mirrored(canvas, _without_islands(canvas, label, near))
    label = _spread(label, _neighbours(inner_triangles, n), ~canvas.outer)
    missing = set(range(len(canvas.ids))) - set(np.unique(label[canvas.outer]).tolist())
    if missing or (label == UNPAINTED).any():
        raise ValueError(f"regions without skin: {[canvas.ids[k] for k in sorted(missing)]}")
    return label


def _neighbours(triangles: NDArray[np.integer], n: int) -> sparse.csr_array:
    """Vertex adjacency, ones."""
    ends = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]))
    table = sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n)).tocsr()
    table = table + table.T
    table.data[:] = 1.0
    return sparse.csr_array(table)


def _lazy_walk(canvas: Canvas, near: sparse.csr_array) -> sparse.csr_array:
    """One step of diffusion that halves each vertex's say; longer edges weigh less."""
    table = near.tocoo()
    lengths = np.linalg.norm(canvas.vertices[table.row] - canvas.vertices[table.col], axis=1)
    weights = sparse.coo_array(
        (1.0 / np.maximum(lengths, 0.2), (table.row, table.col)), shape=near.shape
    ).tocsr()
    rows = np.asarray(weights.sum(axis=1)).ravel()
    step = sparse.diags_array(0.5 / np.maximum(rows, 1e-9)) @ weights
    return sparse.csr_array(step + sparse.diags_array(np.full(near.shape[0], 0.5)))


def _smoothed(label: NDArray[np.int16], walk: sparse.csr_array, n_regions: int) -> NDArray[np.int16]:
    """Each vertex goes to the region that most of its surroundings belong to."""
    rows = np.flatnonzero(label != UNPAINTED)
    shares = sparse.csr_array((np.ones(len(rows)), (rows, label[rows])), shape=(len(label), n_regions))
    for _ in range(SMOOTHING_ROUNDS):
        shares = walk @ shares
    dense = shares.toarray()
    return np.where(label == UNPAINTED, UNPAINTED, np.argmax(dense, axis=1)).astype(np.int16)


def _mirrored(canvas: Canvas, label: NDArray[np.int16]) -> NDArray[np.int16]:
    """Copy the left half's labels to the right."""
    result = np.where(canvas.left, label, UNPAINTED).astype(np.int16)
    right = canvas.outer & ~canvas.left
    result[right] = result[canvas.mirror[right]]
    return result


def _without_islands(canvas: Canvas, label: NDArray[np.int16], near: sparse.csr_array) -> NDArray[np.int16]:
    """Of every region's pieces on the left half only the largest stays; the others go to their neighbours."""
    # Without the right half, whose islands would else grow back over the midline.
    result = np.where(canvas.left, label, UNPAINTED).astype(np.int16)
    pairs = near.tocoo()
    both = canvas.left[pairs.row] & canvas.left[pairs.col] & (label[pairs.row] == label[pairs.col])
    same = sparse.coo_array((np.ones(both.sum()), (pairs.row[both], pairs.col[both])), shape=near.shape)
    _, piece = connected_components(same, directed=False)
    sizes = np.bincount(piece[canvas.left], minlength=piece.max() + 1)
    for region in range(len(canvas.ids)):
        rows = np.flatnonzero(canvas.left & (label == region))
        if len(rows):
            main = np.argmax(np.where(np.isin(np.arange(len(sizes)), piece[rows]), sizes, 0))
            result[rows[piece[rows] != main]] = UNPAINTED
    return _spread(result, near, canvas.left)


def _spread(label: NDArray[np.int16], near: sparse.csr_array, within: Mask) -> NDArray[np.int16]:
    """Give each open vertex of a part the commonest region among its neighbours, ring by ring."""
    result = label.copy()
    while True:
        open_rows = np.flatnonzero(within & (result == UNPAINTED) & (np.diff(near.indptr) > 0))
        progress = False
        before = result.copy()
        for row in open_rows:
            around = before[near.indices[near.indptr[row] : near.indptr[row + 1]]]
            around = around[around != UNPAINTED]
            if len(around):
                result[row] = np.bincount(around).argmax()
                progress = True
        if not progress:
            return result
