from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.geometry.anchors import Anchor, anchor_at, anchor_positions

TRIANGLES = np.array([(0, 1, 2), (2, 1, 3)], dtype=np.int32)
VERTICES = np.array([(0, 0, 0), (10, 0, 1), (0, 8, 2), (9, 9, 9)], dtype=np.float32)


@given(
    face=st.integers(0, 1),
    weights=st.tuples(*[st.floats(0.001, 1.0)] * 3),
)
def test_a_point_and_its_anchor_go_round(face: int, weights: tuple[float, float, float]) -> None:
    total = sum(weights)
    anchor = Anchor(face, (weights[0] / total, weights[1] / total, weights[2] / total))
    point = anchor.position(VERTICES, TRIANGLES)
    again = anchor_at(face, point, VERTICES, TRIANGLES)
    np.testing.assert_allclose(again.barycentric, anchor.barycentric, atol=1e-6)
    np.testing.assert_allclose(again.position(VERTICES, TRIANGLES), point, atol=1e-5)


def test_many_at_once_as_one_by_one() -> None:
    anchors = [Anchor(0, (1.0, 0.0, 0.0)), Anchor(1, (0.2, 0.3, 0.5))]
    together = anchor_positions(
        np.array([a.face for a in anchors]), np.array([a.barycentric for a in anchors]), VERTICES, TRIANGLES
    )
    np.testing.assert_allclose(together, [a.position(VERTICES, TRIANGLES) for a in anchors])


def test_a_point_beside_the_triangle_comes_back_onto_it() -> None:
    anchor = anchor_at(0, np.array([-5.0, -5.0, 0.0]), VERTICES, TRIANGLES)
    assert anchor.barycentric == (1.0, 0.0, 0.0)


def test_a_triangle_without_area_gives_its_first_corner() -> None:
    line = np.array([(0, 1, 1)], dtype=np.int32)
    assert anchor_at(0, np.array([3.0, 0.0, 0.0]), VERTICES, line).barycentric == (1.0, 0.0, 0.0)


@pytest.mark.parametrize("weights", [(0.5, 0.5, 0.5), (1.5, -0.5, 0.0), (float("nan"), 0.5, 0.5)])
def test_weights_that_are_none_are_refused(weights: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="barycentric"):
        Anchor(0, weights)


def test_a_negative_face_is_refused() -> None:
    with pytest.raises(ValueError, match="face"):
        Anchor(-1, (1.0, 0.0, 0.0))
