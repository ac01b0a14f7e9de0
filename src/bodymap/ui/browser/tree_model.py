"""Headings, muscles or regions, and points as one Qt item model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class NodeKind(StrEnum):
    """What a row is."""

    AREA = "area"
    GROUP = "group"
    POINT = "point"


class Role:
    """Item roles beside Qt's own."""

    KIND = int(Qt.ItemDataRole.UserRole) + 1
    POINT = int(Qt.ItemDataRole.UserRole) + 2
    DETAIL = int(Qt.ItemDataRole.UserRole) + 3
    COUNT = int(Qt.ItemDataRole.UserRole) + 4
    PLAN_NUMBERS = int(Qt.ItemDataRole.UserRole) + 5
    IS_SELECTED = int(Qt.ItemDataRole.UserRole) + 6
    DEPTH = int(Qt.ItemDataRole.UserRole) + 7
    NOTE = int(Qt.ItemDataRole.UserRole) + 8


@dataclass(slots=True, eq=False)
class Node:
    """One row and what is under it.

    Attributes
    ----------
    kind : NodeKind
    key : str
        Names the row across filters, so that it stays open.
    text, detail : str
        What is read first, and what is read after it in second ink.
    note : str
        A second line, where there is one.
    tip : str
        What the tooltip adds.
    point_id : str
        Full id of the point that the row stands for; empty for headings.
    """

    kind: NodeKind
    key: str
    text: str
    detail: str = ""
    note: str = ""
    tip: str = ""
    point_id: str = ""
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    row: int = 0

    def add(self, child: Node) -> Node:
        """Append a row under this one and return it."""
        child.parent = self
        child.row = len(self.children)
        self.children.append(child)
        return child

    @property
    def depth(self) -> int:
        """Levels above this row."""
        return 0 if self.parent is None or self.parent.parent is None else self.parent.depth + 1

    def walk(self) -> Iterator[Node]:
        """Every row under this one, in order."""
        for child in self.children:
            yield child
            yield from child.walk()


def root_of(nodes: Sequence[Node]) -> Node:
    """Return the invisible row that holds the given ones."""
    root = Node(NodeKind.AREA, "", "")
    for node in nodes:
        root.add(node)
    return root


class TreeModel(QAbstractItemModel):
    """Read-only tree of `Node`; remembers which points are selected and which are in the plan."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root_of(())
        self._selected: frozenset[str] = frozenset()
        self._plan_numbers: dict[str, str] = {}

    def set_root(self, root: Node) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._root = root
        self.endResetModel()

    def set_selected(self, point_ids: Collection[str]) -> None:
        """Mark the points that are selected."""
        if frozenset(point_ids) != self._selected:
            self._selected = frozenset(point_ids)
            self._announce_points(Role.IS_SELECTED)

    def set_plan_numbers(self, numbers: Mapping[str, str]) -> None:
        """Mark the points in the plan: point id -> its numbers as words, for example ``"1, 4"``."""
        if dict(numbers) != self._plan_numbers:
            self._plan_numbers = dict(numbers)
            self._announce_points(Role.PLAN_NUMBERS)

    def node(self, index: Index) -> Node:
        """Return the row behind an index, the invisible one for an invalid index."""
        if not index.isValid():
            return self._root
        node = index.internalPointer()
        assert isinstance(node, Node)  # noqa: S101 - tells the type checker what createIndex put there
        return node

    def index_of(self, node: Node) -> QModelIndex:
        """Return the index of a row of this model."""
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node)

    def index_of_point(self, point_id: str) -> QModelIndex:
        """Return the index of the first row of a point, invalid when it is not shown."""
        for node in self._root.walk():
            if node.point_id == point_id:
                return self.index_of(node)
        return QModelIndex()

    def nodes(self) -> Iterator[Node]:
        """Every row, in order."""
        return self._root.walk()

    def _announce_points(self, role: int) -> None:
        for node in self._root.walk():
            if node.point_id:
                index = self.index_of(node)
                self.dataChanged.emit(index, index, [role])

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Qt's own: the index of a row under a parent."""
        holder = self._root if parent is None else self.node(parent)
        if column != 0 or not 0 <= row < len(holder.children):
            return QModelIndex()
        return self.createIndex(row, 0, holder.children[row])

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]  # Qt overloads parent()
        """Qt's own: the index of the row above."""
        above = self.node(child).parent if child.isValid() else None
        return QModelIndex() if above is None else self.index_of(above)

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt's own: how many rows are under a parent."""
        return len((self._root if parent is None else self.node(parent)).children)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Qt's own: always one."""
        return 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Qt's own: what a row shows under a role."""
        if not index.isValid():
            return None
        node = self.node(index)
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return _words(node, role)
        if role == Role.PLAN_NUMBERS:
            return self._plan_numbers.get(node.point_id, "")
        if role == Role.IS_SELECTED:
            return bool(node.point_id) and node.point_id in self._selected
        return {
            Role.KIND: node.kind,
            Role.POINT: node.point_id,
            Role.DETAIL: node.detail,
            Role.NOTE: node.note,
            Role.COUNT: len(node.children),
            Role.DEPTH: node.depth,
        }.get(role)


def _words(node: Node, role: int) -> str:
    if role == Qt.ItemDataRole.DisplayRole:
        return node.text
    more = (node.note, node.tip) if role == Qt.ItemDataRole.ToolTipRole else (node.note or node.detail,)
    return "\n".join(filter(None, (node.text, *more)))
