from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """A side of the body, always the subject's own."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def opposite(self) -> Side:
        """The other side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT

    @property
    def letter(self) -> str:
        """``"L"`` or ``"R"``: never shown without the word nearby."""
        return self.value[0].upper()
