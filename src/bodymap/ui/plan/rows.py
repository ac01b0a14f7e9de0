"""What the plan list shows, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from bodymap.domain import Place, Plan, Side, Site

PlaceName = Callable[[Place], str]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One site as its row shows it.

    Attributes
    ----------
    name : str
        Muscle and label, or the region of a free site; without the side.
    side : Side
    details : str
        Needle, position and technique, as far as decided.
    has_note : bool
    """

    site_id: str
    number: int
    place: Place
    name: str
    side: Side
    details: str
    has_note: bool

    @property
    def words(self) -> str:
        """The row as it is read out."""
        parts = [f"{self.number}", self.name, self.side.value, self.details, "has a note" if self.has_note else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the footer adds up.

    Attributes
    ----------
    turns : int
        How often the patient changes position from one site to the next.
    undecided : int
        Sites without a needle yet.
    """

    sites: int
    needles: int
    turns: int
    undecided: int

    @property
    def words(self) -> str:
        """The totals as written in the footer."""
        parts = [_counted(self.sites, "site"), _counted(self.needles, "needle"), _counted(self.turns, "turn")]
        if self.undecided:
            parts.append(f"{self.undecided} undecided")
        return "  \N{MIDDLE DOT}  ".join(parts)


def plan_rows(plan: Plan, place_name: PlaceName) -> tuple[PlanRow, ...]:
    """Return the rows of a plan; ``place_name`` may end in the side, which the row writes apart."""
    return tuple(_row(site, number, place_name) for number, site in enumerate(plan, start=1))


def plan_totals(plan: Plan) -> Totals:
    """Add up a plan."""
    positions = [site.position for site in plan if site.position is not None]
    return Totals(
        sites=len(plan.sites),
        needles=sum(site.needle.count for site in plan if site.needle is not None),
        turns=sum(1 for one, next_one in pairwise(positions) if one is not next_one),
        undecided=sum(1 for site in plan if site.needle is None),
    )


def short_name(place: Place, place_name: PlaceName) -> str:
    """Return the name of a place without its side."""
    return place_name(place).removesuffix(f", {place.side.value}")


def _row(site: Site, number: int, place_name: PlaceName) -> PlanRow:
    details = (
        site.needle.words if site.needle else "",
        site.position.words if site.position else "",
        site.technique.value if site.technique else "",
    )
    return PlanRow(
        site_id=site.id,
        number=number,
        place=site.place,
        name=short_name(site.place, place_name),
        side=site.place.side,
        details="  \N{MIDDLE DOT}  ".join(filter(None, details)),
        has_note=bool(site.note.strip()),
    )


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
