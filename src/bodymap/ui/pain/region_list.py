"""Painting without a mouse: every region with a box for each side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bodymap.body.regions import Region
from bodymap.domain import Side
from bodymap.ui.theme import Space

RegionSide = tuple[str, Side | None]
_COLUMNS = (Side.LEFT, Side.RIGHT)
_ID = int(Qt.ItemDataRole.UserRole) + 1


class RegionList(QWidget):
    """Ticks whole regions, with the quality and strength of the brush.

    Signals
    -------
    region_toggled(str, object, bool)
        Region id, `Side` or None on the midline, and whether it should be filled or emptied.
    """

    region_toggled = Signal(str, object, bool)

    def __init__(self, regions: Sequence[Region]) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a region")
        self.search.setAccessibleName("Find a region")
        self.search.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Regions that hurt")
        self.tree.setHeaderLabels(["Region", "Left", "Right"])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        # Cell by cell, so that the arrow keys reach the boxes and Space ticks them.
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self._items: dict[RegionSide, tuple[QTreeWidgetItem, int]] = {}
        for region in regions:
            self._add(region)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, stretch=1)
        self.search.textChanged.connect(self._filter)
        self.tree.itemChanged.connect(self._tell)

    def show_painted(self, painted: Iterable[RegionSide]) -> None:
        """Tick the regions of which most is painted."""
        ticked = frozenset(painted)
        self.tree.blockSignals(True)
        for key, (item, column) in self._items.items():
            item.setCheckState(column, Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
        self.tree.blockSignals(False)
        self.tree.viewport().update()

    def _add(self, region: Region) -> None:
        item = QTreeWidgetItem([f"{region.english[:1].upper()}{region.english[1:]}", "", ""])
        item.setData(0, _ID, region.id)
        item.setToolTip(0, f"{region.english}: {region.definition}")
        for column, side in enumerate(_COLUMNS, start=1):
            if region.paired:
                self._items[region.id, side] = (item, column)
                item.setCheckState(column, Qt.CheckState.Unchecked)
                item.setToolTip(column, f"{region.english}, {side.value}")
        if not region.paired:
            self._items[region.id, None] = (item, 1)
            item.setCheckState(1, Qt.CheckState.Unchecked)
            item.setToolTip(1, f"{region.english}, both sides of the midline")
        self.tree.addTopLevelItem(item)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is not None:
                name = item.text(0).casefold()
                item.setHidden(not all(word in name for word in words))

    def _tell(self, item: QTreeWidgetItem, column: int) -> None:
        region_id = str(item.data(0, _ID))
        side = None if (region_id, None) in self._items else _COLUMNS[column - 1]
        self.region_toggled.emit(region_id, side, item.checkState(column) is Qt.CheckState.Checked)
