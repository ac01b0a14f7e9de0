from __future__ import annotations

import numpy as np
import pytest

from bodymap.geometry.anchors import Anchor
from bodymap.geometry.mirror import mirror_faces, mirrored_anchor, symmetrised

VERTICES = np.array([(0, 0, 0), (0, 1, 0), (-1, 0, 0.5), (1, 0, 0.5)])
TRIANGLES = np.array([(0, 2, 1), (3, 0, 1)])
MIRROR = np.array([0, 1, 3, 2])


def test_an_anchor_goes_to_its_mirror_image_and_back() -> None:
    faces = mirror_faces(TRIANGLES, MIRROR)
    anchor = Anchor(0, (0.5, 0.3, 0.2))
    other = mirrored_anchor(anchor, TRIANGLES, MIRROR, faces)
    here, there = (a.position(VERTICES, TRIANGLES) for a in (anchor, other))
    np.testing.assert_allclose(there, here * (-1, 1, 1))
    assert mirrored_anchor(other, TRIANGLES, MIRROR, faces) == anchor


def test_faces_without_a_partner_are_refused() -> None:
    with pytest.raises(ValueError, match="triangles"):
        mirror_faces(TRIANGLES[:1], MIRROR)


def test_symmetrising_is_exact_and_keeps_what_is_symmetric() -> None:
    rough = VERTICES + np.random.default_rng(1).normal(size=VERTICES.shape)
    even = symmetrised(rough, MIRROR)
    assert (even[MIRROR] * (-1, 1, 1) == even).all()
    assert (symmetrised(even, MIRROR) == even).all()
