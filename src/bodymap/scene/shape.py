"""The body's surface as drawn and picked, kept per build."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bodymap.body import Body
from bodymap.domain import Build
from bodymap.geometry.surfaces import Surface, make_surface


@lru_cache(maxsize=4)
def shown_surface(body: Body, build: Build) -> Surface:
    """Outer skin followed by the inner one (mouth, eye sockets), so that no hole shows.

    Faces of the outer skin keep their index, so anchors mean the same here.
    """
    return make_surface(body.vertices(build), np.concatenate((body.triangles, body.inner_triangles)))
