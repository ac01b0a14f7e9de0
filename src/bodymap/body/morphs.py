"""Bodies of every build, mixed from the baked morphs.

The morphs are the corners of a space: sex, age (young, old), muscle, weight and height (least, average, most
each). A build is a place in it, and its body the weighted sum of the corners around that place:

    shape = sum over corners of share * corner,   share = age share * (muscle, weight) share * height share

At the ends of the weight axis muscle is mixed straight from the least to the most muscular corner: the
source's "average muscle" hardly puts on weight there, so going round by it would end at a BMI of 23.

Where a height and weight lie on their axes is solved for, see `WeightAndHeight`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.body.weight_and_height import DENSITY_KG_PER_L, WeightAndHeight
from bodymap.domain import Build, Sex
from bodymap.geometry.files import asset_path
from bodymap.geometry.subdivision import Subdivision

Mix = dict[str, float]

STEP_MM = 0.1
YOUNG_YEARS, OLD_YEARS = 25.0, 80.0


class Morphs:
    """The corners of the build space, read when first needed.

    Parameters
    ----------
    subdivision : Subdivision
        Topology of the base mesh.
    """

    def __init__(self, subdivision: Subdivision) -> None:
        self._subdivision = subdivision
        self._soles: dict[str, float] = {}
        self._solvers = lru_cache(maxsize=2)(self._solver)
        self._places = lru_cache(maxsize=16)(self._place)
        self._standing = lru_cache(maxsize=4)(self._stand)

    def mix(self, build: Build) -> Mix:
        """Shares of the corners that make up a build; they sum to one.

        Keys are like ``"male-young-averagemuscle-averageweight-averageheight"``.
        """
        return corner_shares(build, *self._places(build))

    def base(self, build: Build) -> NDArray[np.float32]:
        """Return the base mesh of a build, shape (n_coarse, 3); its smooth skin stands on z = 0."""
        return self._standing(build)[: self._subdivision.n_coarse]

    def joints(self, build: Build) -> NDArray[np.float32]:
        """Joints of a build, shape (j, 3), in the frame of its base mesh."""
        return self._standing(build)[self._subdivision.n_coarse :]

    def height_mm(self, build: Build) -> float:
        """Height that the shown body really has."""
        heavy, tall = self._places(build)
        return self._of(build).height_mm(heavy, tall)

    def weight_kg(self, build: Build) -> float:
        """Weight that the shown body really has."""
        heavy, tall = self._places(build)
        return DENSITY_KG_PER_L * self._of(build).litres(heavy, tall)

    def weight_limits_kg(self, build: Build) -> tuple[float, float]:
        """Lightest and heaviest weight that can be shown at a build's sex, age, height and muscle."""
        return self._of(build).weight_limits_kg(build.height_mm)

    def corner_vertices(self, key: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return base mesh and joints of one corner, shapes (n_coarse, 3) and (j, 3), standing on z = 0."""
        shape = self._summed({key: 1.0}).T - np.array((0.0, 0.0, self._sole(key)), dtype=np.float32)
        return shape[: self._subdivision.n_coarse], shape[self._subdivision.n_coarse :]

    def lift_mm(self, build: Build) -> float:
        """How much higher a build stands than the weighted sum of its corners, each standing on z = 0.

        What is baked inside the corners must be raised by this.
        """
        heavy, tall = self._places(build)
        shape = self._of(build).shape(heavy, tall)
        sole = float(self._subdivision.refine(shape[2:, : self._subdivision.n_coarse].T).min())
        return sum(share * self._sole(key) for key, share in self.mix(build).items()) - sole

    @cached_property
    def _stored(self) -> dict[str, NDArray[np.int16]]:
        with np.load(asset_path("meshes/morphs.npz"), allow_pickle=False) as stored:
            return dict(stored)

    def _of(self, build: Build) -> WeightAndHeight:
        return self._solvers(build.sex, build.age_years, build.muscle)

    def _solver(self, sex: Sex, age_years: float, muscle: float) -> WeightAndHeight:
        lean = Build(sex=sex, age_years=age_years, muscle=muscle)

        def body_at(heavy: int, tall: int) -> NDArray[np.float32]:
            return self._summed(corner_shares(lean, heavy, tall))

        return WeightAndHeight(self._subdivision, body_at)

    def _place(self, build: Build) -> tuple[float, float]:
        return self._of(build).solved(build.height_mm, build.weight_kg)

    def _stand(self, build: Build) -> NDArray[np.float32]:
        shape = self._of(build).shape(*self._places(build)).copy()
        shape[2] -= np.float32(self._subdivision.refine(shape[2:, : self._subdivision.n_coarse].T).min())
        return np.ascontiguousarray(shape.T)

    def _summed(self, mix: Mapping[str, float]) -> NDArray[np.float32]:
        """Return base vertices, then joints of a mix, shape (3, n_coarse + j)."""
        total = np.zeros_like(self._stored["male-neutral"], dtype=np.float32)
        for name, share in _morph_shares(mix).items():
            if name in self._stored and share:
                total += np.float32(share * STEP_MM) * self._stored[name]
        return total

    def _sole(self, key: str) -> float:
        """Lowest place of a corner's smooth skin."""
        if key not in self._soles:
            z = self._summed({key: 1.0})[2:, : self._subdivision.n_coarse]
            self._soles[key] = float(self._subdivision.refine(z.T).min())
        return self._soles[key]


def corner_shares(build: Build, heavy: float, tall: float) -> Mix:
    """Shares of the corners at a place of the build space: 0 is the average, 1 and -1 are the corners."""
    old = float(np.clip((build.age_years - YOUNG_YEARS) / (OLD_YEARS - YOUNG_YEARS), 0.0, 1.0))
    shares: Mix = {}
    for age, of_age in (("young", 1.0 - old), ("old", old)):
        for (muscle, weight), of_girth in _girth_shares(build.muscle, heavy).items():
            for height, of_height in _around(tall, "height"):
                share = of_age * of_girth * of_height
                if share:
                    shares[f"{build.sex.value}-{age}-{muscle}-{weight}-{height}"] = share
    return shares


def _girth_shares(muscle: float, heavy: float) -> dict[tuple[str, str], float]:
    shares = {
        (name, "averageweight"): (1.0 - abs(heavy)) * share
        for name, share in _around(2 * muscle - 1, "muscle")
    }
    end = "maxweight" if heavy > 0 else "minweight"
    return shares | {("minmuscle", end): abs(heavy) * (1.0 - muscle), ("maxmuscle", end): abs(heavy) * muscle}


def _around(value: float, axis: str) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return the average and one extreme of an axis that runs from -1 to 1, with their shares."""
    extreme = "max" if value > 0 else "min"
    return (f"average{axis}", 1.0 - abs(value)), (f"{extreme}{axis}", abs(value))


def _morph_shares(mix: Mapping[str, float]) -> Mix:
    """Shares of the stored displacements: each corner is the sum of four of them."""
    shares: Mix = {}
    for key, share in mix.items():
        sex, age, muscle, weight, height = key.split("-")
        girth = f"{sex}-{age}-{muscle}-{weight}"
        for name in (f"{sex}-neutral", f"{sex}-{age}", girth, f"{girth}-{height}"):
            shares[name] = shares.get(name, 0.0) + share
    return shares


def average_mix(sex: Sex) -> Mix:
    """Return the single corner that is the average body of a sex."""
    return {f"{sex.value}-young-averagemuscle-averageweight-averageheight": 1.0}
