from __future__ import annotations

import os
from pathlib import Path

import pytest

from bodymap.storage import atomic
from bodymap.storage.folders import user_data_folder
from bodymap.storage.recents import MAX_RECENT, RecentFiles


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"plan{n}.json" for n in range(MAX_RECENT + 3)]
    for path in paths:
        path.write_bytes(b"")
    return paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_the_latest_comes_first_and_once(folder: Path, files: list[Path]) -> None:
    recents = RecentFiles(folder)
    for path in (*files, files[5]):
        recents.add(path)
    expected = [files[5], *(path for path in reversed(files) if path != files[5])][:MAX_RECENT]
    assert list(RecentFiles(folder).paths()) == expected


def test_missing_files_are_skipped_and_come_back(folder: Path, files: list[Path]) -> None:
    recents = RecentFiles(folder)
    recents.add(files[0])
    recents.add(files[1])
    files[1].unlink()
    assert recents.paths() == (files[0],)
    files[1].write_bytes(b"")
    assert recents.paths() == (files[1], files[0])


def test_forgetting(folder: Path, files: list[Path]) -> None:
    recents = RecentFiles(folder)
    recents.add(files[0])
    recents.add(files[1])
    recents.remove(files[1])
    assert recents.paths() == (files[0],)
    recents.clear()
    assert recents.paths() == ()
    assert list(folder.iterdir()) == []
    recents.clear()


@pytest.mark.parametrize("content", [b"", b"{}", b"[", b'[1, null, [], ""]', b'["a\\u0000b"]', b"\xff"])
def test_a_broken_list_counts_as_empty_and_is_mended(folder: Path, files: list[Path], content: bytes) -> None:
    folder.mkdir()
    (folder / "recent.json").write_bytes(content)
    recents = RecentFiles(folder)
    assert recents.paths() == ()
    recents.add(files[0])
    assert recents.paths() == (files[0],)


def test_a_list_that_cannot_be_written_is_no_trouble(
    folder: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic.os, "write", lambda *_: 0)
    RecentFiles(folder).add(files[0])
    assert RecentFiles(folder).paths() == ()


def test_a_path_is_kept_whole(folder: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files[0].parent)
    RecentFiles(folder).add(Path(files[0].name))
    assert RecentFiles(folder).paths() == (files[0],)
    odd = files[0].parent / os.fsdecode(b"\xe9.json") if os.name != "nt" else files[1]
    odd.write_bytes(b"")
    RecentFiles(folder).add(odd)
    assert RecentFiles(folder).paths()[0] == odd


def test_the_users_folder_is_redirected_in_tests(user_folders: Path) -> None:
    assert user_data_folder().is_relative_to(user_folders)
    assert user_data_folder().name == "bodymap"
