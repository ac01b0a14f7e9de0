"""Place the landmarks on the skin: writes assets/landmarks.json; see draw_landmarks.py for the picture.

Usage: ``python tools/place_landmarks.py [output]``.

Bony landmarks come from the skeleton that is fitted into the standard man, by the skin nearest to them: that
is where a finger pressed square to the skin meets them. Run it again whenever the inside is baked anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import msgspec
import numpy as np

from bodymap.body import Landmark, read_body
from bodymap.body.landmarks import LandmarkFile
from bodymap.geometry.anchors import Anchor
from landmark_arm import LeftArm
from landmark_inside import LeftInside
from landmark_skin import MIDLINE_MM, Skin, Vector
from landmark_table import Row, read_table

OUTPUT = Path(__file__).parents[1] / "assets" / "landmarks.json"

NAMED_DIRECTIONS = {
    "front": (0, 1, 0), "back": (0, -1, 0), "left": (-1, 0, 0), "right": (1, 0, 0),
    "up": (0, 0, 1), "down": (0, 0, -1), "any": (0, 0, 0),
    # The knees are turned out by about 15 degrees.
    "knee_front": (-0.26, 0.97, 0), "knee_lateral": (-0.97, -0.26, 0), "knee_medial": (0.97, 0.26, 0),
}  # fmt: skip
BETWEEN = re.compile(r"(?P<start>\w+) ~(?P<share>[\d.]+) (?P<end>\w+)(?: \+ (?P<shift>.+))?")


class Placer:
    """Places one landmark after the other; later ones may be told from earlier ones."""

    def __init__(self, skin: Skin, inside: LeftInside) -> None:
        self.skin, self.inside, self.arm = skin, inside, LeftArm(skin)
        self._directions = {name: np.array(way, dtype=float) for name, way in NAMED_DIRECTIONS.items()}
        self._directions |= self.arm.directions
        self._placed: dict[str, Anchor] = {}

    def record(self, row: Row) -> Landmark:
        """Record of a landmark."""
        anchor = self._anchor(row)
        self._placed[row.id] = anchor
        first, second = (round(weight, 5) for weight in anchor.barycentric[:2])
        weights = (first, second, max(0.0, round(1.0 - first - second, 5)))
        paired = bool(abs(self._position(row.id)[0]) > MIDLINE_MM)
        return Landmark(row.id, row.english, row.latin, row.segment, paired, anchor.face, weights, row.bone)

    def _anchor(self, row: Row) -> Anchor:
        if row.source == "arm":
            return self.arm.place(row)
        direction = self._direction(row.facing.removeprefix("along "))
        if row.source == "skin":
            return self.skin.seen_along(np.array(row.numbers), direction)
        place = self._under_the_skin(row)
        if row.facing.startswith("along "):
            return self.skin.seen_along(place, direction)
        return self.skin.nearest(place, None if row.facing == "any" else direction)

    def _under_the_skin(self, row: Row) -> Vector:
        if row.source in ("bone", "near"):
            return self.inside.bone_place(row.place)
        if row.source == "muscle":
            level = re.search(r" level (\w+)", row.place)
            return self.inside.muscle_place(row.place, self._position(level[1])[2] if level else None)
        between = BETWEEN.fullmatch(row.place)
        if row.source != "between" or between is None:
            raise ValueError(f"{row.id}: {row.source} {row.place!r} is not understood")
        start, end = (self._position(between[name]) for name in ("start", "end"))
        shift = np.array([float(number) for number in (between["shift"] or "0 0 0").split()])
        return np.asarray(start + float(between["share"]) * (end - start) + shift)

    def _position(self, landmark: str) -> Vector:
        return self._placed[landmark].position(self.skin.surface.vertices, self.skin.surface.triangles)

    def _direction(self, words: str) -> Vector:
        named = self._directions.get(words)
        return np.array([float(number) for number in words.split()]) if named is None else named


def place_all(skin: Skin, inside: LeftInside) -> LandmarkFile:
    """All landmarks in the table's order."""
    rows = read_table()
    placer = Placer(skin, inside)
    # Those told from others come last.
    told = {row.id: placer.record(row) for row in sorted(rows, key=_told_from_others)}
    return LandmarkFile(1, tuple(told[row.id] for row in rows))


def _told_from_others(row: Row) -> bool:
    return row.source == "between" or " level " in row.place


def write_landmarks(stored: LandmarkFile, output: Path) -> None:
    """Write the file, one landmark a line."""
    lines = ",\n".join(f"  {msgspec.json.encode(record).decode()}" for record in stored.landmarks)
    output.write_text(f'{{"format": {stored.format}, "landmarks": [\n{lines}\n]}}\n')


def main() -> None:
    """Place and write."""
    body = read_body()
    stored = place_all(Skin(body), LeftInside(body))
    write_landmarks(stored, Path(sys.argv[1]) if sys.argv[1:] else OUTPUT)
    bony = sum(bool(record.bone) for record in stored.landmarks)
    print(f"{len(stored.landmarks)} landmarks, {bony} of them places of bones")


if __name__ == "__main__":
    main()
