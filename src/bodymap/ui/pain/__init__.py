"""Left pane, second tab: where it hurts, and which points explain it."""

from bodymap.ui.pain.pane import PainPane
from bodymap.ui.pain.report import NO_PAIN, NextPoint, PainReport, RankedPoint, WarningWords

__all__ = ["NO_PAIN", "NextPoint", "PainPane", "PainReport", "RankedPoint", "WarningWords"]
