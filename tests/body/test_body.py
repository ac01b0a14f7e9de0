from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.body import Body, read_body
from bodymap.domain import Build, Sex, Side
from bodymap.geometry.anchors import Anchor

BODY = read_body()


def test_the_skin_is_smooth_enough_and_light_enough(body: Body) -> None:
    surface = body.surface(Build())
    assert len(surface.vertices) == len(surface.normals) == body.n_vertices
    assert 53_000 < body.n_vertices < 54_500
    np.testing.assert_array_equal(surface.triangles, body.triangles)


@pytest.mark.parametrize(("sex", "stature_mm"), [(Sex.MALE, 1729), (Sex.FEMALE, 1588)])
def test_it_stands_on_the_floor_at_its_stature(body: Body, sex: Sex, stature_mm: float) -> None:
    z = body.surface(Build(sex=sex)).vertices[:, 2]
    assert abs(z.min()) < 0.01
    assert z.max() == pytest.approx(stature_mm, abs=2)


@pytest.mark.parametrize("sex", Sex)
def test_left_and_right_are_exact_mirror_images(body: Body, sex: Sex) -> None:
    vertices = body.surface(Build(sex=sex)).vertices
    np.testing.assert_allclose(vertices[body.mirror_vertices] * (-1, 1, 1), vertices, atol=1e-3)
    twice = body.mirror_vertices[body.mirror_vertices]
    np.testing.assert_array_equal(twice, np.arange(body.n_vertices))
    np.testing.assert_array_equal(body.mirror_faces[body.mirror_faces], np.arange(len(body.triangles)))


def test_outer_and_inner_skin_together_are_closed(body: Body) -> None:
    triangles = np.concatenate((body.triangles, body.inner_triangles)).astype(np.int64)
    starts, ends = triangles.ravel(), np.roll(triangles, -1, axis=1).ravel()
    forward, backward = np.sort(starts * 2**20 + ends), np.sort(ends * 2**20 + starts)
    assert (np.diff(forward) > 0).all(), "each directed edge once"
    np.testing.assert_array_equal(forward, backward)


def test_the_inner_skin_is_the_mouth_and_the_eye_sockets_only(body: Body) -> None:
    points = body.surface(Build()).vertices[np.unique(body.inner_triangles)]
    assert 500 < len(body.inner_triangles) < 10_000
    assert points[:, 2].min() > 1480
    assert np.abs(points[:, 0]).max() < 60


@pytest.mark.parametrize("sex", Sex)
def test_normals_point_outward(body: Body, sex: Sex) -> None:
    surface = body.surface(Build(sex=sex))
    a, b, c = (surface.vertices[surface.triangles[:, k]].astype(np.float64) for k in range(3))
    litres = np.einsum("ij,ij->", a, np.cross(b, c)) / 6e6
    assert 40 < litres < 90
    used = np.unique(surface.triangles)
    np.testing.assert_allclose(np.linalg.norm(surface.normals[used], axis=1), 1.0, atol=1e-4)


def _at(body: Body, name: str, side: Side = Side.LEFT) -> np.ndarray:
    surface = body.surface(Build())
    return body.landmarks.anchor(name, side).position(surface.vertices, surface.triangles)


def test_axes_are_right_anterior_superior(body: Body) -> None:
    left, right = _at(body, "acromion_tip"), _at(body, "acromion_tip", Side.RIGHT)
    assert left[0] < -150 < 150 < right[0]
    assert _at(body, "glabella")[1] > _at(body, "inion")[1] + 150
    assert _at(body, "vertex")[2] > _at(body, "heel_plantar")[2] + 1700
    assert _at(body, "toe_tip_1")[1] > _at(body, "heel_back")[1] + 200


def test_the_female_skin_is_not_torn_or_crumpled(body: Body) -> None:
    """A place means the same on both bodies: no patch is stretched far more than its neighbours."""
    areas = []
    for sex in Sex:
        vertices = body.surface(Build(sex=sex)).vertices.astype(np.float64)
        a, b, c = (vertices[body.triangles[:, k]] for k in range(3))
        areas.append(np.linalg.norm(np.cross(b - a, c - a), axis=1))
    stretch = np.sqrt(areas[0] / areas[1]) / 0.918
    assert np.quantile(stretch, 0.02) > 0.65
    assert np.quantile(stretch, 0.98) < 1.45


@given(face=st.integers(0, len(BODY.triangles) - 1), along=st.floats(0, 1), across=st.floats(0, 1))
def test_mirroring_an_anchor_twice_is_identity(face: int, along: float, across: float) -> None:
    second = across * (1 - along)
    anchor = Anchor(face, (along, second, max(0.0, 1 - along - second)))
    assert BODY.mirrored(BODY.mirrored(anchor)) == anchor


def test_joints_lie_inside_and_mirror(body: Body) -> None:
    for sex in Sex:
        left, right = (body.rig.joint(f"{side}-elbow", Build(sex=sex)) for side in "lr")
        np.testing.assert_allclose(left * (-1, 1, 1), right, atol=1e-3)
        assert left[0] < 0
    with pytest.raises(KeyError):
        body.rig.joint("third-elbow", Build())


def test_skin_weights_are_shares_of_known_bones(body: Body) -> None:
    rig = body.rig
    np.testing.assert_allclose(rig.weights.sum(axis=1), 1.0, atol=1e-3)
    assert rig.weight_bones.max() < len(rig.bones)
    assert (rig.parents < np.int16(len(rig.bones))).all()
