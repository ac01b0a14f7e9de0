"""A plan for other programs: every name resolved, as JSON, or as a table that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from bodymap.domain import Pain, Place, Plan, PointRef, Side, Site
from bodymap.domain.checking import checked, clean_plan
from bodymap.geometry.anchors import Anchor
from bodymap.planning.pain_scores import PainFigures, RegionShare
from bodymap.planning.pain_words import region_words
from bodymap.planning.positions import plan_totals
from bodymap.storage.plan_file import program_name

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Spreadsheets take the wide forms too."""


class _Named(Protocol):
    @property
    def english(self) -> str: ...


class _Labelled(Protocol):
    @property
    def label(self) -> str: ...


class PlaceNames(Protocol):
    """What an export asks of the atlas; each method raises KeyError for what the atlas does not know."""

    def place_name(self, place: Place) -> str:
        """Name and side of a place."""

    def point(self, point_id: str) -> _Labelled:
        """Record of a point."""

    def muscle_of(self, point_id: str) -> _Named:
        """Record of a point's muscle."""

    def anchor(self, ref: PointRef) -> Anchor:
        """Where a point lies on the skin."""


class _Regions(Protocol):
    def at(self, anchor: Anchor) -> tuple[str, Side]: ...

    def region(self, region_id: str) -> _Named: ...


class RegionNames(Protocol):
    """What an export asks of the body."""

    @property
    def regions(self) -> _Regions:
        """Named regions of the skin."""


class SiteRow(msgspec.Struct, frozen=True, kw_only=True):
    """One site with its names resolved; the fields are the columns of the table."""

    number: int
    name: str
    side: str
    region: str
    muscle: str = ""
    label: str = ""
    point: str = ""
    position: str = ""
    diameter_mm: float | None = None
    length_mm: float | None = None
    needles: int | None = None
    technique: str = ""
    depth: str = ""
    direction: str = ""
    familiar: str = ""
    felt: str = ""
    note: str = ""


MeasurePain = Callable[[Pain], PainFigures]
"""Measures painted pain on the plan's body."""


def resolved_rows(
    plan: Plan, atlas: PlaceNames, body: RegionNames, measure: MeasurePain | None = None
) -> tuple[SiteRow, ...]:
    """Return the sites in order; of a point the atlas does not know, only the id and the side are given."""
    return tuple(_row(number, site, atlas, body, measure) for number, site in enumerate(plan.sites, start=1))


def _row(
    number: int, site: Site, atlas: PlaceNames, body: RegionNames, measure: MeasurePain | None
) -> SiteRow:
    needle = site.needle
    return SiteRow(
        number=number,
        **_place_columns(site.place, atlas, body),
        position=site.position.words if site.position else "",
        diameter_mm=needle.diameter_mm if needle else None,
        length_mm=needle.length_mm if needle else None,
        needles=needle.count if needle else None,
        technique=site.technique.value if site.technique else "",
        depth=site.depth,
        direction=site.direction,
        familiar={True: "yes", False: "no", None: ""}[site.familiar],
        felt=""
        if measure is None or not site.felt
        else region_words(measure(site.felt).regions, lambda region_id: _region_name(region_id, body)),
        note=site.note,
    )


def _place_columns(place: Place, atlas: PlaceNames, body: RegionNames) -> dict[str, str]:
    side = place.side.value
    if not isinstance(place, PointRef):
        region = _region_name(place.region, body)
        return {"name": f"Free site, {region}, {side}", "side": side, "region": region}
    try:
        return {
            "name": atlas.place_name(place),
            "side": side,
            "region": _region_name(body.regions.at(atlas.anchor(place))[0], body),
            "muscle": atlas.muscle_of(place.point).english,
            "label": atlas.point(place.point).label,
            "point": place.point,
        }
    except KeyError:
        return {"name": f"{place.point}, {side}", "side": side, "region": "", "point": place.point}


def _region_name(region_id: str, body: RegionNames) -> str:
    try:
        return body.regions.region(region_id).english
    except KeyError:
        return region_id


def export_json(
    plan: Plan, atlas: PlaceNames, body: RegionNames, measure: MeasurePain | None = None
) -> bytes:
    """Return a plan as JSON with names, for programs that do not know the atlas.

    Parameters
    ----------
    measure : callable, optional
        Adds the figures of the painted pain: regions and their shares, areas, and centres by quality.

    Raises
    ------
    Refusal
        The plan breaks a limit.
    """
    plan = checked(clean_plan(plan))
    totals = plan_totals(plan)
    document: dict[str, Any] = {
        "format": "bodymap-export",
        "version": 2,
        "program": program_name(),
        "patient": plan.patient,
        "date": plan.date,
        "note": plan.note,
        "body": plan.build.sex.value,
        "build": msgspec.to_builtins(plan.build),
        "totals": {"sites": totals.sites, "needles": totals.needles, "turns": totals.turns},
        "sites": [msgspec.to_builtins(row) for row in resolved_rows(plan, atlas, body, measure)],
    }
    if measure is not None and plan.pain:
        document["pain"] = _pain_fields(measure(plan.pain), body)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def _pain_fields(figures: PainFigures, body: RegionNames) -> dict[str, Any]:
    def regions(shares: tuple[RegionShare, ...]) -> list[dict[str, Any]]:
        return [
            {
                "region": each.region,
                "name": _region_name(each.region, body),
                "side": each.side.value if each.side else "",
                "share": round(each.share, 3),
                "area_cm2": round(each.area_cm2, 1),
            }
            for each in shares
        ]

    return {
        "area_cm2": round(figures.area_cm2, 1),
        "body_percent": round(100 * figures.body_share, 2),
        "region_count": len(figures.regions),
        "widespread_pain_index": len(figures.wpi),
        "widespread_pain_areas": list(figures.wpi),
        "regions": regions(figures.regions),
        "qualities": [
            {
                "quality": each.quality.value,
                "intensity": round(each.intensity, 1),
                "area_cm2": round(each.area_cm2, 1),
                "centre_mm": each.centre_mm,
                "centre_region": each.centre_region,
                "regions": regions(each.regions),
            }
            for each in figures.qualities
        ],
    }


def export_csv(plan: Plan, atlas: PlaceNames, body: RegionNames, measure: MeasurePain | None = None) -> bytes:
    """Return a plan as a table: RFC 4180, UTF-8 with a byte order mark, one row a site.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.

    Raises
    ------
    Refusal
        The plan breaks a limit.
    """
    plan = checked(clean_plan(plan))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = SiteRow.__struct_fields__
    writer.writerow(("patient", "date", *columns))
    for row in resolved_rows(plan, atlas, body, measure):
        cells = (plan.patient, plan.date, *(getattr(row, column) for column in columns))
        writer.writerow([_cell(cell) for cell in cells])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"{value:g}"
    return f"'{value}" if value.lstrip().startswith(_FORMULA_STARTS) else value
