"""One body shape to build the inside of: smooth skin, joints, fat, and what lies inside.

A case is named by the corner of the build space that it is, as the morphs name it:
``"male-young-averagemuscle-averageweight-averageheight"``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import igl
import numpy as np
import scipy.sparse as sparse
import trimesh
from numpy.typing import NDArray
from scipy.sparse.linalg import splu

from bodymap.body.regions import LIPS
from bodymap.geometry.files import asset_path
from bodymap.geometry.surfaces import vertex_normals
from corner_shapes import corner_shape, with_weight
from grown_back import grown_back
from skin_marks import at_mark, the_body

Floats = NDArray[np.float64]

FAT_FILE = Path(__file__).parent / "fat.toml"
STANDARD = "{}-young-averagemuscle-averageweight-averageheight"
FAT_SHARE = {"minmuscle": 0.85, "averagemuscle": 0.85, "maxmuscle": 0.5}
"""Share of the skin's movement between two weights that is fat; the rest is organs and stronger muscles."""
SMOOTHING_ROUNDS = 60
"""Rounds that blur the steps between regions over about 30 mm."""
LEAST_FAT_SHARE, LEAST_FAT_MM = 0.4, 1.5
"""Thin people keep the dermis and some fat: this share of the average, and never less than this."""
BREAST_RADIUS_MM = 95.0
POUCH_LIGHT = 120.0
POUCH_BOX_MM = ((-55.0, 42.0, 1500.0), (55.0, 162.0, 1630.0))
"""Where the mouth, the nostrils and the eye sockets of the average man are."""


@dataclass(frozen=True, eq=False)
class SkinCase:
    """Smooth skin of one shape.

    Attributes
    ----------
    key : str
        Corner of the build space.
    vertices : ndarray of float64, shape (n, 3)
        Millimetres, RAS, standing on z = 0.
    joints : dict of str to ndarray, shape (3,)
        Rig joints.
    fat_mm : ndarray of float64, shape (n,)
        Thickness of skin and subcutaneous fat at each vertex.
    """

    key: str
    vertices: Floats
    joints: dict[str, Floats]
    fat_mm: Floats

    @property
    def female(self) -> bool:
        """Whether it is a woman's body."""
        return self.key.startswith("female")

    @property
    def triangles(self) -> NDArray[np.int32]:
        """Outer skin, shape (m, 3)."""
        return the_body().triangles

    @property
    def outer_triangles(self) -> NDArray[np.int32]:
        """Outer skin without the pouches of mouth, nostrils and eyes, shape (m, 3)."""
        return outer_triangles()

    @cached_property
    def normals(self) -> Floats:
        """Outward unit normals at the vertices, shape (n, 3)."""
        return vertex_normals(self.vertices, self.triangles).astype(np.float64)

    @cached_property
    def fascia(self) -> trimesh.Trimesh:
        """The skin moved inwards by the fat: the outer limit of everything under it."""
        points = smoothed(self.vertices - self.normals * self.fat_mm[:, None], 2)
        return trimesh.Trimesh(points, self.outer_triangles, process=False)

    def landmark(self, name: str) -> Floats:
        """Skin place of a mark on the left side or the midline, shape (3,)."""
        return at_mark(name, self.vertices)

    def landmark_fat_mm(self, name: str) -> float:
        """Fat under a mark."""
        return float(at_mark(name, self.fat_mm))

    def landmark_normal(self, name: str) -> Floats:
        """Outward unit normal of the skin at a mark, shape (3,)."""
        normal = at_mark(name, self.normals)
        return np.asarray(normal / np.linalg.norm(normal))

    def depth_mm(self, points: Floats) -> Floats:
        """Distance to the outer skin, positive inside, shape (k,)."""
        return signed_depth(points, self.vertices, outer_triangles())

    def nearest(self, points: Floats) -> tuple[Floats, Floats, NDArray[np.intp]]:
        """Nearest places on the skin.

        Returns
        -------
        places, normals : ndarray, shape (k, 3)
        vertices : ndarray of int, shape (k,)
            The nearest corner of the triangle hit.
        """
        triangles = outer_triangles().astype(np.int64)
        _, faces, places = igl.point_mesh_squared_distance(
            np.ascontiguousarray(points), self.vertices, triangles
        )
        corners = triangles[faces]
        gaps = np.linalg.norm(self.vertices[corners] - places[:, None], axis=2)
        closeness = 1.0 / np.maximum(gaps, 1e-6)
        normals = np.einsum("kc,kcx->kx", closeness, self.normals[corners])
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        return places, normals, corners[np.arange(len(corners)), np.argmin(gaps, axis=1)]


def signed_depth(points: Floats, vertices: Floats, triangles: NDArray[np.integer]) -> Floats:
    """Distance to a surface, positive inside it, shape (k,).

    Inside is told by the generalised winding number, so small holes (mouth, eyes) do no harm.
    """
    points = np.ascontiguousarray(points, dtype=np.float64)
    faces = triangles.astype(np.int64)
    squared, _, _ = igl.point_mesh_squared_distance(points, vertices, faces)
    inside = igl.fast_winding_number(vertices, faces, points) > 0.5
    return np.where(inside, 1.0, -1.0) * np.sqrt(squared)


@cache
def outer_triangles() -> NDArray[np.int32]:
    """Outer skin without what the rig keeps of the mouth, the nostrils and the eye sockets, shape (m, 3).

    Teeth and jaw stand beside the mouth's pouch, which would count as outside. It is where hardly any light
    comes to.
    """
    with np.load(asset_path("meshes/shading.npz"), allow_pickle=False) as stored:
        light = stored["occlusion_male"].astype(np.float64)
    triangles = the_body().triangles
    vertices, _ = corner_shape(STANDARD.format("male"))
    centres = vertices[triangles].mean(axis=1)
    low, high = POUCH_BOX_MM
    dark = light[triangles].mean(axis=1) < POUCH_LIGHT
    return triangles[~(dark & ((centres > low) & (centres < high)).all(axis=1))]


@cache
def skin_case(key: str) -> SkinCase:
    """Case of a corner of the build space."""
    vertices, joints = corner_shape(key)
    average = average_fat(key.split("-")[0])
    fat = average + smoothed(grown_fat(key, vertices)[:, None], 10)[:, 0]
    return SkinCase(
        key, vertices, joints, np.maximum(fat, np.maximum(LEAST_FAT_SHARE * average, LEAST_FAT_MM))
    )


def grown_fat(key: str, vertices: Floats) -> Floats:
    """Fat gained or lost against the average body at each vertex, shape (n,).

    Joints stay where they are when weight or muscle changes, so the skin's way outwards is what grew under
    it: with weight mostly fat; without muscle, all that grows is fat, and what shrinks is muscle. Where the
    bones follow the skin of the back, that much less has grown over them.
    """
    muscle = key.split("-")[2]
    slim, _ = corner_shape(with_weight(key, "averageweight"))
    normals = vertex_normals(slim, the_body().triangles).astype(np.float64)
    grown = vertices - slim - grown_back(key).way(slim)
    fat = FAT_SHARE[muscle] * np.einsum("ij,ij->i", grown, normals)
    if muscle == "minmuscle":
        fit, _ = corner_shape(with_weight(key.replace("minmuscle", "averagemuscle"), "averageweight"))
        fat += FAT_SHARE[muscle] * np.maximum(np.einsum("ij,ij->i", slim - fit, normals), 0.0)
    return fat


@cache
def average_fat(sex: str) -> Floats:
    """Skin and fat of the average man or woman at each vertex, shape (n,), smooth over regions."""
    table = tomllib.loads(FAT_FILE.read_text())
    regions = the_body().regions
    # The last one is for the inside of the mouth, whose label is -1.
    by_region = np.array([_fat_of(region_id, sex, table) for region_id in (*regions.ids, LIPS)])
    fat = smoothed(by_region[regions.of_vertex][:, None], SMOOTHING_ROUNDS)[:, 0]
    return fat + breast_mm() if sex == "female" else fat


def _fat_of(region_id: str, sex: str, table: dict[str, dict[str, float]]) -> float:
    group = table[the_body().regions.region(region_id).group]
    return group.get(region_id, group["mm"]) * (group["woman"] if sex == "female" else 1.0)


@cache
def breast_mm() -> Floats:
    """How far a woman's breast stands out from the chest wall, shape (n,).

    The wall is the membrane spanned by the breast's rim: each coordinate is harmonic inside.
    """
    vertices, _ = corner_shape(STANDARD.format("female"))
    nipple = at_mark("nipple", vertices)
    nipples = (nipple, nipple * (-1.0, 1.0, 1.0))
    near = (
        np.minimum.reduce([np.linalg.norm(vertices - nipple, axis=1) for nipple in nipples])
        < BREAST_RADIUS_MM
    )
    inside = np.flatnonzero(near & (vertices[:, 1] > 0))
    rest = np.setdiff1d(np.arange(len(vertices)), inside)
    laplacian = sparse.csr_array(sparse.eye_array(len(vertices)) - _averaging())
    solver = splu(sparse.csc_array(laplacian[inside][:, inside]))
    wall = solver.solve(np.asarray(-(laplacian[inside][:, rest] @ vertices[rest])))
    grown = np.zeros(len(vertices))
    grown[inside] = np.maximum(np.linalg.norm(vertices[inside] - wall, axis=1), 0.0)
    return smoothed(grown[:, None], 4)[:, 0]


def smoothed(values: Floats, rounds: int) -> Floats:
    """Values at the vertices after some rounds of averaging with their neighbours, shape (n, d)."""
    averaging = _averaging()
    for _ in range(rounds):
        values = 0.5 * values + 0.5 * (averaging @ values)
    return values


@cache
def _averaging() -> sparse.csr_array:
    """Matrix that replaces each vertex by the mean of its neighbours."""
    triangles = np.concatenate((the_body().triangles, the_body().inner_triangles))
    a, b = triangles.ravel(), np.roll(triangles, -1, axis=1).ravel()
    n = the_body().n_vertices
    links = sparse.coo_array((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), shape=(n, n)).tocsr()
    links.data[:] = 1.0
    return sparse.csr_array(sparse.diags_array(1.0 / np.maximum(links.sum(axis=1), 1.0)) @ links)
