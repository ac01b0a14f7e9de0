"""Distances between straight leader lines, many at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def point_to_segment(points: Floats, starts: Floats, ends: Floats) -> Floats:
    """Distances (p, s) from points (p, 2) to segments (s, 2)-(s, 2)."""
    along = ends - starts
    length2 = np.maximum((along**2).sum(axis=1), 1e-12)
    offset = points[:, None, :] - starts[None, :, :]
    at = np.clip((offset * along).sum(axis=2) / length2, 0.0, 1.0)
    return lengths(offset - at[..., None] * along)


def segments_cross(a: Floats, b: Floats, c: Floats, d: Floats) -> npt.NDArray[np.bool_]:
    """Whether segments (s, 2)-(s, 2) properly cross segments (t, 2)-(t, 2): (s, t) bool. Touching is not."""
    ab, cd = (b - a)[:, None, :], (d - c)[None, :, :]
    c_side = _cross(ab, c[None, :, :] - a[:, None, :])
    d_side = _cross(ab, d[None, :, :] - a[:, None, :])
    a_side = _cross(cd, a[:, None, :] - c[None, :, :])
    b_side = _cross(cd, b[:, None, :] - c[None, :, :])
    crosses: Bools = (c_side * d_side < 0) & (a_side * b_side < 0)
    return crosses


def segment_to_segment(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Distances (s, t) between segments (s, 2)-(s, 2) and (t, 2)-(t, 2); zero where they cross."""
    apart = np.minimum(
        np.minimum(point_to_segment(a, c, d), point_to_segment(b, c, d)),
        np.minimum(point_to_segment(c, a, b), point_to_segment(d, a, b)).T,
    )
    return np.where(segments_cross(a, b, c, d), 0.0, apart)


def lengths(vectors: Floats) -> Floats:
    """Lengths (...) of vectors (..., 2)."""
    found: Floats = np.hypot(vectors[..., 0], vectors[..., 1])
    return found


def _cross(u: Floats, v: Floats) -> Floats:
    product: Floats = u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
    return product
