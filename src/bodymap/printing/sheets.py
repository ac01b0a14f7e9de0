"""The words on the sheet, and everything the typst template needs, as plain JSON values."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from typing import Any

from bodymap.printing.jobs import PrintJob, PrintSite
from bodymap.printing.layouts import FOOT_MM, MARGIN_MM, Figure, PageLayout
from bodymap.printing.lettering import FAMILIES, LAST_RESORT, breakable, printable

TITLE = "Session diagram"
MODEL = "Reference model, not this patient"
FINE_PRINT = (
    "A planning record for trained professionals, not a medical device. The body is a reference model: every "
    "site is found by palpation on the patient, and depths and distances are model values. "
    "Left and right are the patient's own."
)
COLUMNS = ("No.", "Muscle or place", "Side", "Point", "Needle", "Position", "Note")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

COLOURED = {"ink": "#1f2933", "soft": "#52606d", "hair": "#d5dae0", "accent": "#0b6e99", "shade": "#b5121b"}
MONO = {"ink": "#000000", "soft": "#444444", "hair": "#b8b8b8", "accent": "#000000", "shade": "#3c3c3c"}


def sheet_data(job: PrintJob, layout: PageLayout | None) -> dict[str, Any]:
    """Return the template's data; without a layout it only measures the words."""
    data = {
        "title": _joined(TITLE, job.patient, written_date(job.date)),
        "heading": TITLE,
        "description": FINE_PRINT,
        "running": _joined(TITLE, job.patient, written_date(job.date), MODEL),
        "clinic": breakable(job.clinic, 40),
        "fields": [
            ["Patient", breakable(job.patient, 18) or "–"],
            ["Date", breakable(written_date(job.date), 14) or "–"],
            ["Sites", str(len(job.sites))],
            ["Body", MODEL],
        ],
        "columns": list(COLUMNS),
        "sites": [_row(site, _tones(job)) for site in job.sites],
        "note": breakable(job.note.strip(), 60),
        "fine_print": FINE_PRINT,
        "shaded": job.shaded,
        "deep": job.deep,
        "felt": [dict(zip(("hatch", "words", "colour"), each, strict=True)) for each in job.felt],
        "pain": breakable(job.pain, 60),
        "look": _look(job),
        "toned": len(_tones(job)) > 1,
        "measure": layout is None,
        "paper": dict(zip(("width", "height"), job.paper.size_mm, strict=True))
        | {"margin": MARGIN_MM, "foot": FOOT_MM},
        "figures": [_figure(i, figure) for i, figure in enumerate(layout.figures)] if layout else [],
        "area_height": layout.area.height if layout else 0.0,
        "families": list(FAMILIES),
        "last_resort": LAST_RESORT,
        "letterless": "",
    }
    written: dict[str, Any] = _printable(data)
    return written


def all_text(value: Any) -> str:
    """Every letter in the data, to choose fonts by."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "".join(map(all_text, value.values()))
    return "".join(map(all_text, value)) if isinstance(value, list | tuple) else ""


def picture_name(index: int) -> str:
    """File of a figure's picture, as the template asks for it."""
    return f"figure-{index}.jpg"


def written_date(text: str) -> str:
    """Return an ISO date with its month in words, which no reader takes for the day; other text as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _tones(job: PrintJob) -> set[str]:
    """Colours by which the pictures tell the sites' referral zones apart; none on a black and white page."""
    shown = {site.tone for site in job.sites} if job.shaded and not job.mono else set()
    return {tone for tone in shown if re.fullmatch("#[0-9A-Fa-f]{6}", tone)}


def _look(job: PrintJob) -> dict[str, str]:
    if job.mono:
        return MONO
    tones = _tones(job)
    shade = tones.pop() if len(tones) == 1 else COLOURED["soft"] if tones else COLOURED["shade"]
    return COLOURED | {"shade": shade}


def _row(site: PrintSite, tones: set[str]) -> dict[str, str]:
    return {
        "number": str(site.number),
        "name": breakable(site.name, 20),
        "letter": site.side.letter,
        "side": site.side.value,
        "label": breakable(site.label, 9),
        "needle": breakable(site.needle, 14),
        "position": breakable(site.position, 10),
        "note": breakable(site.note, 20),
        "tone": site.tone if len(tones) > 1 and site.tone in tones else "",
    }


def _figure(index: int, figure: Figure) -> dict[str, Any]:
    data = asdict(figure) | {"file": picture_name(index)}
    del data["view"]
    data["picture"] |= {"bottom": figure.picture.bottom}
    for mark, drawn in zip(data["marks"], figure.marks, strict=True):
        mark["leader"] = drawn.leader
    for words in data["words"]:
        words["letter"] = "L" if words["text"].endswith("left") else "R"
    return data


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list | tuple) else value


def letterless_pattern(letters: str) -> str:
    """Return the letters as a regular expression that matches runs of them; empty for none."""
    return "[" + "".join(f"\\x{{{ord(letter):x}}}" for letter in letters) + "]+" if letters else ""
