"""Bake what the skin's shading needs: its ambient occlusion and the evenly spread dots of spillover zones.

Run after the skin's topology or average shapes change: ``python tools/bake_shading.py``; takes about a minute.
"""

from __future__ import annotations

import heapq
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
RAYS = 160
REACH_MM = 260.0
GAP_MM = 4.6
FINE_GAP_MM = 2.6
FACING_MM = 12.0
CANDIDATES_PER_DOT = 7
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


def scatter(surface: Surface, gaps_mm: NDArray[np.float64]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Spread dots evenly at every density at once.

    Each next dot is the candidate farthest from all dots before it, so that the dots whose own gap is above any
    chosen length are an even set by themselves: the picture chooses the length by its zoom.

    Parameters
    ----------
    gaps_mm : ndarray, shape (n,)
        Smallest wanted distance of neighbouring dots at each vertex.

    Returns
    -------
    faces (k,), barycentric (k, 3), own gaps in millimetres (k,)
    """
    rng = np.random.default_rng(SEED)
    faces, weights = _candidates(surface, gaps_mm, rng)
    corners = surface.triangles[faces]
    points = np.einsum("kc,kcx->kx", weights, surface.vertices[corners])
    normals = np.einsum("kc,kcx->kx", weights, surface.normals[corners])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    wanted = np.einsum("kc,kc->k", weights, gaps_mm[corners])
    # Skin facing elsewhere is far away: both sides of an ear or a finger get their own dots.
    order, own = _farthest_first(np.hstack((points, normals * FACING_MM)), wanted)
    return faces[order], weights[order], own


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


def _farthest_first(points: NDArray[Any], wanted: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    tree = cKDTree(points)
    distance = np.full(len(points), 60.0)
    heap = [(-60.0, index) for index in range(len(points))]
    order, own = [], []
    while heap:
        negative, index = heapq.heappop(heap)
        gap = -negative
        if gap > distance[index] + 1e-9:  # an old entry: it is back in the heap with its new distance
            continue
        if gap < wanted[index]:
            distance[index] = 0.0
            continue
        order.append(index)
        own.append(gap)
        near = np.asarray(tree.query_ball_point(points[index], gap))
        apart = np.linalg.norm(points[near] - points[index], axis=1)
        closer = apart < distance[near]
        distance[near[closer]] = apart[closer]
        keep = apart[closer] >= wanted[near[closer]]
        for moved, length in zip(near[closer][keep].tolist(), apart[closer][keep].tolist(), strict=True):
            heapq.heappush(heap, (-length, moved))
    return np.asarray(order), np.asarray(own)


def wanted_gaps(body: Body, surface: Surface) -> NDArray[np.float64]:
    """Smallest gap at each vertex: finer where the body has small parts, as the mesh is."""
    points = surface.vertices[surface.triangles].astype(np.float64)
    edges = np.linalg.norm(points - np.roll(points, 1, axis=1), axis=2).mean(axis=1)
    total = np.bincount(surface.triangles.ravel(), np.repeat(edges, 3), minlength=body.n_vertices)
    size = total / np.maximum(np.bincount(surface.triangles.ravel(), minlength=body.n_vertices), 1)
    neighbours = np.concatenate([surface.triangles[:, pair] for pair in ((0, 1), (1, 2), (2, 0))])
    for _ in range(12):  # smooth: no border between fine and coarse
        near = np.bincount(neighbours.ravel(), size[neighbours[:, ::-1].ravel()], minlength=body.n_vertices)
        size = near / np.maximum(np.bincount(neighbours.ravel(), minlength=body.n_vertices), 1)
    return np.asarray(FINE_GAP_MM + (GAP_MM - FINE_GAP_MM) * np.clip((size - 2.0) / 8.0, 0.0, 1.0))


def main() -> None:
    """Bake and write."""
    body = read_body()
    surface = body.surface(Build())
    arrays: dict[str, NDArray[Any]] = {"topology": np.asarray(topology_key(body.triangles))}
    for sex in Sex:
        arrays[f"occlusion_{sex.value}"] = occlusion(body.surface(Build(sex=sex)), body.inner_triangles)
    faces, weights, own = scatter(surface, wanted_gaps(body, surface))
    arrays["dot_faces"] = faces.astype(np.int32)
    arrays["dot_weights"] = np.round(weights[:, :2] * 65535).astype(np.uint16)
    arrays["dot_gaps"] = own.astype(np.float16)
    np.savez_compressed(TARGET, **arrays)  # type: ignore[arg-type]
    print(f"{len(own)} dots, {TARGET.stat().st_size / 1e6:.1f} MB in {TARGET.name}")


if __name__ == "__main__":
    main()
