"""The pane of the painted pain: the brush, what to ask first, which points explain it, and the regions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from bodymap.body.regions import Region
from bodymap.domain import Plan, PointRef, Side
from bodymap.session import Brush
from bodymap.ui.browser.tree import BrowserTree
from bodymap.ui.browser.tree_model import Node, NodeKind, root_of
from bodymap.ui.controls import push_button, rule, small_label, tool_button
from bodymap.ui.controls.fitting_scroll import FittingScroll
from bodymap.ui.controls.labels import second_label
from bodymap.ui.pain.brush_bar import BrushBar
from bodymap.ui.pain.meter import Meter
from bodymap.ui.pain.region_list import RegionList, RegionSide
from bodymap.ui.pain.report import NO_PAIN, PainReport, RankedPoint
from bodymap.ui.pain.warnings_box import WarningsBox
from bodymap.ui.theme import WARNINGS_MINIMUM_PX, Space

_ADVICE = (
    "Choose Paint and draw where it hurts: the points that explain it are listed here.\n\n"
    "Beside the body a drag still turns it. A double click fills a region; without a mouse, tick regions."
)


class PainPane(QWidget):
    """Shows a painted pain and asks for its changes.

    Signals
    -------
    brush_change_requested(object)
        Fields of `Brush` that should change, a dict.
    clear_requested()
    region_toggled(str, object, bool)
        Region id, side or None, whether to fill it or to empty it.
    left_requested(bool)
        Whether explained pain should fade.
    preview_requested(object)
        `PointRef` under the mouse, or None.
    place_select_requested(object, bool), site_add_requested(object), site_toggle_requested(object)
        `PointRef` of a row.
    felt_done_requested()
        Painting what was felt at a site is finished.
    """

    brush_change_requested = Signal(object)
    clear_requested = Signal()
    region_toggled = Signal(str, object, bool)
    left_requested = Signal(bool)
    preview_requested = Signal(object)
    place_select_requested = Signal(object, bool)
    site_add_requested = Signal(object)
    site_toggle_requested = Signal(object)
    felt_done_requested = Signal()

    def __init__(self, regions: Sequence[Region]) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._report = NO_PAIN
        self._planned: frozenset[PointRef] = frozenset()
        self.brush = BrushBar()
        self.felt = second_label()
        self.felt_done = push_button("Done")
        self.tabs = QTabBar()
        self.clear = tool_button("Clear the painting", "remove", "Take away all that is painted")
        self.advice = second_label(_ADVICE)
        self.warnings = WarningsBox()
        self.meter = Meter()
        self.points = BrowserTree("Points that explain the pain, the likeliest first")
        self.regions = RegionList(regions)
        self.figures = small_label()
        self._arrange()
        self._connect()
        self.show_report(NO_PAIN)
        self.show_felt_site("")
        self.show_can_clear(False)

    def show_brush(self, brush: Brush) -> None:
        """Show the brush."""
        self.brush.show_brush(brush)

    def show_felt_site(self, name: str) -> None:
        """Name the site of which the patient's own pattern is painted; empty: the patient's pain is."""
        self.felt.setText(f"Painting what was felt from {name}")
        self._felt_row.setVisible(bool(name))

    def show_left(self, shown: bool) -> None:
        """Show whether explained pain is faded."""
        self.meter.show_left(shown)

    def show_can_clear(self, can_clear: bool) -> None:
        """Show whether anything is painted of what the brush paints."""
        self.clear.setEnabled(can_clear)

    def show_report(self, report: PainReport) -> None:
        """Show what is known of the painted pain."""
        before, self._report = self._report, report
        self._results.setCurrentIndex(1 if report.has_pain else 0)
        self.warnings.show_warnings(report.warnings, report.root, report.look_alikes)
        self.meter.show_report(report)
        if report.ranked != before.ranked:
            self.points.show_rows(root_of([_row(each) for each in report.ranked]))
            self.preview_requested.emit(None)  # another row is under the mouse now, or none
        self.figures.setText(report.figures)

    def show_painted_regions(self, painted: Iterable[RegionSide]) -> None:
        """Tick the regions of which most is painted."""
        self.regions.show_painted(painted)

    def set_plan(self, plan: Plan) -> None:
        """Mark the points in the plan with their numbers."""
        numbers: dict[str, list[str]] = {}
        for number, site in enumerate(plan, start=1):
            if isinstance(site.place, PointRef):
                numbers.setdefault(_key(site.place), []).append(str(number))
        self._planned = frozenset(plan.point_refs())
        self.points.rows.set_plan_numbers({key: ", ".join(found) for key, found in numbers.items()})

    def set_selection(self, places: Iterable[object]) -> None:
        """Mark the selected points."""
        self.points.rows.set_selected({_key(place) for place in places if isinstance(place, PointRef)})

    def _arrange(self) -> None:
        self.tabs.setAccessibleName("Points or regions")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("Points")
        self.tabs.addTab("Regions")
        self._felt_row = QWidget()
        felt = QHBoxLayout(self._felt_row)
        felt.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.NONE)
        felt.addWidget(self.felt, stretch=1)
        felt.addWidget(self.felt_done)
        empty = QWidget()
        words = QVBoxLayout(empty)
        words.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        words.addWidget(self.advice)
        words.addStretch(1)
        above = QWidget()
        top = QVBoxLayout(above)
        top.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        top.setSpacing(Space.SMALL)
        top.addWidget(self.warnings)
        top.addWidget(self.meter)
        scroll = FittingScroll(above, WARNINGS_MINIMUM_PX)
        ranking = QWidget()
        ranked = QVBoxLayout(ranking)
        ranked.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        ranked.setSpacing(Space.NONE)
        ranked.addWidget(scroll)
        ranked.addWidget(rule())
        ranked.addWidget(self.points, stretch=1)
        self._results = QStackedWidget()
        self._results.addWidget(empty)
        self._results.addWidget(ranking)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._results)
        self._pages.addWidget(self.regions)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.LARGE, Space.TINY, Space.LARGE, Space.SMALL)
        foot.addWidget(self.figures)
        bar = QHBoxLayout()
        bar.setContentsMargins(Space.MEDIUM, Space.NONE, Space.MEDIUM, Space.NONE)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.NONE)
        layout.addWidget(self._felt_row)
        layout.addWidget(self.brush)
        layout.addWidget(rule())
        layout.addLayout(bar)
        layout.addWidget(self._pages, stretch=1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.brush.brush_change_requested.connect(self.brush_change_requested)
        self.clear.clicked.connect(self.clear_requested)
        self.regions.region_toggled.connect(self.region_toggled)
        self.meter.left_requested.connect(self.left_requested)
        self.meter.next_add_requested.connect(self.site_add_requested)
        self.felt_done.clicked.connect(self.felt_done_requested)
        self.points.point_hovered.connect(self._preview)
        self.points.point_chosen.connect(self._choose)
        self.points.point_added.connect(self._add)
        self.points.point_toggled.connect(self._toggle)

    def _preview(self, key: str) -> None:
        self.preview_requested.emit(_ref(key) if key else None)

    def _choose(self, key: str, extend: bool) -> None:
        self.place_select_requested.emit(_ref(key), extend)

    def _add(self, key: str) -> None:
        ref = _ref(key)
        if ref in self._planned:
            self.place_select_requested.emit(ref, False)
        else:
            self.site_add_requested.emit(ref)

    def _toggle(self, key: str) -> None:
        self.site_toggle_requested.emit(_ref(key))


def _key(ref: PointRef) -> str:
    return f"{ref.point}:{ref.side.value}"


def _ref(key: str) -> PointRef:
    point, _, side = key.rpartition(":")
    return PointRef(point, Side(side))


def _row(ranked: RankedPoint) -> Node:
    key = _key(ranked.ref)
    row = Node(NodeKind.POINT, f"pain:{key}", ranked.name, note=ranked.note, tip=ranked.why, point_id=key)
    for other in ranked.others:
        row.add(_row(other))
    return row
