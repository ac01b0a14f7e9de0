"""Which place on the weight and height axes has the height and weight that are asked for.

Along each axis a body is a weighted sum of two bodies, so a vertex is bilinear in the two places (`heavy` and
`tall`), both 0 at the average, 1 and -1 at the ends. The stature is then all but linear in `tall` on each
side of the average, and the volume, times `DENSITY_KG_PER_L` the weight, is a cubic in `heavy`. Beyond the
heaviest end the sum goes on, the average body with a negative share, as far as `HEAVIEST`. A weight that no
place gives is shown as the nearest one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.subdivision import Subdivision

Floats = NDArray[np.float32]

DENSITY_KG_PER_L = 1.01
"""Mean density of the body with half-filled lungs (Krzywicki and Chinn 1967)."""
LIGHTEST, HEAVIEST = -1.0, 1.5
SMOOTH_SHARE = 0.9925
"""Volume inside the smooth skin for one of that inside the base mesh, nearly the same for all builds."""
_CLOSE_MM = 0.2


class WeightAndHeight:
    """Bodies of one sex, age and muscle, by their place on the weight and height axes.

    Parameters
    ----------
    subdivision : Subdivision
        Topology; its volume is the body's.
    body_at : callable
        Base vertices, then joints at one of the nine corners, shape (3, n_coarse + j), from its `heavy` and
        `tall`: -1, 0 or 1 each.
    """

    def __init__(self, subdivision: Subdivision, body_at: Callable[[int, int], Floats]) -> None:
        self._subdivision = subdivision
        self._body_at = body_at
        self._kept: dict[tuple[int, int], Floats] = {}

    def solved(self, height_mm: float | None, weight_kg: float | None) -> tuple[float, float]:
        """Find ``(heavy, tall)`` for a height and weight; None for the average ones."""
        tall, heavy = self._tallness(height_mm, 0.0), 0.0
        if weight_kg is not None:
            # One hardly depends on the other, so solving each twice is enough.
            heavy = self._heaviness(weight_kg, tall)
            tall = self._tallness(height_mm, heavy)
            heavy = self._heaviness(weight_kg, tall)
        return heavy, tall

    def weight_limits_kg(self, height_mm: float | None) -> tuple[float, float]:
        """Weights at the two ends of the weight axis."""
        tall = self._tallness(height_mm, 0.0)
        lightest, heaviest = (DENSITY_KG_PER_L * self.litres(end, tall) for end in (LIGHTEST, HEAVIEST))
        return lightest, heaviest

    def shape(self, heavy: float, tall: float) -> Floats:
        """Return base vertices, then joints at a place, shape (3, n_coarse + j)."""
        total = np.zeros_like(self._corner(0, 0))
        for weight, of_weight in _ends(heavy):
            for height, of_height in _ends(tall):
                total += np.float32(of_weight * of_height) * self._corner(weight, height)
        return total

    def height_mm(self, heavy: float, tall: float) -> float:
        """Height of the smooth skin."""
        return float(np.ptp(self._subdivision.refine(self._z(heavy, tall)[:, None])))

    def litres(self, heavy: float, tall: float) -> float:
        """Volume inside the smooth skin."""
        a, b, c, d = (
            np.ascontiguousarray(self.shape(heavy, tall).T)[corner] for corner in self._subdivision.quads.T
        )
        normals = np.cross(b - d, c - a)
        return SMOOTH_SHARE * float(np.einsum("ij,ij->", a + c, normals, dtype=np.float64)) / 12e6

    def _tallness(self, height_mm: float | None, heavy: float) -> float:
        """Return the place on the height axis.

        The smooth skin is a little lower than the base mesh: by how much, the first answer shows.
        """
        if height_mm is None:
            return 0.0
        ends = (-1.0, 0.0, 1.0)
        statures = [float(np.ptp(self._z(heavy, tall))) for tall in ends]
        wanted = tall = height_mm
        for _ in range(3):
            tall = float(np.interp(wanted, statures, ends))
            missing = height_mm - self.height_mm(heavy, tall)
            if abs(missing) < _CLOSE_MM:
                break
            wanted += missing
        return tall

    def _heaviness(self, weight_kg: float, tall: float) -> float:
        """Place on the weight axis, from the cubic through four places of it."""
        litres, average = weight_kg / DENSITY_KG_PER_L, self.litres(0.0, tall)
        end = HEAVIEST if litres > average else LIGHTEST
        at = np.array([0.0, 1 / 3, 2 / 3, 1.0])
        known = [average, *(self.litres(end * share, tall) for share in at[1:])]
        fine = np.linspace(0.0, 1.0, 401)
        volumes = np.polyval(np.polyfit(at, known, 3), fine)
        order = np.argsort(volumes)
        return end * float(np.interp(litres, volumes[order], fine[order]))

    def _z(self, heavy: float, tall: float) -> Floats:
        n = self._subdivision.n_coarse
        total = np.zeros(n, dtype=np.float32)
        for weight, of_weight in _ends(heavy):
            for height, of_height in _ends(tall):
                total += np.float32(of_weight * of_height) * self._corner(weight, height)[2, :n]
        return total

    def _corner(self, heavy: int, tall: int) -> Floats:
        if (heavy, tall) not in self._kept:
            self._kept[heavy, tall] = self._body_at(heavy, tall)
        return self._kept[heavy, tall]


def _ends(place: float) -> tuple[tuple[int, float], ...]:
    """Return the average and the end of an axis on its side, with their shares."""
    shares = ((0, 1.0 - abs(place)), (1 if place > 0 else -1, abs(place)))
    return tuple((end, share) for end, share in shares if share)
