"""Slide the female base mesh along its own surface until the same vertex means the same place as on the male.

The source's female morph moves some vertices far along the skin: the fourth lumbar process, say, would sit
50 mm below the iliac crest, and a round patch on the male loin would be half as long again. So the vertices
slide, without changing the shape, towards the map from the male that stretches least (as-rigid-as-possible),
held at places that correspond by sight. The result is one sparse matrix, which acts on every female morph.
"""

from __future__ import annotations

import numpy as np
import pyvista as pv
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.sparse.linalg import splu

from bodymap.geometry.subdivision import Subdivision

Points = NDArray[np.float64]

# Heights of matching levels, male and female: sole, ankle, knee joint, neck base, skull base, vertex.
LEVELS_MM = ((0.0, 0.0), (71.0, 67.0), (505.0, 428.0), (1484.0, 1372.0), (1580.0, 1449.0), (1729.0, 1588.0))
# Places that correspond by sight, left side or midline: male, then female (none: the morph is right there).
MATCHES_MM: tuple[tuple[tuple[float, float, float], tuple[float, float, float] | None, float], ...] = (
    ((-99.0, 140.0, 1264.0), None, 14.0),  # nipple
    ((0.0, 130.0, 1060.0), None, 8.0),  # umbilicus
    ((0.0, 60.0, 838.0), None, 22.0),  # perineum
    ((-180.0, 15.0, 1304.0), None, 12.0),  # axilla
    ((0.0, 76.0, 1421.0), (0.0, 70.0, 1324.0), 12.0),  # suprasternal notch
    ((-160.0, 88.0, 536.0), (-122.0, 100.0, 453.0), 14.0),  # patella
)
ELBOW_MM = np.array((-352.0, 15.6, 1189.0))
FOREARM = np.array((-0.505, 0.718, -0.479))
PULL_TO_SURFACE, PULL_TO_MATCH, ROUNDS = 0.05, 50.0, 80


def sliding_matrix(
    male: Points, female: Points, subdivision: Subdivision, mirror: NDArray[np.integer]
) -> sparse.csr_array:
    """Matrix that gives the slid female vertices from the given ones, shape (n, n), rows summing to one.

    Parameters
    ----------
    male, female : ndarray, shape (n, 3)
        Base vertices, millimetres, RAS, symmetric.
    subdivision : Subdivision
    mirror : ndarray of int, shape (n,)
    """
    skin = pv.PolyData.from_regular_faces(female, _triangles(subdivision))
    rest, held = _rest_shape(male, female), _held(male, female, skin)
    relaxed = _relaxed(rest, female, held, skin, subdivision, mirror)
    matrix = _on_surface(relaxed, skin, len(female))
    swap = sparse.csr_array((np.ones(len(mirror)), (np.arange(len(mirror)), mirror)))
    return sparse.csr_array((matrix + swap @ matrix @ swap) / 2.0)


def _triangles(subdivision: Subdivision) -> NDArray[np.int32]:
    return np.concatenate((subdivision.quads[:, :3], subdivision.quads[:, [0, 2, 3]]))


def _rest_shape(male: Points, female: Points) -> Points:
    """Male scaled to the female's stature, and along the height from level to level."""
    scale = female[:, 2].max() / male[:, 2].max()
    crotch = [float(shape[np.abs(shape[:, 0]) < 1e-3, 2].min()) for shape in (male, female)]
    levels = np.asarray(sorted((*LEVELS_MM, (crotch[0], crotch[1]))))
    heights = np.interp(male[:, 2], levels[:, 0], levels[:, 1])
    shoulder_mm = 1379.0
    arm_heights = np.interp(shoulder_mm, levels[:, 0], levels[:, 1]) + (male[:, 2] - shoulder_mm) * scale
    arm = np.clip((np.abs(male[:, 0]) - 190.0) / 40.0, 0.0, 1.0) * (male[:, 2] > 900.0)
    return np.column_stack((male[:, :2] * scale, (1.0 - arm) * heights + arm * arm_heights))


def _held(male: Points, female: Points, skin: pv.PolyData) -> tuple[NDArray[np.float64], Points]:
    """How strongly each vertex is held, 0 to 1, and where: head, hands, feet and the matches."""
    left = np.column_stack((-np.abs(male[:, 0]), male[:, 1:]))
    hold = np.maximum(
        _ramp(male[:, 2], 1500.0, 1530.0) * (left[:, 0] > -120.0), _ramp(-male[:, 2], -95.0, -60.0)
    )
    along_forearm = (left - ELBOW_MM) @ FOREARM
    hold = np.maximum(hold, _ramp(along_forearm, 215.0, 245.0) * (left[:, 0] < -400.0))
    targets = female.copy()
    for place, match, radius_mm in MATCHES_MM:
        near = _ramp(-np.linalg.norm(left - place, axis=1), -radius_mm - 10.0, -radius_mm)
        hold = np.maximum(hold, near)
        if match is not None:
            chosen = near > 0.0
            moved = np.asarray(match) + 0.918 * (left[chosen] - place)
            moved[:, 0] *= np.where(male[chosen, 0] > 0.0, -1.0, 1.0)
            targets[chosen] = skin.find_closest_cell(moved, return_closest_point=True)[1]
    return hold, targets


def _ramp(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def _relaxed(
    rest: Points,
    start: Points,
    held: tuple[NDArray[np.float64], Points],
    skin: pv.PolyData,
    subdivision: Subdivision,
    mirror: NDArray[np.integer],
) -> Points:
    """Least stretched positions near the surface: alternate best rotations and best positions."""
    quads, n = subdivision.quads, len(rest)
    edges = np.concatenate((subdivision.edges, quads[:, [0, 2]], quads[:, [1, 3]]))
    first, second = np.concatenate((edges, edges[:, ::-1])).T
    degree = np.bincount(first, minlength=n).astype(np.float64)
    surface_pull, match_pull = PULL_TO_SURFACE * degree, PULL_TO_MATCH * held[0] * degree
    neighbours = sparse.csc_array((np.ones(len(first)), (first, second)), shape=(n, n))
    solver = splu(sparse.csc_array(sparse.diags_array(degree + surface_pull + match_pull) - neighbours))
    rest_edges = rest[first] - rest[second]
    points = start
    for _ in range(ROUNDS):
        rotations = _best_rotations(first, rest_edges, points[first] - points[second], n)
        wanted = np.einsum("eij,ej->ei", rotations[first] + rotations[second], rest_edges) / 2.0
        closest = skin.find_closest_cell(points, return_closest_point=True)[1]
        pull = surface_pull[:, None] * closest + match_pull[:, None] * held[1]
        points = solver.solve(_summed(first, wanted, n) + pull)
        points = (points + points[mirror] * (-1.0, 1.0, 1.0)) / 2.0
    return np.asarray(points)


def _best_rotations(
    first: NDArray[np.integer], rest_edges: Points, edges: Points, n: int
) -> NDArray[np.float64]:
    products = (rest_edges[:, :, None] * edges[:, None, :]).reshape(-1, 9)
    u, _, vt = np.linalg.svd(_summed(first, products, n).reshape(-1, 3, 3))
    flipped = np.linalg.det(u @ vt) < 0.0
    vt[flipped, 2] *= -1.0
    return np.asarray(np.swapaxes(u @ vt, 1, 2))


def _summed(first: NDArray[np.integer], values: Points, n: int) -> Points:
    columns = [np.bincount(first, values[:, k], minlength=n) for k in range(values.shape[1])]
    return np.stack(columns, axis=1)


def _on_surface(points: Points, skin: pv.PolyData, n: int) -> sparse.csr_array:
    """Closest places on the surface as weights of its vertices."""
    cells, closest = skin.find_closest_cell(points, return_closest_point=True)
    corners = skin.regular_faces[cells]
    a, b, c = (np.asarray(skin.points, dtype=np.float64)[corners[:, k]] for k in range(3))
    u, v, w = b - a, c - a, closest - a
    uu, uv, vv, wu, wv = (np.einsum("ij,ij->i", p, q) for p, q in ((u, u), (u, v), (v, v), (w, u), (w, v)))
    area = uu * vv - uv * uv
    beta, gamma = (vv * wu - uv * wv) / area, (uu * wv - uv * wu) / area
    weights = np.clip(np.stack((1.0 - beta - gamma, beta, gamma), axis=1), 0.0, 1.0)
    weights /= weights.sum(axis=1, keepdims=True)
    rows = np.repeat(np.arange(len(points)), 3)
    return sparse.csr_array((weights.ravel(), (rows, corners.ravel())), shape=(len(points), n))
