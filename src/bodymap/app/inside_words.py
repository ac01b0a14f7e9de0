"""What structures and landmarks are called, in the words of the status line and beside the pointer."""

from __future__ import annotations

from bodymap.body import Body, Structure
from bodymap.domain import LandmarkRef, StructureRef

_ORDINALS = ("superficial", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def inside_name(what: StructureRef | LandmarkRef, body: Body) -> str:
    """Name and side."""
    if isinstance(what, LandmarkRef):
        english = body.landmarks[what.id].english if what.id in body.landmarks else what.id
    else:
        structure = structure_of(what, body)
        english = what.id if structure is None else structure.record.english
    english = english[:1].upper() + english[1:]
    return english if what.side is None else f"{english}, {what.side.value}"


def inside_words(what: StructureRef | LandmarkRef, body: Body) -> str:
    """Name, side, and what else fits: the Latin name, a muscle's layer, how far a structure strays."""
    name = inside_name(what, body)
    if isinstance(what, LandmarkRef):
        latin = body.landmarks[what.id].latin if what.id in body.landmarks else ""
        return f"{name} ({latin})" if latin else name
    structure = structure_of(what, body)
    if structure is None:
        return name
    record = structure.record
    words = f"{name} ({record.latin})" if record.latin else name
    if record.kind == "muscle" and 0 < record.layer <= len(_ORDINALS):
        return f"{words}: {_ORDINALS[record.layer - 1]} layer"
    if record.tolerance_mm:
        return f"{words}: commonly up to {record.tolerance_mm:g} mm from where it is drawn"
    return words


def is_muscle(ref: StructureRef, body: Body) -> bool:
    """Whether a structure is a muscle."""
    structure = structure_of(ref, body)
    return structure is not None and structure.record.kind == "muscle"


def structure_of(ref: StructureRef, body: Body) -> Structure | None:
    """Return the structure, or None where the body has none of that name and side."""
    return next((s for s in body.inside.find(ref.id) if s.side is ref.side), None)
