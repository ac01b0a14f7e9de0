"""Run as a program by test_window_journeys: clicks on projected points at the scale of its environment.

Prints JSON: the device pixel ratio, the points clicked and those then selected, and the share of the places
that should be red which are red in the picture on the screen.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bodymap.app.reference import reference_atlas, reference_body
from bodymap.app.window import Parts, build_window, shut_down
from bodymap.app.wiring import connect
from bodymap.domain import PointRef, Side
from bodymap.scene import CameraPose, project, shown_surface
from bodymap.scene.framing import pattern_view
from bodymap.scene.picking import Picker
from bodymap.ui.viewport import ViewLevel

_PICKS = 12
TRAPEZIUS = PointRef("trapezius_upper.1", Side.LEFT)


def main(level: str, folder: str) -> None:
    app = QApplication([])
    parts = build_window(reference_atlas(), reference_body(), Path(folder), ViewLevel(level))
    made = connect(app, parts)
    made.look.restore()
    parts.viewport.set_reduced_motion(True)
    made.showing.show_everything()
    parts.window.showMaximized()
    wait(app, parts.window.isVisible)
    said: dict[str, object] = {"ratio": parts.viewport.devicePixelRatioF(), **pick(app, parts)}
    said["red"] = share_of_red(app, parts, TRAPEZIUS)
    sys.stdout.write(json.dumps(said))
    parts.window.close_guard = None
    parts.window.close()
    shut_down(parts)
    parts.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pick(app: QApplication, parts: Parts) -> dict[str, object]:
    seen = parts.viewport.points_in_view()
    step = max(1, len(seen) // _PICKS)
    clicked, selected = [], []
    for ref in seen[::step]:
        parts.session.clear_selection()
        wait(app)
        at = parts.viewport.pixels_of(ref)
        assert at is not None
        QTest.mouseClick(parts.viewport._canvas.source, Qt.MouseButton.LeftButton, pos=at.toPoint())
        clicked.append(str(ref))
        selected.append(str(next(iter(parts.session.state.selection), None)))
    return {"clicked": clicked, "selected": selected}


def share_of_red(app: QApplication, parts: Parts, ref: PointRef) -> float:
    parts.session.select(ref)
    parts.viewport.look_from(facing_zone(parts, ref))
    for _ in range(3):
        wait(app)
        time.sleep(0.2)  # the smooth picture comes a moment after the last move
    surface, zone = shown_surface(parts.body, parts.session.state.plan.build), parts.atlas.zone(ref)
    inside = zone.vertices[zone.essential > 230]
    pose, screen = parts.viewport.pose, parts.viewport.screen_size
    xyz = surface.vertices[inside]
    visible = Picker(surface).visible(xyz, surface.normals[inside], pose)
    picture = parts.viewport.grab().toImage()
    reds = []
    for x, y, _ in project(xyz[visible], pose, screen).tolist():
        if 0 <= x < screen.width and 0 <= y < screen.height:
            colour = picture.pixelColor(int(x * screen.ratio), int(y * screen.ratio))
            reds.append(colour.red() > colour.green() + 40)
    return sum(reds) / max(1, len(reds))


def facing_zone(parts: Parts, ref: PointRef) -> CameraPose:
    build = parts.session.state.plan.build
    pose, _ = pattern_view(parts.atlas, parts.body, build, ref, Picker(shown_surface(parts.body, build)))
    return pose


def wait(app: QApplication, until: Callable[[], bool] = lambda: True) -> None:
    deadline = time.monotonic() + 10
    while True:
        for _ in range(3):
            app.processEvents()
        if until():
            return
        assert time.monotonic() < deadline
        time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
