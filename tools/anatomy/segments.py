"""Maps that carry a bone from the source's posture to a body, its shape kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Map = Callable[[Floats], Floats]


def unit(vector: Floats) -> Floats:
    """Vector of length one."""
    return np.asarray(vector / np.linalg.norm(vector))


def frame(start: Floats, end: Floats, side: Floats) -> Floats:
    """Columns: along the segment, towards `side` square to it, and the third axis, shape (3, 3)."""
    along = unit(end - start)
    beside = unit(side - (side @ along) * along)
    return np.stack((along, beside, np.cross(along, beside)), axis=1)


def segment_map(
    source: tuple[Floats, Floats, Floats], target: tuple[Floats, Floats, Floats], girth: float | None = None
) -> Map:
    """Map that takes a segment to another one.

    Parameters
    ----------
    source, target : tuple of start, end, side
        Two points, and a direction that fixes the turn about the line between them.
    girth : float, optional
        Scale square to the segment; that of its length unless given.
    """
    before, after = frame(*source), frame(*target)
    length = float(np.linalg.norm(target[1] - target[0]) / np.linalg.norm(source[1] - source[0]))
    wide = length if girth is None else girth
    linear = after @ np.diag([length, wide, wide]) @ before.T
    return lambda points: (np.asarray(points) - source[0]) @ linear.T + target[0]


def similar_map(sources: Floats, targets: Floats) -> tuple[Map, Floats, float]:
    """Turn, scale and shift that best take points to points (Umeyama 1991); also turn and scale."""
    a, b = sources - sources.mean(axis=0), targets - targets.mean(axis=0)
    u, values, vt = np.linalg.svd(a.T @ b)
    flip = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    turn = (u * flip) @ vt
    scale = float((values * flip).sum() / (a**2).sum())
    start, end = sources.mean(axis=0), targets.mean(axis=0)
    return (lambda points: scale * (np.asarray(points) - start) @ turn + end), turn, scale


def rigid_map(sources: Floats, targets: Floats) -> Map:
    """Turn and shift that best take points to points (Kabsch 1976)."""
    start, end = sources.mean(axis=0), targets.mean(axis=0)
    u, _, vt = np.linalg.svd((sources - start).T @ (targets - end))
    turn = (u * (1.0, 1.0, np.sign(np.linalg.det(u @ vt)))) @ vt
    return lambda points: (np.asarray(points) - start) @ turn + end


def affine_map(sources: Floats, targets: Floats, ridge: float) -> Map:
    """Affine map near the best similar one, the nearer the larger the ridge (a share of the spread)."""
    similar, _, _ = similar_map(sources, targets)
    centre = sources.mean(axis=0)
    spread = sources - centre
    normal = spread.T @ spread
    normal += ridge * np.trace(normal) / 3 * np.eye(3)
    change = np.linalg.solve(normal, spread.T @ (targets - similar(sources)))
    return lambda points: similar(points) + (np.asarray(points) - centre) @ change


def extreme(points: Floats, direction: tuple[float, float, float]) -> Floats:
    """Return the point farthest in a direction, shape (3,)."""
    return np.asarray(points[np.argmax(points @ np.array(direction))])


def long_ends(points: Floats, near: Floats) -> tuple[Floats, Floats]:
    """Both ends of a long bone on its own axis, the one nearer to a place first."""
    centre = points.mean(axis=0)
    axis = np.linalg.svd(points - centre, full_matrices=False)[2][0]
    along = (points - centre) @ axis
    first, last = centre + axis * along.min(), centre + axis * along.max()
    return (first, last) if np.linalg.norm(first - near) < np.linalg.norm(last - near) else (last, first)
