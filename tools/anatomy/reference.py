"""The body whose bones a case has.

Weight and muscle change the soft parts, not the skeleton: bones are fitted into the body of average weight
and muscle that has the same sex, age and height, and stay there; see `push_in` for what thin skin asks of
them.
"""

from __future__ import annotations

from skin_case import STANDARD, SkinCase, skin_case


def reference_case(case: SkinCase) -> SkinCase:
    """Return the body of average weight and muscle with the same sex, age and height."""
    sex, age, _, _, height = case.key.split("-")
    return skin_case(f"{sex}-{age}-averagemuscle-averageweight-{height}")


def average_man_fat_mm(landmark: str) -> float:
    """Skin and fat of the average man under a landmark."""
    return skin_case(STANDARD.format("male")).landmark_fat_mm(landmark)
