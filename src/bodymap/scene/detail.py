"""Baked detail of the skin that only drawing needs: ambient occlusion and the places of spillover dots."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Sex
from bodymap.geometry.files import asset_path


@dataclass(frozen=True, eq=False)
class Dots:
    """Evenly spread places on the skin, where spillover dots may stand.

    They come in nested sets, each filling the gaps of the coarser one, so a picture takes the density that
    suits its zoom and no dot ever jumps. They are sorted by their nearest corner, to be found by vertex.

    Attributes
    ----------
    faces : ndarray of int32, shape (k,)
    weights : ndarray of float32, shape (k, 3)
        Barycentric.
    gaps_mm : ndarray of float32, shape (k,)
        Gap of the coarsest even set that the dot belongs to.
    finest_mm : ndarray of float32, shape (k,)
        Gap of the finest set around the dot.
    starts : ndarray of int64, shape (n + 1,)
        Dots ``starts[v]`` up to ``starts[v + 1]`` belong to vertex v.
    """

    faces: NDArray[np.int32]
    weights: NDArray[np.float32]
    gaps_mm: NDArray[np.float32]
    finest_mm: NDArray[np.float32]
    starts: NDArray[np.int64]

    def of_vertices(self, vertices: NDArray[np.integer]) -> NDArray[np.int64]:
        """Find the dots that belong to any of the given vertices (each given once)."""
        starts, ends = self.starts[vertices], self.starts[np.asarray(vertices) + 1]
        counts = ends - starts
        before = np.cumsum(counts) - counts
        return np.asarray(np.repeat(starts - before, counts) + np.arange(counts.sum()), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class SkinDetail:
    """What drawing knows of the skin besides its shape.

    Attributes
    ----------
    occlusion : dict of Sex to ndarray of uint8, shape (n,)
        Open share of the sky over each vertex, 255 where nothing is near.
    read_dots : callable
        Reads the places of the dots.
    """

    occlusion: dict[Sex, NDArray[np.uint8]]
    read_dots: Callable[[], Dots]

    @cached_property
    def dots(self) -> Dots:
        """Places of the dots, read when spillover is first drawn: the first picture has none."""
        return self.read_dots()


def make_dots(
    faces: NDArray[np.integer],
    weights: NDArray[np.floating],
    gaps_mm: NDArray[np.floating],
    finest_mm: NDArray[np.floating],
    triangles: NDArray[np.integer],
    n_vertices: int,
) -> Dots:
    """Sort dots by their nearest corner; `finest_mm`, shape (n,), is the finest gap at each vertex."""
    owners = triangles[faces, np.argmax(weights, axis=1)]
    order = np.argsort(owners, kind="stable")
    return Dots(
        faces=np.ascontiguousarray(faces[order], dtype=np.int32),
        weights=np.ascontiguousarray(weights[order], dtype=np.float32),
        gaps_mm=np.ascontiguousarray(gaps_mm[order], dtype=np.float32),
        finest_mm=np.ascontiguousarray(finest_mm[owners[order]], dtype=np.float32),
        starts=np.searchsorted(owners[order], np.arange(n_vertices + 1)).astype(np.int64),
    )


def topology_key(triangles: NDArray[np.int32]) -> int:
    """Check sum of a topology, to tell whether baked detail still fits it."""
    return zlib.crc32(np.ascontiguousarray(triangles).tobytes())


def read_skin_detail(triangles: NDArray[np.int32], n_vertices: int) -> SkinDetail:
    """Read the baked detail of the body's skin.

    Raises
    ------
    FileNotFoundError
        The program's own files are missing.
    ValueError
        The detail was baked for another topology.
    """
    with np.load(asset_path("meshes/shading.npz"), allow_pickle=False) as stored:
        if int(stored["topology"]) != topology_key(triangles):
            raise ValueError("meshes/shading.npz was baked for another skin: run tools/bake_shading.py")
        occlusion = {sex: stored[f"occlusion_{sex.value}"] for sex in Sex}
    return SkinDetail(occlusion, lambda: _read_dots(triangles, n_vertices))


def _read_dots(triangles: NDArray[np.int32], n_vertices: int) -> Dots:
    with np.load(asset_path("meshes/shading.npz"), allow_pickle=False) as stored:
        pair = stored["dot_weights"].astype(np.float32) / np.float32(65535)
        third = np.clip(1.0 - pair.sum(axis=1, keepdims=True), 0.0, 1.0)
        weights = np.hstack((pair, third)).astype(np.float32)
        return make_dots(
            stored["dot_faces"], weights, stored["dot_gaps"], stored["finest"], triangles, n_vertices
        )
