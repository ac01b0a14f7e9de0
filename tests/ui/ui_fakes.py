"""A hand-written atlas of three muscles, a plan on it, and a window with a grey body."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from bodymap.atlas import Hit, Muscle
from bodymap.body.regions import Region
from bodymap.domain import Needle, Place, Plan, PointRef, Position, Side, Site, SkinRef
from bodymap.ui.actions import Actions
from bodymap.ui.browser import BrowserPane
from bodymap.ui.browser.catalog import Catalog, make_catalog
from bodymap.ui.main_window import MainWindow
from bodymap.ui.pain import NextPoint, PainPane, PainReport, RankedPoint, WarningWords
from bodymap.ui.plan import PlanPane
from bodymap.ui.point_card import PointCard, PointContent
from bodymap.ui.point_card.content import point_content
from bodymap.ui.theme import LIGHT, Theme, apply_theme

L, R = Side.LEFT, Side.RIGHT
UPPER_1 = "trapezius_upper.1"
UPPER_2 = "trapezius_upper.2"
ARRHYTHMIA = "pectoralis_major.arrhythmia"
LONE = "levator_scapulae.upper"
SOURCES = {"book1999": "A. Author. The book of points. 2nd ed., 1999."}
TEMPLE = SkinRef(face=7, barycentric=(0.2, 0.3, 0.5), region="temple", side=L)


FEW_REGIONS = (
    Region("temple", "temple", "head", "paired", "surface", "In front of the ear."),
    Region("sternum", "breastbone", "chest", "midline", "surface", "The flat bone."),
)
REPORT = PainReport(
    has_pain=True,
    warnings=(
        WarningWords("Bleed around the brain", "Sudden?", "Stop.", "Now", True),
        WarningWords("Inflamed temple artery", "Over 50?", "See a doctor today.", "Today", False),
    ),
    root="The painted skin follows the C2 dermatome.",
    explained=0.64,
    has_points=True,
    next_point=NextPoint(PointRef(UPPER_2, R), "Upper trapezius TrP2, right", 0.21),
    ranked=(
        RankedPoint(
            PointRef(UPPER_1, L),
            "Upper trapezius TrP1, left",
            "covers 82 %, most essential; met daily",
            "Covers 82 % of the pain, most of it essential; met daily",
            (RankedPoint(PointRef(UPPER_2, L), "Upper trapezius TrP2, left", "covers 9 %", "covers 9 %"),),
        ),
        RankedPoint(PointRef(LONE, R), "Levator scapulae, right", "covers 5 %", "covers 5 %"),
    ),
    look_alikes=("Migraine", "Tension-type headache"),
    figures="2 regions, 82 cm², WPI 0/19",
)


def _zone(*regions: str) -> dict[str, Any]:
    return {"regions": list(regions), "shapes": [{"fill": regions[0]}]}


def _point(point_id: str, label: str, essential: str, spillover: str = "", **more: Any) -> dict[str, Any]:
    pattern = {
        "essential": _zone(essential) if essential else None,
        "spillover": _zone(spillover) if spillover else None,
    }
    return {
        "id": point_id,
        "label": label,
        "place_text": f"Where {point_id} lies",
        "place": "C7",
        "pattern": pattern,
        "pattern_text": f"Often felt at the {essential}.",
        "confidence": 2,
        "sources": ["book1999:6"],
        **more,
    }


def _muscle(
    muscle_id: str, english: str, group: str, points: list[dict[str, Any]], **needling: Any
) -> Muscle:
    record = {
        "id": muscle_id,
        "english": english,
        "latin": f"Musculus {muscle_id}",
        "group": group,
        "layer": "superficial",
        "origin": "Here",
        "insertion": "There",
        "nerve": "Accessory nerve" if group == "trapezius" else "Median nerve",
        "roots": ["C3", "C4"] if group == "trapezius" else ["C5"],
        "action": "Lifts",
        "symptoms": ["headache"],
        "look_alikes": ["Something else"],
        "perpetuating": ["A bag"],
        "patient": {"does": "It lifts.", "felt": "It aches.", "helps": "Rest."},
        "needling": {
            "positions": ["prone", "supine"],
            "palpation": "Roll it",
            "approach": "pincer",
            "length_mm": [25, 40],
            "direction": "Along the fold",
            "target": "The band",
            "at_risk": ["accessory_nerve", "lung", "sural_nerve"],
            "caution": "Take care.",
            "risk": "high",
        }
        | needling,
        "points": points,
    }
    return msgspec.convert(record, Muscle)


MUSCLES = (
    _muscle(
        "trapezius_upper",
        "Trapezius, upper fibres",
        "trapezius",
        [_point("1", "TrP1", "temple", "forehead"), _point("2", "TrP2", "forehead")],
    ),
    _muscle(
        "pectoralis_major",
        "Pectoralis major",
        "pectoralis_major",
        [
            _point("arrhythmia", "", "", flags=["right_only", "no_pain"]),
            _point("upper", "", "chest_upper", "temple"),
        ],
        risk="not_recommended",
        approach=None,
        length_mm=None,
    ),
    _muscle(
        "levator_scapulae",
        "Levator scapulae",
        "levator_scapulae",
        [_point("upper", "", "neck_lateral")],
        risk="low",
        at_risk=["sural_nerve"],
    ),
)

_AREAS = {"trapezius_upper": "shoulder", "pectoralis_major": "chest", "levator_scapulae": "neck"}
REGIONS = (
    ("forehead", "forehead", "head"),
    ("temple", "temple", "head"),
    ("neck_lateral", "side of the neck", "neck"),
    ("toe", "great toe", "foot"),
)


def muscle_of(point_id: str) -> Muscle:
    return next(m for m in MUSCLES if m.id == point_id.split(".")[0])


def point_name(point_id: str) -> str:
    muscle = muscle_of(point_id)
    point = next(p for p in muscle.points if muscle.point_id(p) == point_id)
    return f"{muscle.short_name} {point.label or '(' + point.id + ')'}"


def place_name(place: Place) -> str:
    name = point_name(place.point) if isinstance(place, PointRef) else f"Free site, {place.region}"
    return f"{name}, {place.side.value}"


def search(text: str) -> tuple[Hit, ...]:
    """Levator scapulae and one point of the trapezius for "headache", nothing for anything else."""
    if text != "headache":
        return ()
    return (
        Hit("levator_scapulae", (LONE,), 2.0, "symptom", "headache"),
        Hit("trapezius_upper", (UPPER_2,), 1.0, "name", "Upper trapezius"),
    )


def catalog() -> Catalog:
    return make_catalog(MUSCLES, point_name, lambda point_id: _AREAS[point_id.split(".")[0]], REGIONS)


def content(point_id: str, side: Side = L) -> PointContent:
    muscle = muscle_of(point_id)
    point = next(p for p in muscle.points if muscle.point_id(p) == point_id)
    needling = muscle.needling if point.needling is None else point.needling.merged_into(muscle.needling)
    return point_content(muscle, point, needling, side, SOURCES)


PLAN = Plan(
    patient="A. B.",
    date="2026-02-03",
    sites=(
        Site(id="s1", place=PointRef(UPPER_1, L), needle=Needle(), position=Position.PRONE, note="tender"),
        Site(id="s2", place=PointRef(LONE, R), needle=Needle(0.25, 30, 2), position=Position.SUPINE),
        Site(id="s3", place=TEMPLE),
    ),
)


class GreyBody(QWidget):
    """In the viewport's place."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The body")


def make_window(theme: Theme = LIGHT, touch: bool = False, settings: QSettings | None = None) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, theme, touch)
    browser = BrowserPane(catalog(), search)
    body = GreyBody()
    body.setFocusPolicy(body.focusPolicy().StrongFocus)
    return MainWindow(
        Actions(), browser, PainPane(FEW_REGIONS), body, PointCard(), PlanPane(place_name), settings
    )
