"""The JSON Schema of plan files, for programs that read or write them."""

from __future__ import annotations

from typing import Any

import msgspec

from bodymap.storage.plan_file import FORMAT, VERSION, PlanDocument

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def export_schema() -> dict[str, Any]:
    """Return the schema that ``assets/plan.schema.json`` holds."""
    schema = msgspec.json.schema(PlanDocument)
    definitions = {name: _without_numpydoc(part) for name, part in schema["$defs"].items()}
    # A Site's defaults and the rules in words are part of the schema; Python's docstring layout is not.
    return {
        "$schema": _DIALECT,
        "title": f"{FORMAT}, version {VERSION}",
        "$ref": schema["$ref"],
        "$defs": definitions,
    }


def _without_numpydoc(part: dict[str, Any]) -> dict[str, Any]:
    """Keep the words of a description before its first numpydoc heading, as one line per paragraph."""
    if "description" not in part:
        return part
    lines = part["description"].split("\n")
    heading = next((n for n, line in enumerate(lines) if line.strip().startswith("---")), len(lines) + 1)
    paragraphs = "\n".join(line.strip() for line in lines[: heading - 1]).strip().split("\n\n")
    return part | {"description": "\n".join(" ".join(text.split()) for text in paragraphs)}
