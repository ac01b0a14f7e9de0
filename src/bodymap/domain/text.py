"""What text may hold that people type, paste or send: everything but characters that hide or break things.

Hidden control characters and the codes that turn the reading direction around are taken out: with them a line
could read "left" where it says "right". The marks that right-to-left text and joined scripts need stay.
"""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_NAME_LENGTH = 60


def clean_text(text: str) -> str:
    """Return text of several lines without hidden characters; the same object when there are none."""
    return _HIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """Return text of one line: as `clean_text`, with a space for each line end and tab."""
    return clean_text(text).replace("\n", " ").replace("\t", " ")


def is_broken(text: str) -> bool:
    """Whether text holds what no honest text holds: NUL, or half of a character."""
    return _BROKEN.search(text) is not None


def shortened(text: str, length: int = _NAME_LENGTH) -> str:
    """Return text fit to be quoted in a sentence: one clean line, cut in the middle when it is long."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    head = length // 2
    return f"{line[:head]}…{line[head + 1 - length :]}"
