from __future__ import annotations

from collections.abc import Iterator

import pytest

from bodymap.session import Session
from session_fakes import FakeAtlas, FakeBody

SIGNALS = ("plan", "selection", "hover", "candidate", "patient_mode", "file")


class Told:
    """Everything a session has told since the last look, by the name of the signal."""

    def __init__(self, session: Session) -> None:
        self.heard: list[tuple[str, object]] = []
        for name in SIGNALS:
            getattr(session, f"{name}_changed").connect(
                lambda value, name=name: self.heard.append((name, value))
            )

    def names(self) -> list[str]:
        names = [name for name, _ in self.heard]
        self.heard.clear()
        return names


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:  # noqa: ARG001 - Qt needs its application
    session = Session(FakeAtlas(), FakeBody())
    yield session
    session.deleteLater()


@pytest.fixture
def told(session: Session) -> Told:
    return Told(session)
