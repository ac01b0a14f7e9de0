"""Place the landmarks on the skin: writes assets/landmarks.json and the picture docs/pictures/landmarks.png.

    python tools/place_landmarks.py

Trunk, head, knee and foot landmarks come from aim points (see `landmark_table.py`), the spinous processes from
vertebral heights along the curve of the back, those of arm and hand from the limb's own axes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from landmark_table import TABLE
from numpy.typing import NDArray

from bodymap.body import Body, Landmark, read_body
from bodymap.body.landmarks import LandmarkFile
from bodymap.domain import Build, Sex
from bodymap.geometry.anchors import Anchor, anchor_at
from bodymap.geometry.surfaces import Surface, face_normals

Vector = NDArray[np.float64]
LIMB = frozenset({"arm", "forearm", "hand"})
OUTPUT = Path(__file__).parents[1] / "assets" / "landmarks.json"

NAMED_DIRECTIONS = {
    "front": (0, 1, 0), "back": (0, -1, 0), "left": (-1, 0, 0), "right": (1, 0, 0), "up": (0, 0, 1), "down": (0, 0, -1),
    # The knees are turned out by about 15 degrees.
    "knee_front": (-0.26, 0.97, 0), "knee_lateral": (-0.97, -0.26, 0), "knee_medial": (0.97, 0.26, 0),
}  # fmt: skip

# Heights of the spinous tips: three levels that surface anatomy fixes, and in between the distance from each tip
# to the next, of which only the proportions count.
C2_Z_MM, C7_Z_MM, L4_Z_MM = 1552.0, 1472.0, 1049.0
SPACING_C2_C7 = {"C2": 0.0, "C3": 15.5, "C4": 15.5, "C5": 15.5, "C6": 16.0, "C7": 17.5}
SPACING_C7_L4 = {
    "C7": 0.0, "T1": 21.0, "T2": 22.0, "T3": 22.0, "T4": 22.0, "T5": 23.0, "T6": 23.0, "T7": 23.5, "T8": 24.0,
    "T9": 24.0, "T10": 24.5, "T11": 25.5, "T12": 27.0, "L1": 29.0, "L2": 31.0, "L3": 31.5, "L4": 31.0,
}  # fmt: skip
BELOW_L4_MM = {"L5": 28.0, "S1": 24.0, "S2": 19.0, "S3": 18.0, "S4": 17.0, "coccyx_tip": 42.0}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    id: str
    english: str
    latin: str
    segment: str
    direction: str
    aim: Vector


class Skin:
    """The standard male's skin, and what is asked of it."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.surface: Surface = body.surface(Build(sex=Sex.MALE))
        vertices = self.surface.vertices.astype(np.float64)
        self._a, self._b, self._c = (vertices[self.surface.triangles[:, corner]] for corner in range(3))
        self._normals = face_normals(vertices, self.surface.triangles)

    def joint(self, name: str) -> Vector:
        """Centre of a left or midline joint."""
        joints = self.body.rig
        return joints.joint(name, Build(sex=Sex.MALE)).astype(np.float64)

    def seen_along(self, aim: Vector, direction: Vector, reach_mm: float = 75.0) -> Anchor:
        """Anchor of the outward-facing skin nearest to `aim` on the line through it.

        Raises
        ------
        ValueError
            No such skin lies within `reach_mm`.
        """
        along = np.asarray(direction, dtype=np.float64) / np.linalg.norm(direction)
        # A hair off the aim, so that the line does not run along an edge of the symmetric mesh.
        start = aim + np.asarray((-1.3e-3, 0.7e-3, 0.9e-3))
        distance, faces = self._crossings(start, along)
        near = np.abs(distance) < reach_mm
        if not near.any():
            raise ValueError(f"no skin near {aim} along {direction}")
        best = np.argmin(np.abs(distance[near]))
        face = int(faces[near][best])
        anchor = anchor_at(face, start + distance[near][best] * along, self.surface.vertices, self.surface.triangles)
        return self._on_midline(anchor) if aim[0] == 0.0 else anchor

    def farthest_along(self, start: Vector, direction: Vector) -> Anchor:
        """Anchor of the last skin a ray from inside meets within 60 mm."""
        along = direction / np.linalg.norm(direction)
        distance, faces = self._crossings(start, along)
        ahead = (distance > 0) & (distance < 60.0)
        face, reach = int(faces[ahead][-1]), distance[ahead][-1]
        return anchor_at(face, start + reach * along, self.surface.vertices, self.surface.triangles)

    def _crossings(self, start: Vector, along: Vector) -> tuple[Vector, NDArray[np.intp]]:
        """Signed distances along a line to the triangles that face along it, ascending, and their faces."""
        facing = np.flatnonzero(self._normals @ along > 0)
        a, u, v = self._a[facing], self._b[facing] - self._a[facing], self._c[facing] - self._a[facing]
        p = np.cross(along, v)
        det = np.einsum("ij,ij->i", u, p)
        det[np.abs(det) < 1e-12] = 1e-12
        s = start - a
        beta = np.einsum("ij,ij->i", s, p) / det
        q = np.cross(s, u)
        gamma = q @ along / det
        inside = (beta >= 0) & (gamma >= 0) & (beta + gamma <= 1)
        distance = (np.einsum("ij,ij->i", v, q) / det)[inside]
        order = np.argsort(distance)
        return distance[order], facing[inside][order]

    def _on_midline(self, anchor: Anchor) -> Anchor:
        corners = self.surface.vertices[self.surface.triangles[anchor.face]]
        weights = np.where(np.abs(corners[:, 0]) < 1e-3, anchor.barycentric, 0.0)
        first, second, third = (float(weight) for weight in weights / weights.sum())
        return Anchor(anchor.face, (first, second, third))


def parse_table(text: str) -> list[Row]:
    """Rows of the table."""
    rows = []
    for line in text.strip().splitlines():
        if not line.strip():
            continue
        fields = [field.strip() for field in line.split("|")]
        aim = np.asarray([float(number) for number in fields[5].split()])
        rows.append(Row(fields[0], fields[1], fields[2], fields[3], fields[4], aim))
    return rows


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


class LeftArm:
    """Axes of the left arm and hand, from its joints; the forearm rests half way between prone and supine."""

    def __init__(self, skin: Skin) -> None:
        self.skin = skin
        self.shoulder, self.elbow, self.wrist = (skin.joint(f"l-{name}") for name in ("shoulder", "elbow", "hand"))
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
            "crease": self._elbow_crease, "thumb": self._thumb_knuckle, "tip": self._fingertip, "web": self._thumb_web,
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
            "lateral": -self.medial, "medial": self.medial, "anterior": self.anterior, "posterior": -self.anterior,
        }  # fmt: skip
        start = self.shoulder + share * (self.elbow - self.shoulder) + forward_mm * self.anterior
        return self.skin.farthest_along(start, directions[row.direction])

    def _on_forearm(self, row: Row) -> Anchor:
        share, radial_mm, _ = row.aim
        radial = np.cross(self.volar, self.fore)
        directions = {
            "radial": radial, "dorsal": -self.volar, "volar": self.volar, "ulnar_dorsal": -radial - 0.8 * self.volar,
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

    def _thumb_knuckle(self, row: Row) -> Anchor:
        base, joint = self.skin.joint("l-finger-1-1"), self.skin.joint("l-finger-1-2")
        outward = self.radial - (self.radial @ _unit(joint - base)) * _unit(joint - base)
        return self.skin.farthest_along(joint - 3.0 * _unit(joint - base), outward)

    def _fingertip(self, row: Row) -> Anchor:
        last, tip = (self.skin.joint(f"l-finger-{row.aim[0]:.0f}-{index}") for index in (3, 4))
        return self.skin.farthest_along(last + 0.5 * (tip - last), tip - last)

    def _elbow_crease(self, row: Row) -> Anchor:
        return self.skin.farthest_along(self.elbow, self.fore - self.upper)

    def _thumb_web(self, row: Row) -> Anchor:
        thumb, index = self.skin.joint("l-finger-1-2"), self.skin.joint("l-finger-2-1")
        root = self.wrist + 0.45 * (self.middle_knuckle - self.wrist)
        return self.skin.farthest_along(root, 0.5 * (thumb + index) - root)


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / np.linalg.norm(vector))


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
        first, second, third = (round(weight, 5) for weight in anchor.barycentric)
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
