"""Places in a plan that this version's atlas or body does not know, from a plan made with other data."""

from __future__ import annotations

from collections.abc import Container

from bodymap.domain import Plan, PointRef, Site, SkinRef, Stroke


def unknown_points(plan: Plan, known: Container[PointRef]) -> tuple[PointRef, ...]:
    """Return the points in a plan that are not among the known ones on their side, in order, each once.

    Their sites stay in the plan; nothing can be drawn or looked up for them.
    """
    return tuple(ref for ref in plan.point_refs() if ref not in known)


def sites_off_the_body(plan: Plan, n_triangles: int) -> tuple[Site, ...]:
    """Return the free sites on triangles that a body of so many triangles does not have."""
    return tuple(
        site for site in plan.sites if isinstance(site.place, SkinRef) and site.place.face >= n_triangles
    )


def is_painted_off_the_body(plan: Plan, n_triangles: int) -> bool:
    """Whether some painted stroke touches triangles that a body of so many triangles does not have."""
    marks = (*plan.pain, *(mark for site in plan.sites for mark in site.felt))
    strokes = (mark for mark in marks if isinstance(mark, Stroke))
    return any(stop.face >= n_triangles for stroke in strokes for stop in stroke.stops)
