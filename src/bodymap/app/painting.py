"""What the user asks of the brush, in the session's verbs. A refusal becomes a sentence in the notice bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from bodymap.domain import Refusal, Side, SkinRef
from bodymap.geometry.anchors import Anchor
from bodymap.session import Session, Tool

_WIDER = 1.25


class Painting(QObject):
    """Slots for the brush.

    Signals
    -------
    refused(str)
        A sentence for the user.
    """

    refused = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def extend(self, stops: Iterable[Anchor]) -> None:
        """Draw the brush on."""
        self._try(self._session.extend_stroke, stops)

    def end(self) -> None:
        """Lift the brush."""
        self._try(self._session.end_stroke)

    def withdraw(self) -> None:
        """Drop a stroke that was none: two fingers pinch."""
        self._session.drop_stroke()

    def fill_at(self, spot: SkinRef) -> None:
        """Fill or empty the region under a double click, on its side where it is paired, or on both."""
        side = None if self._session.state.brush.mirrored else spot.side
        self._try(partial(self._session.fill_region, spot.region, side, over_dab=True))

    def toggle_region(self, region_id: str, side: Side | None, is_on: bool) -> None:
        """Fill a region that was ticked, empty one that no longer is."""
        self._try(self._session.fill_region, region_id, side, not is_on)

    def change_brush(self, changes: dict[str, Any]) -> None:
        """Change some of the brush; a quality or strength that is chosen is meant to be painted with."""
        if {"quality", "intensity"} & changes.keys():
            changes = {"tool": Tool.PAINT, **changes}
        self._session.set_brush(**changes)

    def toggle_paint(self) -> None:
        """Take the brush up, or put it away."""
        self._toggle(Tool.PAINT)

    def toggle_erase(self) -> None:
        """Take the eraser up, or put it away."""
        self._toggle(Tool.ERASE)

    def widen(self) -> None:
        """Make the brush wider."""
        self._session.set_brush(radius_mm=self._session.state.brush.radius_mm * _WIDER)

    def narrow(self) -> None:
        """Make the brush narrower."""
        self._session.set_brush(radius_mm=self._session.state.brush.radius_mm / _WIDER)

    def finish_felt(self) -> None:
        """Go back from a site's own pattern to the patient's pain, and put the brush away."""
        self._session.paint_site("")
        self._session.set_brush(tool=Tool.TURN)

    def _toggle(self, tool: Tool) -> None:
        is_on = self._session.state.brush.tool is tool
        self._session.set_brush(tool=Tool.TURN if is_on else tool)

    def _try(self, verb: Callable[..., Any], *arguments: object) -> None:
        try:
            verb(*arguments)
        except Refusal as refusal:
            self.refused.emit(str(refusal))
