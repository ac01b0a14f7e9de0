"""Place the landmarks on the skin: writes assets/landmarks.json; see draw_landmarks.py for the picture.

Usage: ``python tools/place_landmarks.py``.

Trunk, head, knee and foot landmarks come from aim points (see `landmark_table.py`), the spinous processes
from vertebral heights along the curve of the back, those of arm and hand from the limb's own axes.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from bodymap.body import Landmark, read_body
from bodymap.body.landmarks import LandmarkFile
from landmark_arm import LeftArm
from landmark_skin import Skin
from landmark_table import TABLE, parse_table

LIMB = frozenset({"arm", "forearm", "hand"})
OUTPUT = Path(__file__).parents[1] / "assets" / "landmarks.json"

NAMED_DIRECTIONS = {
    "front": (0, 1, 0), "back": (0, -1, 0), "left": (-1, 0, 0), "right": (1, 0, 0),
    "up": (0, 0, 1), "down": (0, 0, -1),
    # The knees are turned out by about 15 degrees.
    "knee_front": (-0.26, 0.97, 0), "knee_lateral": (-0.97, -0.26, 0), "knee_medial": (0.97, 0.26, 0),
}  # fmt: skip

# Heights of the spinous tips: three levels that surface anatomy fixes, and in between the distance from each
# tip to the next, of which only the proportions count.
C2_Z_MM, C7_Z_MM, L4_Z_MM = 1552.0, 1472.0, 1049.0
SPACING_C2_C7 = {"C2": 0.0, "C3": 15.5, "C4": 15.5, "C5": 15.5, "C6": 16.0, "C7": 17.5}
SPACING_C7_L4 = {
    "C7": 0.0, "T1": 21.0, "T2": 22.0, "T3": 22.0, "T4": 22.0, "T5": 23.0, "T6": 23.0, "T7": 23.5, "T8": 24.0,
    "T9": 24.0, "T10": 24.5, "T11": 25.5, "T12": 27.0, "L1": 29.0, "L2": 31.0, "L3": 31.5, "L4": 31.0,
}  # fmt: skip
BELOW_L4_MM = {"L5": 28.0, "S1": 24.0, "S2": 19.0, "S3": 18.0, "S4": 17.0, "coccyx_tip": 42.0}


def spinous_heights(skin: Skin) -> dict[str, float]:
    """Height z of each spinous tip on the skin of the midline, by distances along the curve of the back."""
    z = np.arange(C2_Z_MM + 5, 880.0, -1.0)
    back = np.asarray([_midline_back_y(skin, height) for height in z])
    arc = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(z), np.diff(back)))))

    def arc_at(height: float) -> float:
        return float(np.interp(-height, -z, arc))

    places: dict[str, float] = {}
    for spacing, top, bottom in ((SPACING_C2_C7, C2_Z_MM, C7_Z_MM), (SPACING_C7_L4, C7_Z_MM, L4_Z_MM)):
        steps = np.cumsum(list(spacing.values()))
        steps = steps * (arc_at(bottom) - arc_at(top)) / steps[-1]
        places.update(zip(spacing, arc_at(top) + steps, strict=True))
    below = arc_at(L4_Z_MM) + np.cumsum(list(BELOW_L4_MM.values()))
    places.update(zip(BELOW_L4_MM, below, strict=True))
    return {name: float(np.interp(place, arc, z)) for name, place in places.items()}


def _midline_back_y(skin: Skin, height: float) -> float:
    anchor = skin.seen_along(np.asarray((0.0, -50.0, height)), np.asarray((0.0, -1.0, 0.0)))
    return float(anchor.position(skin.surface.vertices, skin.surface.triangles)[1])


def place_all(skin: Skin) -> LandmarkFile:
    """All landmarks in the table's order."""
    heights, arm = spinous_heights(skin), LeftArm(skin)
    records = []
    for row in parse_table(TABLE):
        if row.id in heights:
            aim = np.asarray((0.0, -50.0, heights[row.id]))
            anchor = skin.seen_along(aim, np.asarray((0.0, -1.0, 0.0)))
        elif row.segment in LIMB and row.id != "olecranon":
            anchor = arm.place(row)
        else:
            named = NAMED_DIRECTIONS.get(row.direction) or tuple(float(n) for n in row.direction.split())
            anchor = skin.seen_along(row.aim, np.asarray(named))
        paired = row.segment in LIMB or (row.id not in heights and bool(row.aim[0] != 0.0))
        first, second = (round(weight, 5) for weight in anchor.barycentric[:2])
        weights = (first, second, max(0.0, round(1.0 - first - second, 5)))
        records.append(Landmark(row.id, row.english, row.latin, row.segment, paired, anchor.face, weights))
    return LandmarkFile(1, tuple(records))


def write_landmarks(stored: LandmarkFile) -> None:
    """Write the file, one landmark a line."""
    lines = ",\n".join(f"  {msgspec.json.encode(record).decode()}" for record in stored.landmarks)
    OUTPUT.write_text(f'{{"format": {stored.format}, "landmarks": [\n{lines}\n]}}\n')


def main() -> None:
    """Place and write."""
    stored = place_all(Skin(read_body()))
    write_landmarks(stored)
    print(f"{len(stored.landmarks)} landmarks")


if __name__ == "__main__":
    main()
