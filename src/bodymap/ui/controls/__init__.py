"""Small controls that several panes are made of; none knows what a point or a plan is."""

from bodymap.ui.controls.choice_box import ChoiceBox
from bodymap.ui.controls.clamped_text import ClampedText
from bodymap.ui.controls.folding import Fold
from bodymap.ui.controls.labels import heading, pill, rule, set_tone, small_label, title_label
from bodymap.ui.controls.segmented import Segmented
from bodymap.ui.controls.tool_buttons import action_button, primary_button, push_button, tool_button

__all__ = [
    "ChoiceBox",
    "ClampedText",
    "Fold",
    "Segmented",
    "action_button",
    "heading",
    "pill",
    "primary_button",
    "push_button",
    "rule",
    "set_tone",
    "small_label",
    "title_label",
    "tool_button",
]
