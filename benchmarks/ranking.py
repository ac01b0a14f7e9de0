"""How long ranking the whole atlas for a painted pain takes. Usage: ``python benchmarks/ranking.py``.

Prints milliseconds, and the ratio to one pass over all zones point by point.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter

import numpy as np

from bodymap.atlas import read_atlas
from bodymap.body import read_body
from bodymap.domain import Side
from bodymap.planning.ranking import PainRanking, pain_in_regions

ROUNDS = 40


def main() -> None:
    """Measure and print."""
    body = read_body()
    atlas = read_atlas(body)
    start = perf_counter()
    ranking = PainRanking(atlas, body)
    made = 1e3 * (perf_counter() - start)
    pain = pain_in_regions(body, [("temple", Side.LEFT), ("occiput", None), ("neck_lateral", Side.LEFT)])
    ranked, one_by_one = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        ranking.rank(pain)
        ranked.append(1e3 * (perf_counter() - start))
        start = perf_counter()
        for ref in ranking.refs:
            zone = atlas.zone(ref)
            np.dot(pain[zone.vertices], zone.essential)
        one_by_one.append(1e3 * (perf_counter() - start))
    print(f"laying out the patterns, once: {made:.0f} ms")
    print(f"ranking {len(ranking.refs)} points: {median(ranked):.1f} ms")
    print(f"ratio to one dot product a point: {median(ranked) / median(one_by_one):.2f}")


if __name__ == "__main__":
    main()
