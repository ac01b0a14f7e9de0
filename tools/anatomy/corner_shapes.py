"""Skins at the corners of the build space: every combination of the morphs' extremes."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bodymap.body import read_body
from bodymap.geometry.files import asset_path

Floats = NDArray[np.float64]

SEXES = ("female", "male")
AGES = ("young", "old")
MUSCLES = ("minmuscle", "averagemuscle", "maxmuscle")
WEIGHTS = ("minweight", "averageweight", "maxweight")
HEIGHTS = ("minheight", "averageheight", "maxheight")
CORNERS = tuple(
    "-".join(parts)
    for parts in product(SEXES, AGES, MUSCLES, WEIGHTS, HEIGHTS)
    if parts[2] != "averagemuscle" or parts[3] == "averageweight"
)
"""Those that bodies are mixed from: see `bodymap.body.morphs` for the two pairs that are not."""
MORPH_STEP_MM = 0.1


def with_weight(key: str, weight: str) -> str:
    """Return the same corner at another weight."""
    parts = key.split("-")
    return "-".join((*parts[:3], weight, parts[4]))


def with_height(key: str, height: str) -> str:
    """Return the same corner at another height."""
    return "-".join((*key.split("-")[:4], height))


@cache
def corner_shape(key: str) -> tuple[Floats, dict[str, Floats]]:
    """Smooth skin vertices, shape (n, 3), standing on z = 0, and joints of a corner."""
    sex, age, muscle, weight, height = key.split("-")
    body = read_body()
    skin, rig = body._skin, body.rig
    morphs = _morphs()
    steps = morphs[f"{sex}-neutral"].astype(np.float64) + morphs[f"{sex}-{age}"]
    for name in (f"{sex}-{age}-{muscle}-{weight}", f"{sex}-{age}-{muscle}-{weight}-{height}"):
        if name in morphs:
            steps = steps + morphs[name]
    coarse = steps.T * MORPH_STEP_MM
    n = skin.subdivision.n_coarse
    smooth = skin.subdivision.refine(coarse[:n])
    ground = np.array([0.0, 0.0, smooth[:, 2].min()])
    return smooth - ground, dict(zip(rig.joints, coarse[n:] - ground, strict=True))


@cache
def _morphs() -> dict[str, NDArray[np.int16]]:
    with np.load(asset_path("meshes/morphs.npz"), allow_pickle=False) as stored:
        return dict(stored)
