"""Compare ``assets/points.json`` with the second, independent entry of the same facts.

The atlas was entered twice by authors who did not see each other's work. ``second_entry.json`` keeps what
the second wrote; this prints how far the two agree, and every disagreement that bears on safety or on where a
point is felt. How each was settled, and from which source, is told in ``settled.json``; one that was settled
by changing the first entry no longer shows as a disagreement, but its reason stays there.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import msgspec

from bodymap.atlas import Muscle, Risk
from bodymap.atlas.hazards import HAZARDS
from bodymap.atlas.reading import parse_atlas
from bodymap.atlas.records import needling_of

HERE = Path(__file__).parent
ASSETS = HERE.parent / "assets"
SERIOUS = 2
"""Structures of this danger or more must be named by both."""


class SecondPattern(msgspec.Struct, frozen=True):
    """A pattern as the second author entered it."""

    label: str
    where: str
    essential: tuple[str, ...]
    spillover: tuple[str, ...] = ()
    referral: str = "same"
    confidence: int = 2


class SecondMuscle(msgspec.Struct, frozen=True):
    """A muscle as the second author entered it."""

    layer: str
    roots: tuple[str, ...]
    risk: Risk
    at_risk: tuple[str, ...]
    length_mm: tuple[float, float] | None
    points: tuple[SecondPattern, ...]


class Settled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a disagreement was settled.

    A source shows what a needle can meet, or where a point is felt; the class of risk stays a judgement.

    Attributes
    ----------
    reason : str
        One own sentence.
    sources : tuple of str
        Keys of the first entry's table of sources (``"key"`` or ``"key:chapter"``), or full citations; empty
        where none was found, and then the more careful choice is kept.
    """

    reason: str = ""
    sources: tuple[str, ...] = ()


class Disagreement(NamedTuple):
    """What the two entries say differently."""

    muscle: str
    field: str
    what: str

    @property
    def key(self) -> str:
        """How it is called in ``settled.json``."""
        return f"{self.muscle} {self.field}"


def main() -> int:
    """Compare and print; 1 when something is not settled, or not settled as it should be."""
    parser = argparse.ArgumentParser(description="Compare the two entries of the atlas.")
    parser.add_argument("--first", type=Path, default=ASSETS / "points.json")
    parser.add_argument("--second", type=Path, default=HERE / "second_entry.json")
    options = parser.parse_args()
    stored = parse_atlas(options.first.read_bytes())
    first = {muscle.id: muscle for muscle in stored.muscles}
    second = msgspec.json.decode(options.second.read_bytes(), type=dict[str, SecondMuscle])
    settled = msgspec.json.decode((HERE / "settled.json").read_bytes(), type=dict[str, Settled])
    both = [name for name in first if name in second]
    sys.stdout.write("\n".join(agreement(first, second, both)) + "\n")
    found = [d for name in both for d in disagreements(first[name], second[name])]
    open_ones = [d for d in found if d.key not in settled]
    for d in found:
        sys.stdout.write(f"{d.muscle}: {d.field}: {d.what}; {told(settled.get(d.key))}\n")
    sys.stdout.write(f"{len(found)} disagreements, {len(open_ones)} open\n")
    sourced = sum(bool(one.sources) for one in settled.values())
    sys.stdout.write(
        f"{len(settled)} settled: {sourced} from a source, {len(settled) - sourced} without one\n"
    )
    wrong = list(faults(settled, first, set(stored.sources)))
    for fault in wrong:
        sys.stdout.write(f"settled.json: {fault}\n")
    return int(bool(open_ones or wrong))


def told(one: Settled | None) -> str:
    """How it was settled, in words."""
    if one is None:
        return "OPEN"
    return f"{one.reason} ({'; '.join(one.sources) or 'no source'})"


def faults(settled: dict[str, Settled], first: dict[str, Muscle], table: set[str]) -> Iterator[str]:
    """Yield what is wrong with the list: an unknown muscle, no reason, a source that is none."""
    for key, one in settled.items():
        if key.partition(" ")[0] not in first:
            yield f'"{key}" is of no muscle of the atlas'
        if not one.reason.strip():
            yield f'"{key}" has no reason'
        for source in one.sources:
            if source.partition(":")[0] not in table and not is_citation(source):
                yield f'"{key}": "{source}" is neither a key of the table of sources nor a full citation'


def is_citation(source: str) -> bool:
    """Whether words are a citation in full and not a key: several, ended, and with a year."""
    return (
        source.endswith(".")
        and source.count(" ") >= 4
        and re.search(r"\b(1[89]|20)\d\d\b", source) is not None
    )


def agreement(first: dict[str, Muscle], second: dict[str, SecondMuscle], both: list[str]) -> Iterator[str]:
    """One line for each field, on how far the two agree."""
    pairs = [(first[name], second[name]) for name in both]
    yield f"{len(both)} muscles entered twice"
    yield f"depth layer: the same in {mean(a.layer == b.layer for a, b in pairs):.0%}"
    yield f"roots: {mean(overlap(set(a.roots), set(b.roots)) for a, b in pairs):.0%} shared on average"
    yield f"risk class: the same in {mean(risk_of(a) == b.risk for a, b in pairs):.0%}"
    yield f"structures at risk: {mean(overlap(hazards_of(a), set(b.at_risk)) for a, b in pairs):.0%} shared"
    serious = [share_of(serious_of(b.at_risk), hazards_of(a)) for a, b in pairs if serious_of(b.at_risk)]
    yield f"grave and serious ones of the second entry: {mean(serious):.0%} named in the first"
    matched = [matched_zone(a, pattern)[0] for a, b in pairs for pattern in b.points if pattern.essential]
    yield f"essential zones: {mean(matched):.0%} of the regions in {len(matched)} patterns are in the first's"


def disagreements(first: Muscle, second: SecondMuscle) -> Iterator[Disagreement]:
    """Yield what bears on safety, or on where a point is felt."""
    if risk_of(first) != second.risk:
        yield Disagreement(first.id, "risk", f"{risk_of(first).value} against {second.risk.value}")
    missing = serious_of(second.at_risk) - hazards_of(first)
    if missing:
        yield Disagreement(first.id, "at risk", f"the second names {', '.join(sorted(missing))} too")
    for pattern in second.points:
        share, regions = matched_zone(first, pattern)
        if pattern.essential and share < 0.5:
            yield Disagreement(
                first.id,
                f"essential {pattern.label}",
                f"{', '.join(sorted(regions)) or 'none'} against {', '.join(pattern.essential)}",
            )


def risk_of(muscle: Muscle) -> Risk:
    """Return the most careful class of any of its points."""
    return max((needling_of(muscle, point).risk for point in muscle.points), key=list(Risk).index)


def hazards_of(muscle: Muscle) -> set[str]:
    """Structures at risk at any of its points."""
    return {hazard for point in muscle.points for hazard in needling_of(muscle, point).at_risk}


def serious_of(hazards: tuple[str, ...]) -> set[str]:
    """Those whose hit is grave or serious."""
    return {name for name in hazards if name in HAZARDS and HAZARDS[name].danger >= SERIOUS}


def matched_zone(first: Muscle, pattern: SecondPattern) -> tuple[float, set[str]]:
    """Share of a pattern's essential regions in the first's most similar pattern, and the latter's."""
    zones = [set(p.pattern.essential.regions) for p in first.points if p.pattern.essential is not None]
    best = max(zones, key=lambda zone: overlap(zone, set(pattern.essential)), default=set())
    return share_of(set(pattern.essential), best), best


def share_of(wanted: set[str], found: set[str]) -> float:
    """Share of what is wanted that was found."""
    return len(wanted & found) / len(wanted) if wanted else 1.0


def overlap(one: set[str], other: set[str]) -> float:
    """Jaccard's index."""
    return len(one & other) / len(one | other) if one | other else 1.0


if __name__ == "__main__":
    sys.exit(main())
