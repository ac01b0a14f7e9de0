from __future__ import annotations

import pytest

from bodymap.atlas import Atlas, read_atlas
from bodymap.body import Body, read_body
from bodymap.planning.ranking import PainRanking


@pytest.fixture(scope="session")
def body() -> Body:
    return read_body()


@pytest.fixture(scope="session")
def atlas(body: Body) -> Atlas:
    return read_atlas(body)


@pytest.fixture(scope="session")
def ranking(atlas: Atlas, body: Body) -> PainRanking:
    return PainRanking(atlas, body)
