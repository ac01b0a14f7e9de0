"""Postures: bones stay whole, skin keeps its volume, arms stay out of the trunk, the table is at zero."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.body import read_body
from bodymap.body.arm_room import arm_room_deg
from bodymap.body.posing import pose_transforms
from bodymap.body.skinning import dual_quaternions, skinned
from bodymap.body.stances import Stance, stance_of
from bodymap.domain import Build, Posture, Sex

BODY = read_body()
MAN, WOMAN = Build(), Build(sex=Sex.FEMALE)
HEAVY, THIN = Build(weight_kg=120, muscle=0.35), Build(sex=Sex.FEMALE, weight_kg=42)
BUILDS = [MAN, WOMAN, HEAVY, THIN]
POSED = [posture for posture in Posture if posture is not Posture.APART]
every_build = pytest.mark.parametrize("build", BUILDS, ids=("man", "woman", "heavy", "thin"))
every_posture = pytest.mark.parametrize("posture", POSED)


def litres(vertices: np.ndarray) -> float:
    triangles = np.concatenate((BODY.triangles, BODY.inner_triangles))
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6e6


def placed(name: str, build: Build, posture: Posture) -> np.ndarray:
    """A joint in a posture, moved with the bone that begins there."""
    row = BODY.rig.joints.index(name)
    bone = int(np.flatnonzero(BODY.rig.heads == row)[0])
    move = BODY.bone_transforms(build, posture)[bone]
    return np.asarray(move[:3, :3] @ BODY.joints(build)[row] + move[:3, 3])


@every_build
def test_at_rest_nothing_moves(build: Build) -> None:
    transforms = pose_transforms(BODY.rig, BODY.joints(build), Stance())
    np.testing.assert_allclose(transforms, np.tile(np.eye(4), (len(BODY.rig.bones), 1, 1)), atol=1e-9)
    base = BODY.base(build)
    moved = skinned(base, BODY.rig.weight_bones, BODY.rig.weights, transforms)
    np.testing.assert_allclose(moved, base, atol=0.2)


@every_posture
@every_build
def test_bones_keep_their_length_and_hang_together(build: Build, posture: Posture) -> None:
    transforms, joints = BODY.bone_transforms(build, posture), BODY.joints(build)
    turns = transforms[:, :3, :3]
    np.testing.assert_allclose(
        turns @ turns.transpose(0, 2, 1), np.tile(np.eye(3), (len(turns), 1, 1)), atol=1e-9
    )
    assert np.linalg.det(turns) == pytest.approx(1.0)
    for bone, parent in enumerate(BODY.rig.parents.tolist()):
        if parent >= 0:
            head = np.append(joints[BODY.rig.heads[bone]], 1.0)
            np.testing.assert_allclose(transforms[bone] @ head, transforms[parent] @ head, atol=1e-6)


@every_posture
@every_build
def test_the_skin_is_whole(build: Build, posture: Posture) -> None:
    rest, vertices = BODY.vertices(build), BODY.vertices(build, posture)
    assert np.isfinite(vertices).all()
    assert abs(vertices[:, 2].min()) < 0.05
    assert litres(vertices) == pytest.approx(litres(rest), rel=0.045)
    edges = BODY.triangles[:, :2]
    lengths = [np.linalg.norm(shape[edges[:, 0]] - shape[edges[:, 1]], axis=1) for shape in (rest, vertices)]
    long = lengths[0] > 3.0
    stretch = lengths[1][long] / lengths[0][long]
    assert np.quantile(stretch, 0.001) > 0.25
    assert np.quantile(stretch, 0.999) < 3.0


@pytest.mark.parametrize("posture", [Posture.STANDING, Posture.SEATED])
@every_build
def test_upright_bodies_stay_symmetric(build: Build, posture: Posture) -> None:
    vertices = BODY.vertices(build, posture)
    np.testing.assert_allclose(vertices[BODY.mirror_vertices] * (-1, 1, 1), vertices, atol=0.02)


@every_build
def test_the_two_sides_are_each_others_mirror(build: Build) -> None:
    left, right = (BODY.vertices(build, posture) for posture in (Posture.LEFT_UP, Posture.RIGHT_UP))
    np.testing.assert_allclose(left[BODY.mirror_vertices] * (-1, 1, 1), right, atol=0.02)


@every_build
def test_hanging_arms_do_not_go_into_the_trunk(build: Build) -> None:
    """Hand and forearm are further out than the hip and the thigh beside them."""
    vertices = BODY.base(build, Posture.STANDING)
    main = np.array(BODY.rig.bones)[BODY.rig.weight_bones[:, 0]]
    sure = BODY.rig.weights[:, 0] > 0.8
    arm = vertices[np.isin(main, ("lowerarm_l", "hand_l")) & sure]
    trunk = vertices[np.char.startswith(main, ("spine")) | np.isin(main, ("pelvis", "thigh_l"))]
    for z in np.arange(arm[:, 2].min(), arm[:, 2].max(), 20.0):
        near_arm = arm[np.abs(arm[:, 2] - z) < 10.0]
        level = trunk[np.abs(trunk[:, 2] - z) < 10.0]
        beside = (
            level[(level[:, 1] > near_arm[:, 1].min()) & (level[:, 1] < near_arm[:, 1].max())]
            if len(near_arm)
            else level[:0]
        )
        if len(near_arm) and len(beside):
            assert near_arm[:, 0].max() < beside[:, 0].min() + 8.0


def test_the_heavier_the_further_the_arms_stand_off() -> None:
    angles = [
        arm_room_deg(BODY.rig, BODY.base(build), BODY.joints(build))
        for build in (MAN, Build(weight_kg=90, muscle=0.35), HEAVY)
    ]
    assert angles[0] < angles[1] < angles[2] < 36.0


def test_arms_do_not_jump_while_the_weight_is_dragged() -> None:
    hands = [BODY.vertices(Build(weight_kg=kg), Posture.STANDING) for kg in np.arange(80.0, 100.0, 1.0)]
    steps = [np.linalg.norm(after - before, axis=1).max() for before, after in pairwise(hands)]
    assert max(steps) < 25.0


@pytest.mark.parametrize(
    ("posture", "up"),
    [
        (Posture.PRONE, (0, -1, 0)),
        (Posture.PRONE_HANGING, (0, -1, 0)),
        (Posture.SUPINE, (0, 1, 0)),
        (Posture.LEFT_UP, (-1, 0, 0)),
        (Posture.RIGHT_UP, (1, 0, 0)),
    ],
)
@every_build
def test_lying_bodies_show_the_side_that_is_named(
    build: Build, posture: Posture, up: tuple[int, int, int]
) -> None:
    pelvis = BODY.rig.bones.index("pelvis")
    turn = BODY.bone_transforms(build, posture)[pelvis, :3, :3]
    np.testing.assert_allclose(turn @ np.array(up), (0.0, 0.0, 1.0), atol=1e-9)
    vertices = BODY.vertices(build, posture)
    assert np.ptp(vertices[:, :2], axis=0).max() > 1.4 * np.ptp(vertices[:, 2])


@every_build
def test_a_seated_body_sits(build: Build) -> None:
    hip, knee, ankle = (placed(name, build, Posture.SEATED) for name in ("l-upper-leg", "l-knee", "l-ankle"))
    assert abs(hip[2] - knee[2]) < 0.15 * np.linalg.norm(knee - hip)
    assert knee[1] > hip[1] + 300.0
    assert knee[2] - ankle[2] > 0.95 * np.linalg.norm(knee - ankle)


angles = st.floats(-3.0, 3.0)
shifts = st.floats(-500.0, 500.0)


@given(axis=st.tuples(angles, angles, angles), shift=st.tuples(shifts, shifts, shifts))
def test_what_one_bone_carries_moves_rigidly(
    axis: tuple[float, float, float], shift: tuple[float, float, float]
) -> None:
    x, y, z = axis
    cross = np.array(((0.0, -z, y), (z, 0.0, -x), (-y, x, 0.0)))
    angle = float(np.linalg.norm(axis))
    unit = cross / max(angle, 1e-12)
    move = np.eye(4)
    move[:3, :3] += np.sin(angle) * unit + (1.0 - np.cos(angle)) * unit @ unit
    move[:3, 3] = shift
    points = np.random.default_rng(1).uniform(-300, 300, (20, 3))
    moved = skinned(points, np.zeros((20, 1), dtype=np.uint8), np.ones((20, 1)), move[None])
    np.testing.assert_allclose(moved, points @ move[:3, :3].T + shift, atol=0.01)
    assert np.linalg.norm(dual_quaternions(move[None])[0, :4]) == pytest.approx(1.0)


def test_stances_name_real_segments() -> None:
    names = {name.rpartition("_")[0] for name in BODY.rig.bones if name.endswith("_l")}
    for posture in Posture:
        stance = stance_of(posture, 10.0)
        assert set(stance.left) | set(stance.right) <= names
        assert set(stance.bends) <= set(BODY.rig.bones)
