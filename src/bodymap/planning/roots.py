"""Whether a painted pain follows the skin of one nerve root more closely than any muscle's pattern."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import Build, Side
from bodymap.planning.ranking import OUTSIDE_COSTS, Explained, Hurts, evened

LEAST_COVERED = 0.7
"""Less of the pain within a dermatome is no match: neighbouring roots overlap by half and more."""
CLEARLY_BETTER = 1.1
"""A root is spoken of when it fits by so much better than the best muscle: muscles are met far more often."""


@dataclass(frozen=True, slots=True)
class RootMatch:
    """A nerve root whose dermatome a pain follows.

    Attributes
    ----------
    root : str
        ``"C6"``.
    side : Side
    covered : float
        Share of the painted pain that lies in the dermatome.
    fit : float
        Tversky's index, as for the patterns, with nothing known beforehand.
    """

    root: str
    side: Side
    covered: float
    fit: float


class RootMatching:
    """All dermatomes, one side each, beside each other.

    Parameters
    ----------
    atlas : Atlas
    body : Body
    areas_mm2 : ndarray of float32, shape (n,)
        Area of skin of each vertex.
    """

    def __init__(self, atlas: Atlas, body: Body, areas_mm2: NDArray[np.float32]) -> None:
        self._areas = areas_mm2
        x = body.vertices(Build())[:, 0]
        halves = {Side.LEFT: x <= 0.0, Side.RIGHT: x >= 0.0}
        self._skins: list[tuple[str, Side, NDArray[np.integer], float]] = []
        for root in atlas.dermatomes:
            area = atlas.dermatome_area(root)
            if area is not None:
                inside = area.vertices[area.inside >= 128]
                for side, half in halves.items():
                    skin = inside[half[inside]]
                    self._skins.append((root, side, skin, float(areas_mm2[skin].sum())))

    def best(self, hurts: Hurts) -> RootMatch | None:
        """Return the root whose dermatome fits a pain best; None where nothing is painted."""
        pain = self._areas * evened(hurts)
        painted = float(pain.sum())
        if painted <= 0.0:
            return None
        matches = []
        for root, side, skin, whole in self._skins:
            inside = float(pain[skin].sum())
            outside = whole - inside
            fit = inside / (painted + OUTSIDE_COSTS * outside)
            matches.append(RootMatch(root, side, inside / painted, fit))
        return max(matches, key=lambda match: match.fit, default=None)

    def better_than_muscles(self, hurts: Hurts, ranked: tuple[Explained, ...]) -> RootMatch | None:
        """Return the best root where it fits clearly better than every muscle's pattern, else None."""
        match = self.best(hurts)
        muscles = max((each.fit for each in ranked), default=0.0)
        if match is None or match.covered < LEAST_COVERED or match.fit < CLEARLY_BETTER * muscles:
            return None
        return match
