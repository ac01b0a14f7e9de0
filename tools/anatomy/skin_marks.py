"""The topology of the skin, and the marks on it that bones are fitted to."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body, read_body
from bodymap.geometry.anchors import Anchor

Floats = NDArray[np.float64]

MARKS_FILE = Path(__file__).parent / "skin_marks.json"


@cache
def the_body() -> Body:
    """Return the topology, read once."""
    return read_body()


@cache
def skin_marks() -> dict[str, Anchor]:
    """Places on the left side and the midline that the skin's own shape shows, by name.

    The skeleton is fitted to them. The program's landmarks come from the fitted bones in turn, so these
    must not change with them.
    """
    stored = json.loads(MARKS_FILE.read_text())["landmarks"]
    return {mark["id"]: Anchor(mark["face"], tuple(mark["barycentric"])) for mark in stored}


def at_mark(name: str, values: Floats) -> Floats:
    """Return what values at the vertices of the skin, shape (n,) or (n, d), come to at a mark."""
    anchor = skin_marks()[name]
    return np.asarray(np.asarray(anchor.barycentric) @ values[the_body().triangles[anchor.face]])
