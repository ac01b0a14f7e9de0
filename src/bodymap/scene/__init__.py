from bodymap.scene.camera import Bounds, CameraPose, bounds_of, facing, facing_table, preset, upper_view
from bodymap.scene.detail import SkinDetail, read_skin_detail
from bodymap.scene.frame import LandmarkField, Mark, MarkKind, PointField, SceneFrame, ZoneLayer
from bodymap.scene.lens import Ray, Screen, project, ray_through
from bodymap.scene.resolve import Chosen, point_field, resolve
from bodymap.scene.shape import shown_surface

__all__ = [
    "Bounds",
    "CameraPose",
    "Chosen",
    "LandmarkField",
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
    "facing_table",
    "point_field",
    "preset",
    "project",
    "ray_through",
    "read_skin_detail",
    "resolve",
    "shown_surface",
    "upper_view",
]
