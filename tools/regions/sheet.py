"""The picture of all regions: neighbours differ in colour, and each view names the regions it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvista
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from bodymap.body import Body
from bodymap.body.regions import LIPS
from bodymap.domain import Build, Sex
from regions.canvas import UNPAINTED

Vector = tuple[float, float, float]
COLUMNS = 3
MARGIN_PX, VIEW_PX, HEIGHT_PX = 190, 420, 600
LINE_PX = 14
REACH = (
    1.25  # how far round its centre a view shows the skin, in half heights; keeps other parts out of the way
)
LEAST_PIXELS = 40  # smaller patches of a region are not named in that view
PALETTE = (
    (228, 87, 86), (84, 162, 75), (76, 120, 168), (245, 181, 60), (178, 121, 162), (114, 183, 178),
    (157, 117, 93), (255, 157, 166), (130, 150, 60), (100, 105, 200), (200, 190, 120), (60, 170, 220),
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """One view of the sheet: a point to look at, from which direction, and half the height it shows."""

    title: str
    centre: Vector
    towards_eye: Vector
    half_height_mm: float
    up: Vector = (0.0, 0.0, 1.0)
    half_only: bool = True
    named: bool = True
    sex: Sex = Sex.MALE


FRONT, BACK, LEFT, INNER = (0.0, 1.0, 0.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0), (1.0, 0.0, 0.0)
FORWARD = (0.0, 1.0, 0.0)
HEAD, NECK, SHOULDER = (-20.0, 60.0, 1600.0), (-80.0, 20.0, 1470.0), (-120.0, 0.0, 1370.0)
CHEST, PELVIS, ELBOW = (-90.0, 0.0, 1270.0), (-80.0, 0.0, 930.0), (-330.0, 60.0, 1230.0)
THIGH, LEG, HAND, FOOT = (
    (-145.0, 0.0, 680.0),
    (-180.0, 0.0, 290.0),
    (-515.0, 285.0, 1005.0),
    (-205.0, 85.0, 50.0),
)

VIEWS = (
    View("front", (0.0, 0.0, 865.0), FRONT, 900.0, half_only=False, named=False),
    View("back", (0.0, 0.0, 865.0), BACK, 900.0, half_only=False, named=False),
    View("side", (0.0, 60.0, 865.0), LEFT, 900.0, half_only=False, named=False),
    View("head, front", HEAD, (-0.25, 1.0, 0.0), 150.0, half_only=False),
    View("head, side", (0.0, 60.0, 1600.0), LEFT, 150.0),
    View("head, back", HEAD, (-0.35, -1.0, 0.0), 150.0, half_only=False),
    View("head, top", (-20.0, 45.0, 1600.0), (-0.25, 0.0, 1.0), 150.0, FORWARD, half_only=False),
    View("neck, front", NECK, (-0.4, 1.0, 0.1), 120.0),
    View("neck, side", NECK, (-1.0, 0.0, 0.25), 120.0),
    View("neck and shoulder, top", SHOULDER, (-0.2, 0.1, 1.0), 150.0, FORWARD),
    View("shoulder, front", SHOULDER, (-0.25, 1.0, 0.1), 170.0),
    View("shoulder, back", SHOULDER, (-0.2, -1.0, 0.1), 170.0),
    View("trunk, front", CHEST, FRONT, 240.0),
    View("trunk, back", CHEST, BACK, 240.0),
    View("trunk and armpit, side", (-90.0, 0.0, 1240.0), (-1.0, 0.1, -0.7), 240.0),
    View("pelvis, front", PELVIS, FRONT, 170.0),
    View("pelvis, back", PELVIS, BACK, 170.0),
    View("pelvis, side", PELVIS, LEFT, 170.0),
    View("pelvis, below", (-60.0, 10.0, 870.0), (0.05, 0.0, -1.0), 130.0, FORWARD),
    View("arm, front", ELBOW, (0.0, 1.0, 0.0), 190.0),
    View("arm, outer side", ELBOW, (-1.0, 0.3, 0.6), 190.0),
    View("arm, back", ELBOW, (0.0, -1.0, 0.3), 190.0),
    View("arm, inner side", ELBOW, (0.6, 0.2, -1.0), 190.0),
    View("hand, back", HAND, (-1.0, 0.1, 0.5), 105.0),
    View("hand, palm", HAND, (1.0, 0.0, -0.6), 105.0),
    View("hand, thumb side", HAND, (0.3, 1.0, 0.5), 105.0),
    View("hand, little-finger side", HAND, (-0.2, -1.0, -0.4), 105.0),
    View("thigh and knee, front", THIGH, FRONT, 260.0),
    View("thigh and knee, outer side", THIGH, LEFT, 260.0),
    View("thigh and knee, back", THIGH, BACK, 260.0),
    View("thigh and knee, inner side", THIGH, INNER, 260.0),
    View("leg, front", LEG, FRONT, 290.0),
    View("leg, outer side", LEG, LEFT, 290.0),
    View("leg, back", LEG, BACK, 290.0),
    View("leg, inner side", LEG, INNER, 290.0),
    View("foot, top", FOOT, (0.0, 0.25, 1.0), 150.0, FORWARD),
    View("foot, sole", FOOT, (0.0, 0.0, -1.0), 150.0, FORWARD),
    View("foot, outer side", FOOT, (-1.0, 0.1, 0.1), 190.0),
    View("foot, inner side", FOOT, (1.0, 0.1, 0.1), 190.0),
    View("heel, back", (-200.0, 0.0, 70.0), (0.0, -1.0, 0.1), 110.0),
    View("woman, front", (0.0, 0.0, 800.0), FRONT, 830.0, half_only=False, named=False, sex=Sex.FEMALE),
    View("woman, back", (0.0, 0.0, 800.0), BACK, 830.0, half_only=False, named=False, sex=Sex.FEMALE),
)


def write_sheet(
    body: Body, ids: tuple[str, ...], labels: NDArray[np.int16], path: Path, views: tuple[View, ...] = VIEWS
) -> None:
    """Draw every view and write the sheet as PNG."""
    # The inside of the mouth shows as a line between the lips.
    labels = np.where(labels == UNPAINTED, ids.index(LIPS), labels)
    palette = _palette(body, labels, len(ids))
    cell = (VIEW_PX + 2 * MARGIN_PX, HEIGHT_PX)
    rows = -(-len(views) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * cell[0], rows * cell[1]), "white")
    for number, view in enumerate(views):
        panel = _panel(body, ids, labels, palette, view)
        sheet.paste(panel, (number % COLUMNS * cell[0], number // COLUMNS * cell[1]))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def _palette(body: Body, labels: NDArray[np.int16], n_regions: int) -> NDArray[np.uint8]:
    """Colour of each region, shape (r, 3): greedy, so that neighbours differ."""
    edges = np.concatenate((body.triangles[:, :2], body.triangles[:, 1:], body.triangles[:, ::2]))
    pairs = labels[edges]
    touching = np.zeros((n_regions, n_regions), dtype=bool)
    touching[pairs[:, 0], pairs[:, 1]] = True
    touching |= touching.T
    near = touching | ((touching.astype(int) @ touching.astype(int)) > 0)
    colour = np.full(n_regions, -1)
    for region in np.argsort(-touching.sum(axis=1), kind="stable"):
        far = np.bincount(colour[near[region] & (colour >= 0)], minlength=len(PALETTE))
        close = np.bincount(colour[touching[region] & (colour >= 0)], minlength=len(PALETTE))
        colour[region] = np.argmin(close * 100 + far)
    return np.asarray(np.asarray(PALETTE, dtype=np.uint8)[colour])


def _panel(
    body: Body, ids: tuple[str, ...], labels: NDArray[np.int16], palette: NDArray[np.uint8], view: View
) -> Image.Image:
    mesh, region = _crisp_mesh(body, labels, view)
    shaded = _render(mesh, palette[region], view, lit=True)
    codes = np.stack((region % 16 * 16 + 8, region // 16 * 16 + 8, np.zeros_like(region)), axis=1)
    flat = _render(mesh, codes.astype(np.uint8), view, lit=False).astype(int)
    seen = np.where(
        (flat[..., 2] == 0) & (flat[..., 0] > 0), flat[..., 0] // 16 + flat[..., 1] // 16 * 16, -1
    )
    panel = Image.new("RGB", (VIEW_PX + 2 * MARGIN_PX, HEIGHT_PX), "white")
    panel.paste(Image.fromarray(shaded), (MARGIN_PX, 0))
    draw = ImageDraw.Draw(panel)
    draw.text((MARGIN_PX + 4, 4), view.title, fill=(0, 0, 0), font=ImageFont.load_default(size=15))
    if view.named:
        _write_names(draw, [(ids[k], spot) for k, spot in _spots(seen)])
    return panel


def _crisp_mesh(
    body: Body, labels: NDArray[np.int16], view: View
) -> tuple[pyvista.PolyData, NDArray[np.int64]]:
    """Cut each triangle into what belongs to its corners; also return the region of each piece."""
    surface = body.surface(Build(sex=view.sex))
    points = surface.vertices
    triangles = surface.triangles
    close = np.linalg.norm(points - np.asarray(view.centre), axis=1) < REACH * view.half_height_mm
    triangles = triangles[close[triangles].all(axis=1)]
    if view.half_only:
        triangles = triangles[(points[triangles, 0] < 1e-3).all(axis=1)]
    corners = points[triangles]
    normals = surface.normals[triangles]
    middle = (corners + np.roll(corners, -1, axis=1)) / 2.0
    middle_normal = normals + np.roll(normals, -1, axis=1)
    centre, centre_normal = corners.mean(axis=1, keepdims=True), normals.sum(axis=1, keepdims=True)
    pieces, piece_normals = [], []
    for k in range(3):
        ring = [corners[:, k], middle[:, k], centre[:, 0], middle[:, k - 1]]
        ring_normals = [normals[:, k], middle_normal[:, k], centre_normal[:, 0], middle_normal[:, k - 1]]
        pieces.append(np.stack(ring, axis=1))
        piece_normals.append(np.stack(ring_normals, axis=1))
    quads = np.concatenate(pieces)
    region = labels[np.concatenate([triangles[:, k] for k in range(3)])].astype(np.int64)
    n = len(quads)
    faces = np.concatenate((np.full((n, 1), 4), np.arange(4 * n).reshape(n, 4)), axis=1)
    mesh = pyvista.PolyData(quads.reshape(-1, 3), faces.ravel())
    shading = np.concatenate(piece_normals).reshape(-1, 3)
    mesh.point_data["Normals"] = shading / np.linalg.norm(shading, axis=1, keepdims=True)
    mesh.point_data.active_normals_name = "Normals"
    return mesh, region


def _render(
    mesh: pyvista.PolyData, colours: NDArray[np.uint8], view: View, *, lit: bool
) -> NDArray[np.uint8]:
    plotter = pyvista.Plotter(off_screen=True, window_size=(VIEW_PX, HEIGHT_PX), lighting="light kit")
    plotter.set_background("white")
    mesh.cell_data["colour"] = colours
    plotter.add_mesh(
        mesh, scalars="colour", rgb=True, lighting=lit, smooth_shading=True,
        ambient=0.3 if lit else 0.0, diffuse=0.75 if lit else 1.0, specular=0.0,
    )  # fmt: skip
    direction = np.asarray(view.towards_eye) / np.linalg.norm(view.towards_eye)
    plotter.enable_parallel_projection()
    plotter.camera.focal_point = view.centre
    plotter.camera.position = tuple(np.asarray(view.centre) + 2500.0 * direction)
    plotter.camera.up = view.up
    plotter.camera.parallel_scale = view.half_height_mm
    plotter.camera.clipping_range = (500.0, 4500.0)
    if lit:
        plotter.enable_anti_aliasing("ssaa")
    else:
        plotter.disable_anti_aliasing()  # a blend of two codes would name a third region
        plotter.render_window.SetMultiSamples(0)
    image = np.asarray(plotter.screenshot(return_img=True))
    plotter.close()
    return image


def _spots(seen: NDArray[np.int64]) -> list[tuple[int, tuple[int, int]]]:
    """Regions worth naming, each with the pixel (x, y) deepest inside its largest visible patch."""
    spots = []
    for region in np.unique(seen[seen >= 0]):
        patches, count = ndimage.label(seen == region)
        sizes = ndimage.sum_labels(seen == region, patches, range(1, count + 1))
        if sizes.max() < LEAST_PIXELS:
            continue
        inside = ndimage.distance_transform_edt(np.pad(patches == 1 + int(np.argmax(sizes)), 1))[1:-1, 1:-1]
        y, x = np.unravel_index(int(np.argmax(inside)), inside.shape)
        spots.append((int(region), (int(x), int(y))))
    return spots


def _write_names(draw: ImageDraw.ImageDraw, named: list[tuple[str, tuple[int, int]]]) -> None:
    """Names in the two margins, in the order of the places they point to, with a line to each."""
    font = ImageFont.load_default(size=12)
    middle = float(np.median([x for _, (x, _) in named]))
    for right in (False, True):
        column = sorted(
            (item for item in named if (item[1][0] > middle) == right), key=lambda item: item[1][1]
        )
        heights = _spread_out([y for _, (_, y) in column])
        for (name, (x, y)), height in zip(column, heights, strict=True):
            width = draw.textlength(name, font=font)
            left = MARGIN_PX + VIEW_PX + 6 if right else MARGIN_PX - 6 - width
            draw.text((left, height - 7), name, fill=(0, 0, 0), font=font)
            start = (MARGIN_PX + VIEW_PX + 3 if right else MARGIN_PX - 3, height)
            spot = (MARGIN_PX + x, y)
            draw.line((start, spot), fill=(40, 40, 40), width=1)
            draw.ellipse((spot[0] - 2, spot[1] - 2, spot[0] + 2, spot[1] + 2), fill=(0, 0, 0))


def _spread_out(wanted: list[int]) -> list[float]:
    """Heights in the same order, at least a line apart, on the panel and near the wanted ones."""
    heights = [float(y) for y in wanted]
    low, high = 28.0, HEIGHT_PX - 10.0
    for _ in range(200):
        for k in range(1, len(heights)):
            gap = LINE_PX - (heights[k] - heights[k - 1])
            if gap > 0:
                heights[k - 1] -= gap / 2.0
                heights[k] += gap / 2.0
        heights = [min(max(y, low), high) for y in heights]
    return heights
