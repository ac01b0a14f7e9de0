"""Fork a child that saves without pause, kill -9 it at a random moment, look at the file; many times.

Prints: kills, files found whole, kills that came in the middle of a save. Run by test_atomic.py.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from bodymap.domain import Plan, PointRef, Side, Site
from bodymap.storage.atomic import sweep_leftovers, write_atomically
from bodymap.storage.plan_file import format_plan, read_plan, write_plan

SIZES = (1, 60)


def plan_of(n_sites: int) -> Plan:
    place = PointRef(point="trapezius_upper.1", side=Side.LEFT)
    note = "x" * 2000
    return Plan(sites=tuple(Site(id=f"s{n}", place=place, note=note) for n in range(n_sites)))


def save_for_ever(path: Path) -> None:
    # Formatted beforehand, so that the time goes into writing and the kills fall there.
    contents = [format_plan(plan_of(size)) for size in SIZES]
    while True:
        for content in contents:
            write_atomically(path, content)


def main(folder: Path, kills: int) -> None:
    path = folder / "plan.json"
    plans = [plan_of(size) for size in SIZES]
    write_plan(path, plans[0])
    chance = random.Random(1)  # noqa: S311 - not for secrets
    whole = interrupted = 0
    for _ in range(kills):
        child = os.fork()
        if child == 0:
            save_for_ever(path)
        time.sleep(chance.uniform(0.005, 0.04))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        whole += read_plan(path).plan in plans
        interrupted += sweep_leftovers(folder, older_than_s=0)
        if sorted(folder.iterdir()) != [path]:
            raise SystemExit(f"left over: {list(folder.iterdir())}")
    sys.stdout.write(f"{kills} {whole} {interrupted}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
