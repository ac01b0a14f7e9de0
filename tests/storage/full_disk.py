"""Save a plan on a disk that is really full, and on one that is really read-only; print what is said.

``mount`` uses tiny disks of its own, in a mount namespace that ends with this process; ``limit`` bounds the
size of files instead. Ends with status 77 when the system does not allow it. Run by test_atomic.py.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

from bodymap.domain import Plan, PointRef, Refusal, Side, Site
from bodymap.storage.plan_file import read_plan, write_plan

NOT_ALLOWED = 77
LEFT = PointRef(point="trapezius_upper.1", side=Side.LEFT)
SMALL = Plan(patient="A. B.", sites=(Site(id="s1", place=LEFT),))
LARGE = Plan(sites=tuple(Site(id=f"s{n}", place=LEFT, note="x" * 4000) for n in range(100)))


def expect_refusal(folder: Path, plan: Plan, words: str) -> None:
    path = folder / "plan.json"
    before = sorted(folder.iterdir())
    try:
        write_plan(path, plan)
    except Refusal as refusal:
        assert words in str(refusal), refusal
        sys.stdout.write(f"{refusal}\n")
    else:
        raise AssertionError("a full disk took the plan")
    assert sorted(folder.iterdir()) == before
    assert read_plan(path).plan == SMALL


def mount(*arguments: str | Path) -> None:
    if subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode:
        sys.exit(NOT_ALLOWED)


def on_tiny_disk(folder: Path) -> None:
    mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)
    write_plan(folder / "plan.json", SMALL)
    expect_refusal(folder, LARGE, "the disk is full")
    mount("-o", "remount,ro", folder)
    expect_refusal(folder, LARGE, "can only be read")


def under_limit(folder: Path) -> None:
    write_plan(folder / "plan.json", SMALL)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
    expect_refusal(folder, LARGE, "takes no file of this size")


if __name__ == "__main__":
    {"mount": on_tiny_disk, "limit": under_limit}[sys.argv[2]](Path(sys.argv[1]))
