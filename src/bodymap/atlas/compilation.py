"""Compiling ``points.json``: every place to an anchor, every pattern to fields; a build step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping

import msgspec
import numpy as np

from bodymap.atlas.compiled import Compiled, CompiledPoint, SkinArea, Zone, atlas_digest, body_digest
from bodymap.atlas.reading import AtlasError, parse_atlas
from bodymap.atlas.records import TriggerPoint, needling_of
from bodymap.atlas.zones import ZonePainter
from bodymap.body import Body
from bodymap.domain import Build, Refusal
from bodymap.geometry.anchors import Anchor

EDITION = 6
"""Raised whenever zones are worked out in another way, so that nothing old is reused."""


def compile_atlas(
    content: bytes,
    body: Body,
    earlier: Mapping[str, CompiledPoint] | None = None,
    afresh: Collection[str] = (),
    report: Callable[[str], None] = lambda _: None,
) -> Compiled:
    """Compile the points of the left side, and the dermatomes.

    Parameters
    ----------
    content : bytes
        ``points.json``.
    body : Body
    earlier : mapping, optional
        Points of an earlier compilation; those whose place, pattern and body are unchanged are reused.
    afresh : collection of str
        Muscles to compile anew all the same.
    report : callable
        Told the id of each point that is compiled.

    Raises
    ------
    AtlasError
        With every problem found, in all points.
    """
    stored = parse_atlas(content)
    skin, painter = body_digest(body) + _shape_digest(body), ZonePainter(body)
    points: dict[str, CompiledPoint] = {}
    problems: list[str] = []
    for muscle in stored.muscles:
        for point in muscle.points:
            point_id = muscle.point_id(point)
            key = _key(point, skin)
            known = (earlier or {}).get(point_id)
            reused = known if known is not None and known.key == key and muscle.id not in afresh else None
            if reused is None:
                report(point_id)
            try:
                anchor, zone = (reused.anchor, reused.zone) if reused else _compiled(point, painter)
                aim = painter.places.aim(needling_of(muscle, point).aim, point.place, anchor)
                points[point_id] = CompiledPoint(key, anchor, aim.astype(np.float32), zone)
            except Refusal as error:
                problems.append(f"{point_id}: {error}.")
    dermatomes: dict[str, SkinArea] = {}
    for root, dermatome in stored.dermatomes.items():
        try:
            left = painter.zone_bytes(dermatome.zone)
            dermatomes[root] = SkinArea.of(np.maximum(left, left[body.mirror_vertices]))
        except Refusal as error:
            problems.append(f"dermatome {root}: {error}.")
    if problems:
        raise AtlasError(tuple(problems))
    return Compiled(atlas_digest(content, body), points, dermatomes)


def _compiled(point: TriggerPoint, painter: ZonePainter) -> tuple[Anchor, Zone]:
    return painter.places.evaluate(point.place).anchor, Zone.of(*painter.bytes_of(point.pattern))


def _shape_digest(body: Body) -> bytes:
    # Not part of the atlas's own digest: arithmetic may differ in the last digit on another machine.
    vertices = np.round(body.surface(Build()).vertices, 1) + np.float32(0.0)
    return hashlib.sha256(vertices.tobytes()).digest()


def _key(point: TriggerPoint, skin: bytes) -> str:
    written = msgspec.json.encode((EDITION, point.place, point.pattern))
    return hashlib.sha256(written + skin).hexdigest()[:16]
