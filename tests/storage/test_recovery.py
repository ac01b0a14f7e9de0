from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from bodymap.domain import Plan, Refusal
from bodymap.storage import atomic
from bodymap.storage.recovery import RecoverySlot, discard_lost_work, find_lost_work
from plan_strategies import plans

PLAN = Plan(patient="A. B.", note="half a note")

# A program that keeps a plan and then waits for its end.
HOLDER = """
import sys, time
from pathlib import Path
from bodymap.domain import Plan
from bodymap.storage.recovery import RecoverySlot
slot = RecoverySlot(Path(sys.argv[1]))
slot.keep(Plan(patient="A. B.", note="half a note"), "d" * 64, Path("/clinic/plan.json"))
print("kept", flush=True)
time.sleep(60)
"""


def test_nothing_is_made_before_the_first_plan(tmp_path: Path) -> None:
    folder = tmp_path / "recovery"
    slot = RecoverySlot(folder)
    slot.clear()
    slot.leave()
    assert not folder.exists()
    assert find_lost_work(folder) == ()


def test_work_is_lost_only_when_its_program_is_gone(tmp_path: Path) -> None:
    slot = RecoverySlot(tmp_path)
    before = datetime.now(UTC)
    slot.keep(PLAN, "d" * 64, Path("/clinic/plan.json"))
    assert find_lost_work(tmp_path) == ()
    slot.leave()
    (lost,) = find_lost_work(tmp_path)
    assert (lost.file.plan, lost.file.atlas_digest) == (PLAN, "d" * 64)
    assert lost.original == Path("/clinic/plan.json")
    assert before <= lost.kept_at <= datetime.now(UTC)
    assert find_lost_work(tmp_path) == (lost,), "looking takes nothing away"
    discard_lost_work(lost)
    assert list(tmp_path.iterdir()) == []


def test_a_cleared_slot_leaves_nothing(tmp_path: Path) -> None:
    slot = RecoverySlot(tmp_path)
    slot.keep(PLAN)
    slot.clear()
    slot.leave()
    assert list(tmp_path.iterdir()) == []


@given(plan=plans)
def test_any_plan_is_recovered_whole(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("recovery")
    slot = RecoverySlot(folder)
    slot.keep(plan)
    slot.leave()
    (lost,) = find_lost_work(folder)
    assert lost.file.plan == plan
    assert lost.original is None


def test_the_newest_comes_first_and_a_broken_copy_is_left_alone(tmp_path: Path) -> None:
    for note in ("older", "newer"):
        slot = RecoverySlot(tmp_path)
        slot.keep(Plan(note=note))
        slot.leave()
        time.sleep(0.002)
    broken = tmp_path / "broken.json"
    broken.write_bytes(b'{"format": "bodymap-recovery"')
    (tmp_path / "other.json").write_bytes(b"[]")
    assert [lost.file.plan.note for lost in find_lost_work(tmp_path)] == ["newer", "older"]
    assert broken.exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX file names and permissions")
def test_a_copy_is_private_and_takes_any_path(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "recovery"
    slot = RecoverySlot(folder)
    original = Path(os.fsdecode(b"/clinic/\xff.json"))
    slot.keep(PLAN, original=original)
    slot.leave()
    (lost,) = find_lost_work(folder)
    assert lost.original == original
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(lost.copy.stat().st_mode) == 0o600


def test_a_full_disk_leaves_the_copy_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = RecoverySlot(tmp_path)
    slot.keep(PLAN)
    with monkeypatch.context() as patch, pytest.raises(Refusal, match="the disk is full"):
        patch.setattr(atomic.os, "write", lambda *_: 0)
        slot.keep(Plan(note="whole"))
    slot.leave()
    (lost,) = find_lost_work(tmp_path)
    assert lost.file.plan == PLAN


def test_a_folder_that_cannot_be_made_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refusal, match="could not be saved"):
        RecoverySlot(tmp_path / "file" / "recovery").keep(PLAN)


def test_old_locks_without_a_copy_are_swept(tmp_path: Path) -> None:
    old, young, with_copy = (tmp_path / f"{name}.lock" for name in ("old", "young", "with_copy"))
    for lock in (old, young, with_copy):
        lock.write_bytes(b"")
    with_copy.with_suffix(".json").write_bytes(b"[]")
    os.utime(old, (0, 0))
    os.utime(with_copy, (0, 0))
    find_lost_work(tmp_path)
    assert not old.exists()
    assert young.exists()
    assert with_copy.exists()


def test_a_killed_program_leaves_its_work_to_be_found(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        assert find_lost_work(tmp_path) == (), "the program lives"
        program.kill()
        program.wait(10)
    (lost,) = find_lost_work(tmp_path)
    assert lost.file.plan == PLAN
    assert lost.original == Path("/clinic/plan.json")
