"""Bodies of every build, mixed from the baked morphs.

The morphs are the corners of a space: sex, age (young, old), muscle and weight (least, average, most) and height.
A build is a place in it, and its body the weighted sum of the corners around that place. At the ends of the weight
axis muscle is mixed straight from the least to the most muscular corner: the source's "average muscle" hardly puts on
weight there, so going round by it would end at a body-mass index of 23.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Build, Sex
from bodymap.geometry.files import asset_path
from bodymap.geometry.subdivision import Subdivision

Mix = dict[str, float]

STEP_MM = 0.1
YOUNG_YEARS, OLD_YEARS = 25.0, 80.0
DENSITY_KG_PER_L = 1.01
"""Mean density of the body with half-filled lungs (Krzywicki and Chinn 1967)."""


class Morphs:
    """The corners of the build space, read when first needed.

    Parameters
    ----------
    subdivision : Subdivision
        Topology of the base mesh, whose volume is the body's.
    """

    def __init__(self, subdivision: Subdivision) -> None:
        self._subdivision = subdivision

    def mix(self, build: Build) -> Mix:
        """Shares of the corners that make up a build; they sum to one.

        Keys are like ``"male-young-averagemuscle-averageweight-averageheight"``.
        """
        return dict(self._solved(build))

    def smooth(self, build: Build) -> NDArray[np.float64]:
        """Smooth skin of a build, shape (n_fine, 3), millimetres, RAS, standing on z = 0."""
        return self._grounded(build)[0]

    def joints(self, build: Build) -> NDArray[np.float32]:
        """Joints of a build, shape (j, 3), in the frame of its smooth skin."""
        return self._grounded(build)[1]

    def height_mm(self, build: Build) -> float:
        """Height that the shown body really has."""
        return self._stature(self.mix(build))

    def weight_kg(self, build: Build) -> float:
        """Weight that the shown body really has."""
        return DENSITY_KG_PER_L * self._litres(self.mix(build))

    @cached_property
    def _stored(self) -> dict[str, NDArray[np.int16]]:
        with np.load(asset_path("meshes/morphs.npz"), allow_pickle=False) as stored:
            return dict(stored)

    @cached_property
    def _solved(self) -> _Solver:
        return _Solver(self)

    @cached_property
    def _grounded(self) -> Callable[[Build], tuple[NDArray[np.float64], NDArray[np.float32]]]:
        return lru_cache(maxsize=4)(self._stand)

    def _stand(self, build: Build) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Smooth skin and joints of a build, moved so that it stands on z = 0."""
        shape = self._summed(self._solved(build)).T
        smooth = self._subdivision.refine(shape[: self._subdivision.n_coarse])
        ground = np.array((0.0, 0.0, smooth[:, 2].min()), dtype=np.float32)
        return smooth - ground, np.ascontiguousarray(shape[self._subdivision.n_coarse :] - ground)

    def _summed(self, mix: Mix, axes: slice = slice(None)) -> NDArray[np.float32]:
        """Base vertices and joints of a mix, shape (axes, n_coarse + j)."""
        total = np.zeros_like(self._stored["male-neutral"][axes], dtype=np.float32)
        for name, share in _morph_shares(mix).items():
            if name in self._stored and share:
                total += np.float32(share * STEP_MM) * self._stored[name][axes]
        return total

    def _stature(self, mix: Mix) -> float:
        return float(np.ptp(self._summed(mix, slice(2, 3))[0, : self._subdivision.n_coarse]))

    def _litres(self, mix: Mix) -> float:
        """Volume of the skin, base mesh, in litres."""
        points, quads = self._summed(mix).T.astype(np.float64), self._subdivision.quads
        a, b, c, d = (points[quads[:, corner]] for corner in range(4))
        return float(np.einsum("ij,ij->", d - b, np.cross(c - a, a + c))) / -12e6


class _Solver:
    """Finds the height and weight axes' values that give the wanted stature and weight; keeps the last answers."""

    def __init__(self, morphs: Morphs) -> None:
        self._morphs = morphs
        self._kept = lru_cache(maxsize=16)(self._solve)

    def __call__(self, build: Build) -> Mix:
        return self._kept(build)

    def _solve(self, build: Build) -> Mix:
        tall = heavy = 0.0
        if build.height_mm is not None:
            tall = self._tallness(build, build.height_mm)
        if build.weight_kg is not None:
            heavy = self._heaviness(build, tall, build.weight_kg / DENSITY_KG_PER_L)
        return corner_shares(build, heavy, tall)

    def _tallness(self, build: Build, height_mm: float) -> float:
        """Place on the height axis, -1 to 1: stature is linear in it on each side of the average."""
        statures = [self._morphs._stature(corner_shares(build, 0.0, tall)) for tall in (-1.0, 0.0, 1.0)]
        return float(np.interp(height_mm, statures, (-1.0, 0.0, 1.0)))

    def _heaviness(self, build: Build, tall: float, litres: float) -> float:
        """Place on the weight axis, -1 to 1.

        Vertices are linear in it on each side of the average, so the volume is a cubic, known from four points.
        """
        average = self._morphs._litres(corner_shares(build, 0.0, tall))
        end = 1.0 if litres > average else -1.0
        at = np.array([0.0, 1 / 3, 2 / 3, 1.0])
        known = [average, *(self._morphs._litres(corner_shares(build, end * share, tall)) for share in at[1:])]
        fine = np.linspace(0.0, 1.0, 201)
        volumes = np.polyval(np.polyfit(at, known, 3), fine)
        order = np.argsort(volumes)
        return end * float(np.interp(litres, volumes[order], fine[order]))


def corner_shares(build: Build, heavy: float, tall: float) -> Mix:
    """Shares of the corners at a place of the build space; `heavy` and `tall` run from -1 to 1."""
    old = float(np.clip((build.age_years - YOUNG_YEARS) / (OLD_YEARS - YOUNG_YEARS), 0.0, 1.0))
    shares: Mix = {}
    for age, of_age in (("young", 1.0 - old), ("old", old)):
        for (muscle, weight), of_girth in _girth_shares(build.muscle, heavy).items():
            for height, of_height in _around(tall, "height"):
                share = of_age * of_girth * of_height
                if share > 0.0:
                    shares[f"{build.sex.value}-{age}-{muscle}-{weight}-{height}"] = share
    return shares


def _girth_shares(muscle: float, heavy: float) -> dict[tuple[str, str], float]:
    shares = {(name, "averageweight"): (1.0 - abs(heavy)) * share for name, share in _around(2 * muscle - 1, "muscle")}
    end = "maxweight" if heavy > 0 else "minweight"
    return shares | {("minmuscle", end): abs(heavy) * (1.0 - muscle), ("maxmuscle", end): abs(heavy) * muscle}


def _around(value: float, axis: str) -> tuple[tuple[str, float], tuple[str, float]]:
    """The average and one extreme of an axis that runs from -1 to 1, with their shares."""
    extreme = "max" if value > 0 else "min"
    return (f"average{axis}", 1.0 - abs(value)), (f"{extreme}{axis}", abs(value))


def _morph_shares(mix: Mix) -> Mix:
    """Shares of the stored displacements: each corner is the sum of four of them."""
    shares: Mix = {}
    for key, share in mix.items():
        sex, age, muscle, weight, height = key.split("-")
        girth = f"{sex}-{age}-{muscle}-{weight}"
        for name in (f"{sex}-neutral", f"{sex}-{age}", girth, f"{girth}-{height}"):
            shares[name] = shares.get(name, 0.0) + share
    return shares


def average_mix(sex: Sex) -> Mix:
    """The single corner that is the average body of a sex."""
    return {f"{sex.value}-young-averagemuscle-averageweight-averageheight": 1.0}
