"""From the atlas to the calibration sheet, with a studio that draws nothing."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pypdfium2
import pytest

from bodymap.app import calibration
from bodymap.app.calibration import sheet_of, view_words
from bodymap.app.calibration_cards import point_card, proof_refs
from bodymap.app.reference import reference_atlas, reference_body
from bodymap.atlas import HAZARDS
from bodymap.domain import Build, PointRef, Side
from bodymap.scene import CameraPose, shown_surface
from bodymap.scene.framing import pattern_view
from bodymap.scene.picking import Picker

REFS = (
    PointRef("trapezius_upper.1", Side.LEFT),
    PointRef("gracilis.middle", Side.LEFT),
    PointRef("pectoralis_major_costal.arrhythmia", Side.RIGHT),
)


class BlankStudio:
    """Draws white pictures and remembers what was asked for."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.poses: list[CameraPose] = []
        self.closed = False

    def snapshot(self, _frame: Any, pose: CameraPose, size_px: tuple[int, int], **_: Any) -> Any:
        self.poses.append(pose)
        return np.full((size_px[1], size_px[0], 4), 255, np.uint8)

    def close(self) -> None:
        self.closed = True


def test_every_point_is_shown_once_on_the_left_where_it_exists() -> None:
    atlas = reference_atlas()
    refs = proof_refs(atlas, reference_body())
    assert sorted(ref.point for ref in refs) == sorted({ref.point for ref in atlas.refs})
    for ref in refs:
        assert ref.side is Side.LEFT or PointRef(ref.point, Side.LEFT) not in atlas


def test_cards_of_an_area_follow_one_another() -> None:
    atlas, body = reference_atlas(), reference_body()
    areas = [point_card(ref, atlas, body).area for ref in proof_refs(atlas, body)]
    changes = [area for i, area in enumerate(areas) if i == 0 or areas[i - 1] != area]
    assert len(changes) == len(set(changes))


def test_cards_say_all_that_is_to_be_proof_read() -> None:
    atlas, body = reference_atlas(), reference_body()
    for ref in proof_refs(atlas, body):
        card = point_card(ref, atlas, body)
        needling = atlas.needling(ref.point)
        facts = {fact.name: f"{fact.lead} {fact.text}" for fact in (*card.facts, *card.zones)}
        assert atlas.point(ref.point).place_text in facts["Place"]
        assert atlas.point(ref.point).pattern_text in facts["Pattern"]
        assert needling.caution in facts["Caution"]
        for hazard in needling.at_risk:
            assert HAZARDS[hazard].words in facts["At risk"]
        assert not re.search(r"[a-z]\d{4}", facts["Confidence"])
        if needling.length_mm is not None:
            assert f"{needling.length_mm[0]:g}\N{EN DASH}{needling.length_mm[1]:g} mm" in facts["Needle"]


def test_the_most_dangerous_structure_comes_first() -> None:
    atlas, body = reference_atlas(), reference_body()
    card = point_card(REFS[0], atlas, body)
    (risk,) = (fact for fact in card.facts if fact.name == "At risk")
    assert risk.lead.startswith("Lung")


def test_a_sheet_of_three_points_has_their_words_and_closes_the_studio(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    studio = BlankStudio()
    monkeypatch.setattr(calibration, "Studio", lambda *_, **__: studio)
    told: list[tuple[int, int]] = []
    pdf = sheet_of(REFS, reference_atlas(), reference_body(), lambda *done: told.append(done))
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) >= 2  # contents and sources may take more than one page
        page = document[len(document) - 1].get_textpage().get_text_bounded()
    finally:
        document.close()
    for ref in REFS:
        assert ref.point in page
    assert f"Atlas {reference_atlas().digest[:12]}" in page
    assert told[-1] == (3, 3)
    assert studio.closed
    assert 6 <= len(studio.poses) <= 9  # two or three pictures each
    assert all(pose.parallel for pose in studio.poses)


def test_a_pattern_between_the_legs_is_not_looked_at_through_the_other_leg() -> None:
    body = reference_body()
    _, share = pattern_view(reference_atlas(), body, Build(), REFS[1], Picker(shown_surface(body, Build())))
    assert share > 0.3


@pytest.mark.parametrize(
    ("azimuth_deg", "elevation_deg", "words"),
    [
        (0.0, 0.0, "front"),
        (-180.0, 10.0, "back"),
        (179.0, -40.0, "back, below"),
        (-90.0, 0.0, "left"),
        (-45.0, 31.0, "front left, above"),
        (0.0, -80.0, "from below"),
        (130.0, 0.0, "back right"),
    ],
)
def test_views_are_named_by_where_one_stands(azimuth_deg: float, elevation_deg: float, words: str) -> None:
    assert view_words(CameraPose(azimuth_deg=azimuth_deg, elevation_deg=elevation_deg)) == words
