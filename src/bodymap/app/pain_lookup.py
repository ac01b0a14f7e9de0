"""``bodymap lookup``: which muscles explain a pain."""

from __future__ import annotations

import sys
from argparse import Namespace

from bodymap.app.commands import read_plan_and_warn, write_json
from bodymap.app.reference import painter_of, reference_atlas, reference_body
from bodymap.body import Body
from bodymap.domain import Refusal, Side
from bodymap.planning.ranking import COMMONNESS, Hurts, PainRanking, by_muscle, pain_in_regions
from bodymap.planning.strangers import is_painted_off_the_body

MUSCLES_SHOWN = 12
"""Without ``--json`` the list ends here."""


def lookup(options: Namespace) -> int:
    """List the muscles that explain a pain, the likeliest first."""
    body, atlas = reference_body(), reference_atlas()
    hurts = _painted(options.plan, body) if options.plan else _named(options.pain, body)
    found = by_muscle(PainRanking(atlas, body).rank(hurts))
    if options.json:
        rows = [
            {
                "muscle": each.muscle_id,
                "group": atlas.muscle(each.muscle_id).group,
                "points": [point.ref.point for point in each.points],
                "side": each.side.value,
                "score": round(each.best.score, 4),
            }
            for each in found
        ]
        write_json(rows)
        return 0
    for each in found[:MUSCLES_SHOWN]:
        common = COMMONNESS[atlas.muscle(each.muscle_id).familiar]
        name = atlas.place_name(each.best.ref)
        sys.stdout.write(f"{each.best.score:.2f}  {name}: {each.best.words}; {common}\n")
    return 0


def _named(texts: list[str], body: Body) -> Hurts:
    return pain_in_regions(body, [_region_side(text) for text in texts])


def _painted(name: str, body: Body) -> Hurts:
    plan = read_plan_and_warn(name)
    if is_painted_off_the_body(plan, len(body.triangles)):
        raise Refusal(f"The pain in {name!r} lies on no part of this body; use a newer bodymap.")
    pain = painter_of(body).painted(plan.pain)
    if pain.is_empty:  # none was painted, or all of it was taken away again
        raise Refusal(f"No pain is painted in {name!r}; paint it in the window, or give --pain.")
    return pain.weight


def _region_side(text: str) -> tuple[str, Side | None]:
    region, _, side = text.partition(":")
    if side not in ("", "left", "right", "both"):
        raise Refusal(f"{text!r} has no side; write left, right or both after the colon.")
    return region, Side(side) if side in ("left", "right") else None
