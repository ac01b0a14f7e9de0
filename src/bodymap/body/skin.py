"""The baked skin: its topology, the average shapes, and the smooth surface made from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bodymap.domain import Sex
from bodymap.geometry.files import asset_path
from bodymap.geometry.subdivision import Subdivision


@dataclass(frozen=True, eq=False)
class Skin:
    """Base mesh of the skin.

    Attributes
    ----------
    subdivision : Subdivision
        Refines base vertices to the shown ones.
    shapes : dict of Sex to ndarray of float32, shape (n_coarse, 3)
        Base vertices of the average bodies, millimetres, RAS, exactly symmetric.
    inner_quads : ndarray of bool, shape (q,)
        Quads of the mouth pouch and the eye sockets.
    mirror : ndarray of int32, shape (n_coarse,)
        Mirror partner of each base vertex.
    """

    subdivision: Subdivision
    shapes: dict[Sex, NDArray[np.float32]]
    inner_quads: NDArray[np.bool_]
    mirror: NDArray[np.int32]

    def average(self, sex: Sex) -> NDArray[np.float64]:
        """Smooth vertices of an average body, shape (n_fine, 3), millimetres, RAS."""
        return self.subdivision.refine(self.shapes[sex])


def read_skin() -> Skin:
    """Read the baked skin.

    Raises
    ------
    FileNotFoundError
        The program's own files are missing.
    """
    with np.load(asset_path("meshes/skin.npz"), allow_pickle=False) as stored:
        subdivision = Subdivision(
            quads=stored["quads"].astype(np.int32),
            edges=stored["edges"].astype(np.int32),
            quad_edges=stored["quad_edges"].astype(np.int32),
            edge_quads=stored["edge_quads"].astype(np.int32),
            n_coarse=len(stored["mirror"]),
        )
        shapes = {sex: stored[sex.value] for sex in Sex}
        return Skin(subdivision, shapes, stored["inner_quads"], stored["mirror"].astype(np.int32))
