"""Saying in plain words which rule a value breaks, where msgspec speaks of types and paths."""

from __future__ import annotations

import re

import msgspec

from bodymap.domain.text import shortened

# What each field is called in a sentence; the rest are called by their own name.
_FIELD_WORDS = {
    "sex": "sex of the body",
    "age_years": "age",
    "height_mm": "height in millimetres",
    "weight_kg": "weight in kilograms",
    "diameter_mm": "needle diameter",
    "length_mm": "needle length",
    "count": "number of needles",
    "build": "body",
    "kind": "kind of place",
    "point": "trigger point",
    "face": "skin triangle",
    "barycentric": "spot on the skin",
    "region": "skin region",
    "sites": "list of sites",
    "version": "format version",
}
_TYPE_WORDS = {
    "int": "a whole number",
    "float": "a decimal number",
    "str": "text",
    "array": "a list",
    "object": "a group of fields",
    "bool": "true or false",
    "null": "nothing",
}
_PATH = re.compile(r" - at (?:`key` in )?`\$(?P<path>[^`]*)`$")
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Expected `(?:int|float)` >= (\S+?)(?:\.0)?$"), "must be {0} or more"),
    (re.compile(r"Expected `(?:int|float)` <= (\S+?)(?:\.0)?$"), "must be {0} or less"),
    (re.compile(r"Number out of range$"), "is far too large a number"),
    (re.compile(r"Expected `str` of length >= \d+$"), "must not be empty"),
    (re.compile(r"Expected `str` of length <= (\d+)$"), "must be at most {0} characters long"),
    (re.compile(r"Expected `array` of length <= (\d+)$"), "must have at most {0} entries"),
    (re.compile(r"Expected `array` of length (\d+), got (\d+)$"), "must have {0} entries, not {1}"),
    (re.compile(r"Expected `str` matching regex "), "is not written as it must be"),
    (re.compile(r"Object contains unknown field `(.*)`$", re.DOTALL), "has an unknown field “{0}”"),
    (re.compile(r"Object missing required field `(.*)`$"), "has no field “{0}”"),
    (re.compile(r"Invalid (?:enum )?value (.*)$", re.DOTALL), "cannot be {0}"),
    (re.compile(r"Expected `([^`]*)`, got `([^`]*)`$"), "must be {0}, not {1}"),
)


def complaint(error: Exception, whole: str = "plan") -> str:
    """Say which field breaks which rule, in words that continue a sentence after "the".

    Parameters
    ----------
    error : ValueError or TypeError
        As msgspec raises them, or the values' own checks.
    whole : str
        What the value itself is called.
    """
    text = str(error)
    found = _PATH.search(text)
    where = _field_words(found["path"] if found else "") or whole
    if found:
        text = text[: found.start()]
    if isinstance(error.__cause__, ValueError):
        return f"{where} {error.__cause__}"
    if not isinstance(error, msgspec.ValidationError) and type(error) is ValueError:
        return f"{where} {text}"
    return f"{where} {_rule_words(text)}"


def _rule_words(text: str) -> str:
    for pattern, words in _RULES:
        if match := pattern.match(text):
            return words.format(*(_type_words(group) for group in match.groups()))
    return "is not as it must be"


def _type_words(group: str) -> str:
    kinds = group.split(" | ")
    if all(kind in _TYPE_WORDS for kind in kinds):
        return " or ".join(_TYPE_WORDS[kind] for kind in kinds)
    return shortened(group, 30)


def _field_words(path: str) -> str:
    """Words for a path such as ``.plan.sites[2].needle.length_mm``: "needle length of site 3"."""
    site = re.search(r"\.sites\[(\d+)\]", path)
    last = re.sub(r"\[[^\]]*\]", "", path[site.end() :] if site else path).rpartition(".")[2]
    word = _FIELD_WORDS.get(last, last)
    if site is None:
        return word
    number = f"site {int(site[1]) + 1}"
    return f"{word} of {number}" if word else f"entry for {number}"
