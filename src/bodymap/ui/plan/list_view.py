"""The list of sites: what the mouse and the keys mean on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QToolTip

from bodymap.ui.icons import icon
from bodymap.ui.plan.plan_model import PlanModel
from bodymap.ui.plan.row_delegate import PlanRowDelegate, RowAction
from bodymap.ui.plan.rows import PlanRow


class PlanList(QListView):
    """Sites in the order of needling.

    Signals
    -------
    row_entered(object)
        `PlanRow` under the mouse, or None.
    row_chosen(object)
        `PlanRow` clicked or reached by the keyboard.
    action_requested(object, object)
        `RowAction` and its `PlanRow`.
    """

    row_entered = Signal(object)
    row_chosen = Signal(object)
    action_requested = Signal(object, object)

    def __init__(self, rows: PlanModel) -> None:
        super().__init__()
        self.rows = rows
        self._delegate = PlanRowDelegate(self)
        self.setModel(rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Sites of the plan")
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self._enter)

    def show_current(self, site_id: str) -> None:
        """Make a site the current one, or none for an empty id, without choosing it."""
        index = self.rows.index_of(site_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.selectionModel().setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.Clear)
            self.clearSelection()

    def current_row(self) -> PlanRow | None:
        """Return the row that is current, if any."""
        return self.rows.row_at(self.currentIndex())

    def _enter(self, index: QModelIndex) -> None:
        self.row_entered.emit(self.rows.row_at(index))

    def _move_current(self, step: int) -> None:
        row = self.current_row()
        target = self.currentIndex().row() + step
        if row is not None and 0 <= target < self.rows.rowCount():
            self.rows.move_requested.emit(row.site_id, target)

    def _action_at(self, position: QPoint) -> RowAction | None:
        index = self.indexAt(position)
        return self._delegate.action_at(self.visualRect(index), position) if index.isValid() else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's own: a click."""
        super().mouseReleaseEvent(event)
        position = event.position().toPoint()
        row = self.rows.row_at(self.indexAt(position))
        if event.button() is not Qt.MouseButton.LeftButton or row is None:
            return
        action = self._action_at(position)
        if action is not None:
            self.action_requested.emit(action, row)
        else:
            self.row_chosen.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's own: a double click."""
        row = self.rows.row_at(self.indexAt(event.position().toPoint()))
        if row is not None and self._action_at(event.position().toPoint()) is None:
            self.action_requested.emit(RowAction.JUMP, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own: what keys mean here."""
        row = self.current_row()
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if has_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif row is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.action_requested.emit(RowAction.REMOVE, row)
        elif row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.action_requested.emit(RowAction.JUMP, row)
        else:
            super().keyPressEvent(event)
            reached = self.current_row()
            if reached is not None and reached != row:
                self.row_chosen.emit(reached)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own: the commands of a row as a menu."""
        row = self.rows.row_at(self.indexAt(event.pos())) or self.current_row()
        if row is None:
            return
        menu = QMenu(self)
        for action in RowAction:
            menu.addAction(icon(action.value), action.words).setData(action)
        chosen = menu.exec(event.globalPos())
        if chosen is not None:
            self.action_requested.emit(chosen.data(), row)
        menu.deleteLater()

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt's own: say what the buttons of a row do."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            action = self._action_at(event.pos())
            if action is not None:
                QToolTip.showText(event.globalPos(), action.words, self)
                return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt's own: nothing is under the mouse any more."""
        super().leaveEvent(event)
        self.row_entered.emit(None)
