"""Which layers of the body are open: looked at, not part of a plan, and not undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from bodymap.domain.sides import Side

SEE_THROUGH = 0.3
"""Opacity that closed skin takes when a layer under it is opened."""
CLICK_THROUGH = 0.6
"""Below this opacity what lies under the skin is hovered and clicked first."""
DEEPEST_PEEL = 8
"""So many layers of muscle can be taken off; the innermost ones stay."""


@dataclass(frozen=True, slots=True)
class StructureRef:
    """A structure under the skin.

    Attributes
    ----------
    id : str
        A muscle's id is the atlas's.
    side : Side or None
        None for what lies on the midline or exists once.
    """

    id: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class LandmarkRef:
    """A palpable landmark of the skin on one side; None: on the midline."""

    id: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Layers:
    """Layers as the user has set them.

    Attributes
    ----------
    skin : float
        Opacity, 0 to 1.
    bones, muscles, danger, landmarks : bool
        Whether the layer is shown.
    peel : int
        How many layers of muscle are taken off, the superficial ones first.
    picked : StructureRef or None
        The structure that was clicked last.
    isolated : str
        Id of the one muscle that is shown by itself, on both sides; empty for all.
    with_others : bool
        Whether the other muscles stay as ghosts beside an isolated one, or go.
    ghosted : frozenset of str
        Ids of the structures that are seen through.
    root : str
        Nerve root whose dermatome is drawn on the skin; empty for none.
    """

    skin: float = 1.0
    bones: bool = False
    muscles: bool = False
    danger: bool = False
    landmarks: bool = False
    peel: int = 0
    picked: StructureRef | None = None
    isolated: str = ""
    with_others: bool = True
    ghosted: frozenset[str] = field(default_factory=frozenset)
    root: str = ""

    @property
    def has_inside(self) -> bool:
        """Whether anything under the skin is switched on."""
        return self.bones or self.muscles or self.danger

    @property
    def is_open(self) -> bool:
        """Whether anything under the skin is switched on and the skin lets it be seen."""
        return self.skin < 1.0 and self.has_inside

    @property
    def is_reached(self) -> bool:
        """Whether a pointer goes through the skin to what lies under it."""
        return self.is_open and self.skin < CLICK_THROUGH


SKIN_ONLY = Layers()
