from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bodymap.domain import Refusal
from bodymap.storage import atomic
from bodymap.storage.atomic import sweep_leftovers, write_atomically

SCRIPTS = Path(__file__).parent
ONE_SENTENCE = re.compile(r"[“A-Z][^\n]*[^.\s]\.")
TRACEBACK_WORDS = re.compile(r"Traceback|Error|Exception|Errno|errno|None|0x", re.ASCII)


def assert_one_sentence(refusal: BaseException) -> str:
    text = str(refusal)
    assert ONE_SENTENCE.fullmatch(text), text
    assert not TRACEBACK_WORDS.search(text), text
    assert len(text) < 260, text
    return text


def fail_with(code: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_atomically(path, b"one")
    write_atomically(path, b"")
    assert path.read_bytes() == b""
    write_atomically(path, b"two" * 100_000)
    assert path.read_bytes() == b"two" * 100_000
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is used up"),
        (errno.EFBIG, "takes no file of this size"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "you may not write there"),
        (errno.EIO, "does not answer as it should"),
    ],
)
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch, pytest.raises(Refusal, match=words) as caught:
        patch.setattr(atomic.os, call, fail_with(code))
        write_atomically(path, b"new")
    assert "nothing on the disk was changed" in assert_one_sentence(caught.value)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failing_rename_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch, pytest.raises(Refusal, match="you may not write there"):
        patch.setattr(atomic.os, "replace", fail_with(errno.EACCES))
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_held_for_a_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    replace, calls = os.replace, []

    def held_twice(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) < 3:
            raise PermissionError(errno.EACCES, "held")
        replace(source, target)

    monkeypatch.setattr(atomic, "_RENAME_ATTEMPTS", 5)
    monkeypatch.setattr(atomic.os, "replace", held_twice)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(atomic.os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    write_atomically(tmp_path / "plan.json", b"abcdefgh" * 10)
    assert (tmp_path / "plan.json").read_bytes() == b"abcdefgh" * 10


def test_a_write_that_writes_nothing_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic.os, "write", lambda *_: 0)
    with pytest.raises(Refusal, match="the disk is full"):
        write_atomically(tmp_path / "plan.json", b"new")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(atomic.os, "fsync", interrupt)
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/plan.json", "its folder is not there"),
        ("file/plan.json", "its folder is not there"),
        ("folder", "there is a folder of that name"),
        ("n" * 300, "the name is too long"),
        ("nul\0.json", "does not take this name"),
        ("locked.json", "you may not write there"),
    ],
)
def test_a_place_that_takes_no_file(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked.json").write_bytes(b"old")
    (tmp_path / "locked.json").chmod(0o444)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refusal, match=words) as caught:
        write_atomically(tmp_path / name, b"new")
    assert_one_sentence(caught.value)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "locked.json").read_bytes() == b"old"


def test_the_longest_name_a_disk_takes_is_taken(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".json")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and links")
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "plan.json", tmp_path / "link.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    write_atomically(tmp_path / "private.json", b"new", private=True)
    assert stat.S_IMODE((tmp_path / "private.json").stat().st_mode) == 0o600


def test_leftovers_are_swept_when_they_are_old(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (".bodymap-1a2b.tmp", ".bodymap-3c4d.tmp", "other.tmp"))
    for path in (old, young, other):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    assert sweep_leftovers(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == sorted((young, other))
    assert sweep_leftovers(tmp_path, older_than_s=0) == 1
    assert sweep_leftovers(tmp_path / "missing") == 0


@pytest.mark.skipif(os.name == "nt", reason="kill -9 and fork are POSIX")
def test_killed_sixty_times_while_saving_the_file_is_always_whole(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, SCRIPTS / "kill_while_saving.py", tmp_path, "60"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    kills, whole, interrupted = (int(word) for word in run.stdout.split())
    assert (kills, whole) == (60, 60)
    assert interrupted >= 10, "the kills came too rarely in the middle of a save to prove anything"


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_a_really_full_and_a_really_read_only_disk(tmp_path: Path) -> None:
    """On a tiny disk where the system lets us mount one, else under a limit on the size of files."""
    script = SCRIPTS / "full_disk.py"
    mount = ["unshare", "--mount", "--map-root-user", sys.executable, script, tmp_path, "mount"]
    limit = [sys.executable, script, tmp_path, "limit"]
    outputs = []
    for command in (mount, limit):
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        except FileNotFoundError:
            continue
        outputs.append(run.stdout + run.stderr)
        # 77 is the script's word for "this system does not let me".
        if run.returncode != 77 and not run.stderr.startswith("unshare:"):
            assert run.returncode == 0, outputs[-1]
            for line in run.stdout.splitlines():
                assert_one_sentence(Refusal(line))
            return
    raise AssertionError(f"no way to fill a disk here: {outputs}")
