"""Files from strangers and broken disks: each is turned down in one clear sentence, and left as it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bodymap.domain import Refusal
from bodymap.storage.plan_file import read_plan

SAMPLE = (Path(__file__).parents[1] / "data" / "plan_v1.json").read_text("utf-8")
ONE_SENTENCE = re.compile(r"“[^\n]*[^.\s]\.")
NOT_FOR_USERS = re.compile(
    r"Traceback|Error|Exception|Errno|msgspec|`|\$|\{|<|recursion|codec|None", re.ASCII
)


def replaced(old: str, new: str) -> bytes:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, 1).encode("utf-8", "surrogatepass")


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    fields = json.loads(SAMPLE)
    change(fields)
    return json.dumps(fields).encode()


def with_site(**values: Any) -> bytes:
    return changed(lambda fields: fields["plan"]["sites"][0].update(values))


def with_needle(**values: Any) -> bytes:
    return changed(lambda fields: fields["plan"]["sites"][0]["needle"].update(values))


def with_skin(**values: Any) -> bytes:
    return changed(lambda fields: fields["plan"]["sites"][1]["place"].update(values))


def with_plan(**values: Any) -> bytes:
    return changed(lambda fields: fields["plan"].update(values))


def sites_of(n: int) -> list[dict[str, Any]]:
    place = {"kind": "point", "point": "trapezius_upper.1", "side": "left"}
    return [{"id": f"s{k}", "place": place} for k in range(n)]


NOTE = '"note": "Familiar pain at the temple."'

# What the file holds, and words that the sentence must have.
FILES: dict[str, tuple[bytes, str]] = {
    # The fourteen of the design.
    "nested lists": (b"[" * 200_000, "nested far deeper"),
    "nested objects": (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "nested far deeper"),
    "nested inside a plan": (
        replaced(NOTE, f'"note": {"[" * 90_000}{"]" * 90_000}'),
        "nested far deeper",
    ),
    "NaN": (replaced('"length_mm": 30.0', '"length_mm": NaN'), "NaN where a number"),
    "Infinity": (replaced('"length_mm": 30.0', '"length_mm": -Infinity'), "-Infinity where a number"),
    "1e999": (replaced('"length_mm": 30.0', '"length_mm": 1e999'), "1e999, which is too large"),
    "50 MB string": (replaced("Familiar", "x" * 50_000_000), "larger than 24 MB"),
    "9 MB string": (replaced("Familiar", "x" * 9_000_000), "note of site 1 must be at most 4000"),
    "huge integer": (replaced('"count": 1', '"count": ' + "9" * 5000), "whole number of 5000 digits"),
    "large integer": (
        replaced('"count": 1', '"count": ' + "9" * 19),
        "number of needles of site 1 must be 20",
    ),
    "integer beyond 64 bits": (replaced('"face": 4711', '"face": ' + "9" * 20), "skin triangle of site 2"),
    "truncated": (SAMPLE[:700].encode(), "breaks off in line"),
    "truncated in a character": ("é".encode().join([SAMPLE[:700].encode(), b""])[:-1], "not UTF-8"),
    "truncated before the end": (SAMPLE.rstrip()[:-1].encode(), "breaks off in line"),
    "UTF-16": (SAMPLE.encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (SAMPLE.encode("utf-16-be"), "NUL bytes"),
    "Latin-1": (SAMPLE.replace("Monday", "März").encode("latin-1"), "not UTF-8 text from byte"),
    "lone surrogate": (replaced("Familiar", "\\ud83d"), "note of site 1 holds broken characters"),
    "raw surrogate": (replaced("Familiar", "\ud83d"), "not UTF-8"),
    "surrogate in a name": (replaced('"sex"', '"s\\ud800x"'), "broken characters"),
    "surrogate in a choice": (replaced('"pistoning"', '"\\ud800"'), "broken characters"),
    "unknown field": (with_site(laser=True), "entry for site 1 has an unknown field “laser”"),
    "unknown field above": (changed(lambda f: f.update(macro="x")), "has an unknown field “macro”"),
    "duplicate key": (replaced('"count": 1', '"count": 1, "count": 2'), "field “count” more than once"),
    "duplicate side": (
        replaced('"side": "left"', '"side": "left", "side": "right"'),
        "field “side” more than",
    ),
    "NUL byte": (replaced("Familiar", "\0"), "NUL bytes"),
    "NUL escape": (replaced("A. B.", "A\\u0000B"), "patient holds broken characters"),
    "501 sites": (with_plan(sites=sites_of(501)), "list of sites must have at most 500 entries"),
    "negative needle length": (with_needle(length_mm=-40), "needle length of site 1 must be 5 or more"),
    "negative depth": (with_site(depth=-15), "depth of site 1 must be text, not a whole number"),
    "wrong type: text for a needle": (with_site(needle="0.30 x 40"), "needle of site 1 must be"),
    "wrong type: text for a number": (with_needle(length_mm="40"), "must be a decimal number, not text"),
    "wrong type: true for a number": (with_needle(count=True), "must be a whole number, not true or false"),
    "wrong type: object for sites": (with_plan(sites={}), "list of sites must be a list"),
    "wrong type: nothing for a plan": (
        changed(lambda f: f.update(plan=None)),
        "plan must be a group of fields",
    ),
    # And more.
    "nothing": (b"", "it is empty"),
    "blanks": (b" \n\t\n", "it is empty"),
    "newer version": (changed(lambda f: f.update(version=4)), "a newer bodymap made it .* update bodymap"),
    "newer version with new fields": (
        changed(lambda f: f.update(version=7, sessions=[])),
        "a newer bodymap made it",
    ),
    "version nought": (changed(lambda f: f.update(version=0)), "does not say which version"),
    "version true": (changed(lambda f: f.update(version=True)), "does not say which version"),
    "version in words": (changed(lambda f: f.update(version="1")), "does not say which version"),
    "no version": (changed(lambda f: f.pop("version")), "does not say which version"),
    "another format": (changed(lambda f: f.update(format="shopping-list")), "not a bodymap plan"),
    "no format": (b"{}", "not a bodymap plan"),
    "a list": (b"[1, 2]", "not a bodymap plan"),
    "a number": (b"7", "not a bodymap plan"),
    "no plan": (changed(lambda f: f.pop("plan")), "the file has no field “plan”"),
    "no id": (changed(lambda f: f["plan"]["sites"][2].pop("id")), "entry for site 3 has no field “id”"),
    "duplicate site ids": (with_site(id="s3"), "has two sites with the same id"),
    "id with a line end": (with_site(id="s1\n"), "id of site 1 is not written"),
    "empty id": (with_site(id=""), "id of site 1 must not be empty"),
    "weights that sum to more": (with_skin(barycentric=[0.9, 0.9, 0.2]), "place of site 2 must lie on its"),
    "weights that sum to nought": (with_skin(barycentric=[0, 0, 0]), "three weights sum to one"),
    "negative weight": (
        with_skin(barycentric=[-0.5, 0.75, 0.75]),
        "spot on the skin of site 2 must be 0 or more",
    ),
    "two weights": (with_skin(barycentric=[0.5, 0.5]), "must have 3 entries, not 2"),
    "negative triangle": (with_skin(face=-1), "skin triangle of site 2 must be 0 or more"),
    "a triangle and a half": (with_skin(face=1.5), "must be a whole number, not a decimal"),
    "both kinds of place": (with_skin(point="a.1"), "place of site 2 has an unknown field “point”"),
    "unknown kind of place": (with_skin(kind="organ"), "kind of place of site 2 cannot be 'organ'"),
    "unknown side": (with_skin(side="middle"), "side of site 2 cannot be 'middle'"),
    "hostile point id": (
        with_site(place={"kind": "point", "point": "../../etc\u202e", "side": "left"}),
        "trigger point of site 1 is not written",
    ),
    "impossible day": (with_plan(date="2026-02-30"), "plan has a date that is not a day"),
    "date with a line end": (with_plan(date="\n"), "is not a day|is not written"),
    "hostile field name": (changed(lambda f: f.update({"\u202e\x1b[2J" + "y" * 5000: 1})), "unknown field “"),
    "no JSON": (b"<?xml version='1.0'?><plan/>", "line 1 is not as in a plan"),
    "a program": (b"\x7fELF\x02\x01\x01" + b"\xff" * 100, "not UTF-8"),
    "JSON and more": (SAMPLE.encode() + b"{}", "is not as in a plan"),
    "a comment": (replaced('"count": 1', '"count": 1 /* one */'), "is not as in a plan"),
    "a trailing comma": (replaced('"count": 1', '"count": 1,'), "is not as in a plan"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_file_is_turned_down_in_one_sentence(kind: str, tmp_path: Path) -> None:
    data, words = FILES[kind]
    path = tmp_path / "plan.json"
    path.write_bytes(data)
    with pytest.raises(Refusal) as caught:
        read_plan(path)
    assert_clear(caught.value, words)
    assert path.stat().st_size == len(data)


def assert_clear(refusal: BaseException, words: str) -> None:
    text = str(refusal)
    assert re.search(words, text), text
    assert ONE_SENTENCE.fullmatch(text), text
    assert not NOT_FOR_USERS.search(text), text
    assert text.isprintable(), text
    assert len(text) < 260, text


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: None, "there is no such file"),
        (make_folder, "it is a folder|it is not a file"),
        pytest.param(
            make_pipe, "it is not a file", marks=pytest.mark.skipif(os.name == "nt", reason="POSIX")
        ),
        pytest.param(make_loop, "no such file", marks=pytest.mark.skipif(os.name == "nt", reason="POSIX")),
    ],
)
def test_what_is_no_file_is_turned_down(make: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    make(path)
    with pytest.raises(Refusal) as caught:
        read_plan(path)
    assert_clear(caught.value, words)


@pytest.mark.parametrize(
    "name", ["plan\0.json", "n" * 400, "missing/plan.json", "\u202enosj.nalp\x1b[2J\n.json"]
)
def test_a_hostile_name_is_quoted_safely(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        read_plan(tmp_path / name)
    assert_clear(caught.value, "could not be opened")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch, pytest.raises(Refusal) as caught:
        patch.setattr(os, "open", forbid)
        read_plan(tmp_path / "plan.json")
    assert_clear(caught.value, "you may not read it")


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "<b>#set page()</b> $x$ \\", "../../../etc/passwd", "‏(2) שלום"]
)
def test_text_that_is_only_text_is_kept(text: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(with_plan(patient=text, note=text))
    plan = read_plan(path).plan
    assert (plan.patient, plan.note) == (text, text)
