"""Keys that move the camera; the rest belong to the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from bodymap.ui.viewport.navigator import Navigator

_ORBIT_PX = 20.0
_ZOOM_STEP = 1.2
_TURNS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_ZOOMS = {
    Qt.Key.Key_Plus: _ZOOM_STEP,
    Qt.Key.Key_Equal: _ZOOM_STEP,  # the same key without Shift on many keyboards
    Qt.Key.Key_Minus: 1.0 / _ZOOM_STEP,
    Qt.Key.Key_Underscore: 1.0 / _ZOOM_STEP,
}


def steer(navigator: Navigator, key: int) -> bool:
    """Orbit with the arrows, zoom with plus and minus; return whether the key was one of these."""
    if key in _TURNS:
        across, down = _TURNS[Qt.Key(key)]
        navigator.turn(across * _ORBIT_PX, down * _ORBIT_PX)
        return True
    if key in _ZOOMS:
        screen = navigator.screen
        navigator.zoom_at(_ZOOMS[Qt.Key(key)], screen.width / 2.0, screen.height / 2.0)
        return True
    return False
