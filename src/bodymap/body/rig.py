"""Joint centres and bones of the average bodies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Build, Sex
from bodymap.geometry.files import asset_path


@dataclass(frozen=True, eq=False)
class Rig:
    """Joints inside the skin, and the bones between them.

    Joint names are the source's: ``"l-elbow"``, ``"r-finger-2-1"``, ``"spine-3"``, ``"head"``. The hip and
    shoulder joints are those of an animation rig, some centimetres from the anatomical ones.

    Attributes
    ----------
    joints : tuple of str
    centres : dict of Sex to ndarray of float32, shape (j, 3)
        Millimetres, RAS.
    bones : tuple of str
    parents, heads, tails : ndarray of int16, shape (b,)
        Parent bone (-1: none) and the joints at the bone's ends.
    weight_bones : ndarray of uint8, shape (n_coarse, 4)
        The four bones that move each base vertex of the skin most.
    weights : ndarray of float32, shape (n_coarse, 4)
        Their shares; each row sums to one.
    """

    joints: tuple[str, ...]
    centres: dict[Sex, NDArray[np.float32]]
    bones: tuple[str, ...]
    parents: NDArray[np.int16]
    heads: NDArray[np.int16]
    tails: NDArray[np.int16]
    weight_bones: NDArray[np.uint8]
    weights: NDArray[np.float32]

    def joint(self, name: str, build: Build) -> NDArray[np.float32]:
        """Centre of a joint, shape (3,).

        Raises
        ------
        KeyError
            There is no such joint.
        """
        if name not in self.joints:
            raise KeyError(name)
        return np.asarray(self.centres[build.sex][self.joints.index(name)])


def read_rig() -> Rig:
    """Read the baked rig."""
    with np.load(asset_path("meshes/rig.npz"), allow_pickle=False) as stored:
        return Rig(
            joints=tuple(str(name) for name in stored["joints"]),
            centres={sex: stored[sex.value] for sex in Sex},
            bones=tuple(str(name) for name in stored["bones"]),
            parents=stored["parents"],
            heads=stored["heads"],
            tails=stored["tails"],
            weight_bones=stored["weight_bones"],
            weights=(stored["weights"] / np.float32(65535)).astype(np.float32),
        )
