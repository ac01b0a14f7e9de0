"""A painted pain in a sentence, for the page and other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bodymap.planning.pain_scores import PainFigures, RegionShare

REGIONS_NAMED = 6
"""More regions of one quality are counted, not named."""


def pain_words(figures: PainFigures, region_name: Callable[[str], str]) -> str:
    """Say which pain is where: ``"Ache 6/10: temple, left; back of the head, left (82 cm²)."``."""
    return " ".join(
        f"{each.quality.words.capitalize()} {each.intensity:.0f}/10: "
        f"{region_words(each.regions, region_name) or region_name(each.centre_region)} "
        f"({each.area_cm2:.0f}\N{NO-BREAK SPACE}cm²)."
        for each in figures.qualities
    )


def region_words(regions: Iterable[RegionShare], region_name: Callable[[str], str]) -> str:
    """Name regions with their sides, the largest painted area first; both sides of one are named once."""
    sides: dict[str, list[str]] = {}
    for each in regions:
        sides.setdefault(each.region, []).append(each.side.value if each.side else "")
    names = [
        f"{region_name(region)}, {'both sides' if len(found) > 1 else found[0]}".removesuffix(", ")
        for region, found in sides.items()
    ]
    more = len(names) - REGIONS_NAMED
    return "; ".join([*names[:REGIONS_NAMED], *([f"{more} more"] if more > 0 else [])])
