"""How long another build or posture takes. Usage: ``python benchmarks/build.py``.

Prints milliseconds, and each as a multiple of one refinement of the skin, whatever the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from bodymap.body import read_body
from bodymap.domain import Build, Posture, Sex

ROUNDS = 15


def milliseconds(work: Callable[[int], object]) -> float:
    """Median of some rounds; each gets its number, so that nothing kept from the one before helps."""
    times = []
    for number in range(ROUNDS):
        start = perf_counter()
        work(number)
        times.append(1e3 * (perf_counter() - start))
    return median(times)


def main() -> None:
    """Measure and print."""
    body = read_body()
    base = body.base(Build())
    start = perf_counter()
    body.vertices(Build(weight_kg=70.0))
    first = 1e3 * (perf_counter() - start)
    subdivision = body._skin.subdivision
    results = {
        "refinement of the skin": milliseconds(lambda _: subdivision.refine(base)),
        "another weight": milliseconds(lambda n: body.vertices(Build(weight_kg=60.0 + n))),
        "another height": milliseconds(lambda n: body.vertices(Build(height_mm=1600.0 + 10 * n))),
        "another muscle": milliseconds(lambda n: body.vertices(Build(muscle=0.2 + 0.03 * n, weight_kg=75.0))),
        "another age, height and weight": milliseconds(
            lambda n: body.vertices(Build(Sex.FEMALE, 40.0 + n, 1600.0 + n, 70.0 + n, 0.4))
        ),
        "another weight, standing": milliseconds(
            lambda n: body.vertices(Build(weight_kg=60.5 + n), Posture.STANDING)
        ),
        "another weight, seated": milliseconds(
            lambda n: body.vertices(Build(weight_kg=60.2 + n), Posture.SEATED)
        ),
    }
    print(f"{'first build (reads the morphs)':32} {first:7.1f} ms")
    for name, value in results.items():
        print(f"{name:32} {value:7.1f} ms  x {value / results['refinement of the skin']:4.1f}")


if __name__ == "__main__":
    main()
