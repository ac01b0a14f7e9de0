"""Draw what lies under the skin, layer by layer and from three sides: writes docs/pictures/inside_*.png.

Usage: ``python tools/draw_inside.py [average_man] [thin_woman] [heavy_man]``; without a name, all of them.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bodymap.app.reference import reference_atlas, reference_body
from bodymap.domain import Build, Layers, Sex
from bodymap.scene import Chosen, preset, resolve
from bodymap.scene.snapshot import Studio

OUTPUT = Path(__file__).parents[1] / "docs" / "pictures"
CELL_PX, TITLE_PX = (320, 470), 26
GROUND, INK = "#FFFFFF", "#1F2933"

BODIES = {
    "average_man": Build(),
    "thin_woman": Build(sex=Sex.FEMALE, height_mm=1650.0, weight_kg=47.0),
    "heavy_man": Build(sex=Sex.MALE, height_mm=1760.0, weight_kg=115.0),
}
VIEWS = ("front", "back", "left")
_OPEN = Layers(skin=0.15, bones=True)
_MUSCLES = replace(_OPEN, muscles=True)
PANELS = (
    ("skeleton", _OPEN),
    ("all muscles", _MUSCLES),
    *((f"{count} layer{'s' * (count > 1)} off", replace(_MUSCLES, peel=count)) for count in range(1, 6)),
    ("structures at risk", replace(_OPEN, danger=True)),
)


def main() -> None:
    """Draw the sheets that are asked for."""
    names = sys.argv[1:] or list(BODIES)
    studio = Studio(reference_body())
    for name in names:
        path = OUTPUT / f"inside_{name}.png"
        sheet(studio, BODIES[name]).save(path, optimize=True)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    studio.close()


def sheet(studio: Studio, build: Build) -> Image.Image:
    """All panels of a body, one column each, one row for each view."""
    width, height = CELL_PX
    page = Image.new("RGB", (len(PANELS) * width, len(VIEWS) * height + TITLE_PX), GROUND)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(15)
    for column, (title, layers) in enumerate(PANELS):
        draw.text(((column + 0.5) * width, TITLE_PX / 2), title, fill=INK, font=font, anchor="mm")
        for row, view in enumerate(VIEWS):
            cell = Image.fromarray(panel(studio, build, layers, view))
            page.paste(cell, (column * width, TITLE_PX + row * height))
    return page


def panel(studio: Studio, build: Build, layers: Layers, view: str) -> NDArray[np.uint8]:
    """One body with some layers open, shape (height, width, 3)."""
    body, atlas = reference_body(), reference_atlas()
    frame = resolve(atlas, body, Chosen(build=build, ground=GROUND, layers=layers, with_points=False))
    studio.snapshot(frame, preset("front", studio.bounds, 1.0), (8, 8))  # takes the build's size
    pose = preset(view, studio.bounds, CELL_PX[0] / CELL_PX[1])
    return studio.snapshot(frame, pose, CELL_PX)[..., :3]


if __name__ == "__main__":
    main()
