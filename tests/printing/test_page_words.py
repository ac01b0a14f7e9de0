from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.printing.lettering import breakable, last_resort_for, lettering_for, printable
from bodymap.printing.sheets import letterless_pattern, written_date


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-21", "21 November 2026"),
        ("2027-01-02", "2 January 2027"),
        ("21.11.2026", "21.11.2026"),
        ("2026-02-31", "2026-02-31"),
        ("", ""),
    ],
)
def test_an_iso_date_gets_its_month_in_words(text: str, written: str) -> None:
    assert written_date(text) == written


def test_printable_text_has_no_codes_that_hide_or_turn_it() -> None:
    assert printable("a\u202eb\x00c\td\r\ne\ue000\ufdd0") == "abc d\ne\ufffd\ufffd"


@given(st.text(max_size=80), st.integers(1, 12))
def test_breaks_change_nothing_but_the_places_to_break(text: str, letters: int) -> None:
    assert breakable(text, letters).replace("\u200b", "") == text.replace("\u200b", "")


def test_breaks_come_in_long_words_only_and_never_before_a_mark() -> None:
    assert breakable("short and Langeswort", 6) == "short and Langes\u200bwort"
    assert breakable("aaae\u0301bbb", 4) == "aaae\u0301\u200bbbb"


def test_common_letters_need_no_system_font() -> None:
    assert lettering_for("Ångström – Ωμέγα – Жанна – 0.30 × 40 mm").letterless == ""


def test_letters_without_a_font_are_found() -> None:
    assert "\u0378" in lettering_for("abc\u0378").letterless
    assert last_resort_for("aб").letterless == "б"


def test_the_pattern_of_no_letters_is_empty() -> None:
    assert letterless_pattern("") == ""
    assert letterless_pattern("\u0378]") == r"[\x{378}\x{5d}]+"
