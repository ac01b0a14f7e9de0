"""The body: one topology for every build, with its landmarks and regions."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.body.arm_room import arm_room_deg
from bodymap.body.inside import Inside, read_inside
from bodymap.body.landmarks import Landmarks, read_landmarks
from bodymap.body.morphs import Morphs, average_mix
from bodymap.body.posing import pose_transforms
from bodymap.body.regions import RegionMap, read_regions
from bodymap.body.rig import Rig, read_rig
from bodymap.body.skin import Skin, read_skin
from bodymap.body.skinning import skinned
from bodymap.body.stances import LEAST_ABDUCTION_DEG, stance_of
from bodymap.domain import Build, Posture
from bodymap.domain.builds import Figures, average_figures
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.mirror import mirror_faces, mirrored_anchor
from bodymap.geometry.surfaces import Surface, make_surface


class Body:
    """The human body; its parts are read and worked out when first asked for, then kept.

    Vertices, faces and anchors mean the same place in every build, so whatever is kept on them
    (landmarks, regions, referral zones) follows each shape by itself.
    """

    def __init__(self, skin: Skin) -> None:
        self._skin = skin
        self._transforms = lru_cache(maxsize=4)(self._make_transforms)
        self._base = lru_cache(maxsize=4)(self._make_base)

    @property
    def n_vertices(self) -> int:
        """Number of vertices of every surface, those of the inner skin included."""
        return self._skin.subdivision.n_fine

    @cached_property
    def triangles(self) -> NDArray[np.int32]:
        """Outer skin, shape (m, 3)."""
        return self._skin.subdivision.triangles(~self._skin.inner_quads)

    @cached_property
    def inner_triangles(self) -> NDArray[np.int32]:
        """Mouth pouch and eye sockets, shape (k, 3): with the outer skin they close the mesh."""
        return self._skin.subdivision.triangles(self._skin.inner_quads)

    @cached_property
    def mirror_vertices(self) -> NDArray[np.int32]:
        """Mirror partner of each vertex, shape (n,); itself on the midline."""
        return self._skin.subdivision.mirror(self._skin.mirror)

    @cached_property
    def mirror_faces(self) -> NDArray[np.int32]:
        """Mirror partner of each triangle of the outer skin, shape (m,)."""
        return mirror_faces(self.triangles, self.mirror_vertices)

    @cached_property
    def rig(self) -> Rig:
        """Joint centres and bones."""
        return read_rig()

    @cached_property
    def landmarks(self) -> Landmarks:
        """Palpable landmarks."""
        return read_landmarks(self.mirrored)

    @cached_property
    def regions(self) -> RegionMap:
        """Named regions of the skin."""
        return read_regions(lambda: self.triangles)

    @cached_property
    def morphs(self) -> Morphs:
        """The corners that bodies of other builds are mixed from."""
        return Morphs(self._skin.subdivision)

    @cached_property
    def inside(self) -> Inside:
        """Everything under the skin."""
        return read_inside(self.rig.bones)

    def inside_vertices(self, build: Build, posture: Posture = Posture.APART) -> NDArray[np.float32]:
        """Vertices of everything under the skin of a build, shape (v, 3), in the frame of its skin."""
        if build.is_average:
            vertices = self.inside.vertices(average_mix(build.sex))
        else:
            lift = np.array((0.0, 0.0, self.morphs.lift_mm(build)), dtype=np.float32)
            vertices = self.inside.vertices(self.morphs.mix(build)) + lift
        if posture is Posture.APART:
            return vertices
        transforms = self.bone_transforms(build, posture)
        return skinned(vertices, self.inside.weight_bones, self.inside.weights, transforms).astype(np.float32)

    def vertices(self, build: Build, posture: Posture = Posture.APART) -> NDArray[np.float64]:
        """Vertices of a build, shape (n, 3), in millimetres, RAS, standing, sitting or lying on z = 0."""
        return self._skin.subdivision.refine(self.base(build, posture))

    def base(self, build: Build, posture: Posture = Posture.APART) -> NDArray[np.floating]:
        """Return the base mesh of a build, shape (n_coarse, 3), which its vertices are refined from."""
        return self._base(build, posture)

    def bone_transforms(self, build: Build, posture: Posture) -> NDArray[np.float64]:
        """Return how the rig's bones of a build move from rest into a posture, shape (b, 4, 4)."""
        return self._transforms(build, posture)

    def _make_base(self, build: Build, posture: Posture) -> NDArray[np.floating]:
        if posture is not Posture.APART:
            transforms = self.bone_transforms(build, posture)
            return skinned(self.base(build), self.rig.weight_bones, self.rig.weights, transforms)
        return self._skin.shapes[build.sex] if build.is_average else self.morphs.base(build)

    def _make_transforms(self, build: Build, posture: Posture) -> NDArray[np.float64]:
        base, joints = self.base(build), self.joints(build)
        stance = stance_of(posture, LEAST_ABDUCTION_DEG)
        if stance.room_for_arms:
            stance = stance_of(posture, arm_room_deg(self.rig, base, joints))
        transforms = pose_transforms(self.rig, joints, stance)
        placed = skinned(base, self.rig.weight_bones, self.rig.weights, transforms)
        transforms[:, 2, 3] -= self._skin.subdivision.refine(placed[:, 2:]).min()
        return transforms

    def joints(self, build: Build) -> NDArray[np.float32]:
        """Centres of the rig's joints in a build, shape (j, 3), in the rig's order."""
        return self.rig.centres[build.sex] if build.is_average else self.morphs.joints(build)

    def figures(self, build: Build) -> Figures:
        """Return what the shown body of a build measures."""
        if build.is_average:
            return average_figures(build.sex)
        limits = self.morphs.weight_limits_kg(build)
        return Figures(self.morphs.height_mm(build), self.morphs.weight_kg(build), *limits)

    def surface(self, build: Build, posture: Posture = Posture.APART) -> Surface:
        """Outer skin of a build in millimetres, RAS, standing, sitting or lying on z = 0."""
        return make_surface(self.vertices(build, posture), self.triangles)

    def mirrored(self, anchor: Anchor) -> Anchor:
        """Mirror image of an anchor on the outer skin."""
        return mirrored_anchor(anchor, self.triangles, self.mirror_vertices, self.mirror_faces)


def read_body() -> Body:
    """Read the baked body.

    Raises
    ------
    FileNotFoundError
        The program's own files are missing.
    """
    return Body(read_skin())
