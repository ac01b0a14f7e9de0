"""What is to be seen, as one frozen value: made without VTK, drawn by `BodyRenderer`, compared by ``==``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bodymap.body.painting import PainMap
from bodymap.domain import SKIN_ONLY, Build, LandmarkRef, Layers, Pain, Place, PointRef, Posture, StructureRef

Point = tuple[float, float, float]


class Zones(Protocol):
    """Where a point refers to, as bytes at vertices: 128 and above is inside; the atlas makes them."""

    @property
    def vertices(self) -> NDArray[np.int32]:
        """Vertices in or near a zone, shape (k,)."""

    @property
    def essential(self) -> NDArray[np.uint8]:
        """Bytes of the essential zone, shape (k,)."""

    @property
    def spillover(self) -> NDArray[np.uint8]:
        """Bytes of the spillover zone, shape (k,)."""

    @property
    def deep(self) -> NDArray[np.uint8]:
        """Bytes of the skin that stands for something felt deep under it, shape (k,)."""

    @property
    def has_deep(self) -> bool:
        """Whether there is such skin within the zones."""


class MarkKind(StrEnum):
    """Why a place is marked."""

    CANDIDATE = "candidate"
    PLANNED = "planned"
    SELECTED = "selected"
    HOVERED = "hovered"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked place.

    Attributes
    ----------
    place : PointRef or SkinRef
    kind : MarkKind
    xyz_mm, normal : tuple of 3 float
        Where it is and where the skin faces there.
    colour : str
        ``#RRGGBB``.
    label : str
        Name to be written beside it, or empty.
    number : int
        Number in the plan, 0 when not planned.
    """

    place: Place
    kind: MarkKind
    xyz_mm: Point
    normal: Point
    colour: str
    label: str = ""
    number: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class PointField:
    """All points of the atlas on one build and posture. Equal only to itself: one is kept for each.

    Attributes
    ----------
    refs : tuple of PointRef
    xyz_mm, normals : ndarray of float64, shape (k, 3)
    index : dict of PointRef to int
        Row of each point.
    """

    refs: tuple[PointRef, ...]
    xyz_mm: NDArray[np.float64]
    normals: NDArray[np.float64]
    index: dict[PointRef, int]


@dataclass(frozen=True, slots=True)
class ZoneLayer:
    """The referral of one selected point.

    Attributes
    ----------
    place : PointRef
    slot : int
        Which colour and dot shape, from 0.
    colour, label : str
    start_mm : tuple of 3 float
        Where the referral spreads from.
    zones : Zones
        Follow from the place, so they are not compared.
    """

    place: PointRef
    slot: int
    colour: str
    label: str
    start_mm: Point
    zones: Zones = field(compare=False, repr=False)


class SkinBytes(Protocol):
    """An area of skin as bytes at vertices: 128 and above is inside; the atlas makes them."""

    @property
    def vertices(self) -> NDArray[np.int32]:
        """Vertices in or near it, shape (k,)."""

    @property
    def inside(self) -> NDArray[np.uint8]:
        """Bytes, shape (k,)."""


@dataclass(frozen=True, slots=True)
class Dermatome:
    """The skin that a nerve root supplies, on both sides.

    Attributes
    ----------
    root : str
    area : SkinBytes
        Follows from the root, so it is not compared.
    """

    root: str
    area: SkinBytes = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PainLook:
    """Painted pain.

    Attributes
    ----------
    marks : tuple of Stroke or Fill
        What it was painted with.
    explained_by : tuple of PointRef or None
        Points whose share of the pain is faded, so that what they leave shows; None: nothing is faded.
    mono : bool
        In greys, for paper without colour.
    pain : PainMap
        Follows from the marks, so it is not compared.
    explained : ndarray of float32, shape (n,), or None
        Follows from the points, so it is not compared.
    """

    marks: Pain
    explained_by: tuple[PointRef, ...] | None
    pain: PainMap = field(compare=False, repr=False)
    explained: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    mono: bool = False


@dataclass(frozen=True, slots=True)
class InsideLook:
    """What is to be seen under the skin.

    Attributes
    ----------
    layers : Layers
    lit : frozenset of StructureRef
        The muscles of the selected points, or the structure that was picked.
    """

    layers: Layers = SKIN_ONLY
    lit: frozenset[StructureRef] = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class LandmarkField:
    """All landmarks of the skin on one build and posture. Equal only to itself: one is kept for each.

    Attributes
    ----------
    refs : tuple of LandmarkRef
    names : tuple of str
        In words, without the side.
    xyz_mm, normals : ndarray of float64, shape (k, 3)
    """

    refs: tuple[LandmarkRef, ...]
    names: tuple[str, ...]
    xyz_mm: NDArray[np.float64]
    normals: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SceneFrame:
    """One picture of the body, whatever it is seen from.

    Attributes
    ----------
    build : Build
    posture : Posture
    ground : str
        Colour behind the body, ``#RRGGBB``.
    layers : tuple of ZoneLayer
    marks : tuple of Mark
        From the least to the most important.
    points : PointField or None
        Atlas points offered for picking; None hides them.
    spread : float
        How far the referral has spread from its point, 0 to 1.
    inside : InsideLook
    landmarks : LandmarkField or None
        Landmarks that are marked; None hides them.
    dermatome : Dermatome or None
    pain : PainLook or None
    """

    build: Build = field(default_factory=Build)
    posture: Posture = Posture.APART
    ground: str = "#F6F6F4"
    layers: tuple[ZoneLayer, ...] = ()
    marks: tuple[Mark, ...] = ()
    points: PointField | None = None
    spread: float = 1.0
    inside: InsideLook = InsideLook()
    landmarks: LandmarkField | None = None
    dermatome: Dermatome | None = None
    pain: PainLook | None = None
