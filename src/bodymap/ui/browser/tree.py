"""The tree of the browser: what the mouse and the keys mean on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from bodymap.ui.browser.row_delegate import RowDelegate
from bodymap.ui.browser.tree_model import Node, Role, TreeModel


class BrowserTree(QTreeView):
    """Muscles or regions with their points.

    Signals
    -------
    point_hovered(str)
        Full point id under the mouse or the keyboard's row; empty when none.
    point_chosen(str, bool)
        Clicked, or Enter; the flag says whether to add to what is selected.
    point_added(str)
        Its "+" or a double click.
    point_toggled(str)
        Space.
    """

    point_hovered = Signal(str)
    point_chosen = Signal(str, bool)
    point_added = Signal(str)
    point_toggled = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = TreeModel(self)
        self._delegate = RowDelegate(self)
        self._open_keys: set[str] = set()
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.entered.connect(self._hover)
        self.expanded.connect(self._remember_open)
        self.collapsed.connect(self._remember_closed)

    def show_rows(self, root: Node, open_all: bool = False) -> None:
        """Show other rows; what was open stays open, or everything is opened while searching."""
        self.rows.set_root(root)
        self.blockSignals(True)
        for node in list(self.rows.nodes()):
            if node.children and (open_all or node.key in self._open_keys):
                self.setExpanded(self.rows.index_of(node), True)
        self.blockSignals(False)
        self.scrollToTop()  # the best match comes first

    def reveal(self, point_id: str) -> None:
        """Open what holds a point and scroll to it; nothing happens when it is not listed."""
        index = self.rows.index_of_point(point_id)
        if index.isValid() and self._point(self.currentIndex()) != point_id:
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _point(self, index: QModelIndex) -> str:
        return str(index.data(Role.POINT) or "") if index.isValid() else ""

    def _hover(self, index: QModelIndex) -> None:
        self.point_hovered.emit(self._point(index))

    def _remember_open(self, index: QModelIndex) -> None:
        self._open_keys.add(self.rows.node(index).key)

    def _remember_closed(self, index: QModelIndex) -> None:
        self._open_keys.discard(self.rows.node(index).key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's own: a click."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        point = self._point(index)
        on_caret = self._delegate.caret_rect(self.visualRect(index), index)
        if not point or on_caret.contains(event.position().toPoint()):
            self.setExpanded(index, not self.isExpanded(index))
        elif self._delegate.add_rect(self.visualRect(index)).contains(event.position().toPoint()):
            self.point_added.emit(point)
        else:
            extend = bool(
                event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            )
            self.point_chosen.emit(point, extend)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's own: a double click."""
        point = self._point(self.indexAt(event.position().toPoint()))
        index = self.indexAt(event.position().toPoint())
        row = self.visualRect(index)
        taken = (self._delegate.add_rect(row), self._delegate.caret_rect(row, index))
        if point and not any(rect.contains(event.position().toPoint()) for rect in taken):
            self.point_added.emit(point)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own: what keys mean here."""
        index = self.currentIndex()
        point = self._point(index)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if point:
                self.point_chosen.emit(point, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            else:
                self.setExpanded(index, not self.isExpanded(index))
        elif event.key() == Qt.Key.Key_Space and point:
            self.point_toggled.emit(point)
        else:
            super().keyPressEvent(event)
            if self.currentIndex() != index:
                self._hover(self.currentIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's own: the keyboard's row is no longer looked at."""
        super().focusOutEvent(event)
        self.point_hovered.emit("")

    def leaveEvent(self, event: QEvent) -> None:
        """Qt's own: nothing is under the mouse any more."""
        super().leaveEvent(event)
        self.point_hovered.emit("")
