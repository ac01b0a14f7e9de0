from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec

from bodymap.domain import Fill, Pain, PainMark, Plan, PointRef, Side, Stroke
from bodymap.domain.checking import checked
from bodymap.domain.pain import LARGEST_RADIUS_MM, LEAST_RADIUS_MM, has_room, path_of
from bodymap.geometry.anchors import Anchor
from bodymap.session.layers import LayerVerbs
from bodymap.session.state import Tool


class PaintingVerbs(LayerVerbs):
    """What can be done with the brush. Each stroke is one step of undo; the brush itself is not undone."""

    @abstractmethod
    def _edit(self, text: str, after: Plan, merge_key: str = "") -> None:
        """Make a step from the plan now to another one."""

    def set_brush(self, **changes: Any) -> None:
        """Change the brush: its tool, quality, intensity, radius, or whether it is mirrored."""
        brush = replace(self._state.brush, **changes)
        radius_mm = min(max(brush.radius_mm, LEAST_RADIUS_MM), LARGEST_RADIUS_MM)
        self._become(replace(self._state, brush=replace(brush, radius_mm=radius_mm), candidate=None))

    def paint_site(self, site_id: str) -> None:
        """Let the brush paint what is felt from a site; empty: where the patient hurts."""
        tool = Tool.PAINT if site_id and self._state.brush.tool is Tool.TURN else self._state.brush.tool
        self.set_brush(tool=tool)
        self._become(replace(self._state, felt_site=site_id, stroke=None))

    def preview(self, ref: PointRef | None) -> None:
        """Show a point's pattern over the painted pain, or no longer."""
        self._become(replace(self._state, preview=ref))

    def show_left(self, shown: bool) -> None:
        """Fade the pain that the planned sites explain, or no longer."""
        self._become(replace(self._state, shows_left=shown))

    def begin_stroke(self, stops: Iterable[Anchor]) -> None:
        """Put the brush down."""
        brush = self._state.brush
        stroke = Stroke(
            path=path_of(stops),
            radius_mm=brush.radius_mm,
            quality=brush.quality,
            intensity=brush.intensity,
            erases=brush.tool is Tool.ERASE,
            mirrored=brush.mirrored,
            build=self._state.plan.build,
        )
        self._become(replace(self._state, stroke=stroke))

    def extend_stroke(self, stops: Iterable[Anchor]) -> None:
        """Draw the brush on; a stroke that grows too long goes on as a second one."""
        stroke = self._state.stroke
        if stroke is None:
            return
        for stop in stops:
            if not has_room(stroke.path):
                self._become(replace(self._state, stroke=stroke))
                self.end_stroke()
                stroke = msgspec.structs.replace(stroke, path=stroke.path.rpartition(" ")[2])
            stroke = msgspec.structs.replace(stroke, path=f"{stroke.path} {path_of((stop,))}")
        self._become(replace(self._state, stroke=stroke))

    def end_stroke(self) -> None:
        """Lift the brush.

        Raises
        ------
        Refusal
            There are more strokes than a painting holds; this one is dropped.
        """
        stroke = self._state.stroke
        if stroke is None:
            return
        self._become(replace(self._state, stroke=None))
        text = self.tr("Erase pain") if stroke.erases else self.tr("Paint {0}").format(stroke.quality.words)
        painted = self._state.painted
        self._paint(text, (*painted, stroke), self._step_key(_first_part(stroke, painted)))

    def drop_stroke(self) -> None:
        """Lift the brush as if it had never been put down."""
        self._become(replace(self._state, stroke=None))

    def fill_region(
        self, region: str, side: Side | None, erases: bool | None = None, over_dab: bool = False
    ) -> None:
        """Fill or empty a region with the brush.

        Parameters
        ----------
        erases : bool, optional
            By default what the brush does.
        over_dab : bool
            Whether it takes the place of a dab painted last: the first half of a double click leaves one.

        Raises
        ------
        Refusal
            There are more strokes than a painting holds.
        """
        brush = self._state.brush
        fill = Fill(
            region=region,
            side=side,
            quality=brush.quality,
            intensity=brush.intensity,
            erases=brush.tool is Tool.ERASE if erases is None else erases,
        )
        text = self.tr("Empty region") if fill.erases else self.tr("Fill region")
        painted = self._state.painted
        if over_dab and painted and _is_dab(painted[-1]):
            self._paint(text, (*painted[:-1], fill), self._step_key(len(painted) - 1))
        else:
            self._paint(text, (*painted, fill))

    def clear_pain(self) -> None:
        """Take away all that is painted."""
        self._paint(self.tr("Clear painting"), ())

    def _step_key(self, index: int) -> str:
        """Key of the step that a stroke is: further parts of it, or a fill in its place, join that step."""
        return f"stroke.{self._state.felt_site}.{index}"

    def _paint(self, text: str, pain: Pain, merge_key: str = "") -> None:
        plan, site_id = self._state.plan, self._state.felt_site
        if site_id:
            site = checked(msgspec.structs.replace(plan.site(site_id), felt=pain))
            self._edit(text, plan.replacing(site), merge_key)
        else:
            self._edit(text, checked(msgspec.structs.replace(plan, pain=pain)), merge_key)

    def _put_brush_away(self) -> bool:
        """Let go of the stroke, then of the brush; return whether there was one."""
        state = self._state
        if state.stroke is not None:
            self.drop_stroke()
        elif state.brush.tool is not Tool.TURN:
            self.set_brush(tool=Tool.TURN)
        elif state.felt_site:
            self._become(replace(state, felt_site=""))
        else:
            return False
        return True


def _is_dab(mark: PainMark) -> bool:
    """Whether a mark is a stroke that stopped where it began."""
    return isinstance(mark, Stroke) and " " not in mark.path


def _first_part(stroke: Stroke, before: Pain) -> int:
    """Index of the mark with which a stroke began that was too long for one."""
    index, begins_at = len(before), stroke.path.partition(" ")[0]
    while index and isinstance(part := before[index - 1], Stroke):
        if has_room(part.path) or part.path.rpartition(" ")[2] != begins_at:
            break
        index, begins_at = index - 1, part.path.partition(" ")[0]
    return index
