"""The card of what is selected: a point, a free spot of skin, or nothing yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from bodymap.domain import Place, SkinRef
from bodymap.ui.controls import pill, primary_button, rule, title_label, tool_button
from bodymap.ui.controls.labels import restyle, second_label
from bodymap.ui.icons import IconLabel, icon
from bodymap.ui.point_card.blocks import show_other_side, side_button
from bodymap.ui.point_card.content import PointContent
from bodymap.ui.point_card.point_page import PointPage
from bodymap.ui.theme import Space

_EMPTY = "Search a muscle, or click where it hurts."
_EMPTY_MORE = "The card then says where the point lies, where it is often felt, and how it is needled."
_FREE = "No trigger point is listed right here. A free site keeps its place on the skin."


class PointCard(QWidget):
    """Right pane, first tab.

    Signals
    -------
    site_add_requested(object), site_remove_requested(object)
        The `Place` shown, to put into the plan or to take out of it.
    other_side_requested(object)
        The `Place` shown; its mirror is wanted instead.
    show_in_plan_requested(object)
        The `Place` shown; its row in the plan is wanted.
    """

    site_add_requested = Signal(object)
    site_remove_requested = Signal(object)
    other_side_requested = Signal(object)
    show_in_plan_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place: Place | None = None
        self.point = PointPage()
        self.free = _FreePage()
        self.pages = QStackedWidget()
        self.plan_button = primary_button("Add to plan", "add")
        self.remove_button = tool_button("Remove from plan", "remove")
        self.foot = self._make_foot()
        self._arrange()
        self.plan_button.clicked.connect(self._add_or_show)
        self.remove_button.clicked.connect(self._remove)
        self.point.side_button.clicked.connect(self._ask_other_side)
        self.free.side_button.clicked.connect(self._ask_other_side)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how to begin."""
        self._place = None
        self.pages.setCurrentIndex(0)
        self.foot.hide()

    def show_point(self, content: PointContent, plan_number: int | None, others: int = 0) -> None:
        """Show a trigger point, its number in the plan if it has one, and how many more are selected."""
        is_same = self._place == content.place
        self.point.show_content(content, others)
        self.pages.setCurrentIndex(1)
        if not is_same:
            self._scroll.verticalScrollBar().setValue(0)
        show_other_side(self.point.side_button, content.side, content.has_other_side)
        self._show_foot(content.place, plan_number, "Add to plan")

    def show_free_site(self, place: SkinRef, region: str, plan_number: int | None) -> None:
        """Show a spot of skin named by its region."""
        self.free.title.setText(region)
        self.free.side.setText(place.side.value.capitalize())
        self.pages.setCurrentIndex(2)
        show_other_side(self.free.side_button, place.side, is_there=True)
        self._show_foot(place, plan_number, "Add free site")

    def _show_foot(self, place: Place, plan_number: int | None, add_words: str) -> None:
        self._place = place
        is_planned = plan_number is not None
        words = f"In plan as no. {plan_number}" if is_planned else add_words
        self.plan_button.setText(words)
        self.plan_button.setAccessibleName(words)
        self.plan_button.setToolTip("Show it in the plan" if is_planned else f"{add_words} (Space)")
        self.plan_button.setIcon(icon("done", "fine") if is_planned else icon("add", "on_accent"))
        self.plan_button.setProperty("kind", "done" if is_planned else "primary")
        restyle(self.plan_button)
        self.remove_button.setVisible(is_planned)
        self.foot.show()

    def _arrange(self) -> None:
        self._scroll = _scrolled(self.point)
        self.pages.addWidget(_empty_page())
        self.pages.addWidget(self._scroll)
        self.pages.addWidget(self.free)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.NONE)
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(self.foot)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        outer = QVBoxLayout(foot)
        outer.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        outer.setSpacing(Space.NONE)
        outer.addWidget(rule())
        row = QHBoxLayout()
        row.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.plan_button, stretch=1)
        row.addWidget(self.remove_button)
        outer.addLayout(row)
        return foot

    def _add_or_show(self) -> None:
        is_planned = not self.remove_button.isHidden()
        (self.show_in_plan_requested if is_planned else self.site_add_requested).emit(self._place)

    def _remove(self) -> None:
        self.site_remove_requested.emit(self._place)

    def _ask_other_side(self) -> None:
        self.other_side_requested.emit(self._place)


class _FreePage(QWidget):
    """A spot of skin that is no point of the atlas."""

    def __init__(self) -> None:
        super().__init__()
        self.title = title_label()
        self.side = pill()
        self.side_button = side_button()
        row = QHBoxLayout()
        row.addWidget(self.side)
        row.addStretch()
        row.addWidget(self.side_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.title)
        layout.addLayout(row)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(second_label(_FREE))
        layout.addStretch()


def _empty_page() -> QWidget:
    page = QWidget()
    words = title_label(_EMPTY)
    more = second_label(_EMPTY_MORE)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
    layout.setSpacing(Space.MEDIUM)
    layout.addStretch(1)
    layout.addWidget(
        IconLabel("hand", "accent", Space.HUGE + Space.SMALL), alignment=Qt.AlignmentFlag.AlignCenter
    )
    for label in (words, more):
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(label)
    layout.addStretch(2)
    return page


def _scrolled(page: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setAccessibleName("Card of the point")
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return scroll
