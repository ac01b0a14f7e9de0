"""Upper arm, elbow, forearm and wrist: sectors around the limb between landmarks, then discs."""

from __future__ import annotations

import numpy as np

from regions.canvas import Canvas, Field, Mask, along, interval
from regions.frames import LimbFrame, turned, unit

ELBOW_REACH_MM = 40.0
WRIST_ABOVE_MM = 22.0
WRIST_BELOW_MM = 12.0


def arm_frame(c: Canvas) -> LimbFrame:
    """Upper arm: 0 = anterior, 90 = lateral, by the epicondyles, which turn with the humerus."""
    lateral, medial = c.points("lateral_epicondyle", "medial_epicondyle")
    start, end = c.joint("l-shoulder"), (lateral + medial) / 2.0
    across = lateral - medial
    anterior = np.cross(across, end - start)
    anterior = anterior if anterior @ (c.point("cubital_crease_mid") - end) > 0 else -anterior
    return LimbFrame(start, end, anterior, across)


def arm_start_mm(c: Canvas) -> float:
    """How far down the arm's axis the arm begins: at the anterior axillary fold."""
    return float(arm_frame(c).along(c.points("axillary_fold_anterior"))[0]) + 4.0


def forearm_frame(c: Canvas) -> LimbFrame:
    """Forearm: 0 = volar and 90 = radial at the elbow; farther down the borders' angles say how it turns."""
    elbow = c.points("lateral_epicondyle", "medial_epicondyle")
    wrist = c.points("radial_styloid", "ulnar_styloid")
    start = elbow.mean(axis=0)
    return LimbFrame(start, wrist.mean(axis=0), c.point("cubital_crease_mid") - start, elbow[0] - elbow[1])


def paint_arm(c: Canvas) -> None:
    """Paint upper arm, elbow, forearm and wrist (the hand comes after)."""
    arm, forearm = arm_frame(c), forearm_frame(c)
    beyond_elbow = _beyond_elbow(c, arm, forearm)
    limb = (
        c.left
        & (c.share("upperarm_l", "lowerarm_l", "hand_l") > 0.5)
        & (arm.along(c.vertices) > arm_start_mm(c))
    )
    _paint_upper_arm(c, arm, limb & ~beyond_elbow)
    hand = c.left & (c.share("hand_l", *_finger_bones()) > 0.5)
    far = (limb | hand) & beyond_elbow
    _paint_forearm(c, forearm, far)
    _paint_elbow(c, arm, forearm, limb, beyond_elbow)
    _paint_wrist(c, forearm, far | hand)


def _finger_bones() -> list[str]:
    return [f"{name}_0{k}_l" for name in ("thumb", "index", "middle", "ring", "pinky") for k in (1, 2, 3)]


def _beyond_elbow(c: Canvas, arm: LimbFrame, forearm: LimbFrame) -> Mask:
    """Past the plane through the elbow that halves its bend."""
    normal = unit(arm.end - arm.start) + unit(forearm.end - forearm.start)
    return np.asarray((c.vertices - arm.end) @ normal > 0)


def _paint_upper_arm(c: Canvas, arm: LimbFrame, limb: Mask) -> None:
    down, angle = arm.along(c.vertices), arm.angle(c.vertices)
    fold = arm.along(c.points("axillary_fold_anterior"))[0]
    half = (fold + arm.length) / 2.0
    anterior, lateral = limb & interval(angle, -60, 52), limb & interval(angle, 52, 118)
    posterior = limb & ((angle >= 118) | (angle < -128))
    c.paint("arm_medial", limb & interval(angle, -128, -60))
    c.paint("arm_lateral", lateral)
    c.paint("arm_anterior_upper", anterior & (down < half))
    c.paint("arm_anterior_lower", anterior & (down >= half))
    c.paint("arm_posterior_upper", posterior & (down < half))
    c.paint("arm_posterior_lower", posterior & (down >= half))


def _paint_forearm(c: Canvas, forearm: LimbFrame, limb: Mask) -> None:
    share = forearm.along(c.vertices) / forearm.length
    angle = forearm.angle(c.vertices)
    radial_border = _border(c, forearm, share, ("lateral_epicondyle", -35.0), ("radial_styloid", -12.0))
    back_middle = _border(c, forearm, share, ("lateral_epicondyle", 42.0), ("dorsal_wrist_mid", 0.0))
    ulnar_border = _border(c, forearm, share, ("olecranon", 0.0), ("ulnar_styloid", 0.0))
    front_middle = _border(c, forearm, share, ("cubital_crease_mid", 0.0), ("wrist_crease_mid", 0.0))
    c.paint("forearm_volar_radial", limb & _between(angle, front_middle, radial_border))
    c.paint("forearm_radial_dorsal", limb & _between(angle, radial_border, back_middle))
    c.paint("forearm_ulnar_dorsal", limb & _between(angle, back_middle, ulnar_border))
    c.paint("forearm_volar_ulnar", limb & _between(angle, ulnar_border, front_middle))


def _border(
    c: Canvas, forearm: LimbFrame, share: Field, near: tuple[str, float], far: tuple[str, float]
) -> Field:
    """Angle of a line from a landmark at the elbow to one at the wrist, each shifted by some degrees."""
    first = float(forearm.angle(c.points(near[0]))[0]) + near[1]
    last = float(forearm.angle(c.points(far[0]))[0]) + far[1]
    turn = float(turned(last, first))
    return along([(0.05, first), (1.0, first + turn)], share)


def _between(angle: Field, low: Field, high: Field) -> Mask:
    """Tell which angles lie in the arc that goes up from `low` to `high`."""
    return np.asarray((angle - low) % 360.0 < (high - low) % 360.0)


def _paint_elbow(c: Canvas, arm: LimbFrame, forearm: LimbFrame, limb: Mask, beyond: Mask) -> None:
    above = arm.along(c.vertices) > arm.length - ELBOW_REACH_MM
    below = forearm.along(c.vertices) < ELBOW_REACH_MM
    zone = limb & np.where(beyond, below, above)
    front = np.where(beyond, np.abs(forearm.angle(c.vertices)) < 55, np.abs(arm.angle(c.vertices)) < 55)
    lateral = c.distance("lateral_epicondyle", "radial_head") < ELBOW_REACH_MM
    medial = c.distance("medial_epicondyle") < ELBOW_REACH_MM
    nearer_lateral = c.distance("lateral_epicondyle") < c.distance("medial_epicondyle")
    c.paint("elbow_lateral_epicondyle", limb & lateral & nearer_lateral)
    c.paint("elbow_medial_epicondyle", limb & medial & ~nearer_lateral)
    c.paint("antecubital", zone & front)
    tip = c.point("olecranon")
    insertion = tip + 30.0 * unit(arm.start - arm.end)
    c.paint("olecranon", limb & (c.distance("olecranon", insertion) < 24.0))


def _paint_wrist(c: Canvas, forearm: LimbFrame, limb: Mask) -> None:
    down = forearm.along(c.vertices) - forearm.length
    zone = limb & interval(down, -WRIST_ABOVE_MM, WRIST_BELOW_MM)
    angle = forearm.angle(c.vertices)
    radial, ulnar, dorsal, volar, pisiform = (
        float(value)
        for value in forearm.angle(
            c.points("radial_styloid", "ulnar_styloid", "dorsal_wrist_mid", "wrist_crease_mid", "pisiform")
        )
    )
    c.paint("wrist_dorsal", zone & _arc(angle, radial - 8.0, dorsal, ulnar))
    c.paint("wrist_volar", zone & _arc(angle, radial - 8.0, volar, pisiform))
    dorsal_edge = ulnar + float(turned(dorsal, ulnar)) * 0.3
    volar_edge = pisiform + float(turned(volar, pisiform)) * 0.35
    c.paint("wrist_ulnar_side", zone & _arc(angle, dorsal_edge, ulnar, volar_edge))
    c.paint("wrist_ulnar_side", limb & (c.distance("pisiform") < 9.0))


def _arc(angle: Field, start: float, through: float, end: float) -> Mask:
    """Tell which angles lie in the arc from `start` to `end` that passes `through`."""
    upward = float((through - start) % 360.0) < float((end - start) % 360.0)
    low, high = (start, end) if upward else (end, start)
    return np.asarray((angle - low) % 360.0 < (high - low) % 360.0)
