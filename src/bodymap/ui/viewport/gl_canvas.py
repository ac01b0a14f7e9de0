"""The body on the graphics card. The only module that imports pyvistaqt, which is slow to load."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pyvistaqt import QtInteractor

from bodymap.body import Body
from bodymap.scene import CameraPose, SceneFrame, Screen, read_skin_detail
from bodymap.scene.renderer import BodyRenderer


class GLCanvas(QWidget):
    """Draws straight into the window.

    Parameters
    ----------
    body : Body
    samples : int
        Samples of each pixel, for smooth edges; 0 where there is no graphics card to make them quickly.

    Signals
    -------
    drawn()
        A picture has reached the screen.
    """

    drawn = Signal()

    def __init__(self, body: Body, samples: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Updates five times a second and drops that load as meshes are pyvistaqt's defaults.
        self._interactor = QtInteractor(self, auto_update=False, multi_samples=samples)
        self._interactor.setAcceptDrops(False)
        self._interactor.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._interactor.frameSwapped.connect(self.drawn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._interactor)
        detail = read_skin_detail(body.triangles, body.n_vertices)
        renderer = self._interactor.renderer
        renderer.camera_set = True  # pyvista would otherwise fit its own view at the first render
        self._renderer = BodyRenderer(renderer, body, detail)
        self._pose = CameraPose()
        self._is_open = True

    @property
    def panel(self) -> QWidget:
        """The canvas itself."""
        return self

    @property
    def source(self) -> QWidget:
        """The OpenGL widget, where input events arrive."""
        interactor: QWidget = self._interactor
        return interactor

    def show_frame(self, frame: SceneFrame) -> None:
        """Draw another frame."""
        if self._is_open and self._renderer.apply(frame):
            self._interactor.update()

    def look(self, pose: CameraPose, moving: bool) -> None:  # noqa: ARG002 - the card is quick enough always
        """Draw from elsewhere."""
        if not self._is_open:
            return
        self._pose = pose
        self._renderer.look(pose, Screen(self.width(), self.height(), self.devicePixelRatioF()))
        self._interactor.update()

    def shut_down(self) -> None:
        """Close the interactor while its context lives; a late close crashes real drivers."""
        if self._is_open:
            self._is_open = False
            self._interactor.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own: fit the new size."""
        super().resizeEvent(event)
        self.look(self._pose, moving=False)
