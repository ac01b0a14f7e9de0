"""The left pane: search, filters, and the lists of muscles and regions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from bodymap.atlas import Hit
from bodymap.domain import Place, Plan, PointRef, Side
from bodymap.ui.browser.catalog import Catalog
from bodymap.ui.browser.filter_panel import FilterPanel
from bodymap.ui.browser.filters import muscles_left, regions_left
from bodymap.ui.browser.rows import muscle_rows, region_rows
from bodymap.ui.browser.search_field import SearchField
from bodymap.ui.browser.tree import BrowserTree
from bodymap.ui.controls import Segmented, push_button, small_label, tool_button
from bodymap.ui.controls.labels import second_label
from bodymap.ui.theme import Space

SearchMuscles = Callable[[str], Sequence[Hit]]


class BrowserPane(QWidget):
    """Finds points without the body.

    Signals
    -------
    place_hover_requested(object)
        `PointRef` under the mouse, or None.
    place_select_requested(object, bool)
        `PointRef` clicked; the flag says whether to add it to what is selected.
    site_add_requested(object), site_toggle_requested(object)
        `PointRef` to put into the plan; to put in or take out.
    side_changed(object)
        `Side` that clicks in the list now mean.
    root_chosen(str)
        Nerve root that the lists are narrowed to, or empty.
    """

    place_hover_requested = Signal(object)
    place_select_requested = Signal(object, bool)
    site_add_requested = Signal(object)
    site_toggle_requested = Signal(object)
    side_changed = Signal(object)
    root_chosen = Signal(str)

    def __init__(self, catalog: Catalog, search: SearchMuscles) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._catalog = catalog
        self._search_muscles = search
        self._planned: frozenset[PointRef] = frozenset()
        self._current: PointRef | None = None
        self.search = SearchField()
        self.filter_button = tool_button(
            "Filters", "filter", "Filter by area, muscle group, nerve root, nerve, risk"
        )
        self.filter_button.setCheckable(True)
        self.filters = FilterPanel()
        self.filters.setVisible(False)
        self.tabs = _tab_bar()
        self.side = Segmented("Side", ((Side.LEFT, "Left"), (Side.RIGHT, "Right")), stretch=False)
        self.muscles = BrowserTree("Muscles and their points")
        self.regions = BrowserTree("Regions and the points felt there")
        self.lists = QStackedWidget()
        self.nothing = _NothingFound()
        self.footer = small_label()
        self._arrange()
        self._connect()
        self.set_catalog(catalog)

    def set_catalog(self, catalog: Catalog) -> None:
        """List another atlas."""
        self._catalog = catalog
        self.filters.set_catalog(catalog)
        self._refresh()

    def set_selection(self, places: Sequence[Place]) -> None:
        """Mark the selected points and reveal the last one."""
        refs = [place for place in places if isinstance(place, PointRef)]
        for tree in (self.muscles, self.regions):
            tree.rows.set_selected({ref.point for ref in refs})
        self._current = refs[-1] if refs else None
        if self._current is not None:
            self.side.set_choice(self._current.side)
            self.muscles.reveal(self._current.point)

    def set_plan(self, plan: Plan) -> None:
        """Mark the points in the plan with their numbers."""
        numbers: dict[str, list[str]] = {}
        for number, site in enumerate(plan, start=1):
            if isinstance(site.place, PointRef):
                numbers.setdefault(site.place.point, []).append(str(number))
        self._planned = frozenset(plan.point_refs())
        words = {point: ", ".join(found) for point, found in numbers.items()}
        for tree in (self.muscles, self.regions):
            tree.rows.set_plan_numbers(words)

    def focus_search(self) -> None:
        """Put the keyboard into the search field with its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.MEDIUM, Space.NONE, Space.NONE)
        layout.setSpacing(Space.SMALL)
        layout.addLayout(_row(self.search, self.filter_button))
        layout.addLayout(_row(self.filters))
        bar = _row(self.tabs)
        bar.addStretch()
        bar.addWidget(self.side)
        layout.addLayout(bar)
        for page in (self.muscles, self.regions, self.nothing):
            self.lists.addWidget(page)
        layout.addWidget(self.lists, stretch=1)
        foot = _row(self.footer)
        foot.setContentsMargins(Space.LARGE, Space.NONE, Space.LARGE, Space.SMALL)
        layout.addLayout(foot)
        self.side.setToolTip("Which side a click in the list means")

    def _connect(self) -> None:
        self.search.textChanged.connect(self._refresh)
        self.search.list_requested.connect(self._go_to_list)
        self.filter_button.toggled.connect(self.filters.setVisible)
        self.filters.changed.connect(self._refresh)
        self.filters.changed.connect(self._tell_root)
        self.tabs.currentChanged.connect(self._refresh)
        self.side.chosen.connect(self._change_side)
        self.nothing.clear.clicked.connect(self._clear_all)
        for tree in (self.muscles, self.regions):
            tree.point_hovered.connect(self._hover)
            tree.point_chosen.connect(self._choose)
            tree.point_added.connect(self._add)
            tree.point_toggled.connect(self._toggle)

    def _refresh(self) -> None:
        text = self.search.text().strip()
        hits = tuple(self._search_muscles(text)) if text else None
        narrowed = self.filters.narrowed(text, hits)
        if self.tabs.currentIndex() == 0:
            muscles = muscles_left(self._catalog, narrowed)
            found, points = len(muscles), sum(len(muscle.points) for muscle in muscles)
            self.muscles.show_rows(muscle_rows(muscles, hits is not None), open_all=_is_small(found, text))
            self.footer.setText(f"{_counted(found, 'muscle')}, {_counted(points, 'point')} a side")
        else:
            regions = regions_left(self._catalog, narrowed)
            found = len(regions)
            self.regions.show_rows(region_rows(regions, bool(text)), open_all=_is_small(found, text))
            self.footer.setText(f"{_counted(found, 'region')} in which points are felt")
        self.nothing.say(text, narrowed.is_narrowing)
        self.lists.setCurrentIndex(self.tabs.currentIndex() if found else 2)

    def _tell_root(self) -> None:
        self.root_chosen.emit(self.filters.root.currentData() or "")

    def _ref(self, point: str) -> PointRef:
        side = Side(str(self.side.choice))
        sides = self._catalog.sides_of(point)
        return PointRef(point, side if side in sides else sides[0])

    def _hover(self, point: str) -> None:
        self.place_hover_requested.emit(self._ref(point) if point else None)

    def _choose(self, point: str, extend: bool) -> None:
        self.place_select_requested.emit(self._ref(point), extend)

    def _add(self, point: str) -> None:
        ref = self._ref(point)
        if ref in self._planned:
            self.place_select_requested.emit(ref, False)
        else:
            self.site_add_requested.emit(ref)

    def _toggle(self, point: str) -> None:
        self.site_toggle_requested.emit(self._ref(point))

    def _change_side(self, side: object) -> None:
        self.side_changed.emit(side)
        if self._current is not None and self._ref(self._current.point) != self._current:
            self.place_select_requested.emit(self._ref(self._current.point), False)

    def _go_to_list(self) -> None:
        shown = self.lists.currentWidget()
        if isinstance(shown, BrowserTree):
            shown.setFocus(Qt.FocusReason.TabFocusReason)
            if not shown.currentIndex().isValid():
                shown.setCurrentIndex(shown.rows.index(0, 0))

    def _clear_all(self) -> None:
        self.search.clear()
        self.filters.clear()


class _NothingFound(QWidget):
    """What the list says when nothing is left."""

    def __init__(self) -> None:
        super().__init__()
        self.words: QLabel = second_label()
        self.clear = push_button("Show everything")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.HUGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self.words)
        layout.addWidget(self.clear, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()

    def say(self, text: str, is_narrowed: bool) -> None:
        """Explain an empty list."""
        searched = f"Nothing found for \N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
        where = " within the filters" if is_narrowed else ""
        first = f"{searched}{where}." if text else "No point passes these filters."
        advice = "Try a muscle, a symptom such as headache, or a nerve root such as C5."
        self.words.setText(f"{first}\n\n{advice}" if text else first)


def _tab_bar() -> QTabBar:
    tabs = QTabBar()
    tabs.setAccessibleName("Lists")
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    tabs.setUsesScrollButtons(False)
    for words, tooltip in (("Muscles", "Muscles and their points"), ("Regions", "Where it is felt")):
        tabs.setTabToolTip(tabs.addTab(words), tooltip)
    return tabs


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(Space.MEDIUM, Space.NONE, Space.MEDIUM, Space.NONE)
    row.setSpacing(Space.TINY)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _is_small(found: int, text: str) -> bool:
    return bool(text) and found <= 8  # few enough to see all their points at once


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
