"""The painted pain, worked out: its look on the body, and everything the pane says of it."""

from __future__ import annotations

import threading
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer

from bodymap.atlas import Atlas
from bodymap.atlas.red_flags import Urgency, read_red_flags
from bodymap.body import Body
from bodymap.body.painting import PainMap, PainPainter
from bodymap.domain import Build, Pain, Plan, PointRef, Side
from bodymap.planning.pain_scores import WPI_AREAS, PainFigures, pain_figures
from bodymap.planning.ranking import COMMONNESS, Explained, PainRanking, by_muscle
from bodymap.planning.roots import RootMatch, RootMatching
from bodymap.planning.warnings import WarningRules, look_alikes
from bodymap.scene.frame import PainLook
from bodymap.session import Session, SessionState, Tool
from bodymap.ui.pain import NO_PAIN, NextPoint, PainPane, PainReport, RankedPoint, WarningWords

MUSCLES_LISTED = 40
ALIKES_LISTED = 12
TICKED_SHARE = 0.5
_FIGURES_MS = 150


class PainDesk(QObject):
    """Follows the session's painted pain.

    The ranking follows every move of the brush. Red flags, figures and ticked regions wait for its end.
    """

    def __init__(
        self, session: Session, atlas: Atlas, body: Body, pane: PainPane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._atlas, self._body, self._pane = session, atlas, body, pane
        self._painter = PainPainter(body)
        self._live = QTimer(self, singleShot=True, interval=0)
        self._live.timeout.connect(self._show_report)
        self._rest = QTimer(self, singleShot=True, interval=_FIGURES_MS)
        self._rest.timeout.connect(self._show_rest)
        self._slow = PainReport()
        self._slow_of: tuple[Pain, Build] | None = None
        self._is_ready = False

    def look(self, state: SessionState) -> PainLook | None:
        """Painted pain as it should be drawn for a state; None where nothing is painted."""
        marks = _shown_marks(state)
        if not marks:
            return None
        pain = self._painter.painted(marks)
        if not state.shows_left or marks != _patients_marks(state):
            return PainLook(marks, None, pain)
        refs = self._known(state.plan)
        return PainLook(marks, refs, pain, self._ranking.explained(refs))

    def show_brush(self) -> None:
        """Show the brush; when it is taken up, load what its first stroke would wait for."""
        state = self._session.state
        self._pane.show_brush(state.brush)
        if state.brush.tool is not Tool.TURN and not self._is_ready:
            self._is_ready = True
            work = (state.plan.build,)
            threading.Thread(target=self._make_ready, args=work, name="painting", daemon=True).start()

    def _make_ready(self, build: Build) -> None:
        self._painter.make_ready(build)
        self._ranking  # noqa: B018 - kept

    def show_felt_site(self) -> None:
        """Name the site whose own pattern is painted."""
        state = self._session.state
        site = next((site for site in state.plan if site.id == state.felt_site), None)
        self._pane.show_felt_site("" if site is None else self._atlas.place_name(site.place))
        self.refresh()

    def refresh(self) -> None:
        """Work everything out anew before the event loop waits again."""
        state = self._session.state
        if state.stroke is None:
            self._rest.start()
        else:
            self._rest.stop()  # of the stroke before: it would make this one stutter
        if state.stroke is None or not state.felt_site:  # a site's own pattern is not ranked
            self._live.start()

    def _known(self, plan: Plan) -> tuple[PointRef, ...]:
        return tuple(ref for ref in plan.point_refs() if ref in self._atlas)

    def _show_report(self) -> None:
        state = self._session.state
        self._pane.show_left(state.shows_left)
        self._pane.show_can_clear(bool(state.painted))
        marks = _patients_marks(state)
        pain = self._painter.painted(marks) if marks else None
        if pain is None or pain.is_empty:
            self._slow, self._slow_of = NO_PAIN, None
            self._pane.show_report(NO_PAIN)
            return
        self._pane.show_report(self._report(pain, state.plan))

    def _report(self, pain: PainMap, plan: Plan) -> PainReport:
        ranked = self._ranking.rank(pain.weight)
        planned = self._known(plan)
        explained = self._ranking.explained(planned)
        offer = self._ranking.next_best(pain.weight, explained)
        muscles = by_muscle(ranked)[:MUSCLES_LISTED]
        return PainReport(
            has_pain=True,
            warnings=self._slow.warnings,
            root=self._slow.root,
            explained=self._ranking.share(pain.weight, explained),
            has_points=bool(planned),
            next_point=None
            if offer is None
            else NextPoint(offer.ref, self._atlas.place_name(offer.ref), offer.gain),
            ranked=tuple(self._ranked(each.points) for each in muscles),
            look_alikes=look_alikes(muscles, self._atlas)[:ALIKES_LISTED],
            figures=self._slow.figures,
        )

    def _show_rest(self) -> None:
        """Work out what the eye does not need while the brush moves."""
        state = self._session.state
        self._pane.show_painted_regions(self._ticked(self._painter.painted(state.painted)))
        pain = self._painter.painted(state.plan.pain)
        measured = (state.plan.pain, state.plan.build)
        if pain.is_empty or measured == self._slow_of:
            return
        self._slow_of = measured
        figures = pain_figures(pain, self._body, state.plan.build)
        root = self._roots.better_than_muscles(pain.weight, self._ranking.rank(pain.weight))
        self._slow = PainReport(
            warnings=tuple(
                WarningWords(
                    name=each.flag.name,
                    ask=each.flag.ask,
                    do=each.flag.do,
                    when=each.flag.urgency.words,
                    is_urgent=each.flag.urgency is Urgency.EMERGENCY,
                )
                for each in self._warnings.warned(pain)
            ),
            root="" if root is None else self._root_words(root),
            figures=_figures_words(figures),
        )
        self._live.start()

    def _ticked(self, pain: PainMap) -> list[tuple[str, Side | None]]:
        """Regions, deep ones included, of which most is painted."""
        inside = pain.inside
        return [key for key, skin in self._skins.items() if inside[skin].mean() >= TICKED_SHARE]

    @cached_property
    def _skins(self) -> dict[tuple[str, Side | None], NDArray[np.intp]]:
        """Vertices of every region's skin, one side each."""
        regions = self._body.regions
        skins = {
            (region.id, side): np.flatnonzero(regions.skin_of(region.id, side))
            for region in regions.vocabulary
            for side in (tuple(Side) if region.paired else (None,))
        }
        return {key: skin for key, skin in skins.items() if len(skin)}

    def _ranked(self, points: tuple[Explained, ...]) -> RankedPoint:
        first, *others = points
        common = COMMONNESS[self._atlas.muscle_of(first.ref.point).familiar]
        return RankedPoint(
            first.ref,
            self._atlas.place_name(first.ref),
            f"{first.short_words}; {common}",
            f"{first.words[:1].upper()}{first.words[1:]}; {common}",
            tuple(self._further(each) for each in others),
        )

    def _further(self, each: Explained) -> RankedPoint:
        return RankedPoint(each.ref, self._atlas.place_name(each.ref), each.short_words, each.words)

    def _root_words(self, match: RootMatch) -> str:
        return (
            f"The painted skin follows the {match.root} dermatome ({match.side.value}) more closely than any "
            f"muscle's pattern: test its feeling, strength and reflex before needling."
        )

    @cached_property
    def _ranking(self) -> PainRanking:
        return PainRanking(self._atlas, self._body)

    @cached_property
    def _roots(self) -> RootMatching:
        return RootMatching(self._atlas, self._body, self._ranking.areas_mm2)

    @cached_property
    def _warnings(self) -> WarningRules:
        return WarningRules(read_red_flags().flags, self._body, self._ranking.areas_mm2)


def _patients_marks(state: SessionState) -> Pain:
    """Return what the patient feels, with the stroke in progress if it belongs to it."""
    stroke = () if state.stroke is None or state.felt_site else (state.stroke,)
    return (*state.plan.pain, *stroke)


def _shown_marks(state: SessionState) -> Pain:
    """Return what is drawn: the pattern of the site painted or looked at, where it has one, else the pain."""
    stroke = () if state.stroke is None else (state.stroke,)
    if state.felt_site:
        return (*state.painted, *stroke)
    # Under the brush the pain stays in sight, or what is painted would vanish as the brush is lifted.
    return (*state.plan.pain, *stroke) if state.brush.tool is not Tool.TURN else _looked_at(state)


def _looked_at(state: SessionState) -> Pain:
    """Return the own pattern of the site that is shown to the patient or selected, else the pain."""
    looked_at = state.selection[-1:] if state.patient_step is None else (state.patient_point,)
    place = looked_at[0] if looked_at else None
    site = None if place is None else state.plan.at(place)
    return site.felt if site is not None and site.felt else state.plan.pain


def _figures_words(figures: PainFigures) -> str:
    regions = len(figures.regions)
    counted = f"{regions} region{'' if regions == 1 else 's'}"
    share = f"{100 * figures.body_share:.1f}\N{NO-BREAK SPACE}%"
    wpi = f"WPI\N{NO-BREAK SPACE}{len(figures.wpi)}/{WPI_AREAS}"
    return f"{counted}, {figures.area_cm2:.0f}\N{NO-BREAK SPACE}cm², {share} of skin, {wpi}"
