"""The one list in which requests meet verbs, and facts meet views."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from bodymap.app.dialogs import Dialogs
from bodymap.app.files import Files
from bodymap.app.intents import Intents
from bodymap.app.look import Look
from bodymap.app.pain_desk import PainDesk
from bodymap.app.painting import Painting
from bodymap.app.print_desk import PrintDesk
from bodymap.app.showing import Showing
from bodymap.app.views import Views
from bodymap.app.window import Parts


@dataclass(frozen=True, eq=False)
class Connected:
    """What the wiring made; the application keeps it as long as the window."""

    intents: Intents
    painting: Painting
    showing: Showing
    files: Files
    print_desk: PrintDesk
    look: Look
    views: Views
    dialogs: Dialogs


def connect(app: QApplication, parts: Parts) -> Connected:
    """Connect a built window."""
    window = parts.window
    pain = PainDesk(parts.session, parts.atlas, parts.body, parts.pain, window)
    made = Connected(
        intents=Intents(parts.session, parts.atlas, parts.body, parts.viewport.points_in_view, window),
        showing=Showing(parts, pain, window),
        painting=Painting(parts.session, window),
        files=Files(parts, parent=window),
        print_desk=PrintDesk(parts, window),
        look=Look(app, parts, window),
        views=Views(parts, pain, window),
        dialogs=Dialogs(parts, window),
    )
    _connect_facts(parts, made)
    _connect_places(parts, made)
    _connect_plan(parts, made)
    _connect_pain(parts, made)
    _connect_commands(parts, made)
    _connect_patient_mode(parts, made)
    window.close_guard = made.files.may_leave
    return made


def _connect_facts(parts: Parts, made: Connected) -> None:
    session, showing = parts.session, made.showing
    session.plan_changed.connect(showing.show_plan)
    session.selection_changed.connect(showing.show_selection)
    session.hover_changed.connect(showing.show_hover)
    session.candidate_changed.connect(showing.show_candidate)
    session.patient_mode_changed.connect(showing.show_patient_step)
    session.file_changed.connect(showing.show_file)
    session.layers_changed.connect(showing.show_layers)
    session.hover_inside_changed.connect(showing.show_hover_inside)
    parts.window.layers.layers_requested.connect(made.views.show_layers)
    parts.browser.root_chosen.connect(made.views.show_root)
    parts.actions.show_layers.toggled.connect(made.views.prepare_layers)
    parts.window.layers.covered.connect(parts.viewport.set_covered)
    session.undo_stack.indexChanged.connect(showing.show_undo_texts)
    session.undo_stack.canUndoChanged.connect(showing.show_undo_texts)
    session.undo_stack.canRedoChanged.connect(showing.show_undo_texts)
    parts.autosave.saved.connect(showing.show_saved)
    parts.autosave.failed.connect(showing.show_failure)
    for source in (made.intents, made.painting, made.files, made.print_desk, made.views):
        source.refused.connect(showing.show_refusal)
    made.files.noticed.connect(showing.show_refusal)
    made.intents.flight_wanted.connect(showing.fly_to)
    made.intents.plan_wanted.connect(parts.window.show_plan_tab)


def _connect_places(parts: Parts, made: Connected) -> None:
    intents = made.intents
    parts.viewport.place_hovered.connect(intents.hover)
    parts.viewport.place_activated.connect(intents.activate)
    parts.viewport.place_activated.connect(parts.window.show_card_tab)
    parts.viewport.inside_hovered.connect(intents.hover_inside)
    parts.viewport.structure_activated.connect(intents.activate_structure)
    parts.viewport.background_activated.connect(intents.let_go)
    parts.browser.place_hover_requested.connect(intents.hover)
    parts.browser.place_select_requested.connect(intents.select_and_show)
    parts.browser.place_select_requested.connect(parts.window.show_card_tab)
    parts.browser.site_add_requested.connect(intents.add)
    parts.browser.site_toggle_requested.connect(intents.toggle)
    parts.card.site_add_requested.connect(intents.add)
    parts.card.site_remove_requested.connect(intents.remove)
    parts.card.other_side_requested.connect(intents.show_opposite)
    parts.card.show_in_plan_requested.connect(intents.show_in_plan)


def _connect_plan(parts: Parts, made: Connected) -> None:
    plan, intents, session = parts.plan, made.intents, parts.session
    plan.patient_change_requested.connect(intents.set_patient)
    plan.date_change_requested.connect(intents.set_date)
    plan.note_change_requested.connect(intents.set_note)
    plan.site_move_requested.connect(session.move_site)
    plan.site_remove_requested.connect(session.remove_site)
    plan.site_other_side_requested.connect(intents.duplicate_opposite)
    plan.site_edit_requested.connect(intents.edit_site)
    plan.place_select_requested.connect(session.select)
    plan.place_jump_requested.connect(intents.select_and_show)
    plan.place_hover_requested.connect(intents.hover)
    plan.order_by_position_requested.connect(session.group_by_position)
    plan.sex_chosen.connect(intents.set_sex)
    plan.build_change_requested.connect(intents.shape_body)
    plan.build_reset_requested.connect(session.reset_build)
    plan.posture_chosen.connect(session.set_posture)
    plan.site_posture_requested.connect(intents.show_in_position)
    parts.window.top_bar.sex_chosen.connect(intents.set_sex)


def _connect_pain(parts: Parts, made: Connected) -> None:
    session, showing, pane, painting = parts.session, made.showing, parts.pain, made.painting
    session.brush_changed.connect(showing.show_brush)
    session.stroke_changed.connect(showing.show_stroke)
    session.felt_site_changed.connect(showing.show_felt_site)
    session.left_changed.connect(showing.show_left)
    session.preview_changed.connect(showing.show_scene)
    painting.refused.connect(showing.show_stroke)  # a box that was ticked in vain is shown as it is
    parts.viewport.brush.begun.connect(session.begin_stroke)
    parts.viewport.brush.grown.connect(painting.extend)
    parts.viewport.brush.ended.connect(painting.end)
    parts.viewport.brush.withdrawn.connect(painting.withdraw)
    parts.viewport.brush.fill_requested.connect(painting.fill_at)
    pane.brush_change_requested.connect(painting.change_brush)
    pane.clear_requested.connect(session.clear_pain)
    pane.region_toggled.connect(painting.toggle_region)
    pane.left_requested.connect(session.show_left)
    pane.felt_done_requested.connect(painting.finish_felt)
    pane.preview_requested.connect(session.preview)
    pane.place_select_requested.connect(made.intents.select_and_show)
    pane.place_select_requested.connect(parts.window.show_card_tab)
    pane.site_add_requested.connect(made.intents.add)
    pane.site_toggle_requested.connect(made.intents.toggle)
    parts.plan.site_felt_requested.connect(session.paint_site)
    parts.actions.paint_pain.triggered.connect(painting.toggle_paint)
    parts.actions.paint_pain.triggered.connect(parts.window.show_pain_tab)
    parts.actions.erase_pain.triggered.connect(painting.toggle_erase)
    parts.actions.wider_brush.triggered.connect(painting.widen)
    parts.actions.narrower_brush.triggered.connect(painting.narrow)


def _connect_commands(parts: Parts, made: Connected) -> None:
    actions, files, menu = parts.actions, made.files, parts.window.top_bar.menu
    for action, slot in (
        (actions.new_plan, files.new),
        (actions.open_plan, files.open),
        (actions.save_plan, files.save),
        (actions.save_plan_as, files.save_as),
        (actions.export_json, files.export_json),
        (actions.export_csv, files.export_csv),
        (actions.export_image, made.views.export_image),
        (actions.print_plan, made.print_desk.open),
        (actions.quit, parts.window.close),
        (actions.undo, parts.session.undo_stack.undo),
        (actions.redo, parts.session.undo_stack.redo),
        (actions.mirror_site, made.intents.duplicate_shown),
        (actions.order_by_position, parts.session.group_by_position),
        (actions.view_front, made.views.front),
        (actions.view_back, made.views.back),
        (actions.view_left, made.views.left),
        (actions.view_right, made.views.right),
        (actions.reset_view, made.views.reset),
        (actions.show_skeleton, made.views.toggle_skeleton),
        (actions.show_muscles, made.views.toggle_muscles),
        (actions.show_danger, made.views.toggle_danger),
        (actions.show_landmarks, made.views.toggle_landmarks),
        (actions.isolate_muscle, made.views.toggle_isolated),
        (actions.peel_off, made.views.peel_off),
        (actions.peel_back, made.views.peel_back),
        (actions.skin_only, made.views.skin_only),
        (actions.search, made.views.search),
        (actions.next_point, made.intents.next_point),
        (actions.previous_point, made.intents.previous_point),
        (actions.toggle_site, made.intents.toggle_shown),
        (actions.remove_site, made.intents.remove_shown),
        (actions.toggle_theme, made.look.toggle),
        (actions.theme_light, made.look.light),
        (actions.theme_dark, made.look.dark),
        (actions.theme_contrast, made.look.high_contrast),
        (actions.commands, made.dialogs.commands),
        (actions.keyboard_help, made.dialogs.keyboard_help),
        (actions.about, made.dialogs.about),
        (actions.step_back, made.views.step_back),
    ):
        action.triggered.connect(slot)
    actions.touch_mode.toggled.connect(made.look.set_touch)
    menu.recent_requested.connect(files.open_name)
    menu.recent_clear_requested.connect(files.forget_recent)
    parts.window.hint.dismissed.connect(made.views.hint_seen)


def _connect_patient_mode(parts: Parts, made: Connected) -> None:
    actions, session, patient = parts.actions, parts.session, parts.window.patient
    actions.patient_mode.triggered.connect(made.intents.toggle_patient_mode)
    actions.patient_next.triggered.connect(session.next_patient_step)
    actions.patient_previous.triggered.connect(session.previous_patient_step)
    actions.privacy_blank.triggered.connect(made.views.toggle_blank)
    patient.next_requested.connect(session.next_patient_step)
    patient.previous_requested.connect(session.previous_patient_step)
    patient.leave_requested.connect(session.leave_patient_mode)
    parts.window.blank.return_requested.connect(made.views.toggle_blank)
