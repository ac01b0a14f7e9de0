from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bodymap.app import autosave as autosave_module
from bodymap.app.autosave import Autosave
from bodymap.domain import Plan, Refusal, SkinRef
from bodymap.session import Session
from bodymap.storage import atomic, keeper
from bodymap.storage.plan_file import read_plan, write_plan
from bodymap.storage.recovery import LostWork, find_lost_work
from session_fakes import TEMPLE, TRAPEZIUS, FakeAtlas, FakeBody

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DIGEST = "d" * 64


@pytest.fixture
def session(qapp: object) -> Session:  # noqa: ARG001 - Qt needs its application
    return Session(FakeAtlas(), FakeBody())


@pytest.fixture
def recovery(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def autosave(session: Session, recovery: Path) -> Iterator[Autosave]:
    autosave = Autosave(session, recovery, DIGEST, pause_ms=1)
    yield autosave
    autosave.close()


@pytest.fixture
def path(tmp_path: Path, session: Session) -> Path:
    path = tmp_path / "plan.json"
    write_plan(path, Plan(note="as opened"), DIGEST)
    session.load_plan(read_plan(path).plan, path)
    return path


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A disk that is full until the returned function is called."""
    monkeypatch.setattr(atomic.os, "write", lambda *_: 0)
    monkeypatch.setattr(autosave_module, "_RETRY_MS", (10,))
    return monkeypatch.undo


def copies(recovery: Path) -> list[Plan]:
    return [lost.file.plan for lost in find_lost_work(recovery)]


def test_a_change_goes_to_the_plans_file(
    session: Session, path: Path, autosave: Autosave, qtbot: QtBot, recovery: Path
) -> None:
    with qtbot.waitSignal(autosave.saved, timeout=5000) as told:
        session.add_site(TRAPEZIUS)
    assert read_plan(path).plan == session.state.plan
    assert read_plan(path).atlas_digest == DIGEST
    assert not session.state.is_dirty
    (at,) = told.args
    assert isinstance(at, datetime)
    assert session.state.saved_at == at
    assert copies(recovery) == []


def test_opening_a_plan_writes_nothing(
    session: Session, path: Path, autosave: Autosave, qtbot: QtBot
) -> None:
    before = path.stat().st_mtime_ns
    session.load_plan(Plan(note="as opened"), path)
    qtbot.wait(20)
    assert autosave.flush()
    assert path.stat().st_mtime_ns == before
    assert session.state.saved_at is None


def test_a_plan_without_a_file_is_kept_as_a_copy(
    session: Session, autosave: Autosave, qtbot: QtBot, recovery: Path
) -> None:
    with qtbot.waitSignal(autosave.saved, timeout=5000):
        session.add_site(TRAPEZIUS)
    assert session.state.is_dirty, "it has no file yet"
    assert copies(recovery) == [], "this program lives"
    plan = session.state.plan
    autosave.close()
    assert copies(recovery) == [plan], "found at the next start"


def test_an_emptied_plan_leaves_nothing_behind(session: Session, autosave: Autosave, recovery: Path) -> None:
    session.add_site(TRAPEZIUS)
    assert autosave.flush()
    session.undo_stack.undo()
    autosave.close()
    assert copies(recovery) == []


def test_saving_under_a_name_moves_the_plan_there(
    session: Session, autosave: Autosave, recovery: Path, tmp_path: Path
) -> None:
    session.add_site(TRAPEZIUS)
    autosave.flush()
    named = tmp_path / "named.json"
    autosave.save_as(named)
    assert (session.state.path, session.state.is_dirty) == (named, False)
    session.set_patient("A. B.")
    assert autosave.flush()
    assert read_plan(named).plan == session.state.plan
    autosave.close()
    assert copies(recovery) == []


def test_a_name_that_cannot_be_saved_to_is_refused(session: Session, path: Path, autosave: Autosave) -> None:
    session.set_patient("A.")
    with pytest.raises(Refusal, match="its folder is not there"):
        autosave.save_as(path.parent / "missing" / "plan.json")
    assert session.state.path == path
    assert autosave.flush()
    assert read_plan(path).plan.patient == "A."


def test_typing_is_saved_at_rest_and_not_at_every_letter(
    session: Session, path: Path, qtbot: QtBot, recovery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Plan] = []
    write = keeper.write_plan
    monkeypatch.setattr(
        keeper, "write_plan", lambda path, plan, digest: written.append(plan) or write(path, plan, digest)
    )
    autosave = Autosave(session, recovery, DIGEST, pause_ms=60)
    with qtbot.waitSignal(autosave.saved, timeout=5000):
        for end in range(1, 30):
            session.set_plan_note("x" * end)
    autosave.close()
    assert [len(plan.note) for plan in written] == [29]
    assert read_plan(path).plan.note == "x" * 29


def test_typing_without_a_rest_is_saved_all_the_same(
    session: Session, path: Path, qtbot: QtBot, recovery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave_module, "_LONGEST_WAIT_S", 0.1)
    autosave = Autosave(session, recovery, DIGEST, pause_ms=50)
    letters = iter(range(1, 4000))

    def typed_and_saved() -> bool:
        session.set_plan_note("x" * next(letters))
        return session.state.saved_at is not None

    qtbot.waitUntil(typed_and_saved, timeout=5000)
    autosave.close()
    assert read_plan(path).plan == session.state.plan


def test_a_full_disk_is_told_once_and_tried_until_there_is_room(
    session: Session, path: Path, autosave: Autosave, qtbot: QtBot, full_disk: Callable[[], None]
) -> None:
    told: list[str] = []
    autosave.failed.connect(told.append)
    with qtbot.waitSignal(autosave.failed, timeout=5000):
        session.set_patient("A.")
    qtbot.wait(80)
    session.set_patient("A. B.")
    assert not autosave.flush(), "nothing could be written: ask before going on"
    assert told == [told[0]]
    assert "the disk is full" in told[0]
    assert "recovery copy" not in told[0]
    assert read_plan(path).plan == Plan(note="as opened")
    with qtbot.waitSignal(autosave.saved, timeout=5000):
        full_disk()
    assert read_plan(path).plan.patient == "A. B."
    assert not session.state.is_dirty


def test_a_file_that_fails_alone_leads_to_a_copy(
    session: Session, path: Path, autosave: Autosave, qtbot: QtBot, recovery: Path
) -> None:
    path.chmod(0o444)
    with qtbot.waitSignal(autosave.failed, timeout=5000) as told:
        session.set_patient("A.")
    assert "you may not write there" in told.args[0]
    assert told.args[0].endswith("Your changes are kept in a recovery copy.")
    assert autosave.flush(), "all is on the disk"
    assert session.state.is_dirty
    autosave.close()
    assert [plan.patient for plan in copies(recovery)] == ["A."]


def test_a_file_changed_by_another_program_is_left_alone(
    session: Session, path: Path, autosave: Autosave, qtbot: QtBot
) -> None:
    write_plan(path, Plan(note="from the other room"))
    with qtbot.waitSignal(autosave.failed, timeout=5000) as told:
        session.set_patient("A.")
    assert "was changed by another program" in told.args[0]
    assert read_plan(path).plan.note == "from the other room"


def test_turning_to_another_plan_saves_the_last_change_of_the_one_before(
    session: Session, path: Path, recovery: Path, tmp_path: Path
) -> None:
    autosave = Autosave(session, recovery, DIGEST)  # with its long pause: nothing is written yet
    session.set_patient("A.")
    first = session.state.plan
    session.new_plan()
    session.add_site(TEMPLE)
    second = session.state.plan
    other = tmp_path / "other.json"
    write_plan(other, Plan(note="other"))
    session.load_plan(Plan(note="other"), other)
    session.set_patient("C.")
    third = session.state.plan
    autosave.close()
    assert read_plan(path).plan == first
    assert read_plan(other).plan == third
    assert copies(recovery) == [second]


def test_the_end_of_an_older_write_does_not_touch_the_plan_that_follows(
    session: Session, path: Path, recovery: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    write = keeper.write_plan

    def slowly(*arguments: Any) -> None:
        assert go.wait(10)
        write(*arguments)

    monkeypatch.setattr(keeper, "write_plan", slowly)
    autosave = Autosave(session, recovery, DIGEST, pause_ms=1)
    session.set_patient("A.")
    qtbot.wait(30)  # a disk that hangs: the window goes on
    session.set_patient("A. B.")
    last = session.state.plan
    session.new_plan()
    go.set()
    qtbot.wait(30)
    autosave.close()
    assert (session.state.path, session.state.saved_at) == (None, None)
    assert read_plan(path).plan == last


def test_edits_during_a_write_are_written_after_it(
    session: Session, path: Path, autosave: Autosave, qtbot: QtBot
) -> None:
    for n in range(200):
        session.set_patient(f"patient {n}")
        if n % 20 == 0:
            qtbot.wait(2)
    qtbot.waitUntil(lambda: not session.state.is_dirty, timeout=5000)
    assert read_plan(path).plan == session.state.plan
    assert autosave.flush()


@pytest.mark.usefixtures("autosave")
def test_a_fault_of_the_program_does_not_end_the_saving(
    session: Session, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(autosave_module, "_RETRY_MS", (10,))
    with qtbot.capture_exceptions() as faults, monkeypatch.context() as patch:
        patch.setattr(keeper, "write_plan", break_down)
        session.set_patient("A.")
        qtbot.waitUntil(lambda: bool(faults), timeout=5000)
    with qtbot.capture_exceptions():
        qtbot.waitUntil(lambda: not session.state.is_dirty, timeout=5000)
    assert read_plan(path).plan.patient == "A."


def test_a_plan_given_up_leaves_no_copy(session: Session, autosave: Autosave, recovery: Path) -> None:
    session.add_site(TRAPEZIUS)
    assert autosave.flush()
    session.set_patient("A.")
    autosave.discard()
    autosave.close()
    assert copies(recovery) == []


def test_a_plan_given_up_leaves_its_file_as_last_saved(
    session: Session, path: Path, autosave: Autosave
) -> None:
    session.set_patient("A.")
    assert autosave.flush()
    session.set_patient("A. B.")
    autosave.discard()
    autosave.close()
    assert read_plan(path).plan.patient == "A."


class InstantWriter:
    """Ends each write before the line that starts it does, as a fast disk may."""

    def __init__(self, **_: object) -> None: ...

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(call(*arguments))
        return future

    def shutdown(self, *, wait: bool) -> None: ...


def test_a_write_that_ends_at_once_is_noticed(
    session: Session, path: Path, recovery: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave_module, "ThreadPoolExecutor", InstantWriter)
    autosave = Autosave(session, recovery, DIGEST, pause_ms=1)
    for patient in ("A.", "B."):
        with qtbot.waitSignal(autosave.saved, timeout=2000):
            session.set_patient(patient)
    assert read_plan(path).plan.patient == "B."
    autosave.close()


def lost_work(recovery: Path, plan: Plan) -> LostWork:
    before = Session(FakeAtlas(), FakeBody())
    autosave = Autosave(before, recovery, DIGEST)
    before.new_plan(plan)
    autosave.close()
    (lost,) = find_lost_work(recovery)
    return lost


def test_lost_work_is_taken_up_and_kept_anew(session: Session, autosave: Autosave, recovery: Path) -> None:
    plan = Plan(patient="A.", note="lost")
    lost = lost_work(recovery, plan)
    autosave.adopt(lost)
    assert session.state.plan == plan
    assert session.state.path is None
    assert not lost.copy.exists()
    autosave.close()
    assert copies(recovery) == [plan]


def test_lost_work_stays_where_it_was_if_it_cannot_be_kept(
    session: Session, autosave: Autosave, recovery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = lost_work(recovery, Plan(note="lost"))
    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, "write", lambda *_: 0)
        autosave.adopt(lost)
    assert session.state.plan.note == "lost"
    assert lost.copy.exists()


def test_lost_work_that_does_not_fit_the_body_stays(
    session: Session, autosave: Autosave, recovery: Path
) -> None:
    keep = Session(FakeAtlas(), type("LargeBody", (FakeBody,), {"triangles": range(1000)})())
    other = Autosave(keep, recovery, DIGEST)
    keep.add_site(SkinRef(face=900, barycentric=(1, 0, 0), region="temple", side=TEMPLE.side))
    other.close()
    (lost,) = find_lost_work(recovery)
    with pytest.raises(Refusal, match="no part of this body"):
        autosave.adopt(lost)
    assert lost.copy.exists()
    assert session.state.plan == Plan()


# A program that edits without end: with a file, or, given no name, without one.
EDITOR = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QCoreApplication, QTimer
from session_fakes import FakeAtlas, FakeBody, TRAPEZIUS
from bodymap.app.autosave import Autosave
from bodymap.session import Session
from bodymap.storage.plan_file import read_plan
app = QCoreApplication([])
session = Session(FakeAtlas(), FakeBody())
if len(sys.argv) > 3:
    path = Path(sys.argv[3])
    session.load_plan(read_plan(path).plan, path)
autosave = Autosave(session, Path(sys.argv[2]), pause_ms=0)
count = 0
def edit():
    global count
    count += 1
    session.set_patient(f"patient {count}")
def report(at):
    sys.stdout.write(session.state.plan.patient + chr(10))
    sys.stdout.flush()
autosave.saved.connect(report)
timer = QTimer()
timer.timeout.connect(edit)
timer.start(3)
app.exec()
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
@pytest.mark.parametrize("named", [True, False])
def test_a_program_killed_while_editing_loses_no_more_than_the_last_moment(
    named: bool, tmp_path: Path, recovery: Path
) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, Plan())
    fakes = Path(sys.modules["session_fakes"].__file__ or "").parent
    command = [sys.executable, "-c", EDITOR, fakes, recovery, *([path] if named else [])]
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as editor:
            assert editor.stdout is not None
            told = [editor.stdout.readline() for _ in range(8)]
            editor.kill()
            editor.wait(10)
        plan = read_plan(path).plan if named else find_lost_work(recovery)[0].file.plan
        # Told is the plan at the end of a write; the next write holds that one or a later one.
        assert int(plan.patient.split()[1]) >= int(told[-2].split()[1])
