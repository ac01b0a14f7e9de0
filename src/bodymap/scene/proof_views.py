"""From where to show a point on paper, so that nothing of its pattern stays out of sight.

Up to three parallel views: the pattern, the point from close up and, where both leave a part of the pattern
unseen, the rest of it. What stands in the way (an arm before the chest, the other leg) is cut away where
stepping aside does not help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bodymap.body import Body
from bodymap.domain import Build, PointRef
from bodymap.geometry.surfaces import Surface, vertex_areas_mm2
from bodymap.scene.camera import CameraPose, facing, orbit
from bodymap.scene.framing import STEPS_ASIDE_DEG, pattern_pose
from bodymap.scene.lens import Screen, project
from bodymap.scene.picking import Picker
from bodymap.scene.resolve import PointSource, point_field
from bodymap.scene.shape import shown_surface

_LEAST_HEIGHT_MM = 300.0
_LEAST_FOOT_MM = 250.0
"""Where a whole foot gives the scale, and the other one stays out of the picture."""
_FILLED = 0.74
"""Part of a picture's width or height that a pattern fills."""
_INSIDE = 128
_SAMPLES = 240

WHOLE = 0.92
"""Part of a pattern in view from which on nothing is said of the rest, and no further picture is made."""
_CLEAR = 0.85
"""Part of the skin around a point that has to show in its close-up."""
_AROUND_MM = 95.0
_ASIDE_COST, _CUT_COST, _TILT_COST = 0.25, 0.10, 0.06
"""Part of what is to be seen that must be gained before one steps aside, cuts, or looks up or down."""
_POINT_WORTH = 0.12
"""What it is worth that the picture of the pattern shows the point too, as a part of the pattern."""
_ESSENTIAL_WEIGHT = 4.0
"""How much more a place of the essential zone counts than one of the spillover, in the rest of a pattern."""
_HELPS = 0.25
"""Least part of what the first pictures leave unseen that makes another one worth while."""

_CUT_CLEAR_MM = 14.0
"""A cut passes this far before what is to be seen."""
_SOLE_MM = 160.0
_SOLE_DEG = 55.0
_SOLE_DEPTH_MM = 45.0
"""A foot seen from below ends this far behind what is to be seen of it: no calf and no trunk behind it."""

Vertices = NDArray[np.float64]


class Shows(StrEnum):
    """What a view is for."""

    PATTERN = "Pattern"
    POINT = "Point"
    REST = "Rest of pattern"


@dataclass(frozen=True, slots=True)
class ProofView:
    """A view for proof-reading.

    Attributes
    ----------
    shows : Shows
    pose : CameraPose
        Parallel.
    cut_mm, depth_mm : float or None
        What stands further before or lies further behind the focal point is left out.
    complete : bool
        False on the first view of a point when even all its views together leave a part unseen.
    """

    shows: Shows
    pose: CameraPose
    cut_mm: float | None = None
    depth_mm: float | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Skin:
    """Places of the skin, where it faces there, and how much each counts."""

    places: Vertices
    normals: Vertices
    weights: NDArray[np.float64]

    def __getitem__(self, chosen: NDArray[np.bool_]) -> _Skin:
        return _Skin(self.places[chosen], self.normals[chosen], self.weights[chosen])


def proof_views(
    atlas: PointSource, body: Body, build: Build, ref: PointRef, picker: Picker, close_up_mm: float
) -> tuple[ProofView, ...]:
    """Return two or three views of a point: pattern, close-up, and the rest of the pattern.

    Parameters
    ----------
    atlas : PointSource
    body : Body
    build : Build
    ref : PointRef
    picker : Picker
        Of this build, arms apart.
    close_up_mm : float
        Height of the close-up.

    Raises
    ------
    KeyError
        The point is not in the atlas.
    """
    surface, zone = shown_surface(body, build), atlas.zone(ref)
    inside = zone.vertices[np.maximum(zone.essential, zone.spillover) >= _INSIDE]
    rows = inside[:: len(inside) // _SAMPLES + 1]
    areas_mm2 = vertex_areas_mm2(surface.vertices, surface.triangles)
    felt = _skin(surface, rows, np.maximum(areas_mm2[rows], 1e-6))
    essential = np.isin(rows, zone.vertices[zone.essential >= _INSIDE])
    points = point_field(atlas, body, build)
    row = points.index[ref]
    point = _Skin(points.xyz_mm[row][None], points.normals[row][None], np.ones(1))
    whole = np.vstack((surface.vertices[inside], point.places), dtype=np.float64)

    pattern = _pattern_view(pattern_pose(atlas, body, build, ref), felt, point, whole, picker)
    around = _around(point, surface)
    close_up = _close_up(point, around, picker, close_up_mm)
    seen = _seen(pattern, felt, picker) | _seen(close_up, felt, picker, framed=True)
    views = [pattern, close_up]
    if not _is_whole(seen, felt):
        poses = _all_around(felt[~seen])
        # What no view shows (the inside of a lid) is not missed.
        seen |= ~np.any([picker.visible(felt.places, felt.normals, pose) for pose in poses], axis=0)
    if not _is_whole(seen, felt):
        weights = felt.weights * np.where(essential, _ESSENTIAL_WEIGHT, 1.0)
        rest = _rest_view(replace(felt, weights=weights)[~seen], picker)
        if rest is not None:
            views.append(rest)
            seen |= _seen(rest, felt, picker, framed=True)
    views[0] = replace(pattern, complete=_is_whole(seen, felt))
    return tuple(views)


def _pattern_view(
    square: CameraPose, felt: _Skin, point: _Skin, whole: Vertices, picker: Picker
) -> ProofView:
    """Return the square view, or one from aside or cut free where much more shows."""
    square = _upright_sole(replace(square, parallel=True))
    if not len(felt.places):
        return ProofView(Shows.PATTERN, _filled(square, whole))

    def gain(view: ProofView) -> float:
        cost = _ASIDE_COST * (view.pose != square) + _CUT_COST * (view.cut_mm is not None)
        found = _POINT_WORTH * float(_seen(view, point, picker)[0])
        return _share(_seen(view, felt, picker)) + found - cost

    poses = [orbit(square, *step_deg) for step_deg in STEPS_ASIDE_DEG]
    best = max(_cut_or_not(Shows.PATTERN, poses, whole), key=gain)
    return _shallow(_refocused(best, _filled(best.pose, whole)), whole)


def _close_up(point: _Skin, around: _Skin, picker: Picker, height_mm: float) -> ProofView:
    """Return the view of the point that shows the skin around it, with as few steps aside as may be."""
    place, normal = point.places[0], point.normals[0]
    square = _upright_sole(replace(facing(place.tolist(), normal.tolist(), height_mm), parallel=True))
    poses = [orbit(square, *step_deg) for step_deg in STEPS_ASIDE_DEG]

    def gain(view: ProofView) -> float:
        if not _seen(view, point, picker)[0]:
            return -1.0
        clear = min(_share(_seen(view, around, picker)), _CLEAR)
        return clear - _ASIDE_COST * (view.pose != square) - _CUT_COST * (view.cut_mm is not None)

    # The first of equals is the least step aside.
    best = max(_cut_or_not(Shows.POINT, poses, point.places, clear_mm=35.0), key=gain)
    return _shallow(best, point.places)


def _rest_view(unseen: _Skin, picker: Picker) -> ProofView | None:
    """Return the view that shows most of what is still unseen; None where none helps."""

    def gain(pose: CameraPose) -> float:
        shown = picker.visible(unseen.places, unseen.normals, pose)
        cost = _TILT_COST * (abs(pose.elevation_deg) > 20.0)
        return float(np.average(shown, weights=unseen.weights)) - cost

    pose = max(_all_around(unseen), key=gain)
    if gain(pose) < _HELPS:
        return None
    shown_mm = unseen.places[picker.visible(unseen.places, unseen.normals, pose)]
    x, y, z = ((shown_mm.min(axis=0) + shown_mm.max(axis=0)) / 2.0).tolist()
    centred = _filled(replace(pose, focal_mm=(x, y, z)), shown_mm)
    return _shallow(ProofView(Shows.REST, centred), shown_mm)


def _all_around(skin: _Skin) -> list[CameraPose]:
    """Return poses that look at some skin: squarely, and from all around, above and below."""
    middle = (skin.places.min(axis=0) + skin.places.max(axis=0)) / 2.0
    x, y, z = middle.tolist()
    square = replace(facing((x, y, z), skin.normals.mean(axis=0).tolist()), parallel=True)
    tilts = (0.0, 35.0, -35.0)
    poses = [
        replace(square, azimuth_deg=float(turn), elevation_deg=tilt)
        for tilt in tilts
        for turn in range(-180, 180, 45)
    ]
    sole = replace(square, azimuth_deg=0.0, elevation_deg=-80.0)
    return [_upright_sole(square), *poses, *([sole] if z < _SOLE_MM else [])]


def _cut_or_not(
    shows: Shows, poses: Iterable[CameraPose], wanted_mm: Vertices, clear_mm: float = _CUT_CLEAR_MM
) -> Iterator[ProofView]:
    """Every pose with nothing left out, and cut open before what is wanted."""
    for pose in poses:
        nearest = float(_towards_viewer(wanted_mm, pose).max())
        yield ProofView(shows, pose)
        yield ProofView(shows, pose, cut_mm=nearest + clear_mm)


def _refocused(view: ProofView, pose: CameraPose) -> ProofView:
    """Return the view from another pose of the same direction, cut in the same place."""
    if view.cut_mm is None:
        return replace(view, pose=pose)
    moved = (np.asarray(pose.focal_mm) - np.asarray(view.pose.focal_mm)) @ pose.backward
    return replace(view, pose=pose, cut_mm=view.cut_mm - float(moved))


def _shallow(view: ProofView, wanted_mm: Vertices) -> ProofView:
    """Return the view without what lies behind a foot that is seen from below."""
    if view.pose.elevation_deg > -_SOLE_DEG or wanted_mm[:, 2].max() > _SOLE_MM:
        return view
    farthest = float(_towards_viewer(wanted_mm, view.pose).min())
    return replace(view, depth_mm=_SOLE_DEPTH_MM - farthest)


def _upright_sole(pose: CameraPose) -> CameraPose:
    """Return the pose with the toes up when it looks at a sole: what is nearly below has no own azimuth."""
    if pose.elevation_deg > -_SOLE_DEG or pose.focal_mm[2] > _SOLE_MM:
        return pose
    return replace(pose, azimuth_deg=0.0, elevation_deg=-80.0)


def _filled(pose: CameraPose, wanted_mm: Vertices) -> CameraPose:
    """Return the pose as near as still shows everything with some of the body around it."""
    placed = project(wanted_mm, pose, Screen(1.0, 1.0))[:, :2]
    span = 2.0 * float(np.abs(placed - 0.5).max())
    least = _LEAST_FOOT_MM if wanted_mm[:, 2].max() < _SOLE_MM else _LEAST_HEIGHT_MM
    return replace(pose, height_mm=max(pose.height_mm * span / _FILLED, least))


def _around(point: _Skin, surface: Surface) -> _Skin:
    """Skin near the point that faces as it does."""
    near = np.linalg.norm(surface.vertices - point.places[0], axis=1) < _AROUND_MM
    rows = np.flatnonzero(near)[surface.normals[near] @ point.normals[0] > 0.3]
    rows = rows[:: len(rows) // 60 + 1]
    return _skin(surface, rows, np.ones(len(rows)))


def _skin(surface: Surface, rows: NDArray[np.integer], weights: NDArray[np.float64]) -> _Skin:
    return _Skin(surface.vertices[rows].astype(np.float64), surface.normals[rows].astype(np.float64), weights)


def _towards_viewer(places_mm: Vertices, pose: CameraPose) -> NDArray[np.float64]:
    return np.asarray((places_mm - np.asarray(pose.focal_mm)) @ pose.backward)


def _seen(view: ProofView, skin: _Skin, picker: Picker, framed: bool = False) -> NDArray[np.bool_]:
    """Which places a view shows; with `framed` only those within its picture."""
    seen = picker.visible(skin.places, skin.normals, view.pose, view.cut_mm)
    if framed and len(seen):
        placed = project(skin.places, view.pose, Screen(1.0, 1.0))[:, :2]
        seen = seen & (np.abs(placed - 0.5) < 0.5).all(axis=1)
    return seen


def _is_whole(seen: NDArray[np.bool_], felt: _Skin) -> bool:
    """Whether hardly anything is unseen, by area and by vertices, which are dense on face and fingers."""
    if not len(seen):
        return True
    return min(_share(seen), float(np.average(seen, weights=felt.weights))) >= WHOLE


def _share(seen: NDArray[np.bool_] | Sequence[bool]) -> float:
    return float(np.mean(seen)) if len(seen) else 1.0
