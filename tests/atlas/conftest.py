from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from toy_body import ToyBody, atlas_record

from bodymap.atlas import Atlas, read_atlas
from bodymap.atlas.compilation import compile_atlas
from bodymap.atlas.reading import parse_atlas
from bodymap.body import Body, read_body


@pytest.fixture(scope="session")
def toy_body() -> ToyBody:
    return ToyBody()


@pytest.fixture
def make_atlas(toy_body: ToyBody) -> Callable[..., Atlas]:
    """Compile an atlas of the given muscle records on the toy body."""

    def make(*muscles: dict[str, Any]) -> Atlas:
        content = msgspec.json.encode(atlas_record(*muscles))
        return Atlas(parse_atlas(content), compile_atlas(content, toy_body), toy_body)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def body() -> Body:
    return read_body()


@pytest.fixture(scope="session")
def atlas(body: Body) -> Atlas:
    return read_atlas(body)
