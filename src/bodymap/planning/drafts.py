"""First drafts of sites: a new one from the atlas's advice, and one carried over to the other side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import msgspec

from bodymap.domain import Place, Position, Site
from bodymap.planning.needles import usual_needle

_NAMES_A_SIDE = re.compile(r"\b(left|right)(-sided|wards?)?\b|\b[LR]\b", re.IGNORECASE)


class Advice(Protocol):
    """What the atlas says on needling a point, as far as a draft needs it."""

    @property
    def positions(self) -> Sequence[str]:
        """Patient positions, the preferred one first."""

    @property
    def length_mm(self) -> Sequence[float] | None:
        """Shortest and longest recommended needle; None where none is."""


def drafted_site(site_id: str, place: Place, advice: Advice | None) -> Site:
    """Return a new site with the preferred position and the usual needle filled in, open to change."""
    if advice is None:
        return Site(id=site_id, place=place)
    return Site(
        id=site_id,
        place=place,
        position=_first_known(advice.positions),
        needle=usual_needle(advice.length_mm),
    )


def _first_known(positions: Sequence[str]) -> Position | None:
    known = {position.value: position for position in Position}
    return next((known[str(name)] for name in positions if str(name) in known), None)


def carried_over(site: Site, site_id: str, place: Place) -> Site:
    """Return a site's twin at another place.

    Words of the therapist that name a side are left behind: on the other side they would mislead. So is what
    the patient felt, which was asked at the first place only.
    """
    return msgspec.structs.replace(
        site,
        id=site_id,
        place=place,
        depth=_unless_sided(site.depth),
        direction=_unless_sided(site.direction),
        note=_unless_sided(site.note),
        familiar=None,
        felt=(),
    )


def _unless_sided(text: str) -> str:
    return "" if _NAMES_A_SIDE.search(text) else text
