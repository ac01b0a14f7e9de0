from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bodymap.planning.needles import USUAL_LENGTHS_MM, usual_needle


@pytest.mark.parametrize(
    ("length_range", "length", "diameter"),
    [
        ((30, 50), 40, 0.30),
        ((25, 40), 30, 0.25),
        ((13, 25), 13, 0.25),  # 19 lies between two lengths: the shorter one
        ((15, 20), 13, 0.25),  # none within: the longest below
        ((60, 100), 75, 0.30),
        ((50, 50), 50, 0.30),
        ((120, 150), 100, 0.30),
    ],
)
def test_the_usual_needle(length_range: tuple[float, float], length: float, diameter: float) -> None:
    needle = usual_needle(length_range)
    assert needle is not None
    assert (needle.length_mm, needle.diameter_mm, needle.count) == (length, diameter, 1)


def test_no_needle_where_none_is_recommended_or_short_enough() -> None:
    assert usual_needle(None) is None
    assert usual_needle((5, 10)) is None


@given(st.floats(5, 120), st.floats(0, 60))
def test_a_needle_is_never_longer_than_recommended(shortest: float, span: float) -> None:
    needle = usual_needle((shortest, shortest + span))
    if needle is not None:
        assert needle.length_mm <= shortest + span
        assert needle.length_mm in USUAL_LENGTHS_MM
