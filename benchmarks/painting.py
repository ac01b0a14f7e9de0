"""How long one move of the brush takes. Usage: ``python benchmarks/painting.py``.

Prints milliseconds for a stroke that grows stop by stop down a thigh, for what follows it live, and the ratio
to measuring the whole stroke anew at each stop.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from bodymap.atlas import read_atlas
from bodymap.body import Body, read_body
from bodymap.body.painting import PainPainter
from bodymap.domain import Build, Stroke
from bodymap.domain.pain import path_of
from bodymap.geometry.anchors import Anchor
from bodymap.planning.ranking import PainRanking


def main() -> None:
    """Measure and print."""
    body = read_body()
    stops = _down_the_thigh(body)
    strokes = [Stroke(path=path_of(stops[:count])) for count in range(1, len(stops) + 1)]
    painter = PainPainter(body)
    first = _ms(lambda: painter.make_ready(Build()))
    grown = [_ms(lambda stroke=stroke: painter.painted((stroke,))) for stroke in strokes]  # type: ignore[misc]
    anew = []
    for stroke in strokes[::6]:
        fresh = PainPainter(body)
        fresh.make_ready(Build())
        anew.append(_ms(lambda fresh=fresh, stroke=stroke: fresh.painted((stroke,))))  # type: ignore[misc]
    hurts = painter.painted((strokes[-1],)).weight
    ranking = PainRanking(read_atlas(body), body)
    ranked = median(_ms(lambda: ranking.rank(hurts)) for _ in range(20))
    explained = ranking.explained(ranking.refs[:5])
    offered = median(_ms(lambda: ranking.next_best(hurts, explained)) for _ in range(20))
    print(f"taking the brush up, once: {first:.0f} ms")
    print(f"one more stop of {len(stops)}: {median(grown):.1f} ms, worst {max(grown):.1f} ms")
    print(f"ratio to the stroke anew: {median(grown) / median(anew):.2f}")
    print(f"ranking {len(ranking.refs)} points: {ranked:.1f} ms; the next best point: {offered:.1f} ms")


def _down_the_thigh(body: Body) -> list[Anchor]:
    middles = body.vertices(Build())[body.triangles].mean(axis=1)
    places = np.array([(95.0, 120.0, height) for height in np.arange(850.0, 520.0, -7.0)])
    faces = [int(np.argmin(np.linalg.norm(middles - place, axis=1))) for place in places]
    return [Anchor(face, (0.34, 0.33, 0.33)) for face in faces]


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1e3 * (perf_counter() - start)


if __name__ == "__main__":
    main()
