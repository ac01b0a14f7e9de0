"""The card of what is selected."""

from bodymap.ui.point_card.card import PointCard
from bodymap.ui.point_card.content import PointContent, point_content

__all__ = ["PointCard", "PointContent", "point_content"]
