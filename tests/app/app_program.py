from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bodymap.app.showing import Showing
from bodymap.app.window import Parts
from bodymap.app.wiring import Connected
from bodymap.domain import Plan


@dataclass(frozen=True, eq=False)
class Program:
    """The wired window."""

    parts: Parts
    connected: Connected
    folder: Path

    @property
    def plan(self) -> Plan:
        return self.parts.session.state.plan

    @property
    def showing(self) -> Showing:
        return self.connected.showing

    @property
    def notice(self) -> str:
        """What the quiet bar says; empty when it is away."""
        bar = self.parts.window.notices
        return "" if bar.isHidden() else bar.what.text()
