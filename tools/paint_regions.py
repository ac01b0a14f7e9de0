"""Paint the named regions of the skin and write ``assets/meshes/regions.npz`` and the picture of them.

    python tools/paint_regions.py [--no-picture]

Reads the baked skin, rig and landmarks, so run it again whenever the landmarks move. Needs potpourri3d, and
trimesh with embreex to find the inside of the mouth.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body, read_body
from bodymap.domain import Build
from regions.arm import paint_arm
from regions.back import paint_back
from regions.borders import settled
from regions.canvas import UNPAINTED, Canvas
from regions.foot import paint_foot
from regions.front import paint_front
from regions.hand import paint_hand
from regions.head import paint_head
from regions.leg import paint_leg
from regions.lining import mouth_lining
from regions.neck import paint_neck
from regions.pelvis import paint_pelvis
from regions.sheet import write_sheet
from regions.shoulder import paint_shoulder

ROOT = Path(__file__).parents[1]
RULES = (
    paint_leg,
    paint_pelvis,
    paint_front,
    paint_back,
    paint_arm,
    paint_neck,
    paint_shoulder,
    paint_head,
    paint_hand,
    paint_foot,
)
"""In the order of painting: a later rule covers an earlier one."""


def main() -> None:
    """Paint, write, and draw."""
    parser = argparse.ArgumentParser(description="Paint the named regions of the skin.")
    parser.add_argument("--no-picture", action="store_true", help="write the labels only")
    options = parser.parse_args()
    body = read_body()
    ids, paired = read_vocabulary()
    labels = paint(body, ids)
    half = halves(body)
    path = ROOT / "assets" / "meshes" / "regions.npz"
    np.savez_compressed(path, ids=np.asarray(ids), label=labels, half=half, side=sides(labels, half, paired))
    print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, {len(ids)} regions")
    if not options.no_picture:
        write_sheet(body, ids, labels, ROOT / "docs" / "pictures" / "regions.png")


def read_vocabulary() -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """Ids of the surface regions in the vocabulary's order, and which of them are paired."""
    stored = msgspec.json.decode((ROOT / "assets" / "regions.json").read_bytes())["regions"]
    ids = tuple(name for name, record in stored.items() if record["kind"] == "surface")
    return ids, np.asarray([stored[name]["side"] == "paired" for name in ids])


def paint(body: Body, ids: tuple[str, ...]) -> NDArray[np.int16]:
    """Index into `ids` of every vertex of the skin, exactly symmetric, shape (n,); -1 inside the mouth."""
    canvas = Canvas(body, ids)
    for rule in RULES:
        rule(canvas)
    label = settled(canvas, body.inner_triangles)
    return np.where(mouth_lining(canvas, body.inner_triangles), UNPAINTED, label).astype(np.int16)


def halves(body: Body) -> NDArray[np.int8]:
    """-1 left of the midline, 0 on it, +1 right, shape (n,)."""
    mirror = body.mirror_vertices
    x = body.surface(Build()).vertices[:, 0]
    return np.where(mirror == np.arange(len(mirror)), 0, np.where(x > 0, 1, -1)).astype(np.int8)


def sides(labels: NDArray[np.int16], half: NDArray[np.int8], paired: NDArray[np.bool_]) -> NDArray[np.int8]:
    """-1 left, +1 right, 0 in midline regions and inside the mouth, shape (n,).

    Vertices on the midline between the two halves of a paired region count as left.
    """
    return np.where(paired[labels] & (labels != UNPAINTED), np.where(half > 0, 1, -1), 0).astype(np.int8)


if __name__ == "__main__":
    main()
