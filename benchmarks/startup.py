"""How long from the start of the process to the first drawn body? Against a bare pyvistaqt window.

``xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/startup.py`` starts whole processes in turn:
one that only shows the body's mesh with pyvistaqt, then ours with ``--view gl`` and with ``--view image``,
again and again. It prints the ratios; the target is at most 1.3. The bare window is made as quick as it can
be: its mesh is read from one file of plain arrays, it is as large as our view, and it smooths no edges.
"""

from __future__ import annotations

import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROUNDS = 9
VIEW_SIZE_PX = (746, 698)
TARGET = 1.3
BARE = "bare"
OURS = {"gl": "bodymap --view gl", "image": "bodymap --view image"}
_LIMIT_S = 60.0


def report_and_end() -> None:
    """Tell the measuring process that the body is on the screen, and end at once."""
    sys.stdout.write("drawn\n")
    sys.stdout.flush()
    os._exit(0)


def show_bare(folder: Path) -> None:
    """Show the mesh in a pyvistaqt window and nothing else."""
    import numpy as np
    import pyvista as pv
    from PySide6.QtWidgets import QApplication, QMainWindow
    from pyvistaqt import QtInteractor

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    view: Any = QtInteractor(window, auto_update=False, multi_samples=0)
    window.setCentralWidget(view)
    mesh = pv.PolyData.from_regular_faces(np.load(folder / "vertices.npy"), np.load(folder / "triangles.npy"))
    mesh.point_data["Normals"] = np.load(folder / "normals.npy")
    mesh.point_data.active_normals_name = "Normals"
    view.add_mesh(mesh, color="#E8E0D7")
    view.frameSwapped.connect(report_and_end)
    window.resize(*VIEW_SIZE_PX)
    window.show()
    app.exec()


def show_ours(view: str, folder: Path) -> None:
    """Start the program as its command does, with empty data folders of its own."""
    from bodymap.app import command_line

    command_line.make_imports_quick(view)  # as the command does, before it imports what is watched here
    launch: Any = importlib.import_module("bodymap.app.launch")
    build_window = launch.build_window

    def watched(*arguments: Any, **options: Any) -> Any:
        parts = build_window(*arguments, **options)
        parts.viewport.drawn.connect(report_and_end)
        return parts

    launch.build_window = watched
    sys.exit(command_line.main(["--view", view, "--data", str(folder)]))


def seconds_to_frame(kind: str, meshes: Path) -> float:
    """Start one process and wait for its first frame.

    Raises
    ------
    RuntimeError
        It ended, or took a minute, without one.
    """
    with tempfile.TemporaryDirectory() as data:
        folder = str(meshes if kind == BARE else data)
        start = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603 - starts this script itself
            [sys.executable, __file__, kind, folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=_environment(meshes),
        )
        assert child.stdout is not None and child.stderr is not None  # noqa: S101 - narrows the types
        try:
            said = child.stdout.readline()
            took = time.perf_counter() - start
            child.wait(_LIMIT_S)
        finally:
            child.kill()
        if said.strip() != "drawn":
            raise RuntimeError(f"{kind}: no frame.\n{child.stderr.read()}")
        return took


def _environment(folder: Path) -> dict[str, str]:
    """Let every process find all its modules compiled, as they are after an installation."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def write_meshes(folder: Path) -> int:
    """Keep the body as plain arrays for the bare window; return its number of vertices."""
    import numpy as np

    from bodymap.body import read_body
    from bodymap.domain import Build
    from bodymap.scene import shown_surface

    surface = shown_surface(read_body(), Build())
    for name in ("vertices", "triangles", "normals"):
        np.save(folder / f"{name}.npy", getattr(surface, name))
    return len(surface.vertices)


def measure() -> None:
    """Measure in turn and print."""
    kinds = (BARE, *OURS)
    with tempfile.TemporaryDirectory() as name:
        meshes = Path(name)
        vertices = write_meshes(meshes)
        for kind in kinds:
            seconds_to_frame(kind, meshes)  # compiles the modules and fills the file cache
        rounds = [{kind: seconds_to_frame(kind, meshes) for kind in kinds} for _ in range(ROUNDS)]
    bare = statistics.median(times[BARE] for times in rounds)
    print(f"{vertices} vertices, {ROUNDS} starts each, in turn")
    print(f"bare pyvistaqt window {bare:.2f} s to its first frame")
    for kind, title in OURS.items():
        ours = statistics.median(times[kind] for times in rounds)
        ratio = statistics.median(times[kind] / times[BARE] for times in rounds)
        best = min(times[kind] for times in rounds) / min(times[BARE] for times in rounds)
        print(
            f"{title}: {ours:.2f} s, ratio to the bare window {ratio:.2f} (target at most {TARGET}),"
            f" quickest to quickest {best:.2f}"
        )


def has_display() -> bool:
    """Whether windows can be shown: pyvistaqt draws nothing on Qt's offscreen platform."""
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return False
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def main() -> None:
    """Measure, or be one of the processes that are measured."""
    if len(sys.argv) == 3 and sys.argv[1] == BARE:
        show_bare(Path(sys.argv[2]))
    elif len(sys.argv) == 3 and sys.argv[1] in OURS:
        show_ours(sys.argv[1], Path(sys.argv[2]))
    elif has_display():
        measure()
    else:
        sys.exit(
            "No display: the start cannot be measured without windows. Run it under one, for example\n"
            'xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/startup.py'
        )


if __name__ == "__main__":
    main()
