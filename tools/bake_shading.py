"""Bake what the skin's shading needs: its ambient occlusion and the evenly spread dots of spillover zones.

Run after the skin's topology or average shapes change: ``python tools/bake_shading.py``; takes some minutes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bodymap.body import Body, read_body
from bodymap.domain import Build, Sex
from bodymap.geometry.surfaces import Surface
from bodymap.scene.detail import topology_key

TARGET = Path(__file__).parents[1] / "assets" / "meshes" / "shading.npz"
RAYS = 256
REACH_MM = 260.0
GAPS_MM = tuple(21.0 / 3 ** (level / 2) for level in range(5))
FACING_MM = 12.0
CANDIDATES_PER_DOT = 9
ROUNDS = 30
FINE_MESH_MM = 4.5
SEED = 20240607


def occlusion(surface: Surface, lids: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Open share of the sky over each vertex, cosine weighted, as a byte; near blockers count more."""
    from trimesh import Trimesh
    from trimesh.ray.ray_pyembree import RayMeshIntersector

    mesh = Trimesh(surface.vertices, np.concatenate((surface.triangles, lids)), process=False)
    caster: Any = RayMeshIntersector(mesh)
    rng = np.random.default_rng(SEED)
    used = np.unique(surface.triangles)
    points, normals = surface.vertices[used], surface.normals[used]
    blocked = np.zeros(len(used))
    for turn in range(RAYS):
        directions = _cosine_directions(normals, turn, rng)
        origins = points + normals * 0.6
        hits, rays, _ = caster.intersects_location(origins, directions, multiple_hits=False)
        lengths = np.linalg.norm(hits - origins[rays], axis=1)
        blocked[rays] += np.clip(1.0 - lengths / REACH_MM, 0.0, 1.0) ** 1.5
    shade = np.full(len(surface.vertices), 255, dtype=np.uint8)
    shade[used] = np.round(255 * (1.0 - blocked / RAYS)).astype(np.uint8)
    return shade


def _cosine_directions(normals: NDArray[Any], turn: int, rng: np.random.Generator) -> NDArray[np.float64]:
    # Stratified in height, random around: the same number of rays at every height.
    height = np.sqrt((turn + rng.random(len(normals))) / RAYS)
    around = rng.random(len(normals)) * 2 * np.pi
    helper = np.where(np.abs(normals[:, 2:3]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    across = np.cross(normals, helper)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    along = np.cross(normals, across)
    flat = np.sqrt(1.0 - height**2)[:, None]
    spread = across * np.cos(around)[:, None] + along * np.sin(around)[:, None]
    return np.asarray(normals * height[:, None] + flat * spread, dtype=np.float64)


def scatter(
    surface: Surface, finest_mm: NDArray[np.float64]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float64]]:
    """Spread dots evenly in nested sets, each level filling the gaps between the coarser ones.

    The gaps shrink by the square root of three: then a new dot fits in the middle of every three old ones,
    and the set is as even as before. Each level's new dots are relaxed (Lloyd) while the older ones stay.

    Parameters
    ----------
    finest_mm : ndarray, shape (n,)
        Gap of the finest set at each vertex.

    Returns
    -------
    faces (k,), barycentric (k, 3), gap in millimetres of the coarsest set the dot belongs to (k,)
    """
    rng = np.random.default_rng(SEED)
    faces, weights = _candidates(surface, finest_mm, rng)
    corners = surface.triangles[faces]
    points = np.einsum("kc,kcx->kx", weights, surface.vertices[corners])
    normals = np.einsum("kc,kcx->kx", weights, surface.normals[corners])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    finest = np.einsum("kc,kc->k", weights, finest_mm[corners])
    # Skin that faces elsewhere is far away: both sides of an ear or a finger get their own dots.
    places = np.hstack((points, normals * FACING_MM))
    chosen = np.zeros(0, dtype=np.int64)
    gaps = np.zeros(0)
    for gap in GAPS_MM:
        share = np.flatnonzero(finest <= gap * 1.05)
        density = min(1.0, len(GAPS_MM) * CANDIDATES_PER_DOT * 1.6e6 / gap**2 / len(share))
        share = share[rng.random(len(share)) < density]
        new = _darts(places, share, chosen, gap * 0.76)
        new = _relaxed(places, share, chosen, new)
        chosen = np.concatenate((chosen, new))
        gaps = np.concatenate((gaps, np.full(len(new), gap)))
        print(f"gap {gap:5.2f} mm: {len(new)} new dots", flush=True)
    return faces[chosen], weights[chosen], gaps


def _candidates(
    surface: Surface, gaps_mm: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    a, b, c = surface.vertices[surface.triangles].transpose(1, 0, 2).astype(np.float64)
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
    density = areas / gaps_mm[surface.triangles].mean(axis=1) ** 2
    count = int(density.sum() * 1.15 * CANDIDATES_PER_DOT)
    faces = np.sort(rng.choice(len(areas), size=count, p=density / density.sum()))
    root, second = np.sqrt(rng.random(count)), rng.random(count)
    return faces, np.stack((1 - root, root * (1 - second), root * second), axis=1)


def _darts(
    places: NDArray[Any], share: NDArray[np.int64], fixed: NDArray[np.int64], apart_mm: float
) -> NDArray[np.int64]:
    """Choose from the share as many places as stay apart, the middles of the largest holes first."""
    order = np.random.default_rng(SEED).permutation(len(share))
    free: NDArray[np.bool_] = np.ones(len(share), dtype=bool)
    tree = cKDTree(places[share])
    if len(fixed):
        distance, _ = cKDTree(places[fixed]).query(places[share])
        order = np.argsort(-distance, kind="stable")
        free = np.asarray(distance >= apart_mm)
    new = []
    for index in order.tolist():
        if free[index]:
            new.append(index)
            free[np.asarray(tree.query_ball_point(places[share[index]], apart_mm))] = False
    return share[np.asarray(new, dtype=np.int64)]


def _relaxed(
    places: NDArray[Any], share: NDArray[np.int64], fixed: NDArray[np.int64], new: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Move new dots to the middle of what is nearest to them, again and again."""
    tree = cKDTree(places[share])
    for _ in range(ROUNDS):
        sites = np.concatenate((new, fixed))
        _, owner = cKDTree(places[sites]).query(places[share])
        counts = np.maximum(np.bincount(owner, minlength=len(sites)), 1)[: len(new), None]
        sums = [np.bincount(owner, places[share, axis], minlength=len(sites)) for axis in range(6)]
        middles = np.stack(sums, axis=1)[: len(new)] / counts
        _, nearest = tree.query(middles)
        new = np.unique(share[nearest])
    return new


def finest_gaps(body: Body, surface: Surface) -> NDArray[np.float64]:
    """Gap of the finest dots at each vertex: finer where the body has small parts, as the mesh is."""
    points = surface.vertices[surface.triangles].astype(np.float64)
    edges = np.linalg.norm(points - np.roll(points, 1, axis=1), axis=2).mean(axis=1)
    total = np.bincount(surface.triangles.ravel(), np.repeat(edges, 3), minlength=body.n_vertices)
    size = total / np.maximum(np.bincount(surface.triangles.ravel(), minlength=body.n_vertices), 1)
    neighbours = np.concatenate([surface.triangles[:, pair] for pair in ((0, 1), (1, 2), (2, 0))])
    for _ in range(12):  # smooth: no border between fine and coarse
        near = np.bincount(neighbours.ravel(), size[neighbours[:, ::-1].ravel()], minlength=body.n_vertices)
        size = near / np.maximum(np.bincount(neighbours.ravel(), minlength=body.n_vertices), 1)
    return np.where(size < FINE_MESH_MM, GAPS_MM[-1], GAPS_MM[-2])


def main() -> None:
    """Bake and write."""
    body = read_body()
    surface = body.surface(Build())
    arrays: dict[str, NDArray[Any]] = {"topology": np.asarray(topology_key(body.triangles))}
    for sex in Sex:
        arrays[f"occlusion_{sex.value}"] = occlusion(body.surface(Build(sex=sex)), body.inner_triangles)
    faces, weights, own = scatter(surface, finest_gaps(body, surface))
    arrays["dot_faces"] = faces.astype(np.int32)
    arrays["dot_weights"] = np.round(weights[:, :2] * 65535).astype(np.uint16)
    arrays["dot_gaps"] = own.astype(np.float32)
    arrays["finest"] = np.asarray(finest_gaps(body, surface), dtype=np.float32)
    np.savez_compressed(TARGET, **arrays)  # type: ignore[arg-type]
    print(f"{len(own)} dots, {TARGET.stat().st_size / 1e6:.1f} MB in {TARGET.name}")


if __name__ == "__main__":
    main()
