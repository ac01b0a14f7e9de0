"""The card of what is selected."""

from bodymap.ui.point_card.card import PointCard
from bodymap.ui.point_card.content import PointContent, content_of

__all__ = ["PointCard", "PointContent", "content_of"]
