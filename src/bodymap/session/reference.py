"""What the session asks of the atlas and the body, so that it can be tested without either."""

from __future__ import annotations

from collections.abc import Collection, Sized
from typing import Protocol

from bodymap.domain import Place
from bodymap.geometry.anchors import Anchor
from bodymap.planning.drafts import Advice


class _Flagged(Protocol):
    @property
    def flags(self) -> Collection[str]: ...


class PointReference(Protocol):
    """The atlas; each method raises KeyError for what it does not know."""

    def place_name(self, place: Place) -> str:
        """Name and side of a place."""

    def point(self, point_id: str) -> _Flagged:
        """Record of a point."""

    def needling(self, point_id: str) -> Advice:
        """How a point is needled."""


class BodyReference(Protocol):
    """The body."""

    @property
    def triangles(self) -> Sized:
        """Triangles of the outer skin."""

    def mirrored(self, anchor: Anchor) -> Anchor:
        """Mirror image of an anchor."""
