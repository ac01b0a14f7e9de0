from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bodymap.app.single_instance import SingleInstance

_HOLD = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from bodymap.app.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
assert instance.acquire()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """Another process that holds the folder and does not answer."""
    child = subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


@pytest.mark.usefixtures("qapp")
def test_the_folder_of_a_killed_program_is_taken_over(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    instance = SingleInstance(tmp_path)
    assert not instance.acquire()
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert instance.acquire()
    instance.release()


def test_a_second_start_hands_its_plan_over(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.acquire()
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from bodymap.app.single_instance import SingleInstance; app = QCoreApplication([]);"
        "second = SingleInstance(Path(sys.argv[1]));"
        "raise SystemExit(0 if not second.acquire() and second.raise_holder('/a/plan.bodymap') else 1)"
    )
    with qtbot.waitSignal(first.raised, timeout=15_000) as told:
        child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    assert told.args == ["/a/plan.bodymap"]
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=10_000)
    assert child.returncode == 0
    first.release()


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("not a folder")
    done = subprocess.run(
        [sys.executable, "-m", "bodymap.app.command_line", "--data", str(in_the_way)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("bodymap: ") and done.stderr.count("\n") == 1


def test_a_holder_that_hangs_is_said_to_hang(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "bodymap.app.command_line", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    holder.kill()
    holder.communicate()
    assert done.returncode == 2
    assert "does not answer" in done.stderr
    assert time.monotonic() - began < 30
