"""Every command by its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from bodymap.ui.controls import small_label
from bodymap.ui.painting import paint_row_ground, paint_words, sized
from bodymap.ui.plan.plan_model import Index
from bodymap.ui.theme import PALETTE_ROWS, PALETTE_WIDTH_PX, Space, current_theme

_ACTION = int(Qt.ItemDataRole.UserRole) + 1
_KEYS = int(Qt.ItemDataRole.UserRole) + 2


class CommandPalette(QDialog):
    """Type a few letters, press Enter: the command runs after the palette has closed.

    Parameters
    ----------
    actions : sequence of QAction
        What can be run; those that are disabled when the palette opens are left out.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName("All commands")
        self._actions = tuple(action for action in actions if action.isEnabled())
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find a command ...")
        self.field.setAccessibleName("Find a command")
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setItemDelegate(_CommandDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = small_label("No command has these letters.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.setSpacing(Space.SMALL)
        for widget in (self.field, self.list, self.nothing):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self._fill("")
        rows_px = PALETTE_ROWS * current_theme().metrics.row_px
        self.list.setFixedHeight(rows_px + Space.TINY)
        self.setFixedWidth(PALETTE_WIDTH_PX)

    def open_over(self, window: QWidget) -> None:
        """Open near the top of a window, in its middle."""
        self.adjustSize()
        corner = QPoint((window.width() - self.width()) // 2, 2 * current_theme().metrics.top_bar_px)
        self.move(window.mapToGlobal(corner))
        self.show()
        self.field.setFocus()

    def _fill(self, typed: str) -> None:
        self.list.clear()
        words = typed.casefold().split()
        for action in self._actions:
            name = action.text().replace("&", "").rstrip(".")
            if all(word in f"{name} {action.statusTip()}".casefold() for word in words):
                item = QListWidgetItem(name)
                item.setData(_ACTION, action)
                item.setData(_KEYS, action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
                item.setToolTip(action.statusTip())
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(self.list.count() == 0)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        action = item.data(_ACTION)
        self.accept()
        if isinstance(action, QAction):
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own: keys of the field that belong to the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)


class _CommandDelegate(QStyledItemDelegate):
    """A command with its icon on the left and its keys on the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row_ground(painter, option, theme, selected, has_focus=False)
        font = sized(option.font, theme.metrics.text_px)
        keys = str(index.data(_KEYS))
        words = option.rect.adjusted(2 * Space.HUGE - Space.SMALL, 0, -Space.MEDIUM, 0)
        action = index.data(_ACTION)
        if isinstance(action, QAction) and not action.icon().isNull():
            side_px = theme.metrics.icon_px
            left = option.rect.left() + Space.MEDIUM
            top = option.rect.center().y() - side_px // 2
            action.icon().paint(painter, left, top, side_px, side_px)
        paint_words(painter, words, str(index.data()), font, theme.ink)
        painter.setPen(theme.second_ink)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), keys)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, current_theme().metrics.row_px)
