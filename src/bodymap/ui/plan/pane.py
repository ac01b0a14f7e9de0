"""Right pane, second tab: the plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from bodymap.domain import Place, Plan
from bodymap.domain.builds import Figures
from bodymap.ui.controls import rule, small_label, title_label, tool_button
from bodymap.ui.controls.fitting_scroll import FittingScroll
from bodymap.ui.controls.labels import second_label
from bodymap.ui.icons import IconLabel
from bodymap.ui.plan.header import PlanHeader
from bodymap.ui.plan.list_view import PlanList
from bodymap.ui.plan.plan_model import PlanModel
from bodymap.ui.plan.row_delegate import RowAction
from bodymap.ui.plan.rows import PlaceName, PlanRow, plan_rows, totals_words
from bodymap.ui.plan.site_editor import SiteEditor
from bodymap.ui.theme import Space, current_theme


class PlanPane(QWidget):
    """Shows a plan and asks for its changes.

    Signals
    -------
    patient_change_requested(str), date_change_requested(str), note_change_requested(str)
        Header fields; the date is ISO text or empty.
    site_move_requested(str, int)
        Site id, and the index it should have afterwards.
    site_remove_requested(str), site_other_side_requested(str)
        Site id; the second asks for the same site on the other side as well.
    site_edit_requested(str, str, object)
        Site id, field of `Site`, and the value it should have.
    place_select_requested(object), place_jump_requested(object)
        `Place` of a row that was chosen; that should be shown close up.
    place_hover_requested(object)
        `Place` of the row under the mouse, or None.
    sex_chosen(object), build_change_requested(str, object), build_reset_requested(), posture_chosen(object)
        The patient's body, as `PatientPanel` says.
    site_posture_requested(str)
        Id of a site: the body should lie as for it.
    site_felt_requested(str)
        Id of a site: what the patient felt from it should be painted.
    order_by_position_requested()
        Sites of one patient position should stand together.
    """

    patient_change_requested = Signal(str)
    date_change_requested = Signal(str)
    note_change_requested = Signal(str)
    site_move_requested = Signal(str, int)
    site_remove_requested = Signal(str)
    site_other_side_requested = Signal(str)
    site_edit_requested = Signal(str, str, object)
    place_select_requested = Signal(object)
    place_jump_requested = Signal(object)
    place_hover_requested = Signal(object)
    sex_chosen = Signal(object)
    build_change_requested = Signal(str, object)
    build_reset_requested = Signal()
    posture_chosen = Signal(object)
    site_posture_requested = Signal(str)
    site_felt_requested = Signal(str)
    order_by_position_requested = Signal()

    def __init__(self, place_name: PlaceName) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place_name = place_name
        self._plan = Plan()
        self.header = PlanHeader()
        self.rows = PlanModel(self)
        self.list = PlanList(self.rows)
        self.editor = SiteEditor()
        self.totals = small_label()
        self.order_button = tool_button("Order by position", "list", "Put sites of one position together")
        self._arrange()
        self._connect()
        self.set_plan(self._plan)

    def set_plan(self, plan: Plan) -> None:
        """Show a plan; what is unchanged, current or being typed stays as it is."""
        self._plan = plan
        self.header.show_plan(plan)
        self.rows.set_rows(plan_rows(plan, self._place_name))
        self.totals.setText(totals_words(plan))
        self.totals.setToolTip(self.totals.text())
        self._body.setCurrentIndex(1 if plan.sites else 0)
        self.order_button.setEnabled(len(plan.sites) > 1)
        self._foot.setVisible(bool(plan.sites))
        self._show_editor()

    def show_figures(self, figures: Figures) -> None:
        """Show what the body of the plan measures."""
        self.header.body.show_body(self._plan.build, self._plan.posture, figures)

    def set_selection(self, places: Sequence[Place]) -> None:
        """Make the site of the last selected place current, or none when it is not in the plan."""
        place = places[-1] if places else None
        row = self.list.current_row()
        if row is not None and row.place == place:
            return
        site = self._plan.at(place) if place is not None else None
        self.list.show_current(site.id if site is not None else "")
        self._show_editor()

    def current_site_id(self) -> str:
        """Return the id of the current site, empty when there is none."""
        row = self.list.current_row()
        return row.site_id if row is not None else ""

    def commit(self) -> None:
        """Hand over what is being typed now: before saving, printing or closing."""
        self.header.commit()
        self.editor.commit()

    def _arrange(self) -> None:
        self._body = QStackedWidget()
        self._body.addWidget(_empty_page())
        self._body.addWidget(self.list)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(Space.LARGE, Space.TINY, Space.MEDIUM, Space.TINY)
        self.totals.setWordWrap(False)
        self.totals.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.totals, stretch=1)
        foot.addWidget(self.order_button)
        self._editor_rule = rule()
        self._editor_scroll = FittingScroll(self.editor, 3 * current_theme().metrics.tall_row_px)
        self._editor_scroll.setAccessibleName("The current site")
        self.list.setMinimumHeight(2 * current_theme().metrics.tall_row_px)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.NONE)
        layout.addWidget(self.header)
        layout.addWidget(self._body, stretch=1)
        layout.addWidget(self._foot)
        layout.addWidget(self._editor_rule)
        layout.addWidget(self._editor_scroll)

    def _connect(self) -> None:
        self.header.patient_committed.connect(self.patient_change_requested)
        self.header.date_committed.connect(self.date_change_requested)
        self.header.note_committed.connect(self.note_change_requested)
        self.header.body.sex_chosen.connect(self.sex_chosen)
        self.header.body.build_change_requested.connect(self.build_change_requested)
        self.header.body.build_reset_requested.connect(self.build_reset_requested)
        self.header.body.posture_chosen.connect(self.posture_chosen)
        self.editor.posture_requested.connect(self.site_posture_requested)
        self.editor.felt_requested.connect(self.site_felt_requested)
        self.rows.move_requested.connect(self.site_move_requested)
        self.list.row_entered.connect(self._hover)
        self.list.row_chosen.connect(self._choose)
        self.list.action_requested.connect(self._act)
        self.list.selectionModel().currentChanged.connect(self._show_editor)
        self.editor.edit_requested.connect(self._edit_site)
        self.editor.action_requested.connect(self._act_on_current)
        self.order_button.clicked.connect(self.order_by_position_requested)

    def _show_editor(self) -> None:
        row = self.list.current_row()
        is_shown = row is not None and any(site.id == row.site_id for site in self._plan)
        self._editor_scroll.setVisible(is_shown)
        self._editor_rule.setVisible(is_shown)
        if row is not None and is_shown:
            title = f"{row.number}  {row.name}, {row.side.value}"
            self.editor.show_site(self._plan.site(row.site_id), title)

    def _edit_site(self, site_id: str, field: str, value: object) -> None:
        # Text still being typed may arrive after its site was removed; there is nothing left to edit then.
        if any(site.id == site_id for site in self._plan):
            self.site_edit_requested.emit(site_id, field, value)

    def _hover(self, row: PlanRow | None) -> None:
        self.place_hover_requested.emit(row.place if row is not None else None)

    def _choose(self, row: PlanRow) -> None:
        self.place_select_requested.emit(row.place)

    def _act_on_current(self, action: RowAction) -> None:
        row = self.list.current_row()
        if row is not None:
            self._act(action, row)

    def _act(self, action: RowAction, row: PlanRow) -> None:
        if action is RowAction.JUMP:
            self.place_jump_requested.emit(row.place)
        elif action is RowAction.OTHER_SIDE:
            self.site_other_side_requested.emit(row.site_id)
        else:
            self.site_remove_requested.emit(row.site_id)


def _empty_page() -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
    layout.setSpacing(Space.MEDIUM)
    layout.addStretch(1)
    layout.addWidget(
        IconLabel("list", "accent", Space.HUGE + Space.SMALL), alignment=Qt.AlignmentFlag.AlignCenter
    )
    labels = (
        title_label("No sites yet"),
        second_label("Select a point and press Space, or use + in the list."),
    )
    for label in labels:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(label)
    layout.addStretch(2)
    return page
