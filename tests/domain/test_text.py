from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bodymap.domain.text import clean_line, clean_text, is_broken, shortened

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


@given(ANY_TEXT)
def test_clean_text_can_always_be_written_and_stays_as_it_is(text: str) -> None:
    clean = clean_text(text)
    clean.encode("utf-8")
    assert clean_text(clean) == clean
    assert not is_broken(clean)
    assert len(clean) <= len(text)


@given(ANY_TEXT)
def test_a_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1
    assert clean_line(clean_line(text)) == clean_line(text)


def test_clean_text_is_not_copied() -> None:
    text = "left upper trapezius,\n\ttwice"
    assert clean_text(text) is text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b\x1b[31m\x7f\x9f", "ab[31m"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("\u202eright\u202c \u2066left\u2069", "right left"),
        ("half \ud83d a pair", "half  a pair"),
        ("\ufeffmark", "mark"),
    ],
)
def test_what_hides_or_turns_text_around_is_taken_out(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@pytest.mark.parametrize(
    "text", ["שלום \u200f(2)", "क्\u200dष", "👩\u200d⚕️ 針", "Zoë Ångström", "  two  spaces "]
)
def test_honest_text_in_any_script_stays(text: str) -> None:
    assert clean_text(text) == text


def test_long_names_are_cut_in_the_middle() -> None:
    assert shortened("a" * 100 + ".json", 21) == "aaaaaaaaaa…aaaaa.json"
    assert shortened("short.json") == "short.json"
    assert shortened("two\nlines\x00") == "two lines"
