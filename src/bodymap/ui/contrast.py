"""How readable one colour is on another (WCAG 2)."""

from __future__ import annotations


def relative_luminance(colour: str) -> float:
    """Luminance of ``#RRGGBB``, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255.0) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(ink: str, ground: str) -> float:
    """Contrast of two colours, from 1 (the same) to 21; text needs 4.5."""
    light, dark = sorted((relative_luminance(ink), relative_luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
