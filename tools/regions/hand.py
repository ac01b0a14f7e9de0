"""The hand: fingers by the nearest chain of joints, the rest by sides of metacarpal lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from regions.canvas import Canvas, Field, Mask, along
from regions.frames import LimbFrame, unit

FINGERS = ("thumb", "index_finger", "middle_finger", "ring_finger", "little_finger")
PALMAR_CREASE_MM = 28.0  # a finger starts at its knuckle behind, but at the web in front


@dataclass(frozen=True, eq=False)
class HandFrame:
    """Flat coordinates of the hand: along it from the wrist, to the radial side, and out of its back."""

    origin: NDArray[np.float64]
    forward: NDArray[np.float64]
    radial: NDArray[np.float64]
    dorsal: NDArray[np.float64]

    def along(self, places: NDArray[np.float64]) -> Field:
        """Millimetres from the wrist towards the middle knuckle."""
        return np.asarray((places - self.origin) @ self.forward)

    def across(self, places: NDArray[np.float64]) -> Field:
        """Millimetres to the radial side of the line from wrist to middle knuckle."""
        return np.asarray((places - self.origin) @ self.radial)


def hand_frame(c: Canvas) -> HandFrame:
    """Frame from the wrist landmarks and the knuckle joints."""
    origin = c.points("dorsal_wrist_mid", "wrist_crease_mid").mean(axis=0)
    forward = unit(c.joint("l-finger-3-1") - origin)
    radial = c.joint("l-finger-2-1") - c.joint("l-finger-5-1")
    radial = unit(radial - forward * (radial @ forward))
    dorsal = np.cross(forward, radial)
    dorsal = dorsal if dorsal @ (c.point("mcp_3") - c.point("palm_centre")) > 0 else -dorsal
    return HandFrame(origin, forward, radial, dorsal)


def paint_hand(c: Canvas) -> None:
    """Paint everything beyond the wrist."""
    frame = hand_frame(c)
    zone = _hand_zone(c, frame)
    chains = [_chain(c, k) for k in range(1, 6)]
    away = np.stack([_distance_to_chain(c.vertices, chain) for chain in chains])
    nearest = np.argmin(away, axis=0)
    _paint_palm_and_back(c, frame, zone)
    for k in range(2, 6):
        c.paint(FINGERS[k - 1], zone & (nearest == k - 1) & _past_knuckle(c, frame, k, chains[k - 1]))
    _paint_thumb(c, frame, zone, chains[0], nearest == 0)


def _hand_zone(c: Canvas, frame: HandFrame) -> Mask:
    wrist = c.painted("wrist_dorsal", "wrist_volar", "wrist_ulnar_side")
    return np.asarray(c.left & (c.share("hand_l", *_bones()) > 0.3) & ~wrist & (frame.along(c.vertices) > 0))


def _bones() -> list[str]:
    return [f"{name}_0{k}_l" for name in ("thumb", "index", "middle", "ring", "pinky") for k in (1, 2, 3)]


def _chain(c: Canvas, finger: int) -> NDArray[np.float64]:
    return np.stack([c.joint(f"l-finger-{finger}-{k}") for k in (1, 2, 3, 4)])


def _distance_to_chain(places: NDArray[np.float64], chain: NDArray[np.float64]) -> Field:
    best = np.full(len(places), np.inf)
    for start, end in pairwise(chain):
        step = end - start
        share = np.clip((places - start) @ step / (step @ step), 0.0, 1.0)
        best = np.minimum(best, np.linalg.norm(places - start - share[:, None] * step, axis=1))
    return best


def _past_knuckle(c: Canvas, frame: HandFrame, finger: int, chain: NDArray[np.float64]) -> Mask:
    """Beyond a sloping cut from the knuckle behind to the crease at the web in front."""
    forward = unit(chain[1] - chain[0])
    dorsal = unit(frame.dorsal - forward * (frame.dorsal @ forward))
    offset = c.vertices - c.point(f"mcp_{finger}")
    cut = along([(-20.0, PALMAR_CREASE_MM), (-9.0, 0.5 * PALMAR_CREASE_MM), (0.0, -3.0)], offset @ dorsal)
    return np.asarray(offset @ forward > cut)


def _paint_palm_and_back(c: Canvas, frame: HandFrame, zone: Mask) -> None:
    across, forward = frame.across(c.vertices), frame.along(c.vertices)
    behind = c.normals @ frame.dorsal > -0.05
    knuckles = {k: c.joint(f"l-finger-{k}-1") for k in (2, 3, 4, 5)}
    reach = {k: float(frame.along(p[None])[0]) for k, p in knuckles.items()}
    place = {k: float(frame.across(p[None])[0]) for k, p in knuckles.items()}
    base_5 = float(frame.across(c.points("pisiform"))[0])
    ulnar_line = along([(0.0, base_5 + 10.0), (reach[5], (place[4] + place[5]) / 2.0)], forward)
    radial_line = along([(0.0, 14.0), (reach[2], place[2] + 9.0)], forward)
    c.paint("hand_dorsum", zone & behind)
    c.paint("web_space_thumb", zone & behind & (across > radial_line))
    c.paint("palm", zone & ~behind)
    c.paint("hypothenar", zone & ~behind & (across < ulnar_line))
    life_line = along([(0.0, -2.0), (0.35 * reach[2], 4.0), (0.8 * reach[2], place[2] - 2.0)], forward)
    c.paint("thenar", zone & ~behind & (across > life_line) & (forward < 0.85 * reach[2]))


def _paint_thumb(c: Canvas, frame: HandFrame, zone: Mask, chain: NDArray[np.float64], nearest: Mask) -> None:
    """Behind and radially from its base, between web and thenar; all round beyond its knuckle."""
    base = c.point("thumb_cmc") - 7.0 * frame.dorsal
    metacarpal = LimbFrame(base, chain[1], unit(frame.radial + frame.dorsal), -frame.dorsal)
    angle, down = metacarpal.angle(c.vertices), metacarpal.along(c.vertices)
    over = zone & (down > -6.0) & (metacarpal.radius(c.vertices) < 26.0)
    c.paint("thumb", over & (np.abs(angle - 5.0) < 48.0))
    past = (c.vertices - chain[1]) @ unit(chain[2] - chain[1])
    c.paint("thumb", zone & nearest & (past > 2.0))
    web = c.distance("web_thumb") < 9.0
    c.paint("web_space_thumb", zone & web)
