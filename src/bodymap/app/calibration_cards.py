"""The words of the calibration sheet: what the atlas records, put on cards and in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bodymap.atlas import HAZARDS, Atlas, Flag, Muscle, Needling, Referral, Risk, TriggerPoint, ZoneSpec
from bodymap.body import Body
from bodymap.domain import PointRef
from bodymap.printing.calibration import CalibrationWords, CardFact, PointCard

_DIGEST_LETTERS = 12
_GRAVE_DANGER = 3

_FLAG_WORDS = {
    Flag.GOOSEFLESH: "Gooseflesh rather than pain.",
    Flag.NO_PAIN: "No pain of its own.",
    Flag.VARIABLE: "Varies between people.",
    Flag.RIGHT_ONLY: "Right side only.",
    Flag.SHARED_PATTERN: "Pattern shared with neighbouring points.",
}
_RISK_WORDS = {
    Risk.LOW: "Low risk",
    Risk.MODERATE: "Moderate risk",
    Risk.HIGH: "High risk",
    Risk.NOT_RECOMMENDED: "Needling not recommended",
}
_REFERRAL_WORDS = {Referral.SAME: "the point's own side", Referral.BOTH: "both sides"}

_NOTES = (
    (
        "Every point of the atlas with its referral pattern, for proof-reading: what the record says stands "
        "beside what the program draws from it, on the standard male body and, where a point exists on both "
        "sides, on the left. The right is its mirror image."
    ),
    (
        "First picture: the whole pattern from where it is seen most squarely. Second picture: the point "
        "from close up. Third picture, where the first two do not show all: the rest of the pattern. What "
        "stands in the way is left out of a picture that is cut free. A grey X lies behind what is seen. The "
        "bars give each picture's scale."
    ),
    (
        "Pain from a point is often felt in its essential zone, and may spread into the spillover zone. "
        "Confidence is from 1 (weak) to 3 (well agreed between sources); examiners agree only moderately on "
        "where trigger points are. Lengths are model values for an average build, not for a patient."
    ),
)


def proof_refs(atlas: Atlas, body: Body) -> tuple[PointRef, ...]:
    """Return every point once, on the left where it exists there, muscles by area of the body."""
    order = list(dict.fromkeys(region.group for region in body.regions.vocabulary))
    muscles = sorted(atlas.muscles, key=lambda muscle: order.index(_area(muscle, atlas, body)))
    return tuple(
        PointRef(muscle.point_id(point), point.sides[0]) for muscle in muscles for point in muscle.points
    )


def sheet_words(refs: Sequence[PointRef], atlas: Atlas, body: Body) -> CalibrationWords:
    """Put points into the words of the sheet."""
    return CalibrationWords(
        digest=atlas.digest[:_DIGEST_LETTERS],
        cards=tuple(point_card(ref, atlas, body) for ref in refs),
        notes=_NOTES,
        sources=tuple((_source_words(key), name) for key, name in atlas.sources.items()),
    )


def point_card(ref: PointRef, atlas: Atlas, body: Body) -> PointCard:
    """Put one point into the words of its card; KeyError when the atlas has no such point."""
    muscle, point = atlas.muscle_of(ref.point), atlas.point(ref.point)
    needling = atlas.needling(ref.point)
    return PointCard(
        record=ref.point,
        area=_area(muscle, atlas, body).capitalize(),
        muscle=muscle.english,
        latin=muscle.latin,
        label=point.label or (point.id.replace("_", " ") if len(muscle.points) > 1 else ""),
        side=ref.side.value.capitalize(),
        risk=_RISK_WORDS[needling.risk],
        grave=needling.risk in (Risk.HIGH, Risk.NOT_RECOMMENDED),
        facts=tuple(_facts(point, needling)),
        zones=tuple(_zone_facts(point, body)),
    )


def _area(muscle: Muscle, atlas: Atlas, body: Body) -> str:
    """Group of regions that most of a muscle's points lie on."""
    anchors = [atlas.anchor(PointRef(muscle.point_id(point), point.sides[0])) for point in muscle.points]
    groups = Counter(body.regions.region(body.regions.at(anchor)[0]).group for anchor in anchors)
    return groups.most_common(1)[0][0]


def _facts(point: TriggerPoint, needling: Needling) -> Iterator[CardFact]:
    yield CardFact(name="Place", text=_sentence(point.place_text))
    remarks = (point.pattern_text, *(_FLAG_WORDS[flag] for flag in point.flags))
    yield CardFact(name="Pattern", text=" ".join(remarks))
    yield CardFact(name="Find it", text=_sentence(needling.palpation))
    if technique := _technique_words(needling):
        yield CardFact(name="Needle", text=technique)
    yield _risk_fact(needling)
    yield CardFact(name="Caution", text=needling.caution)
    sources = "; ".join(_source_words(source) for source in point.sources)
    yield CardFact(name="Confidence", text=f"{point.confidence} of 3. Sources: {sources}")


def _zone_facts(point: TriggerPoint, body: Body) -> Iterator[CardFact]:
    yield CardFact(name="Essential", text=_region_words(point.pattern.essential, body))
    yield CardFact(name="Spillover", text=_region_words(point.pattern.spillover, body))
    yield CardFact(name="Felt on", text=_REFERRAL_WORDS[point.pattern.referral])


def _risk_fact(needling: Needling) -> CardFact:
    hazards = sorted((HAZARDS[hazard] for hazard in needling.at_risk), key=lambda hazard: -hazard.danger)
    grave = ", ".join(hazard.words for hazard in hazards if hazard.danger >= _GRAVE_DANGER)
    others = ", ".join(hazard.words for hazard in hazards if hazard.danger < _GRAVE_DANGER)
    return CardFact(name="At risk", lead=grave, text=others if hazards else "None named")


def _technique_words(needling: Needling) -> str:
    if needling.risk is Risk.NOT_RECOMMENDED:
        return "Not advised."
    parts = [", then ".join(position.words for position in needling.positions)]
    if needling.approach is not None:
        parts.append(needling.approach.value)
    if needling.length_mm is not None:
        shortest, longest = needling.length_mm
        parts.append(f"{shortest:g}\N{EN DASH}{longest:g} mm")
    how = "; ".join(part for part in parts if part)
    target = f"Target: {needling.target}" if needling.target else ""
    sentences = (how, needling.direction, target)
    return " ".join(f"{_capital(text.rstrip('.'))}." for text in sentences if text)


def _region_words(zone: ZoneSpec | None, body: Body) -> str:
    if zone is None:
        return "None"
    return _capital(", ".join(body.regions.region(region).english for region in zone.regions))


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _source_words(source: str) -> str:
    """Short form of a source: ``"Simons 1999, ch. 7"``; one that is written otherwise stays as it is."""
    key, _, chapter = source.partition(":")
    match = re.fullmatch(r"([a-z_]+)(\d{4}[a-z]?)", key)
    name = f"{match[1].capitalize()} {match[2]}" if match else key
    return f"{name}, ch. {chapter}" if chapter else name
