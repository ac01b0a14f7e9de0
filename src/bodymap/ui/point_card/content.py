"""What the card of a point says, as plain values made from the records of the atlas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bodymap.atlas import HAZARDS, Atlas, Flag, Muscle, Needling, Referral, Risk, TriggerPoint
from bodymap.domain import PointRef, Side
from bodymap.ui.browser.catalog import point_label

_FLAG_WORDS = {
    Flag.GOOSEFLESH: "Gooseflesh rather than pain.",
    Flag.NO_PAIN: "Refers no pain of its own.",
    Flag.VARIABLE: "Not everybody has it, and it varies.",
    Flag.RIGHT_ONLY: "On the right side only.",
    Flag.SHARED_PATTERN: "Neighbouring muscles share this pattern.",
}

_RISK_TONES = {Risk.LOW: "", Risk.MODERATE: "caution", Risk.HIGH: "danger", Risk.NOT_RECOMMENDED: "danger"}
_RISK_WORDS = {
    Risk.LOW: "Low risk",
    Risk.MODERATE: "Moderate risk",
    Risk.HIGH: "High risk",
    Risk.NOT_RECOMMENDED: "Not recommended",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what holds for it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class HazardLine:
    """Structures at risk that are equally dangerous.

    Attributes
    ----------
    danger : int
        3, 2 or 1, as in the atlas.
    words : str
        Their names, joined.
    """

    danger: int
    words: str


@dataclass(frozen=True, slots=True)
class PointContent:
    """Everything the card of a point shows, in the card's order."""

    place: PointRef
    title: str
    label: str
    side: Side
    has_other_side: bool
    place_text: str
    pattern_text: str
    has_essential: bool
    has_spillover: bool
    remarks: str
    needling: tuple[Fact, ...]
    risk_words: str
    risk_tone: str
    hazards: tuple[HazardLine, ...]
    caution: str
    muscle: tuple[Fact, ...]
    look_alikes: tuple[str, ...]
    confidence: int
    sources: tuple[str, ...]


def content_of(atlas: Atlas, ref: PointRef) -> PointContent:
    """Say what the card shows of a point of the atlas; KeyError when there is none."""
    muscle, point = atlas.muscle_of(ref.point), atlas.point(ref.point)
    return point_content(muscle, point, atlas.needling(ref.point), ref.side, atlas.sources)


def point_content(
    muscle: Muscle, point: TriggerPoint, needling: Needling, side: Side, sources: Mapping[str, str]
) -> PointContent:
    """Say what the card shows of a point on one side.

    Parameters
    ----------
    muscle, point : records of the atlas
    needling : Needling
        The muscle's with the point's differences merged in.
    side : Side
    sources : mapping
        Source key -> its full name; a key that is missing is shown as it stands.
    """
    return PointContent(
        place=PointRef(muscle.point_id(point), side),
        title=muscle.short_name,
        label=point_label(muscle, point),
        side=side,
        has_other_side=side.opposite in point.sides,
        place_text=point.place_text,
        pattern_text=point.pattern_text,
        has_essential=point.pattern.essential is not None,
        has_spillover=point.pattern.spillover is not None,
        remarks=_remarks(point),
        needling=_needling_facts(needling),
        risk_words=_RISK_WORDS[needling.risk],
        risk_tone=_RISK_TONES[needling.risk],
        hazards=_hazard_lines(needling.at_risk),
        caution=needling.caution,
        muscle=_muscle_facts(muscle),
        look_alikes=muscle.look_alikes,
        confidence=point.confidence,
        sources=tuple(_source_words(source, sources) for source in point.sources),
    )


def _remarks(point: TriggerPoint) -> str:
    words = [_FLAG_WORDS[flag] for flag in point.flags]
    if point.pattern.referral is Referral.BOTH:
        words.insert(0, "May be felt on both sides.")
    return " ".join(words)


def _needling_facts(needling: Needling) -> tuple[Fact, ...]:
    facts = [
        Fact("Position", ", then ".join(position.words for position in needling.positions).capitalize()),
        Fact("Find it", needling.palpation),
        Fact("Approach", needling.approach.value.capitalize() if needling.approach else ""),
        Fact("Needle", _length_words(needling.length_mm)),
        Fact("Direction", needling.direction),
        Fact("Target", needling.target),
    ]
    return tuple(fact for fact in facts if fact.text)


def _length_words(length_mm: tuple[float, float] | None) -> str:
    if length_mm is None:
        return ""
    shortest, longest = length_mm
    dash = "\N{EN DASH}"
    size = f"{shortest:g} mm" if shortest == longest else f"{shortest:g}{dash}{longest:g} mm"
    return f"{size}; model value, not this patient"


def _hazard_lines(ids: Sequence[str]) -> tuple[HazardLine, ...]:
    lines = []
    for danger in (3, 2, 1):
        words = [HAZARDS[hazard].words for hazard in ids if HAZARDS[hazard].danger == danger]
        if words:
            lines.append(HazardLine(danger, ", ".join([words[0], *(_lowered(word) for word in words[1:])])))
    return tuple(lines)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _muscle_facts(muscle: Muscle) -> tuple[Fact, ...]:
    roots = f" ({', '.join(muscle.roots)})" if muscle.roots else ""
    facts = [
        Fact("Latin", muscle.latin),
        Fact("Origin", muscle.origin),
        Fact("Insertion", muscle.insertion),
        Fact("Nerve", f"{muscle.nerve}{roots}"),
        Fact("Action", muscle.action),
        Fact("Kept going by", "; ".join(muscle.perpetuating)),
    ]
    return tuple(fact for fact in facts if fact.text)


def _source_words(source: str, sources: Mapping[str, str]) -> str:
    key, _, chapter = source.partition(":")
    name = sources.get(key, key)
    return f"{name} Chapter {chapter}." if chapter.isdigit() else " ".join(filter(None, (name, chapter)))
