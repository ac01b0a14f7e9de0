"""What the plan list shows, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bodymap.domain import Place, Plan, Side, Site
from bodymap.planning.positions import plan_totals

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
        parts = [
            f"{self.number}",
            self.name,
            self.side.value,
            self.details,
            "has a note" if self.has_note else "",
        ]
        return ", ".join(part for part in parts if part)


def plan_rows(plan: Plan, place_name: PlaceName) -> tuple[PlanRow, ...]:
    """Return the rows of a plan; ``place_name`` may end in the side, which the row writes apart."""
    return tuple(_row(site, number, place_name) for number, site in enumerate(plan, start=1))


def totals_words(plan: Plan) -> str:
    """Return what the footer adds up: sites, needles, turns, and sites still without a needle."""
    totals = plan_totals(plan)
    parts = [
        _counted(totals.sites, "site"),
        _counted(totals.needles, "needle"),
        _counted(totals.turns, "turn"),
    ]
    undecided = sum(1 for site in plan if site.needle is None)
    if undecided:
        parts.append(f"{undecided} undecided")
    return "  \N{MIDDLE DOT}  ".join(parts)


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
