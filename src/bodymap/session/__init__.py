from bodymap.session.session import Session
from bodymap.session.state import PlanOnDisk, SessionState

__all__ = ["PlanOnDisk", "Session", "SessionState"]
