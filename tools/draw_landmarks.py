"""Draw the landmarks on the standard male, labelled, panel by panel: writes docs/pictures/landmarks*.png.

Blue ones are places of bones, red ones of soft tissue. Usage: ``python tools/draw_landmarks.py [female]``.
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
PANEL_PX, COLUMN_PX, LINE_PX, TITLE_PX, COLUMNS = 640, 190, 16, 26.0, 3
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


TRUNK_AND_HEAD = (
    Panel("head, front", "nasion", (0, 0, -10), (0, 1, 0), 270, "head"),
    Panel("head, left", "tragus", (0, 30, 10), (-1, 0, 0), 250, "head"),
    Panel("head and neck, back", "C2", (0, 0, 40), (0, -1, 0.05), 260, "head neck"),
    Panel("neck, left", "transverse_c4", (0, 0, -25), (-1, 0.1, 0), 190, "neck trunk"),
    Panel("neck and collar bones, front", "cricoid", (-70, 0, -20), (-0.15, 1, 0.25), 250, "neck trunk"),
    Panel("neck and shoulder, back", "T1", (-80, 0, 0), (-0.1, -1, 0.35), 260, "neck trunk"),
    Panel("shoulder, front", "lesser_tubercle", (0, 0, -10), (-0.45, 0.85, 0.25), 230, "trunk arm"),
    Panel("shoulder, back", "scapula_infraspinous_mid", (0, 0, 0), (-0.2, -1, 0.15), 260, "trunk arm"),
    Panel("shoulder, side", "acromion_tip", (0, 0, -50), (-1, 0, 0.25), 260, "trunk neck arm"),
    Panel("chest", "sternal_angle", (-90, 0, -60), (0, 1, 0.05), 340, "trunk"),
    Panel("thoracic spine and ribs", "T7", (-60, 0, 5), (0, -1, 0), 330, "trunk"),
    Panel("flank", "rib_8_axillary", (0, 0, -40), (-1, 0, -0.1), 300, "trunk"),
    Panel("lumbar spine and pelvis, back", "L5", (-60, 0, 10), (0, -1, 0), 330, "trunk thigh"),
    Panel("belly and pelvis, front", "umbilicus", (-70, 0, -60), (0, 1, 0), 330, "trunk thigh"),
    Panel("pelvis, side", "greater_trochanter", (0, 0, 70), (-1, 0, 0), 300, "trunk thigh"),
)
LIMBS = (
    Panel("arm, outside", "deltoid_tuberosity", (-20, 0, -50), (-0.75, -0.09, 0.66), 360, "arm forearm"),
    Panel("arm, inside", "medial_epicondyle", (30, 0, 60), (0.5, 0.75, -0.35), 380, "arm forearm"),
    Panel("elbow and forearm, front", "cubital_crease_mid", (-50, 60, -40), (0.2, 1, 0), 320, "arm forearm"),
    Panel("elbow and forearm, back", "olecranon", (-40, 50, -20), (-0.5, -1, 0.3), 320, "arm forearm"),
    Panel("hand, back", "mcp_3", (10, -10, 15), (-0.75, 0, 0.66), 230, "forearm hand"),
    Panel("hand, palm", "palm_centre", (-10, 15, -5), (0.75, 0, -0.66), 230, "forearm hand"),
    Panel("hand, thumb side", "thumb_cmc", (-20, 40, -30), (0.5, 0.64, 0.58), 220, "forearm hand"),
    Panel("thigh, front", "femur_mid_front", (0, 0, -20), (-0.2, 1, 0), 520, "thigh trunk leg"),
    Panel("thigh, back", "gluteal_fold_mid", (-30, 0, -150), (0, -1, 0), 560, "thigh leg trunk"),
    Panel("knee, front", "patella_mid", (0, 0, -35), (-0.26, 0.97, 0), 220, "thigh leg"),
    Panel("knee, outside", "lateral_joint_line", (0, 0, 0), (-0.97, -0.26, 0), 220, "thigh leg"),
    Panel("knee, inside", "medial_joint_line", (0, 0, 0), (0.8, 0.6, 0), 220, "thigh leg"),
    Panel("knee, back", "knee_crease_mid", (0, 0, -10), (0.1, -1, 0), 220, "thigh leg"),
    Panel("leg, front", "tibia_crest_mid", (0, 0, 0), (0, 1, 0), 520, "leg foot"),
    Panel("leg, back", "calf_belly_end", (0, 0, -50), (0, -1, 0), 560, "thigh leg foot"),
    Panel("foot, outside", "metatarsal_base_5", (0, 20, 40), (-1, 0, 0.15), 280, "leg foot"),
    Panel("foot, inside", "navicular", (0, 30, 20), (0.93, 0.36, 0.15), 280, "leg foot"),
    Panel("foot, top", "mtp_3", (0, -40, 0), (-0.1, 0.35, 0.94), 280, "leg foot"),
    Panel("foot, sole", "metatarsal_head_3_plantar", (0, -50, 0), (0.05, 0.25, -0.97), 280, "foot"),
    Panel("foot, back", "achilles_insertion", (0, 0, 20), (0, -1, 0.1), 220, "leg foot"),
)
PAGES = {"landmarks": TRUNK_AND_HEAD, "landmarks_limbs": LIMBS}
BONE, SOFT = "#1f5fb0", "#c01818"


class Sheet:
    """Draws panels of one body."""

    def __init__(self, body: Body, build: Build) -> None:
        self.surface: Surface = body.surface(build)
        self.bony = frozenset(landmark.id for landmark in body.landmarks if landmark.bone)
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
        _label(ImageDraw.Draw(image), panel.title, spots, self.bony)
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


def _label(
    draw: ImageDraw.ImageDraw, title: str, spots: dict[str, tuple[float, float]], bony: frozenset[str]
) -> None:
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
            draw.ellipse([x - 4, y - 4, x + 4, y + 4], fill=BONE if name in bony else SOFT, outline="white")


def _spread(heights: list[float]) -> list[float]:
    """Line heights near the wanted ones, in order, at least a line apart, within the panel."""
    lines = [max(height, TITLE_PX) for height in heights]
    for index in range(1, len(lines)):
        lines[index] = max(lines[index], lines[index - 1] + LINE_PX)
    floor = float(PANEL_PX - LINE_PX)
    for index in range(len(lines) - 1, -1, -1):
        lines[index] = min(lines[index], floor)
        floor = lines[index] - LINE_PX
    return lines


def draw_page(sheet: Sheet, panels: tuple[Panel, ...], path: Path) -> None:
    """Write one page of panels."""
    pictures = [sheet.panel(panel) for panel in panels]
    width, height = pictures[0].size
    page = Image.new("RGB", (COLUMNS * width, -(-len(pictures) // COLUMNS) * height), "white")
    for index, picture in enumerate(pictures):
        page.paste(picture, (index % COLUMNS * width, index // COLUMNS * height))
    path.parent.mkdir(parents=True, exist_ok=True)
    page.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Draw the pages."""
    sex = Sex.FEMALE if sys.argv[1:] == ["female"] else Sex.MALE
    sheet = Sheet(read_body(), Build(sex=sex))
    for name, panels in PAGES.items():
        draw_page(sheet, panels, OUTPUT / f"{name}{'' if sex is Sex.MALE else '_female'}.png")


if __name__ == "__main__":
    main()
