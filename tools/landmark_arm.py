"""Landmarks of arm and hand, found from the limb's own axes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bodymap.geometry.anchors import Anchor
from landmark_skin import Skin, Vector
from landmark_table import Row


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

    def place(self, row: Row) -> Anchor:
        """Anchor of a landmark of arm or hand."""
        special: dict[str, Callable[[Row], Anchor]] = {
            "crease": self._elbow_crease, "thumb": self._thumb_knuckle,
            "tip": self._fingertip, "web": self._thumb_web,
        }  # fmt: skip
        if row.direction in special:
            return special[row.direction](row)
        if row.id.startswith("mcp_"):
            return self._knuckle(row)
        if row.segment == "arm":
            return self._on_upper_arm(row)
        return self._on_forearm(row) if row.segment == "forearm" else self._on_hand(row)

    def _on_upper_arm(self, row: Row) -> Anchor:
        share, forward_mm, _ = row.aim
        directions = {
            "lateral": -self.medial, "medial": self.medial,
            "anterior": self.anterior, "posterior": -self.anterior,
        }  # fmt: skip
        start = self.shoulder + share * (self.elbow - self.shoulder) + forward_mm * self.anterior
        return self.skin.farthest_along(start, directions[row.direction])

    def _on_forearm(self, row: Row) -> Anchor:
        share, radial_mm, _ = row.aim
        radial = np.cross(self.volar, self.fore)
        directions = {
            "radial": radial, "dorsal": -self.volar, "volar": self.volar,
            "ulnar_dorsal": -radial - 0.8 * self.volar,
        }  # fmt: skip
        start = self.elbow + share * (self.wrist - self.elbow) + radial_mm * radial
        return self.skin.farthest_along(start, directions[row.direction])

    def _on_hand(self, row: Row) -> Anchor:
        share, dorsal_mm, radial_mm = row.aim
        start = self.wrist + share * (self.middle_knuckle - self.wrist)
        start = start - dorsal_mm * self.volar + radial_mm * self.radial
        directions = {"radial": self.radial, "volar": self.volar}
        return self.skin.farthest_along(start, directions[row.direction])

    def _knuckle(self, row: Row) -> Anchor:
        digit, along_mm, _ = row.aim
        joint = self.skin.joint(f"l-finger-{digit:.0f}-1")
        return self.skin.farthest_along(joint + along_mm * _unit(joint - self.wrist), -self.volar)

    def _thumb_knuckle(self, _: Row) -> Anchor:
        base, joint = self.skin.joint("l-finger-1-1"), self.skin.joint("l-finger-1-2")
        outward = self.radial - (self.radial @ _unit(joint - base)) * _unit(joint - base)
        return self.skin.farthest_along(joint - 3.0 * _unit(joint - base), outward)

    def _fingertip(self, row: Row) -> Anchor:
        last, tip = (self.skin.joint(f"l-finger-{row.aim[0]:.0f}-{index}") for index in (3, 4))
        return self.skin.farthest_along(last + 0.5 * (tip - last), tip - last)

    def _elbow_crease(self, _: Row) -> Anchor:
        return self.skin.farthest_along(self.elbow, self.fore - self.upper)

    def _thumb_web(self, _: Row) -> Anchor:
        thumb, index = self.skin.joint("l-finger-1-2"), self.skin.joint("l-finger-2-1")
        root = self.wrist + 0.45 * (self.middle_knuckle - self.wrist)
        return self.skin.farthest_along(root, 0.5 * (thumb + index) - root)


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / np.linalg.norm(vector))
