"""Draw the inside of a body while its tables are being written.

::

    python tools/anatomy/show_inside.py -o picture.png --views back,left --muscles deltoid*,trapezius*
    python tools/anatomy/show_inside.py -o places.png --places scapula.* --look scapula
    python tools/anatomy/show_inside.py -o thin.png --body female-young-averagemuscle-minweight-averageheight

``--table`` builds only the muscles of these files (all others neither cover nor limit them, so look at the
whole now and then without it), ``--layers 1:3`` shows those layers only, ``--look`` frames a bone or a
muscle, ``--skin`` is its opacity. The fitted skeleton is kept in the system's temporary folder until a fit
changes.
"""

from __future__ import annotations

import argparse
import colorsys
import tempfile
import zlib
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pyvista as pv
from numpy.typing import NDArray

from muscles import Muscle, make_muscles, read_muscles
from piece import Shell
from places import read_places
from skeleton import fit_skeleton, read_source
from skin_case import SkinCase, skin_case
from surroundings import Surroundings, make_surroundings

Floats = NDArray[np.float64]

HERE = Path(__file__).parent
BODIES = {
    "male": "male-young-averagemuscle-averageweight-averageheight",
    "female": "female-young-averagemuscle-averageweight-averageheight",
}
VIEWS = {"front": (0, 1, 0), "back": (0, -1, 0), "left": (-1, 0, 0), "medial": (1, 0, 0),
         "above": (0, -0.02, 1), "below": (0, 0.02, -1), "frontleft": (-1, 1, 0.2), "backleft": (-1, -1, 0.2),
         "frontmedial": (1, 1, 0.1),
         "backmedial": (1, -1, 0.1)}  # fmt: skip


def main() -> None:
    """Build what is asked for and draw it."""
    parser = argparse.ArgumentParser(description="Draw the inside of a body.")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--body", default="male")
    parser.add_argument("--views", default="front,back,left")
    parser.add_argument("--muscles", default="*")
    parser.add_argument("--table", default="")
    parser.add_argument("--layers", default="0:99")
    parser.add_argument("--places", default="")
    parser.add_argument("--look", default="")
    parser.add_argument("--skin", type=float, default=0.12)
    parser.add_argument("--width", type=int, default=1500)
    parser.add_argument("--mirror", action="store_true", help="show the right side as well")
    asked = parser.parse_args()
    case = skin_case(BODIES.get(asked.body, asked.body))
    around = make_surroundings(case, kept_skeleton(case), read_places())
    first, last = (int(end) for end in asked.layers.split(":"))
    table = chosen_table(asked.table)
    shells = make_muscles(table, around)
    wanted = asked.muscles.split(",")
    shown = {
        name: shell
        for name, shell in shells.items()
        if first <= table[name].layer <= last and any(fnmatch(name, pattern) for pattern in wanted)
    }
    report(shells, table, case)
    draw(asked, case, around, shown)


def chosen_table(files: str) -> dict[str, Muscle]:
    """Return the muscle table, or that part of it that stands in some files."""
    if not files:
        return read_muscles()
    with tempfile.TemporaryDirectory() as folder:
        for name in files.split(","):
            text = (HERE / "muscles" / f"{name}.toml").read_text()
            (Path(folder) / f"{name}.toml").write_text(text)
        return read_muscles(Path(folder))


def kept_skeleton(case: SkinCase) -> dict[str, Floats]:
    """Return the fitted skeleton, worked out again only when a fit has changed."""
    patterns = ("fit*.py", "*_room.py", "grown*.py", "push*.py", "warp*.py", "skin_*", "*.npz", "fat.toml")
    files = [path for pattern in patterns for path in HERE.glob(pattern)]
    stamps = sorted((path.name, path.stat().st_mtime_ns) for path in files)
    kept = Path(tempfile.gettempdir()) / f"skeleton-{case.key}-{zlib.crc32(repr(stamps).encode()):08x}.npz"
    if not kept.exists():
        np.savez(kept, **fit_skeleton(case))  # type: ignore[arg-type]
    with np.load(kept) as stored:
        return dict(stored)


def report(shells: dict[str, Shell], table: dict[str, Muscle], case: SkinCase) -> None:
    """Print volumes and what stands outside the skin."""
    for name, shell in sorted(shells.items()):
        wanted = table[name].volume_ml
        out = np.count_nonzero(case.depth_mm(shell.vertices) < 0)
        print(f"{name:36s} {shell.volume_ml:7.1f} ml of {wanted}  outside {out}")


def draw(asked: argparse.Namespace, case: SkinCase, around: Surroundings, shells: dict[str, Shell]) -> None:
    """Draw skin, bones, muscles and places from each view."""
    views = asked.views.split(",")
    size = (asked.width, min(1200, int(1.25 * asked.width / len(views))))
    plotter = pv.Plotter(off_screen=True, shape=(1, len(views)), border=False, window_size=size)
    focus, reach = framing(asked.look, case, around, shells)
    for column, view in enumerate(views):
        plotter.subplot(0, column)
        if asked.skin:
            skin = pv.PolyData.from_regular_faces(case.vertices, case.triangles)
            plotter.add_mesh(skin, color="#d9b08c", opacity=asked.skin, smooth_shading=True)
        bones = around.bones
        if asked.mirror:
            add(plotter, np.asarray(bones.vertices) * (-1, 1, 1), bones.faces[:, ::-1], "#efe6cc")
        add(plotter, np.asarray(bones.vertices), bones.faces, "#efe6cc")
        for name, shell in shells.items():
            add_muscle(plotter, name, shell, mirror=False)
            if asked.mirror:
                add_muscle(plotter, name, shell, mirror=True)
        for pattern in filter(None, asked.places.split(",")):
            for name in around.places.places:
                if fnmatch(name, pattern):
                    points = around.places.points(name)
                    plotter.add_points(points, color="#c01020", point_size=9, render_points_as_spheres=True)
                    plotter.add_point_labels(
                        points[:1], [name.split(".")[1]], font_size=9, shape=None, always_visible=True
                    )
        direction = np.array(VIEWS[view], dtype=float)
        plotter.camera_position = [tuple(focus + 3000 * direction / np.linalg.norm(direction)), tuple(focus),
                                   (0, 1, 0) if view in ("above", "below") else (0, 0, 1)]  # fmt: skip
        plotter.enable_parallel_projection()
        plotter.camera.parallel_scale = reach
    plotter.screenshot(asked.output)


def framing(
    look: str, case: SkinCase, around: Surroundings, shells: dict[str, Shell]
) -> tuple[Floats, float]:
    """Centre and half height of the picture."""
    found = [around.skeleton[name] for name in read_source() if look and fnmatch(name, look)]
    found += [shell.vertices for name, shell in shells.items() if look and fnmatch(name, look)]
    points = np.concatenate(found) if found else case.vertices
    low, high = points.min(axis=0), points.max(axis=0)
    if not found:
        low[0], high[0] = max(low[0], -330.0), min(high[0], 330.0)
    return (low + high) / 2, float(np.max(high - low)) * 0.58


def add(plotter: pv.Plotter, vertices: Floats, triangles: NDArray[np.integer], colour: object) -> None:
    """Add one plain surface."""
    plotter.add_mesh(
        pv.PolyData.from_regular_faces(vertices, triangles), color=colour, smooth_shading=True, specular=0.1
    )


def add_muscle(plotter: pv.Plotter, name: str, shell: Shell, mirror: bool) -> None:
    """Add one muscle in a red of its own, its tendons pale."""
    hue = zlib.crc32(name.encode()) / 2**32
    belly = np.array(
        colorsys.hsv_to_rgb(
            (0.97 + 0.11 * hue) % 1.0, 0.55 + 0.2 * ((hue * 7) % 1), 0.55 + 0.3 * ((hue * 13) % 1)
        )
    )
    colours = belly + (np.array([0.93, 0.9, 0.82]) - belly) * shell.tendon[:, None] * 0.85
    triangles = shell.triangles[:, ::-1] if mirror else shell.triangles
    mesh = pv.PolyData.from_regular_faces(shell.vertices * ((-1, 1, 1) if mirror else 1), triangles)
    mesh["colour"] = (255 * colours).astype(np.uint8)
    plotter.add_mesh(mesh, scalars="colour", rgb=True, smooth_shading=True, specular=0.1)


if __name__ == "__main__":
    main()
