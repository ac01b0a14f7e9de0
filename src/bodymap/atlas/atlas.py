"""The atlas as the program uses it: muscles, trigger points on both sides, their places and zones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.compiled import Compiled, SkinArea, Zone, atlas_digest, read_compiled
from bodymap.atlas.reading import AtlasFile, parse_atlas
from bodymap.atlas.records import Dermatome, Muscle, Needling, TriggerPoint, needling_of
from bodymap.atlas.search import Hit, SearchIndex
from bodymap.body import Body
from bodymap.domain import Place, PointRef, Refusal, Side
from bodymap.geometry.anchors import Anchor
from bodymap.geometry.files import asset_path


class Atlas:
    """All reference data of the trigger points, on one body's topology.

    Parameters
    ----------
    stored : AtlasFile
        The records.
    compiled : Compiled
        Anchors and zones of the left points; those of the right are their mirror images.
    body : Body
    """

    def __init__(self, stored: AtlasFile, compiled: Compiled, body: Body) -> None:
        self.muscles: tuple[Muscle, ...] = stored.muscles
        self.sources: Mapping[str, str] = stored.sources
        self.digest: str = compiled.digest
        self._compiled = compiled
        self._dermatomes = stored.dermatomes
        self._body = body
        self._muscles = {muscle.id: muscle for muscle in stored.muscles}
        self._points = {
            muscle.point_id(point): (muscle, point) for muscle in stored.muscles for point in muscle.points
        }
        self._zones: dict[PointRef, Zone] = {}
        self._anchors: dict[PointRef, Anchor] = {}

    @cached_property
    def refs(self) -> tuple[PointRef, ...]:
        """Every point on every side it exists on, in the file's order."""
        return tuple(
            PointRef(point_id, side) for point_id, (_, point) in self._points.items() for side in point.sides
        )

    def muscle(self, muscle_id: str) -> Muscle:
        """Return a muscle; KeyError when there is none."""
        return self._muscles[muscle_id]

    def point(self, point_id: str) -> TriggerPoint:
        """Return a point by its full id; KeyError when there is none."""
        return self._points[point_id][1]

    def muscle_of(self, point_id: str) -> Muscle:
        """Return the muscle of a point; KeyError when there is none."""
        return self._points[point_id][0]

    def refs_of(self, muscle_id: str) -> tuple[PointRef, ...]:
        """Every point of a muscle on every side; KeyError when there is no such muscle."""
        muscle = self._muscles[muscle_id]
        return tuple(PointRef(muscle.point_id(p), side) for p in muscle.points for side in p.sides)

    def __contains__(self, ref: PointRef) -> bool:
        return ref.point in self._points and ref.side in self._points[ref.point][1].sides

    def needling(self, point_id: str) -> Needling:
        """How a point is needled: its muscle's facts with the point's own differences.

        Raises
        ------
        KeyError
            There is no such point.
        """
        return needling_of(*self._points[point_id])

    def aim(self, ref: PointRef) -> NDArray[np.float32]:
        """Return the unit vector of the needle on the standard body; KeyError when there is no such point."""
        left = self._compiled.points[ref.point].aim
        return left if ref.side is Side.LEFT else left * np.array((-1.0, 1.0, 1.0), np.float32)

    def anchor(self, ref: PointRef) -> Anchor:
        """Return the place of a point on the skin; KeyError when there is no such point."""
        if ref not in self._anchors:
            left = self._compiled.points[ref.point].anchor
            self._anchors[ref] = left if ref.side is Side.LEFT else self._body.mirrored(left)
        return self._anchors[ref]

    def zone(self, ref: PointRef) -> Zone:
        """Return the skin a point is felt on; KeyError when there is no such point."""
        if ref not in self._zones:
            left = self._compiled.points[ref.point].zone
            self._zones[ref] = left if ref.side is Side.LEFT else left.mirrored(self._body.mirror_vertices)
        return self._zones[ref]

    @property
    def dermatomes(self) -> Mapping[str, Dermatome]:
        """Records of the skin that each nerve root supplies, from the head down."""
        return self._dermatomes

    def dermatome_area(self, root: str) -> SkinArea | None:
        """Return the skin that a nerve root supplies, on both sides; None for a root with none."""
        return self._compiled.dermatomes.get(root)

    def point_name(self, point_id: str) -> str:
        """Name of a point without its side: ``"Upper trapezius TrP1"``, ``"Levator scapulae (upper)"``.

        Raises
        ------
        KeyError
            There is no such point.
        """
        muscle, point = self._points[point_id]
        if point.label:
            return f"{muscle.short_name} {point.label}"
        if len(muscle.points) == 1:
            return muscle.short_name
        return f"{muscle.short_name} ({point.id.replace('_', ' ')})"

    def place_name(self, place: Place) -> str:
        """Name of a place with its side: ``"Upper trapezius TrP1, left"``, ``"Free site, temple, left"``.

        A point or region that this atlas does not know is named by its id.
        """
        if isinstance(place, PointRef):
            known = place.point in self._points
            return f"{self.point_name(place.point) if known else place.point}, {place.side.value}"
        try:
            region = self._body.regions.region(place.region).english
        except KeyError:
            region = place.region
        return f"Free site, {region[0].lower()}{region[1:]}, {place.side.value}"

    @cached_property
    def _index(self) -> SearchIndex:
        names = {region.id: region.english for region in self._body.regions.vocabulary}
        return SearchIndex(self.muscles, names)

    def search(self, text: str) -> tuple[Hit, ...]:
        """Muscles that a text may mean, the best first; empty for an empty text."""
        return self._index.search(text)


def read_atlas(body: Body) -> Atlas:
    """Read the atlas that ships with the program.

    Raises
    ------
    AtlasError
        ``points.json`` is broken; every problem is listed.
    Refusal
        The compiled atlas is damaged, or was compiled from other data.
    FileNotFoundError
        The program's own files are missing.
    """
    content = asset_path("points.json").read_bytes()
    stored = parse_atlas(content)
    try:
        compiled = read_compiled(asset_path("atlas.npz"))
    except (ValueError, KeyError) as error:
        raise Refusal(f"The compiled atlas (atlas.npz) is damaged ({error}); {_REMEDY}") from error
    if compiled.digest != atlas_digest(content, body):
        raise Refusal(
            f"The compiled atlas (atlas.npz) does not belong to points.json and this body; {_REMEDY}"
        )
    return Atlas(stored, compiled, body)


_REMEDY = "run tools/compile_atlas.py, or install the program again."
