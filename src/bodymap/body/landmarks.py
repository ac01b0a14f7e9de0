"""Palpable landmarks, kept on the skin's topology."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from bodymap.domain import Side
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.files import asset_path


class Landmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A palpable landmark.

    Attributes
    ----------
    id : str
    english, latin : str
    segment : str
        Part of the body whose directions apply there: head, neck, trunk, arm, forearm, hand, thigh,
        leg or foot.
    paired : bool
        Whether it exists on both sides.
    face : int
        Triangle of the body's outer skin, on the left side or the midline.
    barycentric : tuple of 3 float
    bone : str
        Bone that it is a place of, by its id in the inside; empty for soft tissue.
    """

    id: str
    english: str
    latin: str
    segment: str
    paired: bool
    face: int
    barycentric: tuple[float, float, float]
    bone: str = ""


class LandmarkFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The landmark file as stored."""

    format: int
    landmarks: tuple[Landmark, ...]


class Landmarks:
    """All landmarks by id.

    Parameters
    ----------
    records : tuple of Landmark
    mirrored : callable
        Gives the mirror image of an anchor.
    """

    def __init__(self, records: tuple[Landmark, ...], mirrored: Callable[[Anchor], Anchor]) -> None:
        self._by_id = {record.id: record for record in records}
        self._mirrored = mirrored

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in the file's order: from head to foot."""
        return tuple(self._by_id)

    def __getitem__(self, landmark_id: str) -> Landmark:
        return self._by_id[landmark_id]

    def __iter__(self) -> Iterator[Landmark]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, landmark_id: object) -> bool:
        return landmark_id in self._by_id

    def anchor(self, landmark_id: str, side: Side = Side.LEFT) -> Anchor:
        """Anchor of a landmark on one side; a midline landmark is the same on both.

        Raises
        ------
        KeyError
            There is no such landmark.
        """
        record = self._by_id[landmark_id]
        left = Anchor(record.face, record.barycentric)
        return self._mirrored(left) if record.paired and side is Side.RIGHT else left


def read_landmarks(mirrored: Callable[[Anchor], Anchor]) -> Landmarks:
    """Read the landmarks.

    Raises
    ------
    FileNotFoundError
        The program's own files are missing.
    """
    stored = msgspec.json.decode(asset_path("landmarks.json").read_bytes(), type=LandmarkFile)
    return Landmarks(stored.landmarks, mirrored)
