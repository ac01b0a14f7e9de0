"""Cut the Phosphor font down to the glyphs that bodymap shows.

Run ``python tools/cut_icon_font.py PHOSPHOR.ttf`` again when `bodymap.ui.icons` names another glyph. Phosphor
1.3 comes with the package QtAwesome, in its folder ``fonts``; fontTools comes with matplotlib.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bodymap.ui.icons import _GLYPHS, ICON_FONT

TARGET = Path(__file__).parents[1] / "assets" / ICON_FONT
FAMILY = "bodymap icons"
_FAMILY_NAMES = (1, 3, 4, 6)  # family, unique, full and PostScript name


def cut(source: Path, target: Path) -> None:
    """Write the font with our glyphs only, under a name that no installed font has."""
    options = Options()
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    options.layout_features = []
    font = TTFont(source)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(_GLYPHS.values()))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = FAMILY.replace(" ", "-") if record.nameID == 6 else FAMILY
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)


if __name__ == "__main__":
    cut(Path(sys.argv[1]), TARGET)
