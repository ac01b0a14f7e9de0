"""The parts of the window, built but not yet connected: `wiring.connect` does that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bodymap.app.autosave import Autosave
from bodymap.app.preferences import Preferences
from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.session import Session
from bodymap.storage.recents import RecentFiles
from bodymap.ui.actions import Actions
from bodymap.ui.browser import BrowserPane
from bodymap.ui.browser.catalog import read_catalog
from bodymap.ui.main_window import MainWindow
from bodymap.ui.pain import PainPane
from bodymap.ui.plan import PlanPane
from bodymap.ui.point_card import PointCard
from bodymap.ui.viewport import CrashMarker, ViewLevel, Viewport, make_viewport


@dataclass(frozen=True, eq=False)
class Parts:
    """Everything that the wiring connects."""

    atlas: Atlas
    body: Body
    session: Session
    autosave: Autosave
    recents: RecentFiles
    preferences: Preferences
    actions: Actions
    window: MainWindow
    viewport: Viewport
    browser: BrowserPane
    pain: PainPane
    card: PointCard
    plan: PlanPane


def shut_down(parts: Parts) -> None:
    """Write what is waiting and let go of the graphics, before the window is destroyed."""
    parts.autosave.close()
    parts.viewport.shut_down()
    parts.session.undo_stack.blockSignals(True)  # it tells its end, when its listeners may be gone


def build_window(
    atlas: Atlas,
    body: Body,
    folder: Path,
    level: ViewLevel = ViewLevel.AUTO,
    marker: CrashMarker | None = None,
) -> Parts:
    """Build the window over a data folder.

    Raises
    ------
    Refusal
        The computer has no OpenGL that works.
    """
    session = Session(atlas, body)
    preferences = Preferences(folder)
    actions = Actions()
    viewport = make_viewport(body, level, marker)
    browser = BrowserPane(read_catalog(atlas, body), atlas.search)
    pain = PainPane(body.regions.vocabulary)
    card = PointCard()
    plan = PlanPane(atlas.place_name)
    window = MainWindow(actions, browser, pain, viewport, card, plan, preferences.settings)
    window.layers.offer_roots(tuple(atlas.dermatomes))
    return Parts(
        atlas=atlas,
        body=body,
        session=session,
        autosave=Autosave(session, folder / "recovery", atlas.digest),
        recents=RecentFiles(folder),
        preferences=preferences,
        actions=actions,
        window=window,
        viewport=viewport,
        browser=browser,
        pain=pain,
        card=card,
        plan=plan,
    )
