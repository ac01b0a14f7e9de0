"""A small inside for the real body: tubes and a box where the left thigh, the spine and the heart are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body, Inside
from bodymap.body.inside import StructureRecord

CORNERS = tuple(f"{sex}-young-averagemuscle-averageweight-averageheight" for sex in ("male", "female"))
RINGS, SPOKES = 9, 12
THIGH = (-120.0, 20.0)
TOP_MM, BOTTOM_MM = 800.0, 560.0
FEMALE_SHIFT_MM = -20.0
"""The second corner lies so much lower."""

RECORDS = (
    StructureRecord("femur", "bone", "Femur", "Os femoris"),
    StructureRecord("outer", "muscle", "Outer muscle", "Musculus externus", layer=1),
    StructureRecord("inner", "muscle", "Inner muscle", "Musculus internus", layer=2),
    StructureRecord("spine", "bone", "Spine", "Columna"),
    StructureRecord("heart", "organ", "Heart", "Cor", tolerance_mm=15.0),
    StructureRecord("artery", "vessel", "Artery", "Arteria", tolerance_mm=12.0),
)
_RADII = {"femur": 14.0, "inner": 28.0, "outer": 45.0, "artery": 4.0}


def toy_arrays() -> dict[str, NDArray[Any]]:
    """Arrays as the baked file holds them."""
    pieces = [_piece(record.id) for record in RECORDS]
    vertices = [piece[0] for piece in pieces]
    starts = np.cumsum([0, *(len(part) for part in vertices)])
    triangles = [piece[1] + start for piece, start in zip(pieces, starts, strict=False)]
    mean = np.concatenate(vertices).astype(np.float32)
    count = len(mean)
    along = np.concatenate([piece[2] for piece in pieces])
    across = np.concatenate([piece[3] for piece in pieces])
    return {
        "names": np.array([record.id for record in RECORDS]),
        "kinds": np.array([record.kind for record in RECORDS]),
        "midline": np.array([record.id == "spine" for record in RECORDS]),
        "whole": np.array([record.id == "heart" for record in RECORDS]),
        "vertex_starts": starts.astype(np.int32),
        "triangle_starts": np.cumsum([0, *(len(part) for part in triangles)]).astype(np.int32),
        "triangles": np.concatenate(triangles).astype(np.int32),
        "along": np.rint(255 * along).astype(np.uint8),
        "across": np.rint(255 * across).astype(np.uint8),
        "tendon": np.zeros(count, dtype=np.uint8),
        "weight_bones": np.tile(np.array([0, 1, 2, 3], dtype=np.uint8), (count, 1)),
        "weights": np.tile(np.array([65535, 0, 0, 0], dtype=np.uint16), (count, 1)),
        "corners": np.array(CORNERS),
        "coefficients": np.array([[0.0], [1.0]], dtype=np.float32),
        "basis": np.tile(np.array([0, 0, -200], dtype=np.int16), (1, count, 1)),
        "basis_step_mm": np.array([-FEMALE_SHIFT_MM / 200.0], dtype=np.float32),
        "mean": mean,
    }


def toy_inside(n_rig_bones: int = 8) -> Inside:
    """The toy, both sides; rig bones mirror each other in pairs."""
    mirror = np.arange(n_rig_bones, dtype=np.uint8) ^ 1
    return Inside(toy_arrays(), {record.id: record for record in RECORDS}, mirror)


def with_toy_inside(body: Body) -> Body:
    """The same body, filled with the toy: no test waits for the baked inside, nor changes with it."""
    body.__dict__["inside"] = toy_inside(len(body.rig.bones))
    return body


def _piece(
    name: str,
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    if name == "spine":
        return _half_box((30.0, -60.0, 1000.0), (-30.0, 0.0, 1300.0))
    if name == "heart":
        return _tube((-20.0, 40.0), 30.0, 1320.0, 1250.0)
    if name == "artery":
        return _tube((-70.0, 40.0), _RADII[name], TOP_MM, BOTTOM_MM)
    return _tube(THIGH, _RADII[name], TOP_MM, BOTTOM_MM)


def _tube(
    middle: tuple[float, float], radius: float, top: float, bottom: float
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """A closed upright tube, its faces outwards."""
    angles = np.arange(SPOKES) * 2 * np.pi / SPOKES
    heights = np.linspace(top, bottom, RINGS)
    ring = np.stack((np.cos(angles) * radius + middle[0], np.sin(angles) * radius + middle[1]), axis=1)
    walls = np.concatenate([np.column_stack((ring, np.full(SPOKES, z))) for z in heights])
    vertices = np.concatenate((walls, [(*middle, top), (*middle, bottom)]))
    index = np.arange(RINGS * SPOKES).reshape(RINGS, SPOKES)
    after = np.roll(index, -1, axis=1)
    a, b, c, d = (part.ravel() for part in (index[:-1], index[1:], after[1:], after[:-1]))
    sides = np.concatenate((np.stack((a, b, c), axis=1), np.stack((a, c, d), axis=1)))
    lids = np.concatenate(
        (
            np.stack((np.full(SPOKES, len(walls)), index[0], after[0]), axis=1),
            np.stack((np.full(SPOKES, len(walls) + 1), after[-1], index[-1]), axis=1),
        )
    )
    along = np.concatenate((np.repeat(np.linspace(0.0, 1.0, RINGS), SPOKES), (0.0, 1.0)))
    across = np.concatenate((np.tile(np.arange(SPOKES) / SPOKES, RINGS), (0.0, 0.0)))
    return vertices, np.concatenate((sides, lids)), along, across


def _half_box(
    far: tuple[float, float, float], near: tuple[float, float, float]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The left half of a box, open at the midline."""
    x, (y0, y1), (z0, z1) = near[0], (far[1], near[1]), (far[2], near[2])
    outline = ((0.0, y0), (x, y0), (x, y1), (0.0, y1))  # clockwise from above: outwards is to the left
    vertices = np.array([(px, py, z) for z in (z0, z1) for px, py in outline])
    triangles = [(k, k + 4, k + 5) for k in range(3)] + [(k, k + 5, k + 1) for k in range(3)]
    triangles += [(4, 6, 5), (4, 7, 6), (0, 1, 2), (0, 2, 3)]
    return vertices, np.array(triangles), np.zeros(8), np.zeros(8)
