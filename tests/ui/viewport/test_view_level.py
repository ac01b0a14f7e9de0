from __future__ import annotations

from pathlib import Path

import pytest

from bodymap.domain import Refusal
from bodymap.ui.viewport import CrashMarker, ViewLevel, choose_view_level, probe_opengl

CARD = ((4, 6), "NVIDIA GeForce")


@pytest.mark.parametrize(
    ("asked", "died", "platform", "found", "expected"),
    [
        ("auto", False, "xcb", CARD, "gl"),
        ("auto", False, "wayland", ((3, 2), "Mesa Intel(R) UHD"), "gl"),
        ("auto", False, "xcb", ((3, 1), "Mesa Intel(R)"), "image"),
        ("auto", False, "xcb", ((0, 0), ""), "image"),
        ("auto", False, "xcb", ((4, 5), "llvmpipe (LLVM 15)"), "image"),
        ("auto", False, "offscreen", CARD, "image"),
        ("auto", True, "xcb", CARD, "image"),
        ("gl", True, "xcb", ((3, 2), "Mesa Intel(R) UHD"), "gl"),
        ("image", False, "xcb", CARD, "image"),
    ],
)
def test_chooses(
    asked: str, died: bool, platform: str, found: tuple[tuple[int, int], str], expected: str
) -> None:
    assert choose_view_level(ViewLevel(asked), died, platform, lambda: found) == expected


def test_a_view_that_would_crash_is_refused_even_when_asked_for() -> None:
    with pytest.raises(Refusal, match="--view image"):
        choose_view_level(ViewLevel.GL, False, "xcb", lambda: ((2, 1), "Mesa"))


def test_does_not_ask_the_driver_when_it_died_before() -> None:
    def probe() -> tuple[tuple[int, int], str]:
        raise AssertionError("asked")

    assert choose_view_level(ViewLevel.AUTO, True, "xcb", probe) is ViewLevel.IMAGE


def test_the_marker_outlives_the_process_until_it_is_cleared(tmp_path: Path) -> None:
    path = tmp_path / "state" / "starting-3d"
    CrashMarker(path).set()
    assert CrashMarker(path).is_set
    CrashMarker(path).clear()
    assert not CrashMarker(path).is_set
    CrashMarker(path).clear()


def test_a_marker_that_cannot_be_written_is_only_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    marker = CrashMarker(tmp_path / "file" / "marker")
    marker.set()
    marker.clear()
    assert not marker.is_set


@pytest.mark.usefixtures("qapp")
def test_probing_answers_without_a_screen() -> None:
    version, renderer = probe_opengl()
    assert version >= (0, 0)
    assert isinstance(renderer, str)
