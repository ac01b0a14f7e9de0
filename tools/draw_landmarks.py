"""Draw the landmarks on the standard male, labelled, panel by panel: writes docs/pictures/landmarks.png.

Usage: ``python tools/draw_landmarks.py [female]``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvista as pv
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bodymap.body import Body, read_body
from bodymap.domain import Build, Sex
from bodymap.geometry.surfaces import Surface

OUTPUT = Path(__file__).parents[1] / "docs" / "pictures"
PANEL_PX, COLUMN_PX, LINE_PX = 640, 190, 16
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Panel:
    """One picture: what it looks at, from where, how much of it, and which segments it names."""

    title: str
    centre: str
    shift_mm: tuple[float, float, float]
    towards_viewer: tuple[float, float, float]
    height_mm: float
    segments: str


PANELS = (
    Panel("head, front", "nasion", (0, 0, -20), (0, 1, 0), 270, "head"),
    Panel("head, left", "tragus", (0, 0, 0), (-1, 0, 0), 300, "head neck"),
    Panel("head and neck, back", "C3", (0, 0, 40), (0, -1, 0), 340, "head neck"),
    Panel("chest", "sternal_angle", (-90, 0, -40), (0, 1, 0.1), 380, "trunk neck"),
    Panel("upper back", "T5", (-80, 0, 0), (0, -1, 0.05), 400, "trunk"),
    Panel("lower back", "L4", (-60, 0, -60), (0, -1, -0.1), 480, "trunk thigh"),
    Panel("belly", "umbilicus", (-60, 0, -40), (0, 1, 0), 420, "trunk"),
    Panel("arm, outside", "deltoid_tuberosity", (0, 0, -30), (-0.75, -0.09, 0.66), 420, "arm forearm"),
    Panel("arm, inside", "medial_epicondyle", (0, 0, 30), (0.5, 0.75, -0.35), 420, "arm forearm"),
    Panel("shoulder, side", "acromion_tip", (0, 0, -40), (-1, 0, 0.25), 280, "trunk neck"),
    Panel("hip, side", "greater_trochanter", (0, 0, 60), (-1, 0, 0), 400, "trunk thigh"),
    Panel("arm, front", "cubital_crease_mid", (20, 0, 20), (0.2, 1, 0), 480, "arm forearm"),
    Panel("arm, back", "olecranon", (20, 0, 20), (-0.3, -1, 0.2), 480, "arm forearm"),
    Panel("hand, back", "mcp_3", (0, -20, 10), (-0.75, 0, 0.66), 260, "forearm hand"),
    Panel("hand, palm", "palm_centre", (0, 0, 0), (0.75, 0, -0.66), 260, "forearm hand"),
    Panel("hand, thumb side", "thumb_cmc", (0, 40, -30), (0.5, 0.64, 0.58), 240, "forearm hand"),
    Panel("knee, front", "patella_mid", (0, 0, -20), (-0.26, 0.97, 0), 260, "thigh leg"),
    Panel("knee, outside", "lateral_joint_line", (0, 0, 0), (-0.97, -0.26, 0), 260, "thigh leg"),
    Panel("knee, inside", "medial_joint_line", (0, 0, 0), (0.8, 0.6, 0), 260, "thigh leg"),
    Panel("leg, back", "calf_belly_end", (0, 0, -30), (0, -1, 0), 640, "thigh leg foot"),
    Panel("foot, outside", "metatarsal_base_5", (0, 20, 50), (-1, 0, 0.15), 300, "leg foot"),
    Panel("foot, inside", "navicular", (0, 20, 30), (0.93, 0.36, 0.15), 300, "leg foot"),
    Panel("foot, sole", "metatarsal_head_3_plantar", (0, -60, 0), (0.05, 0.25, -0.97), 300, "foot"),
    Panel("foot, top", "mtp_3", (0, -40, 0), (-0.1, 0.35, 0.94), 300, "leg foot"),
)


class Sheet:
    """Draws panels of one body."""

    def __init__(self, body: Body, build: Build) -> None:
        self.surface: Surface = body.surface(build)
        self.places: dict[str, tuple[Vector, Vector, str]] = {}
        for landmark in body.landmarks:
            anchor = body.landmarks.anchor(landmark.id)
            at = anchor.position(self.surface.vertices, self.surface.triangles)
            normal = self.surface.normals[self.surface.triangles[anchor.face]].mean(axis=0)
            self.places[landmark.id] = (at, normal.astype(np.float64), landmark.segment)

    def panel(self, panel: Panel) -> Image.Image:
        """One labelled picture."""
        focus = self.places[panel.centre][0] + np.asarray(panel.shift_mm)
        viewer = np.asarray(panel.towards_viewer, dtype=np.float64)
        viewer /= np.linalg.norm(viewer)
        skin = self._render(focus, viewer, panel.height_mm)
        image = Image.new("RGB", (PANEL_PX + 2 * COLUMN_PX, PANEL_PX), "white")
        image.paste(Image.fromarray(skin), (COLUMN_PX, 0))
        right = np.cross((0.0, 0.0, 1.0), viewer)
        right /= np.linalg.norm(right)
        up = np.cross(viewer, right)
        spots = {}
        for name, (at, normal, segment) in self.places.items():
            across, above = ((at - focus) @ axis * PANEL_PX / panel.height_mm for axis in (right, up))
            inside = max(abs(across), abs(above)) < PANEL_PX / 2 - 8
            if segment in panel.segments.split() and normal @ viewer > 0.12 and inside:
                spots[name] = (COLUMN_PX + PANEL_PX / 2 + across, PANEL_PX / 2 - above)
        _label(ImageDraw.Draw(image), panel.title, spots)
        return image

    def _render(self, focus: Vector, viewer: Vector, height_mm: float) -> NDArray[np.uint8]:
        mesh = pv.PolyData.from_regular_faces(self.surface.vertices, self.surface.triangles)
        mesh.point_data.active_normals = self.surface.normals
        plotter = pv.Plotter(off_screen=True, window_size=(PANEL_PX, PANEL_PX))
        plotter.set_background("white")
        plotter.add_mesh(mesh, color="#dcc3ad", smooth_shading=True, specular=0.2)
        plotter.enable_parallel_projection()
        plotter.camera.focal_point = focus
        plotter.camera.position = focus + 1500.0 * viewer
        plotter.camera.up = (0, 0, 1)
        plotter.camera.parallel_scale = height_mm / 2
        plotter.camera.clipping_range = (10, 4000)
        picture = np.asarray(plotter.screenshot(return_img=True))
        plotter.close()
        return picture


def _label(draw: ImageDraw.ImageDraw, title: str, spots: dict[str, tuple[float, float]]) -> None:
    """Names in the two margins, each with a line to its spot."""
    font = ImageFont.truetype("DejaVuSans.ttf", 12)
    draw.text((8, 4), title, fill="#305080", font=ImageFont.truetype("DejaVuSans-Bold.ttf", 13))
    middle = np.median([x for x, _ in spots.values()]) if spots else 0.0
    for on_left in (True, False):
        side = sorted((y, x, name) for name, (x, y) in spots.items() if (x <= middle) == on_left)
        lines = _spread([y for y, _, _ in side])
        for (y, x, name), line in zip(side, lines, strict=True):
            width = draw.textlength(name, font=font)
            edge = COLUMN_PX - 6 if on_left else COLUMN_PX + PANEL_PX + 6
            draw.line([(x, y), (edge, line)], fill="#7080a0", width=1)
            draw.text((edge - width - 2 if on_left else edge + 2, line - 7), name, fill="black", font=font)
            draw.ellipse([x - 4, y - 4, x + 4, y + 4], fill="#c01818", outline="white")


def _spread(heights: list[float]) -> list[float]:
    """Line heights near the wanted ones, in order, at least a line apart, within the panel."""
    lines = list(heights)
    for index in range(1, len(lines)):
        lines[index] = max(lines[index], lines[index - 1] + LINE_PX)
    floor = float(PANEL_PX - LINE_PX)
    for index in range(len(lines) - 1, -1, -1):
        lines[index] = min(lines[index], floor)
        floor = lines[index] - LINE_PX
    return lines


def main() -> None:
    """Draw the sheet."""
    sex = Sex.FEMALE if sys.argv[1:] == ["female"] else Sex.MALE
    sheet = Sheet(read_body(), Build(sex=sex))
    pictures = [sheet.panel(panel) for panel in PANELS]
    width, height = pictures[0].size
    columns = 3
    page = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "white")
    for index, picture in enumerate(pictures):
        page.paste(picture, (index % columns * width, index // columns * height))
    OUTPUT.mkdir(parents=True, exist_ok=True)
    name = "landmarks.png" if sex is Sex.MALE else "landmarks_female.png"
    page.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        OUTPUT / name, optimize=True
    )


if __name__ == "__main__":
    main()
