"""Where the program keeps what is its own: recovery copies and the list of recent files."""

from __future__ import annotations

from pathlib import Path

from bodymap.storage.failures import disk_refusal


def user_data_folder() -> Path:
    """Return the folder for the user's data by the system's custom; it may not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("bodymap", appauthor=False)


def make_private_folder(folder: Path) -> Path:
    """Make a folder that its owner alone may enter, if it is not there, and return it.

    Raises
    ------
    Refusal
        It cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_refusal(error, folder, "saved") from error
    return folder
