"""From the lists that are left to the rows of the tree."""

from __future__ import annotations

from collections.abc import Sequence

from bodymap.ui.browser.catalog import AREAS, MuscleEntry, RegionEntry
from bodymap.ui.browser.tree_model import Node, NodeKind, root_of


def muscle_rows(muscles: Sequence[MuscleEntry], ranked: bool) -> Node:
    """Rows of muscles under their areas; ranked by a search they stand in its order without headings.

    A muscle with one point is one row, which stands for the point.
    """
    if ranked:
        return root_of([_muscle_row(muscle) for muscle in muscles])
    root = root_of(())
    for area in AREAS:
        here = [muscle for muscle in muscles if muscle.area == area]
        if here:
            heading = root.add(Node(NodeKind.AREA, f"area:{area}", area.capitalize()))
            for muscle in here:
                heading.add(_muscle_row(muscle))
    return root


def region_rows(regions: Sequence[RegionEntry], ranked: bool) -> Node:
    """Rows of regions under their areas, each with the points that are felt there."""
    root = root_of(())
    for area in AREAS:
        here = [region for region in regions if region.area == area]
        if not here:
            continue
        holder = root if ranked else root.add(Node(NodeKind.AREA, f"area:{area}", area.capitalize()))
        for region in here:
            row = holder.add(Node(NodeKind.GROUP, f"region:{region.id}", region.name))
            for point in region.points:
                detail = "mainly" if point.is_essential else "also"
                row.add(
                    Node(
                        NodeKind.POINT,
                        f"{row.key}:{point.point_id}",
                        point.name,
                        detail,
                        point_id=point.point_id,
                    )
                )
    return root


def _muscle_row(muscle: MuscleEntry) -> Node:
    key = f"muscle:{muscle.id}"
    if len(muscle.points) == 1:
        point = muscle.points[0]
        return Node(NodeKind.POINT, key, point.name, note=muscle.reason, tip=point.place, point_id=point.id)
    row = Node(NodeKind.GROUP, key, muscle.name, note=muscle.reason)
    for point in muscle.points:
        row.add(Node(NodeKind.POINT, point.id, point.label, point.place, tip=point.place, point_id=point.id))
    return row
