from bodymap.session.session import Session
from bodymap.session.state import Brush, PlanOnDisk, SessionState, Tool

__all__ = ["Brush", "PlanOnDisk", "Session", "SessionState", "Tool"]
