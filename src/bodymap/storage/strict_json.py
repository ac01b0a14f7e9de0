"""JSON from anywhere, read without trust: what is not plain, finite, unambiguous UTF-8 JSON is turned down.

Python's reader takes NaN, 1e999, duplicate keys (the last wins) and integers of any length; msgspec's takes
duplicate keys too. A plan that two programs read differently is not a plan.
"""

from __future__ import annotations

import codecs
import json
import math
from collections import Counter
from typing import Any, Never

from bodymap.domain.text import shortened

_LONGEST_INTEGER = 20
_ANOTHER_COPY = "open an earlier copy"


class UnreadableError(ValueError):
    """The text cannot be used; the message continues a sentence: what is wrong, then what to do."""


def parse_json(data: bytes) -> Any:
    """Parse UTF-8 JSON, with or without a byte order mark.

    Returns
    -------
    Any
        Dicts, lists, strings, finite floats, ints, bools and None. Strings may still hold NUL and halves of
        surrogate pairs: whoever knows the fields says where.

    Raises
    ------
    UnreadableError
        It is empty, no UTF-8, cut off, no JSON, nested too deeply, or has a number or key that is not plain.
    """
    text = _decoded(data)
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_number,
            parse_float=_finite,
            parse_int=_short_integer,
        )
    except json.JSONDecodeError as error:
        raise UnreadableError(_json_fault(error, text)) from error
    except RecursionError as error:
        raise UnreadableError(f"it is nested far deeper than any plan; {_ANOTHER_COPY}") from error


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise UnreadableError(f"it is empty; {_ANOTHER_COPY}")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError("it is UTF-16 text; save it again as UTF-8")
    if b"\0" in data:
        raise UnreadableError(f"it holds NUL bytes, which no text does; {_ANOTHER_COPY}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + 1
        raise UnreadableError(f"it is not UTF-8 text from byte {at} on; {_ANOTHER_COPY}") from error


def _json_fault(error: json.JSONDecodeError, text: str) -> str:
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"it breaks off in line {error.lineno}; {_ANOTHER_COPY}"
    return f"line {error.lineno} is not as in a plan (column {error.colno}); {_ANOTHER_COPY}"


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = shortened(counts.most_common(1)[0][0], 30)
        raise UnreadableError(f"it has the field “{twice}” more than once in one place; {_ANOTHER_COPY}")
    return fields


def _no_number(name: str) -> Never:
    raise UnreadableError(f"it has {name} where a number belongs; {_ANOTHER_COPY}")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise UnreadableError(f"it has the number {shortened(text, 20)}, which is too large; {_ANOTHER_COPY}")
    return number


def _short_integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER:
        raise UnreadableError(f"it has a whole number of {len(text)} digits; {_ANOTHER_COPY}")
    return int(text)
