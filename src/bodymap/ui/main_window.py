"""The window: it arranges the panes and decides nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bodymap.ui.actions import Actions
from bodymap.ui.browser import BrowserPane
from bodymap.ui.first_hint import FirstHint
from bodymap.ui.layers_panel import LayersPanel
from bodymap.ui.notice_bar import NoticeBar
from bodymap.ui.pain import PainPane
from bodymap.ui.patient_mode import BlankPage, PatientPanel
from bodymap.ui.plan import PlanPane
from bodymap.ui.point_card import PointCard
from bodymap.ui.status_line import StatusLine
from bodymap.ui.theme import (
    VIEWPORT_MINIMUM_PX,
    WINDOW_MINIMUM_PX,
    WINDOW_SIZE_PX,
    Space,
    current_theme,
)
from bodymap.ui.top_bar import TopBar

_GEOMETRY, _PANES = "window/geometry", "window/panes"


class MainWindow(QMainWindow):
    """Top bar, notices, three panes, status line; and the patient's page in their place.

    Attributes
    ----------
    top_bar, notices, hint, browser, pain, card, plan, patient, status : QWidget
        The parts, whose signals the application connects.
    close_guard : callable, optional
        Asked before the window closes; False keeps it open.

    Parameters
    ----------
    actions : Actions
    browser, pain, viewport, card, plan : QWidget
    settings : QSettings, optional
        Where the window's geometry is remembered, and nothing else.
    """

    def __init__(
        self,
        actions: Actions,
        browser: BrowserPane,
        pain: PainPane,
        viewport: QWidget,
        card: PointCard,
        plan: PlanPane,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("bodymap")
        self._metrics = current_theme().metrics
        self.close_guard: Callable[[], bool] | None = None
        self._settings = settings
        self._actions = actions
        self._was_full_screen = False
        self.browser, self.pain, self.viewport = browser, pain, viewport
        self.card, self.plan = card, plan
        self.top_bar = TopBar(actions)
        self.notices = NoticeBar()
        self.hint = FirstHint()
        self.patient = PatientPanel()
        self.blank = BlankPage()
        self.status = StatusLine()
        self.layers = LayersPanel(viewport)
        self.layers.hide()
        self.finders = QTabWidget()
        self.tabs = QTabWidget()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        self._arrange()
        actions.attach_to_window(self)
        actions.attach_to_body(viewport)
        actions.show_browser.toggled.connect(self.finders.setVisible)
        actions.show_right_pane.toggled.connect(self.tabs.setVisible)
        actions.next_pane.triggered.connect(self._focus_next_pane)
        actions.show_layers.toggled.connect(self._show_layers)
        self.layers.close_requested.connect(actions.show_layers.toggle)
        viewport.installEventFilter(self)
        self._restore_geometry()
        self.viewport.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plan_count(self, count: int) -> None:
        """Write the number of sites on the plan's tab."""
        self.tabs.setTabText(1, f"Plan ({count})" if count else "Plan")

    def show_pain_tab(self, shown: bool = True) -> None:
        """Bring the painted pain to the front, or the lists, which may stay hidden."""
        if shown:
            self._actions.show_browser.setChecked(True)
        self.finders.setCurrentIndex(1 if shown else 0)

    def show_card_tab(self) -> None:
        """Bring the card to the front."""
        self._actions.show_right_pane.setChecked(True)
        self.tabs.setCurrentIndex(0)

    def show_plan_tab(self) -> None:
        """Bring the plan to the front."""
        self._actions.show_right_pane.setChecked(True)
        self.tabs.setCurrentIndex(1)

    def set_patient_mode(self, is_on: bool) -> None:
        """Give the whole screen to the body and the patient's words, or take it back."""
        if is_on == (not self.patient.isHidden()):
            return
        for bar in (self.top_bar, self.status):
            bar.setVisible(not is_on)
        self.finders.setVisible(not is_on and self._actions.show_browser.isChecked())
        self.tabs.setVisible(not is_on and self._actions.show_right_pane.isChecked())
        self.patient.setVisible(is_on)
        self.set_blank(False)
        self._actions.set_patient_mode(is_on)
        if is_on:
            self._was_full_screen = self.isFullScreen()
            self._panes_before = self.splitter.saveState()
            self.splitter.setSizes([0, 11 * self.width() // 20, 0, 9 * self.width() // 20])
            self.showFullScreen()
        else:
            self.splitter.restoreState(self._panes_before)
            if not self._was_full_screen:
                self.showNormal()

    def set_blank(self, is_blank: bool) -> None:
        """Hide everything, or show it again."""
        self._pages.setCurrentIndex(1 if is_blank else 0)

    @property
    def is_blank(self) -> bool:
        """Whether everything is hidden."""
        return self._pages.currentIndex() == 1

    def reset_pane_widths(self) -> None:
        """Give the panes the widths of the theme."""
        metrics = current_theme().metrics
        middle = self.width() - metrics.browser_px - metrics.right_pane_px
        self.splitter.setSizes([metrics.browser_px, middle, metrics.right_pane_px, 0])

    def _arrange(self) -> None:
        self.resize(*WINDOW_SIZE_PX)
        self.setMinimumSize(*WINDOW_MINIMUM_PX)
        for tabs in (self.finders, self.tabs):
            tabs.setDocumentMode(True)
            tabs.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            tabs.tabBar().setDrawBase(False)
        self.finders.setAccessibleName("Lists and painted pain")
        self.finders.tabBar().setAccessibleName("Lists and painted pain")
        self.finders.addTab(self.browser, "Atlas")
        self.finders.addTab(self.pain, "Pain")
        self.tabs.setAccessibleName("Card and plan")
        self.tabs.tabBar().setAccessibleName("Card and plan")
        self.tabs.addTab(self.card, "Point")
        self.tabs.addTab(self.plan, "Plan")
        self.patient.hide()
        centre = _column(self.hint, self.viewport, stretched=self.viewport)
        centre.setMinimumWidth(VIEWPORT_MINIMUM_PX)
        self.splitter.setHandleWidth(1)
        for pane in (self.finders, centre, self.tabs, self.patient):
            self.splitter.addWidget(pane)
        for place, may_collapse in enumerate((True, False, True, False)):
            self.splitter.setCollapsible(place, may_collapse)
            self.splitter.setStretchFactor(place, 1 if place == 1 else 0)
        self.reset_pane_widths()
        work = _column(self.top_bar, self.notices, self.splitter, self.status, stretched=self.splitter)
        self._pages.addWidget(work)
        self._pages.addWidget(self.blank)
        self.setCentralWidget(self._pages)

    def _show_layers(self, is_on: bool) -> None:
        self.layers.setVisible(is_on)
        self._place_layers()
        if is_on:
            self.layers.raise_()
            self.layers.skin.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.layers.isAncestorOf(QApplication.focusWidget() or self):
            self.viewport.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_layers(self) -> None:
        """Put the panel into the upper right corner of the body."""
        self.layers.adjustSize()
        self.layers.move(self.viewport.width() - self.layers.width() - Space.MEDIUM, Space.MEDIUM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own: the panel keeps its corner of the body."""
        if watched is self.viewport and event.type() == QEvent.Type.Resize:
            self._place_layers()
        return super().eventFilter(watched, event)

    def _focus_next_pane(self) -> None:
        panes: list[QWidget] = [self.finders, self.viewport, self.tabs]
        shown = [pane for pane in panes if pane.isVisible()]
        focus = QApplication.focusWidget()
        here = next((i for i, pane in enumerate(shown) if focus is not None and _holds(pane, focus)), -1)
        target = shown[(here + 1) % len(shown)]
        if target is self.finders and self.finders.currentWidget() is self.browser:
            self.browser.focus_search()
        else:
            first = target.tabBar() if isinstance(target, QTabWidget) else target
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _restore_geometry(self) -> None:
        if self._settings is None:
            return
        geometry, panes = self._settings.value(_GEOMETRY), self._settings.value(_PANES)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(panes, QByteArray):
            self.splitter.restoreState(panes)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own: panes take the widths of touch mode, or of the usual one, when that is switched."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and current_theme().metrics != self._metrics:
            self._metrics = current_theme().metrics
            self.reset_pane_widths()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's own: ask the guard, remember the geometry."""
        if self.close_guard is not None and not self.close_guard():
            event.ignore()
            return
        self.set_patient_mode(False)
        if self._settings is not None:
            self._settings.setValue(_GEOMETRY, self.saveGeometry())
            self._settings.setValue(_PANES, self.splitter.saveState())
        super().closeEvent(event)


def _column(*widgets: QWidget, stretched: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
    layout.setSpacing(Space.NONE)
    for widget in widgets:
        layout.addWidget(widget, stretch=1 if widget is stretched else 0)
    return column


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
