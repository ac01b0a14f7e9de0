from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import bodymap.ui
from bodymap.ui.contrast import contrast_ratio
from bodymap.ui.theme import DARK, LIGHT, THEMES, Metrics, Theme, apply_theme, current_theme, style_sheet

THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def test_contrast_of_black_and_white() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast_ratio("#777777", "#777777") == pytest.approx(1.0)
    assert contrast_ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEME
@pytest.mark.parametrize("ink", ["ink", "second_ink", "accent", "danger", "caution", "fine"])
def test_every_ink_is_readable_on_every_surface(theme: Theme, ink: str) -> None:
    for ground in ("ground", "panel", "field", "hover", "selected"):
        assert contrast_ratio(getattr(theme, ink), getattr(theme, ground)) >= 4.5, ground


@THEME
def test_meanings_are_readable_on_their_own_ground(theme: Theme) -> None:
    for meaning in ("danger", "caution", "fine"):
        ground = getattr(theme, f"{meaning}_ground")
        for ink in (getattr(theme, meaning), theme.ink, theme.second_ink, theme.accent):
            assert contrast_ratio(ink, ground) >= 4.5, meaning


@THEME
def test_what_is_written_on_the_accent_is_readable(theme: Theme) -> None:
    assert contrast_ratio(theme.on_accent, theme.accent) >= 4.5
    assert contrast_ratio(theme.on_accent, theme.accent_hover) >= 4.5
    assert contrast_ratio(theme.panel, theme.ink) >= 4.5  # tooltips


@THEME
def test_borders_of_fields_and_focus_rings_are_seen(theme: Theme) -> None:
    assert contrast_ratio(theme.field_line, theme.panel) >= 3.0
    assert contrast_ratio(theme.accent, theme.panel) >= 3.0
    assert contrast_ratio(theme.pattern, theme.panel) >= 3.0


@THEME
def test_the_style_sheet_fills_every_token(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    assert theme.accent in sheet


def test_touch_makes_targets_of_44_pixels() -> None:
    metrics = LIGHT.for_touch().metrics
    assert min(metrics.control_px, metrics.field_px, metrics.row_px) >= 44
    assert metrics.text_px == 15
    assert min(Metrics().control_px, Metrics().row_px) >= 24


def test_applying_a_theme_is_seen_by_whoever_paints(themed: QApplication) -> None:
    apply_theme(themed, DARK, touch=True)
    assert current_theme() == DARK.for_touch()
    assert themed.palette().window().color().name().upper() == DARK.ground
    assert themed.font().pixelSize() == 15


def test_nothing_but_the_theme_names_a_colour() -> None:
    folder = Path(bodymap.ui.__file__).parent
    naming = re.compile(r"#[0-9A-Fa-f]{6}\b")
    sources = [path for path in folder.rglob("*") if path.suffix in {".py", ".qss"}]
    own = [p for p in sources if p.name != "theme.py" and "viewport" not in p.parts]
    assert [str(p.relative_to(folder)) for p in own if naming.search(p.read_text(encoding="utf-8"))] == []
