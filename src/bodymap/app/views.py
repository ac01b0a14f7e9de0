from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from bodymap.app.pain_desk import PainDesk
from bodymap.app.window import Parts
from bodymap.domain import Layers, PointRef, Refusal
from bodymap.domain.layers import DEEPEST_PEEL
from bodymap.scene import Chosen, resolve
from bodymap.scene.pictures import png_bytes
from bodymap.storage.atomic import write_atomically
from bodymap.ui.theme import current_theme

_PICTURE_SCALE = 3


class Views(QObject):
    """Slots for the commands that change what is looked at, and nothing of the plan.

    Signals
    -------
    refused(str)
        A sentence for the user.
    """

    refused = Signal(str)

    def __init__(self, parts: Parts, pain: PainDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._pain = pain

    def front(self) -> None:
        """See the front."""
        self._parts.viewport.set_view("front")

    def back(self) -> None:
        """See the back."""
        self._parts.viewport.set_view("back")

    def left(self) -> None:
        """See the subject's left side."""
        self._parts.viewport.set_view("left")

    def right(self) -> None:
        """See the subject's right side."""
        self._parts.viewport.set_view("right")

    def reset(self) -> None:
        """See the whole body."""
        self._parts.viewport.set_view("reset")

    def toggle_muscles(self) -> None:
        """Show or hide the muscles."""
        layers = self._parts.session.state.layers
        self.show_layers(replace(layers, muscles=not layers.muscles))

    def toggle_skeleton(self) -> None:
        """Show or hide the skeleton."""
        layers = self._parts.session.state.layers
        self.show_layers(replace(layers, bones=not layers.bones))

    def toggle_danger(self) -> None:
        """Show or hide the structures at risk."""
        layers = self._parts.session.state.layers
        self.show_layers(replace(layers, danger=not layers.danger))

    def toggle_landmarks(self) -> None:
        """Show or hide the palpable landmarks."""
        layers = self._parts.session.state.layers
        self.show_layers(replace(layers, landmarks=not layers.landmarks))

    def toggle_isolated(self) -> None:
        """Show the selected muscle alone, or all of them again."""
        self._parts.window.layers.alone.click()
        self._parts.actions.show_layer_states(self._parts.session.state.layers)

    def peel_off(self) -> None:
        """Take a layer of muscles off; closed muscles are opened first."""
        self._peel(+1)

    def peel_back(self) -> None:
        """Put a layer of muscles back."""
        self._peel(-1)

    def _peel(self, by: int) -> None:
        layers = self._parts.session.state.layers
        peel = min(max(layers.peel + by, 0), DEEPEST_PEEL) if layers.muscles else layers.peel
        self.show_layers(replace(layers, muscles=True, peel=peel))

    def skin_only(self) -> None:
        """Close the body."""
        self._parts.session.back_to_skin()

    def prepare_layers(self, is_open: bool) -> None:
        """Read what lies under the skin while the user looks at the switches that show it."""
        if is_open:
            threading.Thread(target=self._read_inside, name="inside", daemon=True).start()

    def _read_inside(self) -> None:
        with contextlib.suppress(Refusal):  # told when a layer is really opened
            self._parts.body.inside  # noqa: B018 - kept by the body

    def show_layers(self, layers: Layers) -> None:
        """Open or close layers; a damaged file of what lies under the skin leaves them as they were."""
        parts = self._parts
        try:
            if layers.has_inside or layers.skin < 1.0:
                parts.body.inside  # noqa: B018 - read here, where a refusal can be told
            parts.session.show_layers(layers)
        except Refusal as refusal:
            parts.window.layers.show_layers(parts.session.state.layers)
            parts.actions.show_layer_states(parts.session.state.layers)
            self.refused.emit(str(refusal))

    def show_root(self, root: str) -> None:
        """Hatch the skin that a nerve root supplies; empty for none."""
        self._parts.session.show_layers(replace(self._parts.session.state.layers, root=root))

    def search(self) -> None:
        """Put the keyboard into the search field."""
        self._parts.actions.show_browser.setChecked(True)
        self._parts.browser.focus_search()

    def step_back(self) -> None:
        """Step back one level: the blank screen, then the session's own levels."""
        if self._parts.window.is_blank:
            self._parts.window.set_blank(False)
        else:
            self._parts.session.step_back()

    def toggle_blank(self) -> None:
        """Hide everything, or show it again."""
        self._parts.window.set_blank(not self._parts.window.is_blank)

    def hint_seen(self) -> None:
        """Remember that the first hint was put away."""
        self._parts.preferences.hint_seen = True

    def export_image(self) -> None:
        """Save a picture of the body as it is shown, without marks, at three times the screen's size."""
        name, _ = QFileDialog.getSaveFileName(
            self._parts.window, "Export image", "body.png", "Picture (*.png)"
        )
        if not name:
            return
        target = Path(name) if Path(name).suffix else Path(name + ".png")
        try:
            write_atomically(target, self._picture())
        except Refusal as refusal:
            self.refused.emit(str(refusal))

    def _picture(self) -> bytes:
        from bodymap.scene.snapshot import Studio

        parts, state = self._parts, self._parts.session.state
        screen = parts.viewport.screen_size
        size_px = (round(screen.width * _PICTURE_SCALE), round(screen.height * _PICTURE_SCALE))
        known = tuple(p for p in state.selection if isinstance(p, PointRef) and p in parts.atlas)
        frame = resolve(
            parts.atlas,
            parts.body,
            Chosen(
                build=state.plan.build,
                posture=state.plan.posture,
                selection=known,
                ground=current_theme().ground,
                with_points=False,
                layers=state.layers,
                pain=self._pain.look(state),
            ),
        )
        studio = Studio(parts.body)
        try:
            return png_bytes(
                studio.snapshot(frame, parts.viewport.pose, size_px, ratio=_PICTURE_SCALE)[..., :3]
            )
        finally:
            studio.close()
