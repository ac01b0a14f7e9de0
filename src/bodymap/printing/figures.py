"""One figure each: a whole body with numbers around it, or a framed close-up with numbers in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bodymap.printing.arrangement import CAPTION_MM, SIDE_MM
from bodymap.printing.boxes import Box
from bodymap.printing.column_labels import Columns, place_in_columns
from bodymap.printing.ground import free_spots
from bodymap.printing.jobs import PrintSite
from bodymap.printing.layouts import Figure, Mark, Spot, Words
from bodymap.printing.near_labels import Clearances, place_near
from bodymap.printing.segments import Floats, lengths
from bodymap.printing.views import Direction, ViewSpec

SIZES = Clearances()
CLOSE_UP_SIDE_MM = 2 * SIZES.number + 1.6
NEAR_AT_MOST = 32
"""More numbers than this find no ground beside the body."""

SIDE_WORDS_MM = (21.0, 7.5)
"""Width and height of "R / patient's right"."""


@dataclass(frozen=True)
class CloseUp:
    """A close-up as the whole-body figure knows it: its letter, its picture, the sites numbered there."""

    tag: str
    view: ViewSpec
    members: tuple[int, ...]


def body_figure(
    view: ViewSpec,
    slot: Box,
    sites: Sequence[PrintSite],
    close_ups: Sequence[CloseUp],
    skin_mm: Floats,
    *,
    in_columns: bool,
) -> tuple[Figure, tuple[int, ...]]:
    """Lay out a whole body.

    Parameters
    ----------
    view : ViewSpec
    slot : Box
        Picture, numbers and caption.
    sites : sequence of PrintSite
        Those seen from here.
    close_ups : sequence of CloseUp
        Those of this view; ``members`` index ``sites``.
    skin_mm : (v, 3) float
    in_columns : bool
        Put the numbers in columns at the slot's edges instead of near the body: always possible, less pretty.

    Returns
    -------
    figure : Figure
    unplaced : tuple of int
        Sites for whose numbers (or whose close-up's letter) no free ground was found near the body; those
        marks are missing from the figure.
    """
    picture = Box(slot.x + SIDE_MM, slot.y, slot.width - 2 * SIDE_MM, slot.height - CAPTION_MM)
    crosses = _on_paper(view, picture, np.array([site.xyz_mm for site in sites]))
    frames = [(_frame_on(view, picture, close_up.view), close_up.tag) for close_up in close_ups]
    elsewhere = {i for close_up in close_ups for i in close_up.members}
    own = [i for i in range(len(sites)) if i not in elsewhere]
    words = _side_words(view.direction, slot)
    outline = _on_paper(view, picture, skin_mm)
    room = Box(slot.x, picture.y, slot.width, picture.height)
    spots = free_spots(outline, room, SIZES.number + SIZES.air, [w.box for w in words])
    anchors = np.vstack([crosses[own], *(_frame_edge(box, spots)[None] for box, _ in frames)])
    texts = [(str(sites[i].number), False) for i in own] + [(tag, True) for _, tag in frames]
    if in_columns or len(anchors) > NEAR_AT_MOST:
        columns = Columns(slot.x + SIDE_MM / 2, slot.right - SIDE_MM / 2, picture.y, picture.bottom)
        centres, radius = _columned(anchors, columns)
        unplaced: tuple[int, ...] = ()
    else:
        covered = np.column_stack([crosses[sorted(elsewhere)], np.full(len(elsewhere), SIZES.mark)])
        middle = float(np.median(outline[:, 0]))
        placed = place_near(anchors, spots, middle_x=middle, obstacles=covered, sizes=SIZES)
        centres, radius, unplaced = placed.centres, SIZES.number, placed.unplaced
    marks = _marks(texts, anchors, centres, radius)
    figure = Figure(
        view=view,
        slot=slot,
        picture=picture,
        close_up=False,
        caption=view.direction.caption,
        tag="",
        crosses=_spots(crosses[own]),
        dots=_spots(crosses[sorted(elsewhere)]),
        marks=marks,
        frames=tuple(frames),
        words=words,
        alt=_alt(view, sites),
    )
    homeless = [(own[i],) if i < len(own) else close_ups[i - len(own)].members for i in unplaced]
    return figure, tuple(i for members in homeless for i in members)


def close_up_picture(slot: Box) -> Box:
    """Return the picture's box in a close-up's slot."""
    return Box(slot.x + CLOSE_UP_SIDE_MM, slot.y, slot.width - 2 * CLOSE_UP_SIDE_MM, slot.height - CAPTION_MM)


def close_up_figure(view: ViewSpec, slot: Box, sites: Sequence[PrintSite], tag: str) -> Figure:
    """Lay out a close-up of ``sites``."""
    picture = close_up_picture(slot)
    crosses = _on_paper(view, picture, np.array([site.xyz_mm for site in sites]))
    columns = Columns(slot.x + SIZES.number, slot.right - SIZES.number, picture.y, picture.bottom)
    centres, radius = _columned(crosses, columns)
    return Figure(
        view=view,
        slot=slot,
        picture=picture,
        close_up=True,
        caption=view.direction.caption,
        tag=tag,
        crosses=_spots(crosses),
        dots=(),
        marks=_marks([(str(site.number), False) for site in sites], crosses, centres, radius),
        frames=(),
        words=_side_letters(view.direction, picture),
        alt=_alt(view, sites, tag),
    )


def _on_paper(view: ViewSpec, picture: Box, points: Floats) -> Floats:
    return view.project(points) * (picture.width, picture.height) + (picture.x, picture.y)


def _columned(sites: Floats, columns: Columns) -> tuple[Floats, float]:
    radius = columns.radius(len(sites), SIZES.number, SIZES.air)
    return place_in_columns(sites, columns, radius=radius, air=SIZES.air, mark=SIZES.mark + 0.3), radius


def _frame_on(view: ViewSpec, picture: Box, close_up: ViewSpec) -> Box:
    """Where a close-up's picture lies on the whole body, kept inside the body's own picture."""
    x, y = _on_paper(view, picture, np.array([close_up.centre_mm]))[0]
    width = close_up.width_mm / view.width_mm * picture.width
    height = close_up.height_mm / view.height_mm * picture.height
    left, top = max(picture.x, float(x) - width / 2), max(picture.y, float(y) - height / 2)
    right, bottom = min(picture.right, float(x) + width / 2), min(picture.bottom, float(y) + height / 2)
    return Box(left, top, max(right - left, 0.5), max(bottom - top, 0.5))


def _frame_edge(box: Box, spots: Floats) -> Floats:
    """Point of a frame that its letter's leader comes from: the middle of the side nearest to free ground."""
    sides: Floats = np.array([(box.x, box.y + box.height / 2), (box.right, box.y + box.height / 2)])
    if len(spots) == 0:
        return np.array([box.x, box.y + box.height / 2])
    nearest: Floats = sides[lengths(sides[:, None] - spots[None]).min(axis=1).argmin()]
    return nearest


def _marks(
    texts: Sequence[tuple[str, bool]], anchors: Floats, centres: Floats, radius: float
) -> tuple[Mark, ...]:
    return tuple(
        Mark(text, (float(x), float(y)), (float(u), float(v)), radius, letter)
        for (text, letter), (x, y), (u, v) in zip(texts, anchors, centres, strict=True)
        if not np.isnan(u)
    )


def _spots(points: Floats) -> tuple[Spot, ...]:
    return tuple((float(x), float(y)) for x, y in points)


def _side_words(direction: Direction, slot: Box) -> tuple[Words, ...]:
    if direction not in (Direction.FRONT, Direction.BACK):
        return ()
    width, height = min(SIDE_WORDS_MM[0], slot.width / 2), SIDE_WORDS_MM[1]
    left, right = _sides(direction)
    return (
        Words(f"patient's {left}", Box(slot.x, slot.y, width, height), "left"),
        Words(f"patient's {right}", Box(slot.right - width, slot.y, width, height), "right"),
    )


def _side_letters(direction: Direction, picture: Box) -> tuple[Words, ...]:
    if direction in (Direction.LEFT, Direction.RIGHT):
        return ()
    left, right = _sides(direction)
    y, width = picture.bottom + 2.1, picture.width / 2
    return (
        Words(left, Box(picture.x, y, width, 4.0), "left", small=True),
        Words(right, Box(picture.x + width, y, width, 4.0), "right", small=True),
    )


def _sides(direction: Direction) -> tuple[str, str]:
    """Which side of the patient lies at the picture's left and right edge."""
    return ("right", "left") if direction.right[0] < 0 else ("left", "right")


def _alt(view: ViewSpec, sites: Sequence[PrintSite], tag: str = "") -> str:
    listed = "; ".join(f"{site.number} {site.name}, {site.side}" for site in sites)
    what = f"Close-up {tag}".strip() if tag else "Reference body"
    return f"{what}, seen from {_FROM[view.direction]}. " + (f"Sites: {listed}." if listed else "No sites.")


_FROM = {
    Direction.FRONT: "the front",
    Direction.BACK: "the back",
    Direction.LEFT: "the patient's left",
    Direction.RIGHT: "the patient's right",
    Direction.ABOVE: "above",
    Direction.BELOW: "below",
}
