from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from ui_fakes import ARRHYTHMIA, LONE, TEMPLE, UPPER_1, UPPER_2, L, R, content

from bodymap.domain import PointRef
from bodymap.ui.point_card import PointCard
from bodymap.ui.point_card.content import HazardLine

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def card(qtbot: QtBot) -> PointCard:
    card = PointCard()
    qtbot.addWidget(card)
    card.resize(340, 640)
    card.show()
    return card


def words(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_it_begins_by_teaching(card: PointCard) -> None:
    assert "Search a muscle, or click where it hurts." in words(card)
    assert not card.foot.isVisible()


def test_content_puts_the_grave_structures_first_and_joins_equals() -> None:
    assert content(UPPER_1).hazards == (
        HazardLine(3, "Lung (pneumothorax)"),
        HazardLine(2, "Accessory nerve"),
        HazardLine(1, "Sural nerve"),
    )


def test_content_says_how_to_needle_and_that_lengths_are_model_values() -> None:
    facts = {fact.name: fact.text for fact in content(UPPER_1).needling}
    assert list(facts) == ["Position", "Find it", "Approach", "Needle", "Direction", "Target"]
    assert facts["Position"] == "Prone, then supine"
    assert facts["Needle"] == "25\N{EN DASH}40 mm; model value, not this patient"


def test_content_of_what_should_not_be_needled_offers_no_needle() -> None:
    shown = content(ARRHYTHMIA, R)
    assert {"Approach", "Needle"}.isdisjoint(fact.name for fact in shown.needling)
    assert (shown.risk_words, shown.risk_tone) == ("Not recommended", "danger")
    assert not shown.has_other_side
    assert shown.remarks == "On the right side only. Refers no pain of its own."


def test_content_names_the_source_in_full() -> None:
    assert content(UPPER_1).sources == ("A. Author. The book of points. 2nd ed., 1999. Chapter 6.",)


def test_the_card_reads_in_the_order_of_the_design(card: PointCard) -> None:
    card.show_point(content(UPPER_1), None)
    card.grab()
    page = card.point
    parts = [page.title, page.side, page.place, page.legend, page.pattern, page.needling, page.hazards]
    parts += [page.muscle, page.look_alikes, page.evidence]
    heights = [part.mapTo(page, part.rect().topLeft()).y() for part in parts]
    assert heights == sorted(heights)
    assert page.title.text() == "Upper trapezius"
    assert page.side.text() == "Left"
    assert page.place.text == "Where 1 lies"
    assert page.evidence.header.text().strip().startswith("Confidence 2 of 3")


def test_danger_is_said_with_a_word(card: PointCard) -> None:
    card.show_point(content(UPPER_1), None)
    assert "Danger: Lung (pneumothorax)" in words(card.point.hazards)
    assert "High risk" in words(card.point.hazards)
    assert card.point.risk.isVisibleTo(card)
    card.show_point(content(LONE), None)
    assert "Note: Sural nerve" in words(card.point.hazards)
    assert not card.point.risk.isVisibleTo(card)


def test_the_legend_shows_the_zones_there_are(card: PointCard) -> None:
    card.show_point(content(UPPER_1), None)
    assert card.point.legend.spillover.isVisibleTo(card)
    card.show_point(content(UPPER_2), None)
    assert not card.point.legend.spillover.isVisibleTo(card)
    card.show_point(content(ARRHYTHMIA, R), None)
    assert not card.point.legend.isVisibleTo(card)


def test_the_button_adds_or_leads_to_the_plan(card: PointCard, qtbot: QtBot) -> None:
    card.show_point(content(UPPER_1), None)
    assert not card.remove_button.isVisibleTo(card)
    with qtbot.waitSignal(card.site_add_requested) as added:
        card.plan_button.click()
    card.show_point(content(UPPER_1), 3)
    assert card.plan_button.text() == "In plan as no. 3"
    with qtbot.waitSignal(card.show_in_plan_requested) as shown:
        card.plan_button.click()
    with qtbot.waitSignal(card.site_remove_requested) as removed:
        card.remove_button.click()
    ref = PointRef(UPPER_1, L)
    assert [added.args, shown.args, removed.args] == [[ref]] * 3


def test_the_other_side_is_one_click_away_where_there_is_one(card: PointCard, qtbot: QtBot) -> None:
    card.show_point(content(UPPER_1), None)
    assert card.point.side_button.accessibleName() == "Other side: right"
    with qtbot.waitSignal(card.other_side_requested) as asked:
        card.point.side_button.click()
    assert asked.args == [PointRef(UPPER_1, L)]
    card.show_point(content(ARRHYTHMIA, R), None)
    assert not card.point.side_button.isVisibleTo(card)


def test_a_free_spot_is_named_by_its_region(card: PointCard, qtbot: QtBot) -> None:
    card.show_free_site(TEMPLE, "Temple", None)
    assert {"Temple", "Left"} <= set(words(card.free))
    assert card.plan_button.text() == "Add free site"
    with qtbot.waitSignal(card.site_add_requested) as added:
        card.plan_button.click()
    assert added.args == [TEMPLE]


def test_more_selected_points_are_counted(card: PointCard) -> None:
    card.show_point(content(UPPER_1), None, others=2)
    assert card.point.others.text() == "and 2 more selected"
    card.show_point(content(UPPER_1), None)
    assert not card.point.others.isVisibleTo(card)


def test_showing_points_opens_no_stray_window(card: PointCard) -> None:
    before = set(QApplication.topLevelWidgets())
    seen = set()
    for point in (UPPER_1, LONE, UPPER_2):
        card.show_point(content(point), None)
        seen |= {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    assert seen <= before
