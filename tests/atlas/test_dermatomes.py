"""The skin of each nerve root: complete from C2 to S2, where the words say, and the same on both sides."""

from __future__ import annotations

import numpy as np
import pytest

from bodymap.atlas import Atlas
from bodymap.atlas.fields import INSIDE
from bodymap.body import Body

ROOTS = (
    *(f"C{n}" for n in range(2, 9)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    "S1",
    "S2",
)


def covered(atlas: Atlas, body: Body, root: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    area = atlas.dermatome_area(root)
    assert area is not None, root
    mask = np.zeros(body.n_vertices, dtype=np.bool_)
    mask[area.vertices[area.inside >= INSIDE]] = True
    return mask


def test_each_root_from_c2_to_s2_has_one(atlas: Atlas) -> None:
    assert tuple(atlas.dermatomes) == ROOTS
    assert atlas.dermatome_area("C1") is None


@pytest.mark.parametrize("root", ROOTS)
def test_it_is_the_same_on_both_sides_and_reaches_the_regions_it_names(
    atlas: Atlas, body: Body, root: str
) -> None:
    mask = covered(atlas, body, root)
    np.testing.assert_array_equal(mask, mask[body.mirror_vertices])
    for region in atlas.dermatomes[root].zone.regions:
        label = body.regions.ids.index(region)
        assert mask[body.regions.of_vertex == label].any(), region
    assert set(atlas.dermatomes[root].sources) <= set(atlas.sources)


@pytest.mark.parametrize(
    ("root", "landmark"),
    [
        ("C2", "inion"),
        ("C4", "clavicle_mid"),
        ("C5", "deltoid_tuberosity"),
        ("C6", "fingertip_1"),
        ("C7", "fingertip_3"),
        ("C8", "fingertip_5"),
        ("T1", "medial_epicondyle"),
        ("T2", "axilla_apex"),
        ("T4", "nipple"),
        ("T10", "umbilicus"),
        ("L1", "inguinal_mid"),
        ("L3", "medial_joint_line"),
        ("L4", "medial_malleolus"),
        ("L5", "toe_tip_1"),
        ("S1", "heel_back"),
        ("S2", "knee_crease_mid"),
    ],
)
def test_key_points_lie_in_their_dermatome(atlas: Atlas, body: Body, root: str, landmark: str) -> None:
    corners = body.triangles[body.landmarks.anchor(landmark).face]
    assert covered(atlas, body, root)[corners].any()


def test_roots_of_arm_and_leg_do_not_shade_each_other(atlas: Atlas, body: Body) -> None:
    arm = covered(atlas, body, "C6")
    assert not (arm & covered(atlas, body, "C8")).any()
    assert not (covered(atlas, body, "L4") & covered(atlas, body, "S2")).any()
