from bodymap.body.human import Body, read_body
from bodymap.body.landmarks import Landmark, Landmarks

__all__ = ["Body", "Landmark", "Landmarks", "read_body"]
