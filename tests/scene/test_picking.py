from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, PointRef, Side
from bodymap.geometry.surfaces import Surface, make_surface
from bodymap.scene import Screen, bounds_of, facing, point_field, preset, project, ray_through, shown_surface
from bodymap.scene.lens import Ray
from bodymap.scene.picking import Picker
from scene_fakes import FakeAtlas

SCREEN = Screen(746, 698)


def brute_force(surface: Surface, n_faces: int, ray: Ray) -> tuple[int, float] | None:
    """Moeller and Trumbore's test of every triangle: face and distance of the first hit."""
    a, b, c = surface.vertices[surface.triangles].astype(np.float64).transpose(1, 0, 2)
    origin, direction = np.asarray(ray.origin_mm), np.asarray(ray.direction)
    first, second = b - a, c - a
    across = np.cross(direction, second)
    size = np.einsum("ij,ij->i", first, across)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = origin - a
        u = np.einsum("ij,ij->i", apart, across) / size
        v = np.cross(apart, first) @ direction / size
        along = np.einsum("ij,ij->i", np.cross(apart, first), second) / size
    hit = (np.abs(size) > 1e-12) & (u >= 0) & (v >= 0) & (u + v <= 1) & (along > 0)
    if not hit.any():
        return None
    face = int(np.flatnonzero(hit)[np.argmin(along[hit])])
    return (face, float(along[face])) if face < n_faces else None


@pytest.fixture(scope="module")
def surface(body: Body) -> Surface:
    return shown_surface(body, Build())


@pytest.fixture(scope="module")
def picker(body: Body, surface: Surface) -> Picker:
    return Picker(surface, len(body.triangles))


def test_picks_what_a_brute_force_search_finds(body: Body, surface: Surface, picker: Picker) -> None:
    rng = np.random.default_rng(3)
    bounds = bounds_of(surface.vertices)
    hits = 0
    for pose in (
        preset("front", bounds, SCREEN.aspect),
        facing((-60.0, 80.0, 1560.0), (-0.6, 0.8, 0.0), 300.0),
    ):
        for x, y in rng.uniform((150, 0), (600, 698), (20, 2)):
            ray = ray_through(x, y, pose, SCREEN)
            found, expected = picker.cast(ray), brute_force(surface, len(body.triangles), ray)
            assert (found is None) == (expected is None)
            if found is None or expected is None:
                continue
            hits += 1
            distance = float(np.linalg.norm(np.asarray(found.xyz_mm) - ray.origin_mm))
            assert distance == pytest.approx(expected[1], abs=1e-2)
            assert found.anchor.position(surface.vertices, surface.triangles) == pytest.approx(
                found.xyz_mm, abs=1e-2
            )
    assert hits > 15


def test_a_ray_beside_the_body_meets_nothing(picker: Picker) -> None:
    assert picker.cast(Ray((0.0, 2000.0, 2500.0), (0.0, -1.0, 0.0))) is None


def test_the_mouths_inside_is_no_place() -> None:
    plate = make_surface(
        np.asarray([(0, 0, 0), (10, 0, 0), (0, 0, 10), (0, 5, 0), (10, 5, 0), (0, 5, 10)], dtype=np.float32),
        np.asarray([(0, 1, 2), (3, 4, 5)]),
    )
    towards_back = Ray((2.0, 100.0, 2.0), (0.0, -1.0, 0.0))
    assert Picker(plate, n_faces=1).cast(towards_back) is None
    hit = Picker(plate).cast(towards_back)
    assert hit is not None
    assert hit.face == 1
    assert sum(hit.barycentric) == pytest.approx(1.0)


def test_markers_behind_the_body_are_not_picked(
    body: Body, atlas: FakeAtlas, picker: Picker, surface: Surface
) -> None:
    points = point_field(atlas, body, Build())
    front = preset("front", bounds_of(surface.vertices), SCREEN.aspect)
    seen = picker.visible(points.xyz_mm, points.normals, front)
    assert seen[points.index[PointRef("belly.1", Side.LEFT)]]
    back = points.index[PointRef("back.1", Side.LEFT)]
    assert not seen[back]
    x, y, _ = project(points.xyz_mm, front, SCREEN)[back]
    row = picker.nearest_visible(points.xyz_mm, points.normals, x, y, 6.0, front, SCREEN)
    assert row is None or row != back


def test_an_arm_before_the_trunk_hides_it(body: Body, picker: Picker, surface: Surface) -> None:
    """Facing the viewer is not enough: something nearer may be in between."""
    rng = np.random.default_rng(5)
    rows = rng.choice(np.unique(body.triangles), 400, replace=False)
    points, normals = surface.vertices[rows].astype(np.float64), surface.normals[rows]
    pose = preset("left", bounds_of(surface.vertices), SCREEN.aspect)
    towards = pose.position_mm - points
    faces_viewer = np.einsum("ij,ij->i", towards, normals) > 0
    seen = picker.visible(points, normals, pose)
    assert not (seen & ~faces_viewer).any()
    assert (faces_viewer & ~seen).sum() > 5


def test_the_nearest_marker_is_nearest_on_the_screen() -> None:
    wall = make_surface(
        np.asarray([(-500, 0, 0), (500, 0, 0), (500, 0, 1000), (-500, 0, 1000)], dtype=np.float32),
        np.asarray([(0, 2, 1), (0, 3, 2)]),
    )
    points: NDArray[np.float64] = np.asarray([(0.0, 0.0, 500.0), (30.0, 0.0, 500.0), (0.0, 0.0, 900.0)])
    normals = np.tile((0.0, 1.0, 0.0), (3, 1))
    pose = facing((0.0, 0.0, 500.0), (0.0, 1.0, 0.0), 700.0)
    picker = Picker(wall)
    middle = (373.0, 349.0)
    assert picker.nearest_visible(points, normals, *middle, 14.0, pose, SCREEN) == 0
    assert picker.nearest_visible(points, normals, middle[0] - 24.0, middle[1], 14.0, pose, SCREEN) == 1
    assert picker.nearest_visible(points, normals, middle[0] + 100.0, middle[1], 14.0, pose, SCREEN) is None
    assert picker.nearest_visible(points[:0], normals[:0], *middle, 14.0, pose, SCREEN) is None
