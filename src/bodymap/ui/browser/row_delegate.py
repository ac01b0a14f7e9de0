"""How a row of the browser looks."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from bodymap.ui.browser.tree_model import Index, NodeKind, Role
from bodymap.ui.icons import icon
from bodymap.ui.painting import NAME_ELIDE, paint_badge, paint_row_ground, paint_words, sized
from bodymap.ui.theme import CARET_PX, Space, Theme, current_theme


class RowDelegate(QStyledItemDelegate):
    """Paints headings, muscles and points; says where the "+" of a point is."""

    def add_rect(self, row: QRect) -> QRect:
        """Where the "+" of a point row is, at least 24 pixels wide and high."""
        side_px = min(row.height(), current_theme().metrics.control_px)
        top = row.top() + (row.height() - side_px) // 2
        return QRect(row.right() - side_px - Space.TINY, top, side_px, side_px)

    def caret_rect(self, row: QRect, index: Index) -> QRect:
        """Where a click opens and closes a row that has rows under it."""
        if not index.data(Role.COUNT):
            return QRect()
        return QRect(row.left(), row.top(), self._words_rect(row, index, False).left(), row.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's own: paint one row."""
        theme = current_theme()
        kind = index.data(Role.KIND)
        selected = bool(index.data(Role.IS_SELECTED))
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        paint_row_ground(painter, option, theme, selected, has_focus)
        is_near = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
        words = self._words_rect(option.rect, index, is_near or bool(index.data(Role.PLAN_NUMBERS)))
        if index.data(Role.NOTE):
            words = self._paint_note(painter, option, index, words, theme)
        if kind == NodeKind.POINT:
            self._paint_point(painter, option, index, words, theme)
        else:
            self._paint_group(painter, option, index, words, theme)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's own: the size that suits it."""
        metrics = current_theme().metrics
        extra = Space.TINY if index.data(Role.KIND) == NodeKind.AREA else 0
        if index.data(Role.NOTE):
            extra = metrics.small_px + Space.TINY
        return QSize(0, metrics.row_px + extra)

    def _words_rect(self, row: QRect, index: Index, has_mark: bool) -> QRect:
        left = Space.MEDIUM + int(index.data(Role.DEPTH)) * Space.MEDIUM + CARET_PX + Space.TINY
        has_gutter = has_mark or index.data(Role.KIND) != NodeKind.POINT
        right = self.add_rect(row).width() + Space.SMALL if has_gutter else Space.MEDIUM
        return row.adjusted(left, 0, -right, 0)

    def _paint_group(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, words: QRect, theme: Theme
    ) -> None:
        is_area = index.data(Role.KIND) == NodeKind.AREA
        self._paint_caret(painter, option, index, words)
        font = sized(option.font, theme.metrics.text_px, bold=is_area)
        taken = paint_words(painter, words, str(index.data()), font, theme.ink, NAME_ELIDE) + Space.SMALL
        self._paint_detail(painter, words.adjusted(taken, 0, 0, 0), index, theme)
        count = self.add_rect(option.rect)
        painter.setFont(sized(font, theme.metrics.small_px))
        painter.setPen(theme.second_ink)
        painter.drawText(count, int(Qt.AlignmentFlag.AlignCenter), str(index.data(Role.COUNT)))

    def _paint_caret(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, words: QRect
    ) -> None:
        tree = option.widget
        is_open = isinstance(tree, QTreeView) and tree.isExpanded(index)
        caret = QRect(words.left() - CARET_PX - Space.TINY, 0, CARET_PX, CARET_PX)
        caret.moveTop(words.center().y() - CARET_PX // 2 + 1)
        icon("expanded" if is_open else "collapsed").paint(painter, caret)

    def _paint_point(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, words: QRect, theme: Theme
    ) -> None:
        if index.data(Role.COUNT):
            self._paint_caret(painter, option, index, words)
        font = sized(option.font, theme.metrics.text_px)
        taken = paint_words(painter, words, str(index.data()), font, theme.ink, NAME_ELIDE) + Space.SMALL
        self._paint_detail(painter, words.adjusted(taken, 0, 0, 0), index, theme)
        place = self.add_rect(option.rect)
        numbers = str(index.data(Role.PLAN_NUMBERS))
        is_near = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        if numbers:
            inset = (place.height() - theme.metrics.badge_px) // 2
            badge = place.adjusted(inset, inset, -inset, -inset)
            paint_badge(painter, badge, numbers, sized(font, theme.metrics.small_px, bold=True), theme)
        elif is_near:
            inset = (place.width() - theme.metrics.icon_px) // 2
            icon("add", "accent").paint(painter, place.adjusted(inset, inset, -inset, -inset))

    def _paint_detail(self, painter: QPainter, rest: QRect, index: Index, theme: Theme) -> None:
        detail = str(index.data(Role.DETAIL))
        if detail and rest.width() > Space.HUGE:
            paint_words(
                painter, rest, detail, sized(painter.font(), theme.metrics.small_px), theme.second_ink
            )

    def _paint_note(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, words: QRect, theme: Theme
    ) -> QRect:
        """Paint the second line; return what is left for the first."""
        line_px = theme.metrics.small_px + Space.SMALL
        lower = QRect(words.left(), words.bottom() - line_px - Space.HAIR, words.width(), line_px)
        font = sized(option.font, theme.metrics.small_px)
        paint_words(painter, lower, str(index.data(Role.NOTE)), font, theme.second_ink)
        return words.adjusted(0, Space.HAIR, 0, -line_px + Space.HAIR)
