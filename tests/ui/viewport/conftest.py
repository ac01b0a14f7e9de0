from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from bodymap.body import Body, read_body
from bodymap.ui.viewport import ViewLevel, Viewport, make_viewport
from scene_fakes import FakeAtlas


@pytest.fixture(scope="session")
def body() -> Body:
    return read_body()


@pytest.fixture(scope="session")
def atlas(body: Body) -> FakeAtlas:
    return FakeAtlas(body)


@pytest.fixture
def viewport(qtbot: QtBot, body: Body) -> Iterator[Viewport]:
    """A viewport that paints pictures, shown under Qt's offscreen platform."""
    viewport = make_viewport(body, ViewLevel.IMAGE)
    viewport.resize(420, 400)
    viewport.show()
    qtbot.waitExposed(viewport)
    yield viewport
    viewport.shut_down()
    viewport.close()
    viewport.deleteLater()
