"""Which places can become sites, what they are called, and where their twins on the other side lie."""

from __future__ import annotations

from bodymap.domain import MAX_SITES, Place, Plan, PointRef, Refusal, Side, SkinRef
from bodymap.geometry.anchors import Anchor
from bodymap.session.reference import BodyReference, PointReference


def name_of(place: Place, atlas: PointReference) -> str:
    """Name and side of a place; its id where the atlas does not know it."""
    try:
        return atlas.place_name(place)
    except KeyError:
        place_id = place.point if isinstance(place, PointRef) else place.region
        return f"{place_id}, {place.side.value}"


def refuse_unplaceable(plan: Plan, place: Place, atlas: PointReference) -> None:
    """Do nothing when a place can become a site of the plan.

    Raises
    ------
    Refusal
        The plan is full, the place is in it, or the atlas does not have it on that side.
    """
    if len(plan.sites) >= MAX_SITES:
        raise Refusal(f"A plan holds at most {MAX_SITES} sites; remove one, or begin another plan.")
    name = name_of(place, atlas)
    if (site := plan.at(place)) is not None:
        raise Refusal(f"{name} is already in the plan as number {plan.number(site.id)}; change it there.")
    if not isinstance(place, PointRef):
        return
    try:
        flags = atlas.point(place.point).flags
    except KeyError as error:
        raise Refusal(f"{name} is not in this atlas; choose a point of the list.") from error
    if "right_only" in flags and place.side is Side.LEFT:
        raise Refusal(f"{name} does not exist, the point is on the right side only; choose the right side.")


def opposite_place(place: Place, body: BodyReference) -> Place:
    """Return the same place on the other side.

    Raises
    ------
    Refusal
        It lies on the midline, where there is no other side.
    """
    if isinstance(place, PointRef):
        return PointRef(point=place.point, side=place.side.opposite)
    anchor = Anchor(place.face, place.barycentric)
    mirrored = body.mirrored(anchor)
    if mirrored == anchor:
        raise Refusal("The site lies on the midline, which has no other side; choose another spot.")
    return SkinRef(
        face=mirrored.face, barycentric=mirrored.barycentric, region=place.region, side=place.side.opposite
    )
