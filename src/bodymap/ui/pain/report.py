"""What the pane says of a painted pain, worked out elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from bodymap.domain import PointRef


@dataclass(frozen=True, slots=True)
class WarningWords:
    """Something that may hurt there and is no muscle.

    Attributes
    ----------
    name, ask, do : str
        What it may be, the question that tells, what to do when the answer is yes.
    when : str
        How soon: ``"Now"``, ``"Today"``, ``"Soon"``.
    is_urgent : bool
    """

    name: str
    ask: str
    do: str
    when: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class RankedPoint:
    """A point that explains some of the pain.

    Attributes
    ----------
    ref : PointRef
    name, note, why : str
        With its side; why it stands where it stands, in a few words and in full.
    others : tuple of RankedPoint
        Further points of the same muscle, under the one that explains most.
    """

    ref: PointRef
    name: str
    note: str
    why: str
    others: tuple[RankedPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class NextPoint:
    """The point that would explain most of what is left.

    Attributes
    ----------
    ref : PointRef
    name : str
    gain : float
        Share of the whole pain, 0 to 1.
    """

    ref: PointRef
    name: str
    gain: float


@dataclass(frozen=True, slots=True)
class PainReport:
    """Everything the pane says of a painted pain.

    Attributes
    ----------
    has_pain : bool
    warnings : tuple of WarningWords
        The most urgent first.
    root : str
        A sentence where the pain follows a nerve root, else empty.
    explained : float
        Share of the pain that the planned sites explain, 0 to 1.
    has_points : bool
        Whether any atlas point is planned.
    next_point : NextPoint or None
    ranked : tuple of RankedPoint
        One for each muscle and side, the best first.
    look_alikes : tuple of str
    figures : str
        Regions, area and index in a line.
    """

    has_pain: bool = False
    warnings: tuple[WarningWords, ...] = ()
    root: str = ""
    explained: float = 0.0
    has_points: bool = False
    next_point: NextPoint | None = None
    ranked: tuple[RankedPoint, ...] = ()
    look_alikes: tuple[str, ...] = ()
    figures: str = ""


NO_PAIN = PainReport()
