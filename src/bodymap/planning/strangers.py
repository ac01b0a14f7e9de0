"""Places in a plan that this version's atlas or body does not know, from a plan made with other data."""

from __future__ import annotations

from collections.abc import Collection

from bodymap.domain import Plan, Site, SkinRef


def unknown_points(plan: Plan, known_ids: Collection[str]) -> tuple[str, ...]:
    """Return the point ids in a plan that are not among the known ones, in order, each once.

    Their sites stay in the plan; nothing can be drawn or looked up for them.
    """
    ids = dict.fromkeys(ref.point for ref in plan.point_refs())
    return tuple(point for point in ids if point not in known_ids)


def sites_off_the_body(plan: Plan, n_triangles: int) -> tuple[Site, ...]:
    """Return the free sites on triangles that a body of so many triangles does not have."""
    return tuple(
        site for site in plan.sites if isinstance(site.place, SkinRef) and site.place.face >= n_triangles
    )
