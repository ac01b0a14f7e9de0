"""Holding values to the rules that their types state; making them in code does not check them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from bodymap.domain.builds import Build
from bodymap.domain.complaints import complaint
from bodymap.domain.errors import Refusal
from bodymap.domain.plans import Plan, Site
from bodymap.domain.text import clean_line, clean_text

Checkable = TypeVar("Checkable", Build, Plan, Site)


def checked(value: Checkable) -> Checkable:
    """Return the value itself when all its fields keep their limits.

    Raises
    ------
    Refusal
        A field breaks a limit.
    """
    try:
        msgspec.convert(msgspec.to_builtins(value), type(value))
    except (ValueError, TypeError) as error:
        raise Refusal(
            f"The {complaint(error, type(value).__name__.lower())}; choose another value."
        ) from error
    return value


def clean_site(site: Site) -> Site:
    """Return a site whose texts hold no hidden characters; the same object when there are none."""
    clean = {
        "depth": clean_line(site.depth),
        "direction": clean_line(site.direction),
        "note": clean_text(site.note),
    }
    return site if _same(site, clean) else msgspec.structs.replace(site, **clean)


def clean_plan(plan: Plan) -> Plan:
    """Return a plan whose texts hold no hidden characters; the same object when there are none."""
    clean = {
        "patient": clean_line(plan.patient),
        "note": clean_text(plan.note),
        "sites": tuple(clean_site(site) for site in plan.sites),
    }
    return plan if _same(plan, clean) else msgspec.structs.replace(plan, **clean)


def _same(value: Plan | Site, fields: Mapping[str, object]) -> bool:
    return all(getattr(value, name) == field for name, field in fields.items())
