"""The calibration sheet: from the atlas to the cards a clinician proof-reads on paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas import HAZARDS, Atlas, Flag, Muscle, Needling, Referral, Risk, TriggerPoint
from bodymap.atlas.fields import INSIDE
from bodymap.atlas.shapes import ZoneSpec
from bodymap.body import Body
from bodymap.domain import Build, PointRef
from bodymap.printing.calibration import (
    PICTURE_PX,
    PICTURE_WIDTHS_MM,
    CalibrationWords,
    CardFact,
    CardPicture,
    PointCard,
    calibration_pdf,
)
from bodymap.scene import CameraPose, Chosen, Screen, facing, project, resolve, shown_surface
from bodymap.scene.camera import orbit
from bodymap.scene.framing import pattern_pose
from bodymap.scene.picking import Picker
from bodymap.scene.snapshot import PAPER_DPI, Studio

_CLOSE_UP_HEIGHT_MM = 290.0
_SMALLER_CLOSE_UPS_MM = {"head": 200.0, "neck": 240.0, "hand": 200.0, "foot": 220.0}
"""Where the body offers more to go by."""
_LEAST_PATTERN_HEIGHT_MM = 300.0
_FILLED = 0.74
"""Part of the picture's width or height that a pattern fills."""

_PAPER_WHITE = "#FFFFFF"
_BUILD = Build()
_RATIO = PICTURE_PX[0] / PICTURE_WIDTHS_MM[0] * 25.4 / PAPER_DPI
_DIGEST_LETTERS = 12
_STEPS_ASIDE_DEG = (
    *((0.0, 0.0), (35.0, 0.0), (-35.0, 0.0), (0.0, 35.0), (0.0, -35.0), (70.0, 0.0), (-70.0, 0.0)),
    *((35.0, 35.0), (-35.0, 35.0), (35.0, -35.0), (-35.0, -35.0), (100.0, 0.0), (-100.0, 0.0)),
)
"""How to step aside, nearest first, where another part of the body hides a point."""

_SAMPLES = 60
_WORTH_A_STEP = 0.25
"""How much more of a pattern must be seen from aside."""

_VIEWS = ("front", "front right", "right", "back right", "back", "back left", "left", "front left")

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
        "from close up. A grey X lies behind what is seen. The bars give each picture's scale."
    ),
    (
        "Pain from a point is often felt in its essential zone, and may spread into the spillover zone. "
        "Confidence is from 1 (weak) to 3 (well agreed between sources); examiners agree only moderately on "
        "where trigger points are. Lengths are model values for an average build, not for a patient."
    ),
)


def calibration_sheet(atlas: Atlas, body: Body, progress: Callable[[int, int], None]) -> bytes:
    """Return the calibration sheet of the whole atlas as PDF.

    Parameters
    ----------
    atlas : Atlas
    body : Body
    progress : function
        Told how many points are drawn, of how many.

    Raises
    ------
    Refusal
        The computer has no OpenGL that works without a window, or temporary files cannot be written.
    """
    return sheet_of(proof_refs(atlas, body), atlas, body, progress)


def sheet_of(
    refs: Sequence[PointRef], atlas: Atlas, body: Body, progress: Callable[[int, int], None]
) -> bytes:
    """Return the calibration sheet of some points."""
    surface = shown_surface(body, _BUILD)
    picker = Picker(surface)
    studio = Studio(body, with_shadow=False)
    try:
        return calibration_pdf(
            sheet_words(refs, atlas, body),
            lambda index: draw_pictures(refs[index], atlas, body, studio, picker),
            progress,
        )
    finally:
        studio.close()


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


def draw_pictures(
    ref: PointRef, atlas: Atlas, body: Body, studio: Studio, picker: Picker
) -> tuple[CardPicture, CardPicture]:
    """Draw a point's pattern and its close-up."""
    frame = resolve(
        atlas,
        body,
        Chosen(build=_BUILD, selection=(ref,), ground=_PAPER_WHITE, with_points=False, with_labels=False),
    )
    (mark,) = frame.marks
    place = np.asarray([mark.xyz_mm])
    normal = np.asarray([mark.normal])

    def picture(pose: CameraPose, what: str) -> CardPicture:
        pixels = studio.snapshot(frame, pose, PICTURE_PX, ratio=_RATIO)
        x, y, _ = project(place, pose, Screen(*PICTURE_PX))[0].tolist()
        return CardPicture(
            pixels=pixels[..., :3],
            cross=(x / PICTURE_PX[0], y / PICTURE_PX[1]),
            behind=not picker.visible(place, normal, pose)[0],
            caption=f"{what}, {view_words(pose)}",
            height_mm=pose.height_mm,
        )

    square = pattern_view(ref, atlas, body, picker)
    felt = np.vstack((shown_surface(body, _BUILD).vertices[atlas.zone(ref).vertices], place))
    group = body.regions.region(body.regions.at(atlas.anchor(ref))[0]).group
    height_mm = _SMALLER_CLOSE_UPS_MM.get(group, _CLOSE_UP_HEIGHT_MM)
    aside = replace(facing(mark.xyz_mm, mark.normal, height_mm), parallel=True)
    return (
        picture(_filled(square, felt), "Pattern"),
        picture(_unhidden(aside, place, normal, picker), "Point"),
    )


def pattern_view(ref: PointRef, atlas: Atlas, body: Body, picker: Picker) -> CameraPose:
    """Return the square view of a pattern, or one from aside where much more of it is not hidden."""
    surface, zone = shown_surface(body, _BUILD), atlas.zone(ref)
    felt = zone.vertices[np.maximum(zone.essential, zone.spillover) > INSIDE]
    essential = zone.vertices[zone.essential > INSIDE]
    shown = essential if len(essential) else felt
    shown = shown[:: len(shown) // _SAMPLES + 1]
    square = replace(pattern_pose(atlas, body, _BUILD, ref), parallel=True)
    if not len(shown):
        return square

    def seen(pose: CameraPose) -> float:
        return float(picker.visible(surface.vertices[shown], surface.normals[shown], pose).mean())

    best = max((orbit(square, *step_deg) for step_deg in _STEPS_ASIDE_DEG), key=seen)
    return best if seen(best) > seen(square) + _WORTH_A_STEP else square


def view_words(pose: CameraPose) -> str:
    """Say where a view is taken from: ``"back left"``, ``"front, from above"``."""
    words = _VIEWS[round(pose.azimuth_deg / 45.0) % len(_VIEWS)]
    if abs(pose.elevation_deg) < 30.0:
        return words
    return f"{words}, {'above' if pose.elevation_deg > 0.0 else 'below'}"


def _filled(pose: CameraPose, seen_mm: NDArray[np.float64]) -> CameraPose:
    """Return the pose as near as still shows everything with some of the body around it."""
    aspect = PICTURE_PX[0] / PICTURE_PX[1]
    placed = project(seen_mm, pose, Screen(aspect, 1.0))
    across = 2.0 * float(np.abs(placed[:, 0] / aspect - 0.5).max())
    down = 2.0 * float(np.abs(placed[:, 1] - 0.5).max())
    fitted = pose.height_mm * max(across, down) / _FILLED
    return replace(pose, height_mm=max(fitted, _LEAST_PATTERN_HEIGHT_MM))


def _unhidden(
    pose: CameraPose, place: NDArray[np.float64], normal: NDArray[np.float64], picker: Picker
) -> CameraPose:
    """Return the pose, or the nearest step aside from which nothing hides the place."""
    steps = (orbit(pose, *step_deg) for step_deg in _STEPS_ASIDE_DEG)
    return next((step for step in steps if picker.visible(place, normal, step)[0]), pose)


def _area(muscle: Muscle, atlas: Atlas, body: Body) -> str:
    """Group of regions that most of a muscle's points lie on."""
    anchors = [atlas.anchor(PointRef(muscle.point_id(point), point.sides[0])) for point in muscle.points]
    groups = Counter(body.regions.region(body.regions.at(anchor)[0]).group for anchor in anchors)
    return groups.most_common(1)[0][0]


def _facts(point: TriggerPoint, needling: Needling) -> Iterator[CardFact]:
    yield CardFact(name="Place", text=point.place_text)
    remarks = (point.pattern_text, *(_FLAG_WORDS[flag] for flag in point.flags))
    yield CardFact(name="Pattern", text=" ".join(remarks))
    yield CardFact(name="Find it", text=needling.palpation)
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
    grave = ", ".join(hazard.words for hazard in hazards if hazard.danger == 3)
    others = ", ".join(hazard.words for hazard in hazards if hazard.danger < 3)
    return CardFact(name="At risk", lead=grave, text=others if hazards else "None named")


def _technique_words(needling: Needling) -> str:
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _source_words(source: str) -> str:
    """Short form of a source: ``"Simons 1999, ch. 7"``; one that is written otherwise stays as it is."""
    key, _, chapter = source.partition(":")
    match = re.fullmatch(r"([a-z_]+)(\d{4}[a-z]?)", key)
    name = f"{match[1].capitalize()} {match[2]}" if match else key
    return f"{name}, ch. {chapter}" if chapter else name
