"""The shoulder blade and the collar bone, where the skin shows their edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fit_spine import below
from skeleton import read_source
from skin_case import SkinCase
from warp import Pairs

Floats = NDArray[np.float64]

SOURCE_HUMERUS_CENTRE = np.array([-172.3, -84.2, 1404.2])


def similarity(pairs: Pairs, weights: Floats, stretch: float = 1.0) -> tuple[Floats, Floats, float, Floats]:
    """Turn, scale and shift that best take sources to targets."""
    a, b = np.array(pairs.sources), np.array(pairs.targets)
    w = (weights / weights.sum())[:, None]
    ca, cb = (a * w).sum(axis=0), (b * w).sum(axis=0)
    u, s, vt = np.linalg.svd(((a - ca) * w).T @ (b - cb))
    flip = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    scale = float((s * np.diag(flip)).sum() / ((a - ca) ** 2 * w).sum()) * stretch
    return ca, cb, scale, u @ flip @ vt


def fit_scapula(case: SkinCase) -> tuple[Floats, Floats]:
    """Vertices of the shoulder blade and the centre of the shoulder joint."""
    bone = read_source()["scapula"].vertices
    pairs = Pairs()
    inferior = bone[np.argmin(bone[:, 2])]
    acromion = bone[np.argmin(bone[:, 0])]
    root = bone[np.argmax(bone[:, 0])]
    inner = bone[bone[:, 0] > bone[:, 0].max() - 25.0]
    superior = inner[np.argmax(inner[:, 2])]
    border = bone[np.abs(bone[:, 2] - 0.5 * (inferior[2] + root[2])) < 8.0]
    middle = border[np.argmax(border[:, 0])]
    coracoid = bone[np.argmax(bone[:, 1])]
    for source, landmark, depth in (
        (inferior, "scapula_inferior_angle", 14.0), (root, "scapular_spine_root", 14.0), (superior, "scapula_superior_angle", 30.0),
        (middle, "scapula_medial_border_mid", 14.0), (acromion, "acromion_tip", 9.0), (coracoid, "coracoid", 22.0),
    ):  # fmt: skip
        pairs.add(source, below(case, landmark, depth))
    ca, cb, scale, turn = similarity(pairs, np.array([2.0, 2.0, 1.0, 1.0, 2.0, 1.0]))
    put = lambda points: scale * (points - ca) @ turn + cb  # noqa: E731
    print("scapula", scale, np.linalg.norm(put(np.array(pairs.sources)) - np.array(pairs.targets), axis=1).round(1))
    return put(bone), put(SOURCE_HUMERUS_CENTRE[None])[0]


def fit_clavicle(case: SkinCase) -> Floats:
    """Vertices of the collar bone."""
    bone = read_source()["clavicle"].vertices
    pairs = Pairs()
    medial, lateral = bone[np.argmax(bone[:, 0])], bone[np.argmin(bone[:, 0])]
    pairs.add(medial, below(case, "sternoclavicular_joint", 14.0))
    pairs.add(lateral, below(case, "acromioclavicular_joint", 10.0))
    mid = bone[np.abs(bone[:, 0] - 0.5 * (medial[0] + lateral[0])) < 6.0].mean(axis=0)
    pairs.add(mid, below(case, "clavicle_mid", 13.0))
    ca, cb, scale, turn = similarity(pairs, np.array([2.0, 2.0, 1.0]))
    return scale * (bone - ca) @ turn + cb
