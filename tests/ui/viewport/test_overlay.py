from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from bodymap.body import Body
from bodymap.domain import PointRef, Side
from bodymap.scene import CameraPose, Chosen, Mark, MarkKind, resolve
from bodymap.scene.palette import ESSENTIAL, SLOTS
from bodymap.ui.theme import LIGHT
from bodymap.ui.viewport.compass import paint_compass, view_words
from bodymap.ui.viewport.legend import dot_path, paint_legend
from bodymap.ui.viewport.marks import PlacedMark, paint_marks, paint_names
from scene_fakes import FakeAtlas

pytestmark = pytest.mark.usefixtures("qapp")
BACK = PointRef("back.1", Side.LEFT)


def sheet(ratio: float = 1.0, size: int = 300) -> QImage:
    image = QImage(round(size * ratio), round(size * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#C8BEB4"))
    return image


def mark(kind: MarkKind = MarkKind.SELECTED, label: str = "", number: int = 0) -> Mark:
    return Mark(BACK, kind, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0), ESSENTIAL, label, number)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_x_is_centred_on_its_place_at_every_density(ratio: float) -> None:
    image = sheet(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_marks(painter, [PlacedMark(mark(), QPointF(150, 120))])
    painter.end()
    dark = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 90
    ]
    assert dark
    middle = (sum(x for x, _ in dark) / len(dark) + 0.5, sum(y for _, y in dark) / len(dark) + 0.5)
    assert middle == pytest.approx((150 * ratio, 120 * ratio), abs=0.75)
    assert max(x for x, _ in dark) - min(x for x, _ in dark) < 20 * ratio


def test_names_stay_inside_and_apart() -> None:
    area = QRectF(12, 12, 276, 276)
    marks = [
        PlacedMark(mark(label="Upper trapezius TrP1, left"), QPointF(x, y))
        for x, y in ((20, 20), (285, 285), (150, 150), (160, 152), (285, 20))
    ]
    image = sheet()
    painter = QPainter(image)
    boxes = paint_names(painter, marks, area, QFont(), LIGHT)
    painter.end()
    assert len(boxes) == 5
    for index, box in enumerate(boxes):
        assert area.adjusted(-1, -1, 1, 1).contains(box)
        assert not any(box.intersects(other) for other in boxes[:index])


def test_the_legend_explains_one_point_and_names_several(atlas: FakeAtlas, body: Body) -> None:
    heights = []
    for count in (0, 1, 3):
        image = sheet()
        painter = QPainter(image)
        frame = resolve(atlas, body, Chosen(selection=atlas.refs[:count]))
        box = paint_legend(painter, frame.layers, QPointF(10, 10), QFont(), LIGHT)
        painter.end()
        heights.append(box.height())
    assert heights[0] == 0
    assert heights[2] > heights[1] > 0


@pytest.mark.parametrize("slot", range(len(SLOTS)))
def test_each_slot_has_a_dot_of_its_own(slot: int) -> None:
    path = dot_path(slot, QPointF(50, 50), 10.0)
    box = path.boundingRect()
    assert box.center().x() == pytest.approx(50, abs=0.5)
    assert 14 < box.width() < 26
    assert path.contains(QPointF(50, 50)) == (slot != 4)  # only the ring is hollow


@pytest.mark.parametrize(
    ("azimuth", "elevation", "words"),
    [
        (0, 0, "Front"),
        (44, 10, "Front and right side"),
        (90, 0, "Right side"),
        (-180, 0, "Back"),
        (-135, 0, "Back and left side"),
        (-90, 0, "Left side"),
        (10, 80, "From above"),
        (10, -80, "From below"),
    ],
)
def test_says_which_part_is_seen(azimuth: float, elevation: float, words: str) -> None:
    assert view_words(CameraPose(azimuth_deg=azimuth, elevation_deg=elevation)) == words


@pytest.mark.parametrize(("azimuth", "right_is_left_of_left"), [(0.0, True), (180.0, False)])
def test_the_figure_turns_with_the_view(azimuth: float, right_is_left_of_left: bool) -> None:
    """From the front the subject's right is on the viewer's left, from the back it is not."""
    written: dict[str, float] = {}

    class Noting(QPainter):
        def drawText(self, rect: QRectF, _flags: int, text: str) -> None:  # noqa: N802 - Qt's name
            written[text] = rect.center().x()

    image = sheet()
    painter = Noting(image)
    paint_compass(painter, CameraPose(azimuth_deg=azimuth), QPointF(10, 290), QFont(), LIGHT)
    painter.end()
    assert (written["R"] < written["L"]) == right_is_left_of_left
