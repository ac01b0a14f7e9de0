"""Which places are where on the screen: the frame's points and marks, seen from a pose. No drawing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from bodymap.body import Body
from bodymap.domain import Build, LandmarkRef, Place, PointRef, Posture, SkinRef, StructureRef
from bodymap.geometry.anchors import Anchor
from bodymap.scene import CameraPose, PointField, SceneFrame, Screen, project, ray_through, shown_surface
from bodymap.scene.inside_picking import InsidePicker
from bodymap.scene.picking import Picker
from bodymap.ui.viewport.marks import PlacedMark

_ROW_PX = 24.0
_Rows = NDArray[np.float64]


class Spotter:
    """Answers for the frame shown last."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._build, self._posture = Build(), Posture.APART
        self._picker = self._make_picker()
        self._inside = InsidePicker(body)
        self._frame = SceneFrame()
        self._field: PointField | None = None
        self._seen_key: tuple[object, ...] = ()
        self._seen_points: NDArray[np.bool_] = np.zeros(0, dtype=bool)

    def show_frame(self, frame: SceneFrame) -> None:
        """Take over another frame."""
        if (frame.build, frame.posture) != (self._build, self._posture):
            self._build, self._posture = frame.build, frame.posture
            self._picker = self._make_picker()
        self._inside.show_frame(frame)
        self._frame = frame
        self._field = frame.points or self._field

    def spot(self, place: Place) -> tuple[list[float], list[float]]:
        """Place and normal in millimetres; KeyError when it is an unknown point."""
        if isinstance(place, PointRef):
            return self._point(place)
        surface = shown_surface(self._body, self._build, self._posture)
        anchor = Anchor(place.face, place.barycentric)
        xyz = anchor.position(surface.vertices, surface.triangles)
        return xyz.tolist(), anchor.position(surface.normals, surface.triangles).tolist()

    def pixels_of(self, place: Place, pose: CameraPose, screen: Screen) -> QPointF | None:
        """Logical pixel of a place, or None when the body hides it."""
        xyz, normal = (np.asarray([row]) for row in self.spot(place))
        if not self._picker.visible(xyz, normal, pose)[0]:
            return None
        x, y, _ = project(xyz, pose, screen)[0].tolist()
        return QPointF(x, y)

    def place_at(
        self, x: float, y: float, radius_px: float, pose: CameraPose, screen: Screen
    ) -> Place | None:
        """Nearest visible point or mark within a radius on the screen, or None."""
        places, xyz, normals = self._places()
        row = self._picker.nearest_visible(xyz, normals, x, y, radius_px, pose, screen)
        return None if row is None else places[row]

    def skin_at(self, x: float, y: float, pose: CameraPose, screen: Screen) -> SkinRef | None:
        """Spot of skin at a pixel, named by its region; None beside the body."""
        hit = self._picker.pick(x, y, pose, screen)
        if hit is None:
            return None
        region, side = self._body.regions.at(hit.anchor)
        return SkinRef(hit.face, hit.barycentric, region, side)

    def structure_at(self, x: float, y: float, pose: CameraPose, screen: Screen) -> StructureRef | None:
        """Structure that is seen through the skin at a pixel, or None."""
        hit = self._inside.cast(ray_through(x, y, pose, screen))
        return None if hit is None else hit.structure

    def landmark_at(
        self, x: float, y: float, radius_px: float, pose: CameraPose, screen: Screen
    ) -> LandmarkRef | None:
        """Nearest visible landmark within a radius on the screen, or None."""
        field = self._frame.landmarks
        if field is None:
            return None
        row = self._picker.nearest_visible(field.xyz_mm, field.normals, x, y, radius_px, pose, screen)
        return None if row is None else field.refs[row]

    def seen_landmarks(self, pose: CameraPose, screen: Screen) -> list[tuple[float, float, str]]:
        """Visible landmarks as (x, y, name)."""
        field = self._frame.landmarks
        if field is None:
            return []
        rows = np.flatnonzero(self._picker.visible(field.xyz_mm, field.normals, pose))
        placed = project(field.xyz_mm[rows], pose, screen).tolist()
        return [(x, y, field.names[row]) for row, (x, y, _) in zip(rows.tolist(), placed, strict=True)]

    def seen(
        self, pose: CameraPose, screen: Screen
    ) -> tuple[list[tuple[float, float, float]], list[PlacedMark]]:
        """Visible idle points as (x, y, facing), and visible marks."""
        return self._idle(pose, screen), self._marks(pose, screen)

    def in_reading_order(self, pose: CameraPose, screen: Screen) -> tuple[PointRef, ...]:
        """Visible points from the top down, each row from left to right."""
        field = self._frame.points
        if field is None or not len(field.refs):
            return ()
        placed = project(field.xyz_mm, pose, screen)
        inside = (placed[:, 0] >= 0) & (placed[:, 0] < screen.width)
        inside &= (placed[:, 1] >= 0) & (placed[:, 1] < screen.height)
        rows = np.flatnonzero(inside & self._visible_points(field, pose))
        order = np.lexsort((placed[rows, 0], placed[rows, 1] // _ROW_PX))
        return tuple(field.refs[row] for row in rows[order].tolist())

    def _make_picker(self) -> Picker:
        return Picker(shown_surface(self._body, self._build, self._posture), len(self._body.triangles))

    def _point(self, ref: PointRef) -> tuple[list[float], list[float]]:
        if self._field is not None:
            row = self._field.index[ref]
            return self._field.xyz_mm[row].tolist(), self._field.normals[row].tolist()
        for mark in self._frame.marks:
            if mark.place == ref:
                return list(mark.xyz_mm), list(mark.normal)
        raise KeyError(ref)

    def _places(self) -> tuple[list[Place], _Rows, _Rows]:
        """Everything that can be clicked: the points offered, and marked free sites."""
        field = self._frame.points
        spare = [mark for mark in self._frame.marks if field is None or mark.place not in field.index]
        places: list[Place] = [*(field.refs if field is not None else ()), *(mark.place for mark in spare)]
        xyz, normals = _rows([mark.xyz_mm for mark in spare]), _rows([mark.normal for mark in spare])
        if field is not None:
            xyz, normals = np.concatenate((field.xyz_mm, xyz)), np.concatenate((field.normals, normals))
        return places, xyz, normals

    def _idle(self, pose: CameraPose, screen: Screen) -> list[tuple[float, float, float]]:
        field = self._frame.points
        if field is None or not len(field.refs):
            return []
        shown = self._visible_points(field, pose).copy()
        shown[[field.index[m.place] for m in self._frame.marks if m.place in field.index]] = False
        rows = np.flatnonzero(shown)
        placed = project(field.xyz_mm[rows], pose, screen)
        towards = pose.position_mm - field.xyz_mm[rows]
        towards /= np.linalg.norm(towards, axis=1, keepdims=True)
        placed[:, 2] = np.einsum("ij,ij->i", towards, field.normals[rows])
        return [(x, y, facing) for x, y, facing in placed.tolist()]

    def _marks(self, pose: CameraPose, screen: Screen) -> list[PlacedMark]:
        marks = self._frame.marks
        if not marks:
            return []
        xyz = _rows([mark.xyz_mm for mark in marks])
        seen = self._picker.visible(xyz, _rows([mark.normal for mark in marks]), pose)
        placed = project(xyz, pose, screen).tolist()
        return [
            PlacedMark(mark, QPointF(x, y))
            for mark, (x, y, _), is_seen in zip(marks, placed, seen, strict=True)
            if is_seen
        ]

    def _visible_points(self, field: PointField, pose: CameraPose) -> NDArray[np.bool_]:
        """Kept while neither the viewer nor the points move: a hover asks again and again."""
        key = (id(field), pose)
        if key != self._seen_key:
            self._seen_points = self._picker.visible(field.xyz_mm, field.normals, pose)
            self._seen_key = key
        return self._seen_points


def _rows(values: list[tuple[float, float, float]]) -> _Rows:
    return np.asarray(values, dtype=np.float64).reshape(-1, 3)
