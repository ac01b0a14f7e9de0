"""What a muscle must keep clear of: the fascia under the fat, the bones, and the muscles made before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

from bodymap.geometry.surfaces import vertex_normals
from places import FittedPlaces, Place
from skeleton import read_source
from skin_case import SkinCase

Floats = NDArray[np.float64]

FAR_MM = 400.0


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Skin and skeleton of one case.

    Attributes
    ----------
    case : SkinCase
    skeleton : dict of str to ndarray, shape (n, 3)
        Bones of the left side and left halves of those on the midline.
    places : FittedPlaces
    """

    case: SkinCase
    skeleton: dict[str, Floats]
    places: FittedPlaces

    @cached_property
    def bones(self) -> trimesh.Trimesh:
        """All bones that can touch the left side, midline bones whole, as one mesh."""
        return self.bones_without(())

    def bones_without(self, names: tuple[str, ...]) -> trimesh.Trimesh:
        """All bones but some."""
        vertices, triangles, start = [], [], 0
        for name, bone in read_source().items():
            if name in names:
                continue
            fitted = self.skeleton[name]
            halves = [(fitted, bone.triangles)]
            if bone.midline:
                halves.append((fitted * (-1.0, 1.0, 1.0), bone.triangles[:, ::-1]))
            for points, faces in halves:
                vertices.append(points)
                triangles.append(faces + start)
                start += len(points)
        return trimesh.Trimesh(np.concatenate(vertices), np.concatenate(triangles), process=False)

    @cached_property
    def fascia_normals(self) -> Floats:
        """Outward unit normals of the fascia, shape (n, 3)."""
        return vertex_normals(self.fascia_points, self.case.triangles).astype(np.float64)

    @property
    def fascia_points(self) -> Floats:
        """Vertices of the fascia, shape (n, 3)."""
        return np.asarray(self.case.fascia.vertices)

    def nearest_fascia(self, points: Floats) -> tuple[Floats, Floats]:
        """Nearest places on the fascia and the outward normals there, each of shape (k, 3)."""
        faces = self.case.outer_triangles.astype(np.int64)
        _, hit, places = igl.point_mesh_squared_distance(
            np.ascontiguousarray(points), self.fascia_points, faces
        )
        normals = self.fascia_normals[faces[hit]].mean(axis=1)
        return places, normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)


def make_surroundings(case: SkinCase, skeleton: dict[str, Floats], places: dict[str, Place]) -> Surroundings:
    """Surroundings of the muscles of one case."""
    return Surroundings(case, skeleton, FittedPlaces(places, skeleton))


def first_hit_mm(mesh: trimesh.Trimesh, origins: Floats, directions: Floats) -> Floats:
    """Distance along unit rays to the first triangle, shape (k,); `FAR_MM` on a miss."""
    distances = np.full(len(origins), FAR_MM)
    if len(mesh.faces) == 0 or len(origins) == 0:
        return distances
    _, rays, places = mesh.ray.intersects_id(origins, directions, multiple_hits=False, return_locations=True)
    distances[rays] = np.minimum(np.linalg.norm(places - origins[rays], axis=1), FAR_MM)
    return distances


def last_hit_mm(mesh: trimesh.Trimesh, origins: Floats, directions: Floats, within_mm: float) -> Floats:
    """Distance along unit rays to the last triangle hit within a reach, shape (k,); zero on a miss."""
    distances = np.zeros(len(origins))
    if len(mesh.faces) == 0:
        return distances
    _, rays, places = mesh.ray.intersects_id(
        origins, directions, multiple_hits=True, max_hits=12, return_locations=True
    )
    reach = np.linalg.norm(places - origins[rays], axis=1)
    near = reach <= within_mm
    np.maximum.at(distances, rays[near], reach[near])
    return distances
