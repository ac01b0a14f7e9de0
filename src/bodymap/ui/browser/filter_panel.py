"""Ways to narrow the lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from bodymap.atlas import Hit, Risk
from bodymap.ui.browser.catalog import AREAS, Catalog
from bodymap.ui.browser.filters import Filter, groups_in, nerves_in, roots_in
from bodymap.ui.controls import ChoiceBox, push_button
from bodymap.ui.theme import Space

_RISKS = (("Any risk", None), ("Low risk only", Risk.LOW), ("Up to moderate", Risk.MODERATE))


class FilterPanel(QWidget):
    """Area, muscle group, nerve root, peripheral nerve and risk.

    Signals
    -------
    changed()
        One of them was changed by the user.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._catalog = Catalog()
        self.area = _combo("Area of the body")
        self.group = _combo("Muscle group")
        self.root = _combo("Nerve root")
        self.nerve = _combo("Peripheral nerve")
        self.risk = _combo("Risk")
        self.clear_button = push_button("Clear filters")
        grid = QGridLayout(self)
        grid.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        grid.setSpacing(Space.SMALL)
        for place, combo in enumerate(self._combos()):
            grid.addWidget(combo, place // 2, place % 2)
            combo.activated.connect(self._emit_changed)
        grid.addWidget(self.clear_button, 2, 1)
        self.clear_button.clicked.connect(self.clear)
        self.set_catalog(self._catalog)

    def set_catalog(self, catalog: Catalog) -> None:
        """Offer what the catalog has."""
        self._catalog = catalog
        areas = {muscle.area for muscle in catalog.muscles}
        _fill(self.area, [("All areas", "")] + [(a.capitalize(), a) for a in AREAS if a in areas])
        _fill(self.root, [("Any root", "")] + [(root, root) for root in roots_in(catalog)])
        _fill(self.nerve, [("Any nerve", "")] + [(nerve, nerve) for nerve in nerves_in(catalog)])
        _fill(self.risk, list(_RISKS))
        self._offer_groups()

    def narrowed(self, text: str, hits: tuple[Hit, ...] | None) -> Filter:
        """Return the choices together with a search."""
        return Filter(
            text=text,
            hits=hits,
            area=self.area.currentData() or "",
            group=self.group.currentData() or "",
            root=self.root.currentData() or "",
            nerve=self.nerve.currentData() or "",
            risk=self.risk.currentData(),
        )

    def clear(self) -> None:
        """Narrow nothing."""
        for combo in self._combos():
            combo.setCurrentIndex(0)
        self._emit_changed()

    def _combos(self) -> tuple[ChoiceBox, ...]:
        return self.area, self.group, self.root, self.nerve, self.risk

    def _emit_changed(self) -> None:
        self._offer_groups()
        self.clear_button.setVisible(self.narrowed("", None).is_narrowing)
        self.changed.emit()

    def _offer_groups(self) -> None:
        groups = groups_in(self._catalog, self.area.currentData() or "")
        _fill(self.group, [("All groups", "")] + [(_group_words(group), group) for group in groups])
        self.clear_button.setVisible(self.narrowed("", None).is_narrowing)


def _combo(name: str) -> ChoiceBox:
    combo = ChoiceBox()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    combo.setMinimumContentsLength(6)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _fill(combo: QComboBox, choices: Sequence[tuple[str, object]]) -> None:
    kept = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for words, value in choices:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(0, combo.findData(kept)))
    combo.blockSignals(False)


def _group_words(group: str) -> str:
    return group.replace("_", " ").capitalize()
