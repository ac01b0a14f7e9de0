"""``bodymap lookup``: which muscles explain a pain."""

from __future__ import annotations

import sys
from argparse import Namespace

from bodymap.app.commands import write_json
from bodymap.app.reference import reference_atlas, reference_body
from bodymap.domain import Refusal, Side
from bodymap.planning.ranking import Explained, PainRanking, pain_in_regions

MUSCLES_SHOWN = 12
"""Without ``--json`` the list ends here."""


def lookup(options: Namespace) -> int:
    """List the muscles that explain a pain, the likeliest first."""
    body, atlas = reference_body(), reference_atlas()
    pain = pain_in_regions(body, [_region_side(text) for text in options.pain])
    found: dict[tuple[str, Side], list[Explained]] = {}
    for each in PainRanking(atlas, body).rank(pain):
        found.setdefault((atlas.muscle_of(each.ref.point).id, each.ref.side), []).append(each)
    if options.json:
        rows = [
            {
                "muscle": muscle_id,
                "group": atlas.muscle(muscle_id).group,
                "points": [each.ref.point for each in explaining],
                "side": side.value,
                "score": round(explaining[0].score, 4),
            }
            for (muscle_id, side), explaining in found.items()
        ]
        write_json(rows)
        return 0
    for best, *_ in list(found.values())[:MUSCLES_SHOWN]:
        often, all_of_it = best.essential, best.essential + best.spillover
        covered = f"{all_of_it:.0%} of the pain, {often:.0%} in its essential zone"
        sys.stdout.write(f"{best.score:.2f}  {atlas.place_name(best.ref)}: {covered}\n")
    return 0


def _region_side(text: str) -> tuple[str, Side | None]:
    region, _, side = text.partition(":")
    if side not in ("", "left", "right", "both"):
        raise Refusal(f"{text!r} has no side; write left, right or both after the colon.")
    return region, Side(side) if side in ("left", "right") else None
