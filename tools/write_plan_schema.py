"""Write the JSON Schema of plan files into the assets."""

from __future__ import annotations

import json
from pathlib import Path

from bodymap.storage.plan_schema import export_schema

TARGET = Path(__file__).parents[1] / "assets" / "plan.schema.json"

if __name__ == "__main__":
    TARGET.write_text(json.dumps(export_schema(), indent=2) + "\n", "utf-8")
