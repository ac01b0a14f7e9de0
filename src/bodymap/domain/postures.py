"""How the shown body stands, lies or sits."""

from __future__ import annotations

from enum import StrEnum


class Posture(StrEnum):
    """Posture of the shown body; the atlas is made on the body with its arms held apart."""

    APART = "arms_apart"
    STANDING = "standing"
    PRONE = "prone"
    PRONE_HANGING = "prone_arms_hanging"
    SUPINE = "supine"
    LEFT_UP = "left_side_up"
    RIGHT_UP = "right_side_up"
    SEATED = "seated"

    @property
    def words(self) -> str:
        """The posture as written on the screen."""
        return _WORDS[self]

    @property
    def is_lying(self) -> bool:
        """Whether the body lies on the table."""
        return self not in (Posture.APART, Posture.STANDING, Posture.SEATED)


_WORDS = {
    Posture.APART: "Arms apart",
    Posture.STANDING: "Standing",
    Posture.PRONE: "Prone",
    Posture.PRONE_HANGING: "Prone, arms hanging",
    Posture.SUPINE: "Supine",
    Posture.LEFT_UP: "Left side up",
    Posture.RIGHT_UP: "Right side up",
    Posture.SEATED: "Seated",
}
