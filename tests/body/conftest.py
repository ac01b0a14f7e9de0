from __future__ import annotations

import pytest

from bodymap.body import Body, read_body


@pytest.fixture(scope="session")
def body() -> Body:
    return read_body()
