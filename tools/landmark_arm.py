"""Landmarks of arm and hand, found from the limb's own axes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bodymap.geometry.anchors import Anchor
from landmark_skin import Skin, Vector
from landmark_table import Row

CREASE_TURN = 1.2
"""How far from its middle the ends of the elbow crease are, seen from the joint: as a tangent."""


class LeftArm:
    """Axes of the left arm and hand, from its joints; the forearm rests half way between prone and supine."""

    def __init__(self, skin: Skin) -> None:
        self.skin = skin
        self.shoulder, self.elbow, self.wrist = (
            skin.joint(f"l-{name}") for name in ("shoulder", "elbow", "hand")
        )
        self.upper, self.fore = _unit(self.elbow - self.shoulder), _unit(self.wrist - self.elbow)
        self.medial = _unit(np.cross(self.upper, self.fore))
        self.anterior = _unit(np.cross(self.medial, self.upper))
        knuckles = [skin.joint(f"l-finger-{digit}-1") for digit in (2, 3, 5)]
        self.middle_knuckle = knuckles[1]
        self.hand = _unit(knuckles[1] - self.wrist)
        self.volar = _unit(np.cross(self.hand, knuckles[0] - knuckles[2]))
        self.radial = np.cross(self.volar, self.hand)

    @property
    def directions(self) -> dict[str, Vector]:
        """Directions of the limb by name."""
        radial = np.cross(self.volar, self.fore)
        return {
            "arm_lateral": -self.medial, "arm_medial": self.medial,
            "arm_anterior": self.anterior, "arm_posterior": -self.anterior,
            "forearm_radial": radial, "forearm_dorsal": -self.volar, "forearm_volar": self.volar,
            "forearm_ulnar": -radial - 0.8 * self.volar,
            "hand_radial": self.radial, "hand_volar": self.volar, "hand_dorsal": -self.volar,
        }  # fmt: skip

    def place(self, row: Row) -> Anchor:
        """Anchor of a landmark of arm or hand that no bone shows."""
        special: dict[str, Callable[[Row], Anchor]] = {
            "crease": self._elbow_crease, "tip": self._fingertip, "web": self._thumb_web,
        }  # fmt: skip
        if row.facing in special:
            return special[row.facing](row)
        limbs = {"arm": self._on_upper_arm, "forearm": self._on_forearm, "hand": self._on_hand}
        return limbs[row.segment](row)

    def _on_upper_arm(self, row: Row) -> Anchor:
        share, forward_mm, _ = row.numbers
        start = self.shoulder + share * (self.elbow - self.shoulder) + forward_mm * self.anterior
        return self.skin.farthest_along(start, self.directions[f"arm_{row.facing}"])

    def _on_forearm(self, row: Row) -> Anchor:
        share, radial_mm, _ = row.numbers
        start = self.elbow + share * (self.wrist - self.elbow)
        start = start + radial_mm * self.directions["forearm_radial"]
        return self.skin.farthest_along(start, self.directions[f"forearm_{row.facing}"])

    def _on_hand(self, row: Row) -> Anchor:
        share, dorsal_mm, radial_mm = row.numbers
        start = self.wrist + share * (self.middle_knuckle - self.wrist)
        start = start - dorsal_mm * self.volar + radial_mm * self.radial
        return self.skin.farthest_along(start, self.directions[f"hand_{row.facing}"])

    def _fingertip(self, row: Row) -> Anchor:
        last, tip = (self.skin.joint(f"l-finger-{row.numbers[0]:.0f}-{index}") for index in (3, 4))
        return self.skin.farthest_along(last + 0.5 * (tip - last), tip - last)

    def _elbow_crease(self, row: Row) -> Anchor:
        inwards = row.numbers[0]
        return self.skin.farthest_along(
            self.elbow, self.fore - self.upper + CREASE_TURN * inwards * self.medial
        )

    def _thumb_web(self, _: Row) -> Anchor:
        thumb, index = self.skin.joint("l-finger-1-2"), self.skin.joint("l-finger-2-1")
        root = self.wrist + 0.45 * (self.middle_knuckle - self.wrist)
        return self.skin.farthest_along(root, 0.5 * (thumb + index) - root)


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / np.linalg.norm(vector))
