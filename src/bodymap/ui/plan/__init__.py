"""The plan beside the body."""

from bodymap.ui.plan.pane import PlanPane

__all__ = ["PlanPane"]
