"""Everything the user can change, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bodymap.domain import (
    SKIN_ONLY,
    LandmarkRef,
    Layers,
    Pain,
    Place,
    Plan,
    PointRef,
    Quality,
    SkinRef,
    Stroke,
    StructureRef,
)

EMPTY_PLAN = Plan()


@dataclass(frozen=True, slots=True)
class PlanOnDisk:
    """What is known of the plan's file.

    Attributes
    ----------
    path : Path or None
        None for a plan that has never been saved.
    saved_at : datetime or None
        When it was last saved by this program.
    plan : Plan
        The plan as the file holds it; the new, empty plan where there is no file.
    opened : int
        Counts the plans opened or begun, so that two plans with equal content are told apart.
    """

    path: Path | None = None
    saved_at: datetime | None = None
    plan: Plan = EMPTY_PLAN
    opened: int = 0


NO_FILE = PlanOnDisk()


class Tool(StrEnum):
    """What a drag over the body does."""

    TURN = "turn"
    PAINT = "paint"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Brush:
    """How pain is painted.

    Attributes
    ----------
    tool : Tool
    quality : Quality
    intensity : int
        1 to 10.
    radius_mm : float
        Along the skin.
    mirrored : bool
        Whether each stroke is made on the other side too.
    """

    tool: Tool = Tool.TURN
    quality: Quality = Quality.ACHE
    intensity: int = 5
    radius_mm: float = 25.0
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class SessionState:
    """State of the session.

    Attributes
    ----------
    plan : Plan
    selection : tuple of Place
        In the order chosen; the last one is the one being looked at.
    hover : Place or None
        What the pointer is on.
    candidate : SkinRef or None
        A free spot of skin offered as a site, not yet in the plan.
    patient_step : int or None
        Which of the `patient_points` is shown to the patient; None outside patient mode.
    file : PlanOnDisk
    layers : Layers
        Layers of the body that are open.
    hover_inside : StructureRef, LandmarkRef or None
        What of these layers the pointer is on.
    brush : Brush
    stroke : Stroke or None
        The stroke that is being painted.
    felt_site : str
        Id of the site whose own pattern is painted and shown; empty: where the patient hurts.
    preview : PointRef or None
        A ranked point under the pointer, whose pattern is shown in place of the selection's.
    shows_left : bool
        Whether the pain that the planned sites explain is faded.
    """

    plan: Plan = EMPTY_PLAN
    selection: tuple[Place, ...] = ()
    hover: Place | None = None
    candidate: SkinRef | None = None
    patient_step: int | None = None
    file: PlanOnDisk = NO_FILE
    layers: Layers = SKIN_ONLY
    hover_inside: StructureRef | LandmarkRef | None = None
    brush: Brush = Brush()
    stroke: Stroke | None = None
    felt_site: str = ""
    preview: PointRef | None = None
    shows_left: bool = False

    @property
    def painted(self) -> Pain:
        """What is painted of what the brush paints now, without the stroke in progress."""
        if not self.felt_site:
            return self.plan.pain
        return next((site.felt for site in self.plan if site.id == self.felt_site), ())

    @property
    def path(self) -> Path | None:
        """The plan's file, or None."""
        return self.file.path

    @property
    def saved_at(self) -> datetime | None:
        """When the plan was last saved, or None."""
        return self.file.saved_at

    @property
    def is_dirty(self) -> bool:
        """Whether the plan differs from what its file holds."""
        return self.plan is not self.file.plan and self.plan != self.file.plan

    @property
    def patient_points(self) -> tuple[PointRef, ...]:
        """Points to show to the patient: those of the plan in order, then others that are selected."""
        selected = (place for place in self.selection if isinstance(place, PointRef))
        return tuple(dict.fromkeys((*self.plan.point_refs(), *selected)))

    @property
    def patient_point(self) -> PointRef | None:
        """The point shown to the patient; None outside patient mode, or when there is none to show."""
        points = self.patient_points
        if self.patient_step is None or not points:
            return None
        return points[min(self.patient_step, len(points) - 1)]
