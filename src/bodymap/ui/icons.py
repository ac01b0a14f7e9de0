"""Icons from the QtAwesome fonts, in the colours of the theme that is current when they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from bodymap.ui.theme import current_theme

_GLYPHS = {
    "add": "ph.plus",
    "back": "ph.arrow-left",
    "calendar": "ph.calendar-blank",
    "caution": "ph.warning",
    "close": "ph.x",
    "collapsed": "ph.caret-right",
    "command": "ph.command",
    "contrast": "ph.circle-half",
    "danger": "ph.warning-octagon",
    "done": "ph.check",
    "down": "ph.arrow-down",
    "drag": "ph.dots-six-vertical",
    "expanded": "ph.caret-down",
    "export": "ph.export",
    "filter": "ph.funnel-simple",
    "fine": "ph.check-circle",
    "hand": "ph.hand-pointing",
    "hidden": "ph.eye-slash",
    "image": "ph.image-square",
    "info": "ph.info",
    "keyboard": "ph.keyboard",
    "left_pane": "ph.columns",
    "list": "ph.list-numbers",
    "locate": "ph.crosshair-simple",
    "menu": "ph.list",
    "moon": "ph.moon",
    "next": "ph.arrow-right",
    "open": "ph.folder-open",
    "new": "ph.file",
    "other_side": "ph.arrows-left-right",
    "patient": "ph.user-focus",
    "print": "ph.printer",
    "quit": "ph.sign-out",
    "redo": "ph.arrow-u-up-right",
    "remove": "ph.trash",
    "reset": "ph.arrows-in-simple",
    "save": "ph.floppy-disk",
    "search": "ph.magnifying-glass",
    "sun": "ph.sun",
    "table": "ph.table",
    "undo": "ph.arrow-u-up-left",
    "up": "ph.arrow-up",
}

_DISABLED_TONE = "faint_ink"


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
        _coloured(self._glyph, getattr(current_theme(), tone)).paint(painter, rect)

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


@lru_cache(maxsize=256)
def _coloured(glyph: str, colour: str) -> QIcon:
    # Imported on first paint: it loads its fonts then, which start-up need not wait for.
    import qtawesome

    made: QIcon = qtawesome.icon(glyph, color=colour)
    return made
