from __future__ import annotations

from pathlib import Path

import pytest

from bodymap.domain import Needle, Plan, PointRef, Refusal, Side, Site
from bodymap.storage import atomic
from bodymap.storage.keeper import PlanKeeper
from bodymap.storage.plan_file import read_plan, write_plan
from bodymap.storage.recovery import find_lost_work

ONE, TWO, THREE = (Plan(note=note) for note in ("one", "two", "three"))


@pytest.fixture
def recovery(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    write_plan(path, ONE)
    return path


def copies(recovery: Path) -> list[Plan]:
    return [lost.file.plan for lost in find_lost_work(recovery)]


def test_a_plan_with_a_file_goes_to_its_file(recovery: Path, path: Path) -> None:
    keeper = PlanKeeper(recovery, "d" * 64, path, ONE)
    kept = keeper.keep(TWO)
    assert (kept.plan, kept.path, kept.refusal, kept.is_safe) == (TWO, path, None, True)
    assert read_plan(path).plan == TWO
    assert read_plan(path).atlas_digest == "d" * 64
    keeper.leave()
    assert copies(recovery) == []


def test_a_plan_without_a_file_goes_to_a_copy(recovery: Path) -> None:
    keeper = PlanKeeper(recovery, "", None, Plan())
    kept = keeper.keep(TWO)
    assert (kept.path, kept.refusal, kept.is_safe) == (None, None, True)
    keeper.leave()
    assert copies(recovery) == [TWO]


def test_a_plan_emptied_again_leaves_no_copy(recovery: Path) -> None:
    keeper = PlanKeeper(recovery, "", None, Plan())
    keeper.keep(TWO)
    keeper.keep(Plan())
    keeper.leave()
    assert copies(recovery) == []


def test_a_file_that_already_holds_the_plan_is_not_written(recovery: Path, path: Path) -> None:
    before = path.stat()
    assert PlanKeeper(recovery, "", path, ONE).keep(ONE).path == path
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_a_failing_file_leads_to_a_copy_until_it_works_again(
    recovery: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = PlanKeeper(recovery, "", path, ONE)
    real = atomic.os.replace
    with monkeypatch.context() as patch:

        def replace(source: Path, target: Path) -> None:
            if target == path:
                raise OSError(28, "full")
            real(source, target)

        patch.setattr(atomic.os, "replace", replace)
        kept = keeper.keep(TWO)
    assert "the disk is full" in str(kept.refusal)
    assert (kept.path, kept.is_safe) == (None, True)
    assert read_plan(path).plan == ONE
    again = keeper.keep(TWO)
    assert (again.path, again.refusal) == (path, None)
    keeper.leave()
    assert copies(recovery) == []


def test_a_copy_remembers_the_file_it_belongs_to(recovery: Path, tmp_path: Path) -> None:
    unplugged = tmp_path / "unplugged" / "plan.json"
    keeper = PlanKeeper(recovery, "", unplugged, ONE)
    assert "its folder is not there" in str(keeper.keep(TWO).refusal)
    keeper.leave()
    (lost,) = find_lost_work(recovery)
    assert (lost.file.plan, lost.original) == (TWO, unplugged)


def test_when_nothing_can_be_written_it_says_so(
    recovery: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic.os, "write", lambda *_: 0)
    kept = PlanKeeper(recovery, "", path, ONE).keep(TWO)
    assert kept.refusal is not None
    assert not kept.is_safe
    assert not PlanKeeper(recovery, "", None, Plan()).keep(TWO).is_safe


@pytest.mark.parametrize("content", [None, b"", b"{"])
def test_a_file_changed_by_another_program_is_not_overwritten(
    recovery: Path, path: Path, content: bytes | None
) -> None:
    keeper = PlanKeeper(recovery, "", path, ONE)
    if content is None:
        write_plan(path, THREE)
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    kept = keeper.keep(TWO)
    assert "was changed by another program" in str(kept.refusal)
    assert kept.is_safe
    assert path.read_bytes() == before
    saved = keeper.save_as(TWO, path)  # asked for by name: the user has decided
    assert saved.path == path
    assert read_plan(path).plan == TWO
    keeper.leave()
    assert copies(recovery) == []


def test_a_file_that_was_deleted_is_made_again(recovery: Path, path: Path) -> None:
    keeper = PlanKeeper(recovery, "", path, ONE)
    path.unlink()
    assert keeper.keep(ONE).path == path
    assert read_plan(path).plan == ONE


def test_save_as_goes_on_with_the_new_file(recovery: Path, tmp_path: Path) -> None:
    keeper = PlanKeeper(recovery, "", None, Plan())
    keeper.keep(TWO)
    other = tmp_path / "other.json"
    keeper.save_as(TWO, other)
    assert keeper.keep(THREE).path == other
    assert read_plan(other).plan == THREE
    with pytest.raises(Refusal, match="its folder is not there"):
        keeper.save_as(ONE, tmp_path / "missing" / "plan.json")
    assert keeper.keep(TWO).path == other
    keeper.leave()
    assert copies(recovery) == []


def test_a_plan_that_breaks_a_limit_is_reported_not_raised(recovery: Path, path: Path) -> None:
    place = PointRef(point="trapezius_upper.1", side=Side.LEFT)
    bad = Plan(sites=(Site(id="s1", place=place, needle=Needle(length_mm=-1)),))
    kept = PlanKeeper(recovery, "", path, ONE).keep(bad)
    assert "needle length of site 1" in str(kept.refusal)
    assert not kept.is_safe
