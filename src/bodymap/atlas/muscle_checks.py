"""Whether each point lies over the muscle it is named after, on the modelled standard man."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import Build, PointRef, Side

DEEPEST_MM = 110
"""How far a line from the skin inwards is followed."""
FARTHEST_MM, DOUBTFUL_MM = 30.0, 10.0
"""How far the line may pass its muscle: beyond the first it is a fault, beyond the second a note."""
REACHED_FROM_THE_SIDE = frozenset({"subscapularis", "psoas_major", "iliacus", "levator_ani", "coccygeus"})
"""Muscles that are reached past a bone or the bowel, so their points cannot lie straight over them."""


def muscle_problems(atlas: Atlas, body: Body) -> Iterator[tuple[str, str, bool]]:
    """Points that do not lie over their muscle: id, what is wrong, and whether it is serious."""
    surface, inside = body.surface(Build()), body.inside_vertices(Build())
    for muscle in atlas.muscles:
        found = [s for s in body.inside.find(muscle.id) if s.side in (Side.LEFT, None)]
        if not found or muscle.id in REACHED_FROM_THE_SIDE:
            continue
        vertices = np.concatenate([inside[part] for part in found[0].vertices]).astype(np.float64)
        for point in muscle.points:
            point_id = muscle.point_id(point)
            anchor = atlas.anchor(PointRef(point_id, Side.LEFT))
            start = anchor.position(surface.vertices, surface.triangles)
            inwards = -anchor.position(surface.normals, surface.triangles)
            off = passing_mm(start, inwards / np.linalg.norm(inwards), vertices)
            if off > DOUBTFUL_MM:
                what = (
                    f"a needle straight in would pass {muscle.english.lower()} by {off:.0f} mm on the model"
                )
                yield point_id, what, off > FARTHEST_MM


def passing_mm(
    start: NDArray[np.floating], inwards: NDArray[np.floating], vertices: NDArray[np.floating]
) -> float:
    """Return the distance at which a line from the skin inwards passes the vertices of a muscle."""
    along = np.clip((vertices - start) @ inwards, 0.0, DEEPEST_MM)
    nearest = start + along[:, None] * inwards
    return float(np.linalg.norm(vertices - nearest, axis=1).min())
