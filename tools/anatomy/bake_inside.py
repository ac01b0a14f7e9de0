"""Bake everything under the skin, for every corner of the build space.

Usage: ``python tools/anatomy/bake_inside.py [--jobs 2] [--bones-only]``.

Each corner's skin gets its own fitted skeleton, muscles and danger structures (at average height; other
heights are carried over, see ``carried.py``). All corners share one topology, so together they are a
matrix, which is stored as a mean and a few directions: the inside of any build is a weighted sum of them.
Writes ``assets/meshes/inside.npz`` and ``assets/structures.json``. The corners are kept in a temporary folder
while no tool or table changes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bodymap.geometry.files import asset_path
from carried import at_height, near_weights, strongest_four
from corner_shapes import CORNERS, corner_shape, with_height
from muscles import make_muscles, read_muscles
from places import read_places
from skeleton import fit_skeleton, read_source
from skin_case import skin_case
from skin_marks import the_body
from structures import Piece, bone_rig_rows, structure_records
from surroundings import make_surroundings

Floats = NDArray[np.float64]

HERE = Path(__file__).parent
STANDARD = "male-young-averagemuscle-averageweight-averageheight"
STEP_MM = 0.9
"""What the stored directions are rounded to; a vertex is then off by a third of a millimetre."""
MUSCLE_SIZE = {"minmuscle": 0.72, "averagemuscle": 1.0, "maxmuscle": 1.35}
WOMAN_SIZE = 0.68
"""Muscle of an average woman against a man's (Janssen et al. 2000: 21.0 kg against 33.0 kg)."""


def main() -> None:
    """Build every corner, reduce them, and write the result."""
    parser = argparse.ArgumentParser(description="Bake everything under the skin.")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    fitted = [key for key in CORNERS if key.endswith("averageheight")]
    with ProcessPoolExecutor(asked.jobs) as pool:
        built = dict(zip(fitted, pool.map(kept_corner, fitted), strict=True))
    pieces = corner_pieces(STANDARD)
    weights = carried_by(pieces)
    vertices = np.stack([at_key(key, built, weights) for key in CORNERS])
    arrays = topology(pieces, weights) | reduced(vertices)
    path = asset_path("meshes/skin.npz").with_name("inside.npz")
    np.savez_compressed(path, allow_pickle=False, **arrays)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {len(pieces)} structures")
    records = structure_records([(piece.id, piece.kind) for piece in pieces])
    asset_path("regions.json").with_name("structures.json").write_text(
        json.dumps(records, indent=1, ensure_ascii=False) + "\n"
    )


def corner_pieces(key: str) -> list[Piece]:
    """Everything inside one corner of the build space."""
    from organs import danger_structures

    case = skin_case(key)
    skeleton = fit_skeleton(case)
    around = make_surroundings(case, skeleton, read_places())
    sex, _, muscle, _, _ = key.split("-")
    size = MUSCLE_SIZE[muscle] * (WOMAN_SIZE if sex == "female" else 1.0)
    pieces = [
        Piece(name, "bone", bone.midline, skeleton[name], bone.triangles)
        for name, bone in read_source().items()
    ]
    for name, shell in make_muscles(read_muscles(), around, size).items():
        pieces.append(Piece(name, "muscle", False, shell.vertices, shell.triangles, fibres=shell))
    return [*pieces, *danger_structures(case, skeleton)]


def kept_corner(key: str) -> NDArray[np.float32]:
    """All vertices of a corner, shape (v, 3), built again only when a tool or table has changed."""
    kept = Path(tempfile.gettempdir()) / f"inside-{stamp():08x}" / f"{key}.npy"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        vertices = np.concatenate([piece.vertices for piece in corner_pieces(key)]).astype(np.float32)
        np.save(kept, vertices)
        print("built", key, flush=True)
    return np.load(kept)


def stamp() -> int:
    """Checksum of everything that a corner is made from."""
    sources = sorted(path for pattern in ("*.py", "**/*.toml", "*.npz") for path in HERE.glob(pattern))
    total = 0
    for path in (*sources, asset_path("meshes/morphs.npz"), HERE / "skin_marks.json"):
        if path.name not in ("bake_inside.py", "show_inside.py", "structures.py", "carried.py"):
            total = zlib.crc32(path.read_bytes(), total)
    return total


def carried_by(pieces: list[Piece]) -> Floats:
    """Share of each rig bone in carrying each vertex, shape (v, b)."""
    skin = corner_shape(STANDARD)[0][: the_body().rig.weights.shape[0]]
    rows = bone_rig_rows(the_body().rig.bones)
    bones = [piece for piece in pieces if piece.kind == "bone"]
    points = np.concatenate([piece.vertices for piece in bones])
    left = np.concatenate([np.full(len(piece.vertices), rows[piece.id][0]) for piece in bones])
    right = np.concatenate([np.full(len(piece.vertices), rows[piece.id][1]) for piece in bones])
    both = np.concatenate((points, points * (-1.0, 1.0, 1.0))), np.concatenate((left, right))
    count = len(the_body().rig.bones)
    parts = [
        np.eye(count)[np.full(len(piece.vertices), rows[piece.id][0])]
        if piece.kind == "bone"
        else near_weights(piece.vertices, skin, *both)
        for piece in pieces
    ]
    return np.concatenate(parts)


def at_key(key: str, built: dict[str, NDArray[np.float32]], weights: Floats) -> NDArray[np.float32]:
    """Vertices of a corner: built as such, or carried over from average height."""
    if key in built:
        return built[key]
    average = with_height(key, "averageheight")
    n = the_body().rig.weights.shape[0]
    before, after = (corner_shape(name)[0][:n] for name in (average, key))
    return at_height(built[average].astype(np.float64), weights, before, after).astype(np.float32)


def topology(pieces: list[Piece], weights: Floats) -> dict[str, NDArray[Any]]:
    """Everything that is the same in each build."""
    starts = np.cumsum([0, *(len(piece.vertices) for piece in pieces)])
    along, across, tendon = (
        np.concatenate([np.rint(255 * piece.fibre(name)) for piece in pieces]).astype(np.uint8)
        for name in ("along", "across", "tendon")
    )
    rig_bones, shares = strongest_four(weights)
    return {
        "names": np.array([piece.id for piece in pieces]),
        "kinds": np.array([piece.kind for piece in pieces]),
        "midline": np.array([piece.midline for piece in pieces]),
        "whole": np.array([piece.whole for piece in pieces]),
        "vertex_starts": starts.astype(np.int32),
        "triangle_starts": np.cumsum([0, *(len(piece.triangles) for piece in pieces)]).astype(np.int32),
        "triangles": np.concatenate(
            [piece.triangles + start for piece, start in zip(pieces, starts, strict=False)]
        ).astype(np.int32),
        "along": along,
        "across": across,
        "tendon": tendon,
        "weight_bones": rig_bones,
        "weights": shares,
    }


def reduced(vertices: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Return mean, directions and coefficients that give all corners back; shape of vertices (c, v, 3).

    Directions are orthogonal, the largest first. Rounded to one step, the many small ones are almost nothing
    but zeros, which the file packs away.
    """
    mean = vertices.mean(axis=0)
    centred = (vertices - mean).reshape(len(vertices), -1)
    values, modes = np.linalg.eigh(centred.astype(np.float64) @ centred.T.astype(np.float64))
    modes = modes[:, np.argsort(-values)].astype(np.float32)
    steps = np.rint(modes.T @ centred / STEP_MM)
    used = np.abs(steps).max(axis=1) > 0
    error = np.linalg.norm((modes[:, used] @ steps[used] * STEP_MM - centred).reshape(vertices.shape), axis=2)
    print(f"{used.sum()} directions, error {error.mean():.2f} mm, largest {error.max():.2f} mm")
    return {
        "corners": np.array(CORNERS),
        "mean": mean.astype(np.float32),
        "coefficients": modes[:, used],
        "basis": steps[used].reshape(-1, *vertices.shape[1:]).astype(np.int16),
        "basis_step_mm": np.full(used.sum(), STEP_MM, dtype=np.float32),
    }


if __name__ == "__main__":
    main()
