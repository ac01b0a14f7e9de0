"""The page of a trigger point, in the order a therapist reads it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bodymap.ui.controls import ClampedText, Fold, pill, set_tone, title_label
from bodymap.ui.controls.labels import heading, second_label, small_label
from bodymap.ui.point_card.blocks import FactGrid, HazardBlock, SourceList, confidence_words, side_button
from bodymap.ui.point_card.content import PointContent
from bodymap.ui.point_card.swatches import PatternLegend
from bodymap.ui.theme import Space

_DEBATE = "Examiners agree only moderately on where such points are, and the theory is debated."


class PointPage(QWidget):
    """Shows a `PointContent`; holds no other state."""

    def __init__(self) -> None:
        super().__init__()
        self.title = title_label()
        self.label = second_label()
        self.side = pill()
        self.risk = pill()
        self.others = small_label()
        self.side_button = side_button()
        self.place = ClampedText()
        self.legend = PatternLegend()
        self.pattern = ClampedText()
        self.remarks = small_label()
        self.needling = FactGrid()
        self.hazards = HazardBlock()
        self.muscle = Fold("Muscle: attachments, nerve, action")
        self.look_alikes = Fold("What else it could be")
        self.evidence = Fold("Confidence and sources")
        self._muscle_facts = FactGrid()
        self._look_alike_list = SourceList()
        self._source_list = SourceList()
        self._arrange()

    def show_content(self, content: PointContent, others: int) -> None:
        """Show a point; ``others`` is how many more are selected."""
        self.title.setText(content.title)
        self.label.setText(content.label)
        self.risk.setText(content.risk_words)
        self.risk.setVisible(content.risk_tone == "danger")
        set_tone(self.risk, content.risk_tone)
        self.side.setText(content.side.value.capitalize())
        self.others.setText(f"and {others} more selected")
        self.others.setVisible(others > 0)
        self.place.set_text(content.place_text)
        self.legend.show_zones(content.has_essential, content.has_spillover)
        self.pattern.set_text(content.pattern_text)
        self.remarks.setText(content.remarks)
        self.remarks.setVisible(bool(content.remarks))
        self.needling.show_facts(content.needling)
        self.hazards.show_hazards(content.hazards, content.caution, content.risk_words, content.risk_tone)
        self._muscle_facts.show_facts(content.muscle)
        self._look_alike_list.show_lines(content.look_alikes)
        self.look_alikes.setVisible(bool(content.look_alikes))
        self.evidence.set_title(confidence_words(content.confidence))
        self._source_list.show_lines((*content.sources, _DEBATE))

    def _arrange(self) -> None:
        self.muscle.content.addWidget(self._muscle_facts)
        self.look_alikes.content.addWidget(self._look_alike_list)
        self.evidence.content.addWidget(self._source_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.LARGE)
        layout.addLayout(_block(self.title, self._name_row(), self.others, self.place))
        layout.addLayout(_block(heading("Where it is felt"), self.legend, self.pattern, self.remarks))
        layout.addLayout(_block(heading("Needling"), self.needling))
        layout.addWidget(self.hazards)
        layout.addLayout(_block(self.muscle, self.look_alikes, self.evidence, gap=Space.HAIR))
        layout.addStretch()

    def _name_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.side)
        layout.addWidget(self.risk)
        layout.addWidget(self.label, stretch=1)
        layout.addWidget(self.side_button)
        return row


def _block(*widgets: QWidget, gap: int = Space.SMALL) -> QVBoxLayout:
    block = QVBoxLayout()
    block.setSpacing(gap)
    for widget in widgets:
        block.addWidget(widget)
    return block
