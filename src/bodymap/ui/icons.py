"""Icons in the colours of the theme that is current when they are painted.

They are glyphs of Phosphor 1.3, cut down to ours by ``tools/cut_icon_font.py``: libraries that bring whole
icon fonts take a quarter of a second to load them.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from bodymap.geometry.files import asset_path
from bodymap.ui.theme import current_theme

ICON_FONT = "fonts/icons/bodymap-icons.ttf"

_GLYPHS = {
    "add": "\uf27f",  # plus
    "back": "\uf03b",  # arrow-left
    "brush": "\uf252",  # paint-brush
    "calendar": "\uf0ad",  # calendar-blank
    "caution": "\uf35c",  # warning
    "close": "\uf36d",  # x
    "collapsed": "\uf0c4",  # caret-right
    "command": "\uf10f",  # command
    "contrast": "\uf0ee",  # circle-half
    "danger": "\uf35e",  # warning-octagon
    "done": "\uf0e7",  # check
    "down": "\uf022",  # arrow-down
    "drag": "\uf144",  # dots-six-vertical
    "expanded": "\uf0c2",  # caret-down
    "export": "\uf15a",  # export
    "filter": "\uf197",  # funnel-simple
    "fine": "\uf0e8",  # check-circle
    "hand": "\uf1be",  # hand-pointing
    "hidden": "\uf15e",  # eye-slash
    "image": "\uf1de",  # image-square
    "info": "\uf1e0",  # info
    "keyboard": "\uf1e5",  # keyboard
    "layers": "\uf2f1",  # stack
    "left_pane": "\uf10e",  # columns
    "list": "\uf1fd",  # list-numbers
    "locate": "\uf11d",  # crosshair-simple
    "menu": "\uf1fa",  # list
    "moon": "\uf21f",  # moon
    "next": "\uf044",  # arrow-right
    "open": "\uf18c",  # folder-open
    "new": "\uf167",  # file
    "other_side": "\uf04d",  # arrows-left-right
    "patient": "\uf34b",  # user-focus
    "print": "\uf288",  # printer
    "quit": "\uf2c7",  # sign-out
    "redo": "\uf067",  # arrow-u-up-right
    "remove": "\uf334",  # trash
    "reset": "\uf04c",  # arrows-in-simple
    "save": "\uf181",  # floppy-disk
    "search": "\uf20a",  # magnifying-glass
    "sun": "\uf2fe",  # sun
    "table": "\uf304",  # table
    "undo": "\uf066",  # arrow-u-up-left
    "up": "\uf061",  # arrow-up
}

_DISABLED_TONE = "faint_ink"
_GLYPH_SHARE = 0.875
"""Height of a glyph over that of its icon, which leaves the font its margins."""


class _ThemedEngine(QIconEngine):
    """Paints a font glyph; asks for its colour when it paints, so a change of theme needs no new icons."""

    def __init__(self, glyph: str, tone: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tone = _DISABLED_TONE if mode is QIcon.Mode.Disabled else self._tone
        if state is QIcon.State.On and tone == "second_ink":
            tone = "accent"
        font = QFont(_font_family())
        font.setPixelSize(max(1, round(_GLYPH_SHARE * rect.height())))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(getattr(current_theme(), tone)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def icon(name: str, tone: str = "second_ink") -> QIcon:
    """Return the icon for one of our own names.

    Parameters
    ----------
    name : str
        What it means in bodymap (``"undo"``, ``"danger"``), KeyError when there is none.
    tone : str
        Which colour of the theme paints it.
    """
    return QIcon(_ThemedEngine(_GLYPHS[name], tone))


class IconLabel(QLabel):
    """A small picture beside words that say the same; it follows the theme."""

    def __init__(self, name: str, tone: str = "second_ink", size_px: int | None = None) -> None:
        super().__init__()
        self._icon = icon(name, tone)
        side_px = size_px or current_theme().metrics.icon_px
        self.setFixedSize(side_px, side_px)

    def paintEvent(self, _event: object) -> None:
        """Qt's own: paint it."""
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


@cache
def _font_family() -> str:
    number = QFontDatabase.addApplicationFont(str(asset_path(ICON_FONT)))
    return QFontDatabase.applicationFontFamilies(number)[0]
