from bodymap.scene.camera import Bounds, CameraPose, bounds_of, facing, preset
from bodymap.scene.detail import SkinDetail, read_skin_detail
from bodymap.scene.frame import Mark, MarkKind, PointField, SceneFrame, ZoneLayer
from bodymap.scene.lens import Ray, Screen, project, ray_through
from bodymap.scene.resolve import Chosen, point_field, resolve
from bodymap.scene.shape import shown_surface

__all__ = [
    "Bounds",
    "CameraPose",
    "Chosen",
    "Mark",
    "MarkKind",
    "PointField",
    "Ray",
    "SceneFrame",
    "Screen",
    "SkinDetail",
    "ZoneLayer",
    "bounds_of",
    "facing",
    "point_field",
    "preset",
    "project",
    "ray_through",
    "read_skin_detail",
    "resolve",
    "shown_surface",
]
