"""What to say when the disk says no."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Literal

from bodymap.domain import Refusal
from bodymap.domain.text import shortened

_FULL = "the disk is full"
_FORBIDDEN = (errno.EACCES, errno.EPERM)
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)

_SAVE_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: (_FULL, "free some space or save somewhere else"),
    errno.EDQUOT: ("your share of the disk is used up", "free some space or save somewhere else"),
    errno.EFBIG: ("the disk takes no file of this size", "free some space or save somewhere else"),
    errno.EROFS: ("the disk can only be read", "save somewhere else"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.EISDIR: ("there is a folder of that name", "choose another name"),
    errno.EEXIST: ("there is a file of that name", "choose another name"),
    errno.EINVAL: ("the disk does not take this name", "choose another name"),
    **dict.fromkeys(_FORBIDDEN, ("you may not write there", "save in another folder")),
    **dict.fromkeys(_GONE, ("its folder is not there", "save in another folder")),
}
_OPEN_REASONS: dict[int, tuple[str, str]] = {
    errno.ENAMETOOLONG: ("the name is too long to be a file's", "choose a file from the list"),
    errno.EISDIR: ("it is a folder", "choose a plan inside it"),
    **dict.fromkeys(_FORBIDDEN, ("you may not read it", "ask its owner, or open a copy")),
    **dict.fromkeys(_GONE, ("there is no such file", "look whether it was moved or renamed")),
}
_SILENT_DISK = ("the disk does not answer as it should", "check it, or use another one")


def quoted(path: Path) -> str:
    """Return a file's name as quoted in a sentence: clean, and cut when long."""
    return f"“{shortened(path.name or str(path))}”"


def disk_refusal(error: OSError, path: Path, task: Literal["opened", "saved"]) -> Refusal:
    """Return the sentence for a file that could not be opened or saved."""
    reasons = _SAVE_REASONS if task == "saved" else _OPEN_REASONS
    what, remedy = reasons.get(error.errno or 0, _SILENT_DISK)
    safe = "nothing on the disk was changed, so " if task == "saved" else ""
    return Refusal(f"{quoted(path)} could not be {task}: {what}; {safe}{remedy}.")
