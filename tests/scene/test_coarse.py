from __future__ import annotations

import numpy as np
import pytest

from bodymap.geometry.surfaces import vertex_normals
from bodymap.scene.coarse import cell_sizes_mm, coarse_triangles
from bodymap.scene.fibres import BUNDLE_MM, fibre_attributes
from toy_inside import CORNERS, toy_inside


def sphere(rings: int = 40) -> tuple[np.ndarray, np.ndarray]:
    import pyvista as pv

    mesh = pv.Sphere(radius=50.0, theta_resolution=rings, phi_resolution=rings)
    return mesh.points.astype(np.float32), mesh.faces.reshape(-1, 4)[:, 1:].astype(np.int32)


def test_a_coarse_sphere_is_much_lighter_and_as_large() -> None:
    vertices, triangles = sphere()
    normals = vertex_normals(vertices, triangles)
    cells = np.full(len(vertices), 20.0, dtype=np.float32)
    coarse = coarse_triangles(vertices, normals, triangles, cells, np.zeros(len(vertices), dtype=np.int64))
    assert 20 < len(coarse) < len(triangles) / 5
    used = vertices[np.unique(coarse)]
    assert np.ptp(used, axis=0) == pytest.approx(np.ptp(vertices, axis=0), rel=0.2)
    assert len(np.unique(np.sort(coarse, axis=1)[:, 0])) > 1


def test_owners_are_kept_apart_and_so_are_the_faces_of_a_sheet() -> None:
    square = np.asarray(((0, 0, 0), (3, 0, 0), (3, 3, 0), (0, 3, 0)), dtype=np.float32)
    sheet = np.concatenate((square, square - np.float32((0, 0, 0.5)).reshape(3)))
    triangles = np.asarray(((0, 1, 2), (0, 2, 3), (4, 6, 5), (4, 7, 6)), dtype=np.int32)
    normals = np.repeat(np.asarray(((0, 0, 1), (0, 0, -1)), dtype=np.float32), 4, axis=0)
    cells = np.full(8, 2.0, dtype=np.float32)
    one = coarse_triangles(sheet, normals, triangles, cells, np.zeros(8, dtype=np.int64))
    assert set(np.unique(one).tolist()) == set(range(8))
    two = np.concatenate((sheet, sheet)), np.concatenate((normals, normals))
    owners = np.repeat((0, 1), 8)
    both = coarse_triangles(
        *two, np.concatenate((triangles, triangles + 8)), np.full(16, 2.0, np.float32), owners
    )
    assert (owners[both].min(axis=1) == owners[both].max(axis=1)).all()
    assert len(both) == 8


def test_small_parts_get_small_cubes() -> None:
    vertices, _ = sphere()
    small = np.concatenate((vertices, vertices / 10.0))
    parts = [np.arange(len(vertices)), np.arange(len(vertices), 2 * len(vertices))]
    cells = cell_sizes_mm(small, parts, 14.0, 4)
    assert cells[0] == 14.0
    assert cells[-1] == pytest.approx(10.0 / 4, rel=0.05)


def test_a_bundle_of_fibres_is_as_wide_on_a_thick_as_on_a_thin_muscle() -> None:
    inside = toy_inside()
    vertices = inside.vertices({CORNERS[0]: 1.0})
    muscles = [inside.find(name)[0] for name in ("outer", "inner")]
    parts = [
        (np.arange(m.vertices[0].start, m.vertices[0].stop), inside.triangles[m.triangles[0]])
        for m in muscles
    ]
    fibres = fibre_attributes(inside.along, inside.across, inside.tendon, vertices, parts)
    for (rows, _), radius_mm in zip(parts, (45.0, 28.0), strict=True):
        bundles = np.linalg.norm(fibres[rows, :2], axis=1).max()
        assert bundles == pytest.approx(radius_mm / BUNDLE_MM, rel=0.1)
    bones = inside.find("femur")[0].vertices[0]
    assert (fibres[bones, :2] == 0.0).all()
    assert (fibre_attributes(inside.along, inside.across, inside.tendon, None, parts)[:, :2] == 0.0).all()
