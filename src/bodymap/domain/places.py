"""Places a needle may go: a trigger point of the atlas on one side, or any spot of skin."""

from __future__ import annotations

from typing import Annotated

import msgspec

from bodymap.domain.sides import Side

REGION_ID = r"^[A-Za-z0-9_.-]+$(?!\n)"
"""Letters, digits and marks; Python's ``$`` alone would let a line end through."""

_WEIGHT_SLACK = 1e-5
"""As much as a surface anchor forgives."""


class PointRef(msgspec.Struct, frozen=True, tag="point", tag_field="kind", forbid_unknown_fields=True):
    """A trigger point of the atlas on one side of the body.

    Attributes
    ----------
    point : str
        Full point id, ``"muscle.point"``, for example ``"trapezius_upper.1"``.
    side : Side
    """

    point: Annotated[str, msgspec.Meta(min_length=3, max_length=80, pattern=REGION_ID)]
    side: Side


class SkinRef(msgspec.Struct, frozen=True, tag="skin", tag_field="kind", forbid_unknown_fields=True):
    """A free spot on the skin, kept on the topology so that it follows every build and pose.

    Attributes
    ----------
    face : int
        Triangle of the body's outer skin.
    barycentric : tuple of 3 float
        Weights of the triangle's corners, non-negative, summing to one.
    region : str
        Id of the skin region under it.
    side : Side

    Raises
    ------
    ValueError
        The weights do not sum to one.
    """

    face: Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
    barycentric: tuple[
        Annotated[float, msgspec.Meta(ge=0, le=1)],
        Annotated[float, msgspec.Meta(ge=0, le=1)],
        Annotated[float, msgspec.Meta(ge=0, le=1)],
    ]
    region: Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=REGION_ID)]
    side: Side

    def __post_init__(self) -> None:
        # Written so that NaN fails too.
        if not abs(sum(self.barycentric) - 1.0) <= _WEIGHT_SLACK:
            raise ValueError("must lie on its triangle: its three weights sum to one")


Place = PointRef | SkinRef
