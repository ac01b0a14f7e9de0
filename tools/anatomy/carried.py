"""How the inside is carried by the rig's bones, and from one height to another."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from skin_marks import the_body

Floats = NDArray[np.float64]

NEAR = 12
DEEP_MM = 60.0
"""Depth at which the skin's own unevenness hardly tells about the inside any more."""


def skin_weights() -> Floats:
    """Share of each rig bone in moving each base vertex of the skin, shape (n_coarse, b)."""
    rig = the_body().rig
    n = len(rig.weights)
    weights = np.zeros((n, len(rig.bones)))
    for column in range(rig.weights.shape[1]):
        np.add.at(weights, (np.arange(n), rig.weight_bones[:, column]), rig.weights[:, column])
    return weights


def near_weights(points: Floats, skin: Floats, bones: Floats, bone_rows: Floats) -> Floats:
    """Share of each rig bone in moving points between skin and skeleton, shape (k, b).

    Parameters
    ----------
    points : ndarray, shape (k, 3)
    skin : ndarray, shape (n_coarse, 3)
    bones : ndarray, shape (m, 3)
        Bone vertices, of both sides.
    bone_rows : ndarray of int, shape (m,)
        Rig bone that each of them is fixed to.
    """
    on_skin = skin_weights()
    rigid = np.eye(on_skin.shape[1])[bone_rows]
    places = np.concatenate((skin, bones))
    known = np.concatenate((on_skin, rigid))
    found = cKDTree(places).query(points, k=2 * NEAR)
    gaps, nearest = np.asarray(found[0]), np.asarray(found[1])
    shares = 1.0 / (gaps + 4.0) ** 2
    mixed = np.einsum("kn,knb->kb", shares, known[nearest])
    return np.asarray(mixed / mixed.sum(axis=1, keepdims=True))


def strongest_four(weights: Floats) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """Four strongest rig bones of each vertex and their shares of 65535, each (k, 4)."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    kept = np.take_along_axis(weights, order, axis=1)
    kept /= kept.sum(axis=1, keepdims=True)
    return order.astype(np.uint8), np.rint(kept * 65535).astype(np.uint16)


def at_height(points: Floats, weights: Floats, before: Floats, after: Floats) -> Floats:
    """Points of the inside of one body in the same body at another height, shape (k, 3).

    Height stretches each segment nearly affinely, so each rig bone's best affine map carries what belongs
    to it; what the skin does besides is passed on to what lies near it.

    Parameters
    ----------
    points : ndarray, shape (k, 3)
    weights : ndarray, shape (k, b)
        Share of each rig bone.
    before, after : ndarray, shape (n_coarse, 3)
        Base vertices of the skin at both heights.
    """
    of_skin = _skin_weights()
    maps = np.stack([_affine(before, after, of_skin[:, bone]) for bone in range(of_skin.shape[1])])
    moved_skin = _blended(before, of_skin, maps)
    found = cKDTree(before).query(points, k=NEAR)
    gaps, nearest = np.asarray(found[0]), np.asarray(found[1])
    shares = 1.0 / (gaps + 3.0) ** 2
    shares /= shares.sum(axis=1, keepdims=True)
    left_over = np.einsum("kn,knx->kx", shares, (after - moved_skin)[nearest])
    fade = np.exp(-gaps[:, :1] / DEEP_MM)
    moved = _blended(points, weights, maps) + fade * left_over
    moved[points[:, 0] == 0.0, 0] = 0.0
    return moved


@cache
def _skin_weights() -> Floats:
    return skin_weights()


def _affine(before: Floats, after: Floats, share: Floats) -> Floats:
    """Affine map (4, 3) that best takes one rig bone's skin along, else the whole body's."""
    used = share > 0.02
    if np.count_nonzero(used) < 12:
        used = np.ones(len(share), dtype=bool)
        share = np.ones(len(share))
    root = np.sqrt(share[used])[:, None]
    rows = np.concatenate((before[used], np.ones((np.count_nonzero(used), 1))), axis=1)
    return np.asarray(np.linalg.lstsq(rows * root, after[used] * root, rcond=None)[0])


def _blended(points: Floats, weights: Floats, maps: Floats) -> Floats:
    rows = np.concatenate((points, np.ones((len(points), 1))), axis=1)
    moved = np.zeros_like(points)
    for bone in np.flatnonzero(weights.any(axis=0)):
        moved += weights[:, bone : bone + 1] * (rows @ maps[bone])
    return moved
