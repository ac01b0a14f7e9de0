"""Which needle to write down first for a point, before the therapist decides."""

from __future__ import annotations

from collections.abc import Sequence

from bodymap.domain import Needle

USUAL_LENGTHS_MM = (13.0, 25.0, 30.0, 40.0, 50.0, 60.0, 75.0, 100.0)
"""Lengths that needles are sold in."""

USUAL_DIAMETERS_MM = (0.16, 0.20, 0.25, 0.30, 0.35)
"""Diameters that needles are sold in."""

_THIN_UP_TO_MM = 30.0


def usual_needle(length_range_mm: Sequence[float] | None) -> Needle | None:
    """Return the usual needle for a range of lengths (shortest, longest), never one longer than the range.

    It is the length nearest the middle of the range, the shorter of two; where the range holds none, the
    longest below it. None where no range is recommended, or the shortest needle sold is too long for it.
    """
    if length_range_mm is None:
        return None
    shortest, longest = length_range_mm
    allowed = [length for length in USUAL_LENGTHS_MM if length <= longest]
    fitting = [length for length in allowed if length >= shortest] or allowed[-1:]
    if not fitting:
        return None
    middle = (shortest + longest) / 2
    length = min(fitting, key=lambda candidate: (abs(candidate - middle), candidate))
    return Needle(diameter_mm=0.25 if length <= _THIN_UP_TO_MM else 0.30, length_mm=length)
