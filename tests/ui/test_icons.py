from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QIcon, QRawFont
from PySide6.QtWidgets import QApplication

from bodymap.geometry.files import asset_path
from bodymap.ui.icons import _GLYPHS, ICON_FONT, icon
from bodymap.ui.theme import DARK, LIGHT, apply_theme


def _ink(picture: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image = picture.pixmap(32, 32, mode).toImage()
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    darkest = max(colour.alpha() for colour in colours)
    return {colour.name().upper() for colour in colours if 100 < colour.alpha() == darkest}


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("name", _GLYPHS)
def test_every_icon_exists_and_is_seen(name: str) -> None:
    assert _ink(icon(name)), name


def test_an_icon_follows_the_theme_without_being_made_again(themed: QApplication) -> None:
    made = icon("print", "accent")
    assert QColor(LIGHT.accent).name().upper() in _ink(made)
    apply_theme(themed, DARK)
    assert QColor(DARK.accent).name().upper() in _ink(made)


@pytest.mark.usefixtures("themed")
def test_a_disabled_icon_is_faint() -> None:
    assert LIGHT.faint_ink.upper() in _ink(icon("undo"), QIcon.Mode.Disabled)


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("no such icon")


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("name", _GLYPHS)
def test_every_glyph_is_in_our_own_font(name: str) -> None:
    """Qt would silently take a missing one from some other font."""
    assert QRawFont(str(asset_path(ICON_FONT)), 16.0).supportsCharacter(ord(_GLYPHS[name]))
