from __future__ import annotations

from collections.abc import Iterator

import pytest

from bodymap.body import Body, read_body
from bodymap.scene import SkinDetail, read_skin_detail
from bodymap.scene.snapshot import Studio
from scene_fakes import FakeAtlas


@pytest.fixture(scope="session")
def body() -> Body:
    return read_body()


@pytest.fixture(scope="session")
def atlas(body: Body) -> FakeAtlas:
    return FakeAtlas(body)


@pytest.fixture(scope="session")
def detail(body: Body) -> SkinDetail:
    return read_skin_detail(body.triangles, body.n_vertices)


@pytest.fixture(scope="module")
def studio(body: Body, detail: SkinDetail) -> Iterator[Studio]:
    studio = Studio(body, detail)
    yield studio
    studio.close()
