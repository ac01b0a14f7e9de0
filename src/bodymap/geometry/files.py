"""Where the shipped assets lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def asset_path(name: str) -> Path:
    """Path of a shipped asset such as ``"meshes/skin.npz"``.

    Raises
    ------
    FileNotFoundError
        The asset is neither in the installed package nor in the checkout.
    """
    package = Path(str(files("bodymap")))
    for folder in (package / "assets", package.parents[1] / "assets"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"bodymap's own file {name} is missing; install the program again")
