"""How a site looks in the plan list, and where its three buttons are."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bodymap.ui.icons import icon
from bodymap.ui.painting import NAME_ELIDE, paint_badge, paint_row_ground, paint_words, sized
from bodymap.ui.plan.plan_model import ROW_ROLE, Index
from bodymap.ui.plan.rows import PlanRow
from bodymap.ui.theme import Space, Theme, current_theme


class RowAction(StrEnum):
    """What can be asked of a row at its right end; the value names the icon."""

    JUMP = "locate"
    OTHER_SIDE = "other_side"
    REMOVE = "remove"

    @property
    def words(self) -> str:
        """The action as a tooltip says it."""
        return {
            "locate": "Jump to it",
            "other_side": "Add the other side too (M)",
            "remove": "Remove (Delete)",
        }[self]


class PlanRowDelegate(QStyledItemDelegate):
    """Number, muscle, side as a letter and a word, needle and position."""

    def action_at(self, row: QRect, position: QPoint) -> RowAction | None:
        """Return the button of a row that a position is on."""
        return next((a for a in RowAction if self.action_rect(row, a).contains(position)), None)

    def action_rect(self, row: QRect, action: RowAction) -> QRect:
        """Where a button of a row is."""
        side_px = current_theme().metrics.control_px
        from_right = len(RowAction) - list(RowAction).index(action)
        left = row.right() - Space.SMALL - from_right * side_px
        return QRect(left, row.top() + (row.height() - side_px) // 2, side_px, side_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's own: paint one row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, PlanRow):
            return
        theme = current_theme()
        state: QStyle.StateFlag = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        paint_row_ground(painter, option, theme, is_current, has_focus)
        rect: QRect = option.rect
        shows_actions = bool(state & QStyle.StateFlag.State_MouseOver)
        words = self._words_rect(rect, shows_actions)
        self._paint_number(painter, option, row, theme)
        self._paint_words(painter, option, row, words, theme)
        if shows_actions:
            for action in RowAction:
                place = self.action_rect(rect, action)
                inset = (place.width() - theme.metrics.icon_px) // 2
                icon(action.value).paint(painter, place.adjusted(inset, inset, -inset, -inset))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Qt's own: the size that suits it."""
        return QSize(0, current_theme().metrics.tall_row_px)

    def _words_rect(self, rect: QRect, shows_actions: bool) -> QRect:
        left = Space.LARGE + current_theme().metrics.badge_px + Space.SMALL
        right = Space.MEDIUM
        if shows_actions:
            right = rect.right() - self.action_rect(rect, RowAction.JUMP).left() + Space.TINY
        return rect.adjusted(left, Space.TINY, -right, -Space.TINY)

    def _paint_number(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PlanRow, theme: Theme
    ) -> None:
        rect: QRect = option.rect
        side_px = theme.metrics.badge_px
        badge = QRect(rect.left() + Space.LARGE, rect.center().y() - side_px // 2, side_px, side_px)
        font = sized(option.font, theme.metrics.small_px, bold=True)
        paint_badge(painter, badge, str(row.number), font, theme)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PlanRow, words: QRect, theme: Theme
    ) -> None:
        font = sized(option.font, theme.metrics.text_px)
        small = sized(font, theme.metrics.small_px)
        strong = sized(font, theme.metrics.small_px, bold=True)
        upper = words.adjusted(0, 0, 0, -words.height() // 2)
        lower = words.adjusted(0, words.height() // 2, 0, 0)
        paint_words(painter, upper, row.name, font, theme.ink, NAME_ELIDE)
        letter = QRect(lower.left(), lower.center().y() - 7, 14, 15)
        painter.save()
        painter.setPen(QColor(theme.field_line))
        painter.drawRect(letter)
        painter.setFont(strong)
        painter.setPen(QColor(theme.ink))
        painter.drawText(letter, int(Qt.AlignmentFlag.AlignCenter), row.side.letter)
        painter.restore()
        side = lower.adjusted(letter.width() + Space.TINY + Space.HAIR, 0, 0, 0)
        taken = paint_words(painter, side, row.side.value.capitalize(), strong, theme.ink)
        rest = side.adjusted(taken + Space.SMALL, 0, 0, 0)
        details = row.details + ("  \N{MIDDLE DOT}  note" if row.has_note and row.details else "")
        paint_words(painter, rest, details or ("note" if row.has_note else ""), small, theme.second_ink)
