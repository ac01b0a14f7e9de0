"""Compile ``assets/points.json`` on the body into ``assets/atlas.npz``.

Run it after every change of the points, the skin, the landmarks or the regions. Points whose place and
pattern did not change on an unchanged body are reused; ``--only`` compiles the named muscles anew, ``--all``
everything.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bodymap.atlas.compilation import compile_atlas
from bodymap.atlas.compiled import CompiledPoint, read_compiled, write_compiled
from bodymap.atlas.reading import AtlasError
from bodymap.body import read_body

ASSETS = Path(__file__).resolve().parents[1] / "assets"


def main() -> int:
    """Compile, and say what was done; 2 when the points have problems."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=Path, default=ASSETS / "points.json")
    parser.add_argument("--output", type=Path, default=ASSETS / "atlas.npz")
    parser.add_argument("--only", nargs="+", default=[], metavar="MUSCLE", help="compile these anew")
    parser.add_argument("--all", action="store_true", help="reuse nothing")
    options = parser.parse_args()
    started = time.perf_counter()
    done: list[str] = []
    try:
        compiled = compile_atlas(
            options.points.read_bytes(),
            read_body(),
            earlier={} if options.all else _earlier(options.output),
            afresh=options.only,
            report=done.append,
        )
    except AtlasError as error:
        print(error, file=sys.stderr)
        return 2
    write_compiled(options.output, compiled)
    seconds = time.perf_counter() - started
    size = options.output.stat().st_size / 1e6
    print(f"{len(done)} of {len(compiled.points)} points compiled in {seconds:.1f} s; {size:.1f} MB")
    return 0


def _earlier(path: Path) -> dict[str, CompiledPoint]:
    try:
        return read_compiled(path).points
    except (OSError, ValueError, KeyError):
        return {}


if __name__ == "__main__":
    sys.exit(main())
