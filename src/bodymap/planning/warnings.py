"""Which red flags and look-alikes a painted pain calls to mind. Nothing here says that one is present."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas import Atlas
from bodymap.atlas.red_flags import RedFlag, Urgency
from bodymap.body import Body
from bodymap.body.painting import PainMap
from bodymap.planning.ranking import MuscleExplains

MUSCLES_ASKED = 5
"""Look-alikes are gathered from so many of the muscles that explain a pain best."""

_ORDER = tuple(Urgency)


@dataclass(frozen=True, slots=True)
class Warned:
    """A red flag that the painted pain calls to mind.

    Attributes
    ----------
    flag : RedFlag
    share : float
        Of the painted pain that lies in its regions, 0 to 1.
    """

    flag: RedFlag
    share: float


class WarningRules:
    """All red flags on one body's skin.

    Parameters
    ----------
    flags : iterable of RedFlag
    body : Body
    areas_mm2 : ndarray of float32, shape (n,)
        Area of skin of each vertex.
    """

    def __init__(self, flags: Iterable[RedFlag], body: Body, areas_mm2: NDArray[np.float32]) -> None:
        self._areas = areas_mm2
        self._flags = tuple((flag, _skin_of(flag, body)) for flag in flags)

    def warned(self, pain: PainMap) -> tuple[Warned, ...]:
        """Return the red flags to ask about, the most urgent first, then those that fit best."""
        inside = pain.inside
        area = self._areas * inside
        painted = float(area.sum())
        if painted <= 0.0:
            return ()
        found = []
        for flag, skin in self._flags:
            share = float(area[skin].sum()) / painted
            if share < flag.share or (
                flag.qualities and not any(pain.of(q)[skin].any() for q in flag.qualities)
            ):
                continue
            if round(10 * float(pain.weight[skin].max())) < flag.min_intensity:
                continue
            found.append(Warned(flag, share))
        return tuple(sorted(found, key=lambda each: (_ORDER.index(each.flag.urgency), -each.share)))


def look_alikes(muscles: Sequence[MuscleExplains], atlas: Atlas) -> tuple[str, ...]:
    """Diagnoses that the likeliest muscles are taken for, those named by most of them first."""
    named = Counter(
        words for each in muscles[:MUSCLES_ASKED] for words in atlas.muscle(each.muscle_id).look_alikes
    )
    return tuple(words for words, _ in named.most_common())


def _skin_of(flag: RedFlag, body: Body) -> NDArray[np.intp]:
    masks = [body.regions.skin_of(region_id, flag.side) for region_id in flag.regions]
    return np.flatnonzero(np.logical_or.reduce(masks))
