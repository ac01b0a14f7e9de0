"""The reference data the program works on, read once."""

from __future__ import annotations

from functools import cache

from bodymap.atlas import Atlas, read_atlas
from bodymap.body import Body, read_body


@cache
def reference_body() -> Body:
    """Return the parametric body, read at the first call."""
    return read_body()


@cache
def reference_atlas() -> Atlas:
    """Return the compiled atlas on the reference body, read at the first call."""
    return read_atlas(reference_body())


def region_name(region_id: str, body: Body) -> str:
    """Return the name of a region of the skin; its id where this body does not know it."""
    try:
        return body.regions.region(region_id).english
    except KeyError:
        return region_id
