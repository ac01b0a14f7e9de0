from bodymap.body.human import Body, read_body
from bodymap.body.inside import Inside, Structure
from bodymap.body.landmarks import Landmark, Landmarks

__all__ = ["Body", "Inside", "Landmark", "Landmarks", "Structure", "read_body"]
