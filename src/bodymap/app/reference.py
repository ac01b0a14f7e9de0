"""The reference data the program works on, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from bodymap.atlas import Atlas, read_atlas
from bodymap.body import Body, read_body
from bodymap.domain import Build, Pain

if TYPE_CHECKING:
    from bodymap.body.painting import PainPainter
    from bodymap.planning.pain_scores import PainFigures


@cache
def reference_body() -> Body:
    """Return the parametric body, read at the first call."""
    return read_body()


@cache
def reference_atlas() -> Atlas:
    """Return the compiled atlas on the reference body, read at the first call."""
    return read_atlas(reference_body())


@cache
def painter_of(body: Body) -> PainPainter:
    """Return what paints pain for paper and files, made at the first call."""
    from bodymap.body.painting import PainPainter

    return PainPainter(body)


def measuring(body: Body, build: Build) -> Callable[[Pain], PainFigures]:
    """Return what measures painted pain on a build."""
    from bodymap.planning.pain_scores import pain_figures

    return lambda marks: pain_figures(painter_of(body).painted(marks), body, build)


def region_name(region_id: str, body: Body) -> str:
    """Return the name of a region of the skin; its id where this body does not know it."""
    try:
        return body.regions.region(region_id).english
    except KeyError:
        return region_id
