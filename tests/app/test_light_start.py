from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LIBRARIES = ("pyvista", "pyvistaqt", "qtpy", "matplotlib", "scipy", "trimesh", "PIL", "typst")
OWN = ("bodymap.printing", "bodymap.ui.print_preview", "bodymap.ui.help_pages", "bodymap.storage.exports")
HEAVY = (*LIBRARIES, "PySide6.QtPrintSupport", *OWN)
START = """
import sys
from bodymap.app import launch
from bodymap.app.command_line import main

build = launch.build_window

def end() -> None:
    sys.stdout.write(" ".join(name for name in {heavy!r} if name in sys.modules))
    parts.window.close()

def watched(*arguments, **options):
    global parts
    parts = build(*arguments, **options)
    parts.viewport.drawn.connect(end)
    return parts

launch.build_window = watched
sys.exit(main(["--view", "image", "--data", {folder!r}]))
"""


def test_the_first_picture_needs_nothing_heavy(tmp_path: Path) -> None:
    code = START.format(heavy=HEAVY, folder=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
