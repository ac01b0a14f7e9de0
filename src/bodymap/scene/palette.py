"""Colours that carry meaning on the body; they are the same on screen and on paper."""

from __future__ import annotations

from types import MappingProxyType

from bodymap.domain import Quality

ESSENTIAL = "#B5121B"
"""Textbook red of a single point's referral."""

SLOTS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's vermillion, blue, green, purple, orange and sky: apart for every kind of colour vision."""

SLOT_SHAPES = ("disc", "square", "triangle", "diamond", "ring", "cross")
"""Spillover dots of each slot, so that colour is never the only difference."""

MARK_INK = "#1B1F24"
MARK_HALO = "#FFFFFF"
MARK_ACCENT = "#0B6E99"
"""Marks stand on the clay, which is the same under every theme."""

CLAY_LIGHT = "#E8E0D7"
CLAY_SHADE = "#4E453E"
CLAY_CUT = "#F3F0EC"
"""Face of a cut, where a part that stood before something else is left out."""

DERMATOME = "#2F6F73"
"""Hatching of the skin that a nerve root supplies: calm beside any referral."""

PAIN = MappingProxyType(
    {
        Quality.ACHE: "#5B4B9E",
        Quality.SHARP: "#00706B",
        Quality.BURNING: "#B85C00",
        Quality.NUMB: "#1F6FB2",
        Quality.STIFF: "#66661F",
    }
)
"""Painted pain by its quality; each has a hatch of its own too, and none is the red of a referral."""

PAIN_MONO = "#4A4A4A"
"""The same on paper without colour, where the hatch alone tells."""

ORIGIN = "#0072B2"
INSERTION = "#E69F00"
"""Ends of a muscle that is lit."""


def layer_colours(count: int) -> tuple[str, ...]:
    """Colours of so many points shown together; after the last slot they begin again."""
    return (ESSENTIAL,) if count == 1 else tuple(SLOTS[i % len(SLOTS)] for i in range(count))


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1 of ``#RRGGBB``.

    Raises
    ------
    ValueError
        The text is no such colour.
    """
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"a colour is written #RRGGBB, unlike {colour!r}")
    red, green, blue = (int(colour[start : start + 2], 16) / 255.0 for start in (1, 3, 5))
    return red, green, blue
