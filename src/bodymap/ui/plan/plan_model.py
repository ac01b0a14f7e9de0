"""The sites of a plan as a Qt list model that changes only the rows that changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from bodymap.ui.plan.rows import PlanRow

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_MIME = "application/x-bodymap-site"


class PlanModel(QAbstractListModel):
    """Rows in the order of needling; a drop asks for a move and leaves the rows to the plan.

    Signals
    -------
    move_requested(str, int)
        Site id and the index it should have afterwards.
    """

    move_requested = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PlanRow] = []

    def set_rows(self, rows: Sequence[PlanRow]) -> None:
        """Show these rows; rows of sites that stay keep their index objects, so the current one stays too."""
        self._remove_missing({row.site_id for row in rows})
        for place, row in enumerate(rows):
            self._bring_to(place, row)
        for place, row in enumerate(rows):
            if self._rows[place] != row:
                self._rows[place] = row
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def row_at(self, index: Index) -> PlanRow | None:
        """Return the row behind an index, None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, site_id: str) -> QModelIndex:
        """Return the index of a site, invalid when it is not in the plan."""
        for place, row in enumerate(self._rows):
            if row.site_id == site_id:
                return self.index(place)
        return QModelIndex()

    def rows(self) -> tuple[PlanRow, ...]:
        """Every row, in order."""
        return tuple(self._rows)

    def _remove_missing(self, kept: set[str]) -> None:
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].site_id not in kept:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()

    def _bring_to(self, place: int, row: PlanRow) -> None:
        found = next((i for i, other in enumerate(self._rows) if other.site_id == row.site_id), None)
        if found is None:
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
        elif found != place:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), place)
            self._rows.insert(place, self._rows.pop(found))
            self.endMoveRows()

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt's own: how many sites."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Qt's own: what a row shows under a role."""
        row = self.row_at(index)
        if row is None:
            return None
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return row.words
        return row if role == ROW_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's own: rows can be dragged, gaps take drops."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Qt's own: rows only move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Qt's own: our rows only."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt's own: the id of the dragged site."""
        data = QMimeData()
        row = self.row_at(indexes[0]) if indexes else None
        if row is not None:
            data.setData(_MIME, QByteArray(row.site_id.encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Qt's own: ask for the move; False, since the plan and not the view moves the row."""
        site_id = bytes(data.data(_MIME).data()).decode()
        source = self.index_of(site_id)
        if source.isValid():
            gap = row if row >= 0 else parent.row() if parent.isValid() else len(self._rows)
            target = gap if gap <= source.row() else gap - 1
            if target != source.row():
                self.move_requested.emit(site_id, target)
        return False
