"""Which structures under the skin are shown, and how: pure, without VTK."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Structure
from bodymap.domain import StructureRef
from bodymap.scene.frame import InsideLook


class Emphasis(IntEnum):
    """How a structure is drawn."""

    HIDDEN = 0
    GHOST = 1
    DIM = 2
    PLAIN = 3
    LIT = 4


def ref_of(structure: Structure) -> StructureRef:
    """Name of a structure and its side."""
    return StructureRef(structure.id, structure.side)


def emphases(structures: Sequence[Structure], look: InsideLook) -> NDArray[np.uint8]:
    """How each structure is drawn, shape (s,), values of `Emphasis`.

    Where a muscle is lit, those of lesser layers, which could cover it, become ghosts; all others step back.
    """
    lit_layers = [s.record.layer for s in structures if s.record.kind == "muscle" and ref_of(s) in look.lit]
    return np.asarray(
        [_emphasis(structure, look, max(lit_layers, default=0)) for structure in structures], dtype=np.uint8
    )


def _emphasis(structure: Structure, look: InsideLook, lit_layer: int) -> Emphasis:
    layers, record = look.layers, structure.record
    if not layers.is_open:
        return Emphasis.HIDDEN
    if record.kind != "muscle":
        if not (layers.bones if record.kind == "bone" else layers.danger):
            return Emphasis.HIDDEN
        if structure.id in layers.ghosted:
            return Emphasis.GHOST
        return Emphasis.LIT if ref_of(structure) == layers.picked else Emphasis.PLAIN
    if layers.isolated and structure.id == layers.isolated:
        return Emphasis.LIT if ref_of(structure) in look.lit else Emphasis.PLAIN
    if not layers.isolated and ref_of(structure) in look.lit:
        return Emphasis.LIT
    if not layers.muscles or record.layer <= layers.peel:
        return Emphasis.HIDDEN
    if layers.isolated:
        return Emphasis.GHOST if layers.with_others else Emphasis.HIDDEN
    if structure.id in layers.ghosted or record.layer < lit_layer:
        return Emphasis.GHOST
    return Emphasis.DIM if lit_layer else Emphasis.PLAIN
