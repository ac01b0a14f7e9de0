"""Any plan that keeps the rules, for property tests."""

from __future__ import annotations

from datetime import date

import hypothesis.strategies as st

from bodymap.domain import (
    Build,
    Fill,
    Needle,
    Plan,
    PointRef,
    Position,
    Posture,
    Quality,
    Sex,
    Side,
    Site,
    SkinRef,
    Stroke,
    Technique,
)
from bodymap.domain.builds import AGE_YEARS, HEIGHT_MM, WEIGHT_KG
from bodymap.domain.pain import LARGEST_RADIUS_MM, LEAST_RADIUS_MM
from bodymap.domain.text import clean_line, clean_text

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-"

lines = st.text(max_size=60).map(clean_line)
texts = st.text(max_size=120).map(clean_text)
ids = st.text(_ID_LETTERS, min_size=1, max_size=40)


@st.composite
def weights(draw: st.DrawFn) -> tuple[float, float, float]:
    a, b, c = (draw(st.floats(0.001, 1.0)) for _ in range(3))
    return a / (a + b + c), b / (a + b + c), c / (a + b + c)


point_refs = st.builds(
    PointRef,
    point=st.from_regex(r"[a-z_]{2,20}\.[a-z0-9]{1,8}", fullmatch=True),
    side=st.sampled_from(Side),
)
skin_refs = st.builds(
    SkinRef,
    face=st.integers(0, 2**31 - 1),
    barycentric=weights(),
    region=st.from_regex(r"[a-z_]{1,30}", fullmatch=True),
    side=st.sampled_from(Side),
)
needles = st.builds(
    Needle,
    diameter_mm=st.floats(0.1, 1.0),
    length_mm=st.one_of(st.floats(5, 150), st.integers(5, 150)),
    count=st.integers(1, 20),
)
builds = st.builds(
    Build,
    sex=st.sampled_from(Sex),
    age_years=st.floats(*AGE_YEARS),
    height_mm=st.none() | st.floats(*HEIGHT_MM),
    weight_kg=st.none() | st.floats(*WEIGHT_KG),
    muscle=st.floats(0, 1),
)


@st.composite
def paths(draw: st.DrawFn) -> str:
    stops = []
    for face in draw(st.lists(st.integers(0, 10**9 - 1), min_size=1, max_size=4)):
        first = draw(st.integers(0, 100))
        stops.append(f"{face}:{first}:{draw(st.integers(0, 100 - first))}")
    return " ".join(stops)


_painted = {
    "quality": st.sampled_from(Quality),
    "intensity": st.integers(0, 10),
    "erases": st.booleans(),
}
strokes = st.builds(
    Stroke,
    path=paths(),
    radius_mm=st.floats(LEAST_RADIUS_MM, LARGEST_RADIUS_MM),
    mirrored=st.booleans(),
    build=builds,
    **_painted,
)
fills = st.builds(
    Fill,
    region=st.from_regex(r"[a-z_]{1,30}", fullmatch=True),
    side=st.none() | st.sampled_from(Side),
    **_painted,
)
marks = strokes | fills
sites = st.builds(
    Site,
    id=ids,
    place=st.one_of(point_refs, skin_refs),
    needle=st.none() | needles,
    technique=st.none() | st.sampled_from(Technique),
    position=st.none() | st.sampled_from(Position),
    depth=lines,
    direction=lines,
    note=texts,
    familiar=st.none() | st.booleans(),
    felt=st.lists(marks, max_size=2).map(tuple),
)
plans = st.builds(
    Plan,
    patient=lines,
    date=st.just("") | st.dates(min_value=date(1900, 1, 1)).map(date.isoformat),
    note=texts,
    build=builds,
    posture=st.sampled_from(Posture),
    sites=st.lists(sites, max_size=8, unique_by=lambda site: site.id).map(tuple),
    pain=st.lists(marks, max_size=4).map(tuple),
)
