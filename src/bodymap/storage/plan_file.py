"""Plan files: one plan as readable JSON.

A file says what it is (``format``, ``version``), who wrote it (``program``), the digest of the atlas it was
made with (``atlas``), and the plan. The rules for versions:

- a field more or less, or a new meaning, is a new version; a reader stays for every old one, and
  ``tests/data/plan_v1.json`` and its followers keep a sample of each for ever;
- a newer version is refused, not guessed at, so that nothing of it is lost on the next save;
- another atlas digest is no fault: points keep their ids, and what is unknown is kept and reported
  (`planning.strangers`).

Reading trusts nothing. Broken text (NUL, halves of characters) is refused; hidden control characters and
codes that turn the reading direction around are taken out, and a notice says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from bodymap.domain import Plan, Refusal
from bodymap.domain.checking import checked, clean_plan
from bodymap.domain.complaints import complaint
from bodymap.domain.plans import ShortText
from bodymap.domain.text import is_broken
from bodymap.storage.atomic import write_atomically
from bodymap.storage.bounded_read import read_bounded
from bodymap.storage.failures import quoted
from bodymap.storage.plan_v1 import DocumentV1
from bodymap.storage.plan_v2 import DocumentV2
from bodymap.storage.strict_json import UnreadableError, parse_json

FORMAT = "bodymap-plan"
VERSION = 3
MAX_BYTES = 24_000_000
"""No plan file is larger: every text and every painted stroke at its limit fits in, whatever the script."""

_HIDDEN_NOTICE = "Hidden control characters in the plan's texts were taken out."
_OTHER_ATLAS_NOTICE = "The plan was made with another atlas edition; check that its points lie as meant."
_ANOTHER_COPY = "open an earlier copy"


class PlanDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A bodymap session plan: needle sites for one session, in order of needling.

    What the types cannot say: site ids are unique within the plan, the three weights of a spot on the skin
    sum to one, the date is a day of the calendar, and no object has the same field twice.
    """

    format: Literal["bodymap-plan"]
    version: Literal[3]
    program: ShortText = ""
    atlas: Annotated[str, msgspec.Meta(max_length=128)] = ""
    plan: Plan


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a plan file held.

    Attributes
    ----------
    plan : Plan
    atlas_digest : str
        Digest of the atlas it was made with; may be empty.
    notices : tuple of str
        Sentences for the user about what reading has changed.
    """

    plan: Plan
    atlas_digest: str = ""
    notices: tuple[str, ...] = ()

    def notices_beside(self, atlas_digest: str) -> tuple[str, ...]:
        """Notices for the user when the program runs with the atlas of this digest."""
        other = bool(self.atlas_digest) and self.atlas_digest != atlas_digest
        return (*self.notices, _OTHER_ATLAS_NOTICE) if other else self.notices


def read_plan(path: Path) -> PlanFile:
    """Read a plan file.

    Raises
    ------
    Refusal
        It cannot be read or is not a plan; the file is left as it is.
    """
    data = read_bounded(path, MAX_BYTES)
    try:
        return parse_plan(data)
    except UnreadableError as error:
        raise Refusal(f"{quoted(path)} could not be opened and was left as it is: {error}.") from error


def write_plan(path: Path, plan: Plan, atlas_digest: str = "") -> None:
    """Write a plan file atomically.

    Raises
    ------
    Refusal
        The plan breaks a limit, or the file cannot be written; an old file stays untouched.
    """
    write_atomically(path, format_plan(plan, atlas_digest))


def format_plan(plan: Plan, atlas_digest: str = "") -> bytes:
    """Return a plan as the content of a file.

    Raises
    ------
    Refusal
        The plan breaks a limit, so that it could not be read back.
    """
    text = json.dumps(plan_fields(plan, atlas_digest), ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode() + b"\n"


def plan_fields(plan: Plan, atlas_digest: str = "") -> dict[str, Any]:
    """Return a plan as the fields of a plan file, checked and without hidden characters."""
    document = PlanDocument(
        format="bodymap-plan",
        version=3,
        program=program_name(),
        atlas=atlas_digest,
        plan=checked(clean_plan(plan)),
    )
    fields: dict[str, Any] = msgspec.to_builtins(document)
    return fields


def parse_plan(data: bytes) -> PlanFile:
    """Parse the content of a plan file.

    Raises
    ------
    UnreadableError
        It is not a plan that this version reads.
    """
    return plan_from_fields(parse_json(data))


def plan_from_fields(fields: object) -> PlanFile:
    """Check the fields of a plan file.

    Raises
    ------
    UnreadableError
        They are not those of a plan that this version reads.
    """
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise UnreadableError("it is not a bodymap plan; choose another file")
    _check_version(fields.get("version"))
    try:
        document = _document(fields)
    except UnicodeError as error:
        raise UnreadableError(f"it holds broken characters; {_ANOTHER_COPY}") from error
    except ValueError as error:
        raise UnreadableError(f"the {complaint(error, 'file')}; {_ANOTHER_COPY}") from error
    _refuse_broken_text(document.plan)
    plan = clean_plan(document.plan)
    return PlanFile(plan, document.atlas, () if plan is document.plan else (_HIDDEN_NOTICE,))


def _document(fields: dict[str, Any]) -> PlanDocument:
    """Return the document of this version that the fields of any version hold."""
    if fields["version"] == VERSION:
        return msgspec.convert(fields, PlanDocument)
    old: DocumentV1 | DocumentV2
    if fields["version"] == 1:
        old = msgspec.convert(fields, DocumentV1)
    else:
        old = msgspec.convert(fields, DocumentV2)
    return PlanDocument(
        format=old.format, version=3, program=old.program, atlas=old.atlas, plan=old.plan.upgraded()
    )


def _check_version(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UnreadableError(f"it does not say which version of plan it is; {_ANOTHER_COPY}")
    if version > VERSION:
        raise UnreadableError(f"a newer bodymap made it (plan version {version}); update bodymap to open it")


def _refuse_broken_text(plan: Plan) -> None:
    texts = {"patient": plan.patient, "plan's note": plan.note}
    for number, site in enumerate(plan.sites, start=1):
        words = {"depth": site.depth, "direction": site.direction, "note": site.note}
        texts |= {f"{name} of site {number}": text for name, text in words.items()}
    for name, text in texts.items():
        if is_broken(text):
            raise UnreadableError(f"the {name} holds broken characters; {_ANOTHER_COPY}")


def program_name() -> str:
    """Return the program and its version, as written into files."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"bodymap {version('bodymap')}"
    except PackageNotFoundError:
        return "bodymap"
