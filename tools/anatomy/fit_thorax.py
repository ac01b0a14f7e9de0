"""Where the sternum and the ribs belong: on their vertebrae, and at their depth under the skin all around."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cage import Cage
from fit_spine import Vertebra, below, body_centre, spinous_tip, transverse_tip
from settle import fat_above, settled, sunk
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs, Warp

Floats = NDArray[np.float64]

STERNUM = {
    "suprasternal_notch": ((0.0, -63.0, 1404.0), 12.0),
    "sternal_angle": ((0.0, -38.0, 1360.0), 10.0),
    "sternum_mid": ((0.0, -15.0, 1300.0), 11.0),
    "xiphoid": ((0.0, 5.0, 1225.0), 14.0),
}
"""Landmark: the place on the front of the source's sternum, and its depth in the average man."""
NOTCH_BELOW_MM, NOTCH_BELOW_BODY_MM, NOTCH_BY_SKIN = 13.0, 16.0, 0.5
"""The bone's edge lies lower than the deepest place of the notch in the skin, and level with the disc under
T2: so far below the middle of its body. Skin and spine have their say."""
SOFT, ROOM_SOFT = 6e-4, 2e-5
BLADE_ROOM_MM, MOST_INWARDS_MM = 13.0, 16.0
"""Room between blade and ribs, and how far a rib gives way for it."""
INSIDE = np.array([-40.0, -85.0])
"""A place inside the source's chest, seen from above."""
LEVEL = (1.0, 1.0, 0.0)
UPPER_WINDOW = 0.06
SINKING, UPPER_BOW = (0.2, 0.8, 1.0), np.array([0.75, 1.1, 0.9])[:, None]
"""How the upper ribs give way: hardly sideways, and each as a whole."""
UPPER_DEPTH_MM = {1: 32.0, 2: 36.0}
"""Least depth of the first two ribs at their vertebrae; it grows less to the front."""
BEHIND_MM = {2: 26.0, 3: 21.0, 4: 20.0, 5: 18.0, 6: 17.5, 7: 16.5, 8: 16.0, 9: 17.0, 10: 20.0, 11: 22.0}
BESIDE_MM = {8: 10.0, 9: 8.0, 10: 8.0}
BEFORE_MM = {2: 17.0, 8: 8.0, 9: 9.0}
"""Muscle between the fat and each rib at its angle, at its side, and half-way from there to its front end."""
UNDER_BLADE_MM = {3: 38.0, 4: 37.0, 5: 34.0, 6: 32.0, 7: 28.0, 8: 20.0}
"""Room for muscle and shoulder blade between fat and ribs, half-way from their angles to their sides."""
SLIMMER = np.array([0.94, 0.95, 0.96, 0.97, 0.98])
"""Width of ribs 3 to 7 against the source's, which has none of the room that the shoulder blade takes."""
LEAST_BESIDE_MM = 12.0
WIDEST = "rib_8"
"""The cage's width is measured here; the ribs above, whose skin the arm hides, go with it."""


def thorax_pairs(case: SkinCase, spine: dict[str, Vertebra]) -> Pairs:
    """Pairs for the ribs and the sternum."""
    pairs = spine_pairs(spine) + sternum_pairs(case, spine["t2"])
    pairs += upper_rib_pairs(case, Warp(pairs))
    first = rib_pairs(case, Warp(pairs))
    return pairs + rib_pairs(case, Warp(pairs + first))


def room_pairs(thorax: Warp, blade: Floats) -> Pairs:
    """Pairs that bring each rib under the shoulder blade inwards where it lies too near to it.

    Parameters
    ----------
    thorax : Warp
        Map of the ribs without regard to the blade.
    blade : ndarray, shape (n, 3)
        Vertices of the fitted shoulder blade.
    """
    ribs = {k: read_source()[f"rib_{k}"].vertices for k in UNDER_BLADE_MM}
    cage = Cage([thorax(vertices) for vertices in ribs.values()])
    pairs = Pairs()
    for vertices in ribs.values():
        placed = thorax(vertices)
        short = cage.short_of(placed, blade, BLADE_ROOM_MM)
        along = np.linspace(blade[:, 0].min(), blade[:, 0].max(), 4)
        for outer, inner in pairwise(along):
            part = np.where((placed[:, 0] >= outer) & (placed[:, 0] < inner), short, -1.0)
            worst = int(np.argmax(part))
            if part[worst] >= 0.0:
                way = np.minimum(short[[worst]], MOST_INWARDS_MM)
                pairs.add(vertices[worst], cage.inwards(placed[[worst]], way)[0], ROOM_SOFT)
    return pairs


def upper_rib_pairs(case: SkinCase, before: Warp) -> Pairs:
    """Pairs that let the first two ribs run straight down from their vertebra to the sternum, deep enough."""
    points, targets, least = [], [], []
    for k in (1, 2):
        vertices = read_source()[f"rib_{k}"].vertices
        neck, front = transverse_tip(f"t{k}"), vertices[np.argmax(vertices[:, 1])]
        to_neck, to_front = before(np.array([neck, front]))
        along, to_along = front - neck, to_front - to_neck
        size = float(np.linalg.norm(to_along) / np.linalg.norm(along))
        for place in (0.25, 0.5, 0.75):
            near = np.abs((vertices - neck) @ along / (along @ along) - place) < UPPER_WINDOW
            points.append(vertices[near][np.argmin(vertices[near][:, 0])])
            targets.append(to_neck + place * to_along + size * (points[-1] - neck - place * along))
            least.append(UPPER_DEPTH_MM[k] * (1.0 - 0.4 * place))
    way = sunk(case, np.array(targets), np.array(least), SINKING) - targets
    together = way.reshape(2, 3, 3).mean(axis=1, keepdims=True) * UPPER_BOW
    placed = targets + together.reshape(-1, 3)
    pairs = Pairs()
    for point, target in zip(points, placed, strict=True):
        pairs.add(point, target)
    return pairs


def spine_pairs(spine: dict[str, Vertebra]) -> Pairs:
    """Pairs that hold the ribs to the thoracic vertebrae."""
    pairs = Pairs()
    for level in (*(f"t{k}" for k in range(1, 13)), "l1", "l2"):
        points = np.array([spinous_tip(level), body_centre(level), transverse_tip(level)])
        for point, place in zip(points, spine[level](points), strict=True):
            pairs.add(point, place)
    return pairs


def sternum_pairs(case: SkinCase, second: Vertebra) -> Pairs:
    """Pairs for the sternum; its notch is level with the disc under the second thoracic vertebra."""
    vertices = read_source()["sternum"].vertices
    middle = vertices[np.abs(vertices[:, 0]) < 0.01]
    pairs = Pairs()
    for landmark, (place, depth) in STERNUM.items():
        point = middle[np.argmin(np.linalg.norm(middle - place, axis=1))]
        target = below(case, landmark, depth) * (0.0, 1.0, 1.0)
        if landmark == "suprasternal_notch":
            by_skin = case.landmark(landmark)[2] - NOTCH_BELOW_MM
            by_spine = second.place[2] - NOTCH_BELOW_BODY_MM
            target[2] = NOTCH_BY_SKIN * by_skin + (1.0 - NOTCH_BY_SKIN) * by_spine
        pairs.add(point, target, 1e-4)
    return pairs


def rib_pairs(case: SkinCase, before: Warp) -> Pairs:
    """Pairs that bring the ribs to their depth under the skin, from where a first map puts them."""
    exact, hidden = [], []
    muscle, room = [], []
    for k in range(2, 12):
        vertices = read_source()[f"rib_{k}"].vertices
        hind, side, front = (
            vertices[i] for i in (vertices[:, 1].argmin(), vertices[:, 0].argmin(), vertices[:, 1].argmax())
        )
        for place, table in (
            (hind, BEHIND_MM),
            (side, BESIDE_MM),
            (between(vertices, side, front), BEFORE_MM),
        ):
            if k in table:
                exact.append(place)
                muscle.append(table[k])
        if k in UNDER_BLADE_MM:
            hidden.append(between(vertices, hind, side))
            room.append(UNDER_BLADE_MM[k])
    widest = read_source()[WIDEST].vertices
    widest = widest[np.argmin(widest[:, 0])]
    first = before(np.array(exact))
    placed = settled(case, first, np.array(muscle) + fat_above(case, first), LEVEL)
    width = placed[[np.array_equal(point, widest) for point in exact].index(True), 0] / widest[0]
    for k in range(3, 3 + len(SLIMMER)):
        vertices = read_source()[f"rib_{k}"].vertices
        hidden.append(vertices[np.argmin(vertices[:, 0])])
        room.append(LEAST_BESIDE_MM)
    under = before(np.array(hidden))
    under[-len(SLIMMER) :, 0] = width * SLIMMER * np.array(hidden)[-len(SLIMMER) :, 0]
    under = sunk(case, under, np.array(room) + fat_above(case, under), LEVEL)
    pairs = Pairs()
    for point, target in zip([*exact, *hidden], [*placed, *under], strict=True):
        pairs.add(point, target, SOFT)
    return pairs


def between(vertices: Floats, start: Floats, end: Floats) -> Floats:
    """Outermost vertex of a rib half-way between two of its points, shape (3,)."""
    middle, along = 0.5 * (start + end), (end - start)[:2] / np.linalg.norm((end - start)[:2])
    outward = np.array([along[1], -along[0]])
    outward = outward if outward @ middle[:2] > outward @ INSIDE else -outward
    level = vertices[:, :2] - middle[:2]
    return np.asarray(vertices[np.argmax(level @ outward - 2.0 * np.abs(level @ along))])
