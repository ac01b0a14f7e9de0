from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from toy_body import ToyBody, atlas_record, muscle_record, point_record

from bodymap.atlas import compilation
from bodymap.atlas.compilation import compile_atlas
from bodymap.atlas.compiled import Compiled, Zone, atlas_digest, read_compiled, write_compiled
from bodymap.atlas.reading import AtlasError
from bodymap.body import Body


def content_of(*points: dict[str, Any], muscle: str = "soleus") -> bytes:
    return msgspec.json.encode(atlas_record(muscle_record(muscle, points=list(points))))


@pytest.fixture
def compiled(toy_body: ToyBody) -> Compiled:
    return compile_atlas(content_of(point_record(), point_record("2", place="side")), toy_body)  # type: ignore[arg-type]


def test_it_comes_back_from_the_file_as_it_was(compiled: Compiled, tmp_path: Path) -> None:
    path = tmp_path / "atlas.npz"
    write_compiled(path, compiled)
    again = read_compiled(path)
    assert again.digest == compiled.digest
    assert list(again.points) == ["soleus.1", "soleus.2"]
    for name, point in compiled.points.items():
        assert again.points[name].key == point.key
        assert again.points[name].anchor == point.anchor
        for field in ("vertices", "essential", "spillover", "deep"):
            stored, made = getattr(again.points[name].zone, field), getattr(point.zone, field)
            np.testing.assert_array_equal(stored, made)
            assert stored.dtype == made.dtype
            assert not stored.flags.writeable


def test_the_same_atlas_gives_the_same_bytes(compiled: Compiled, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.npz", "b.npz")]
    for path in paths:
        write_compiled(path, compiled)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize("damage", [lambda _: b"", lambda raw: raw[: len(raw) // 2], lambda raw: b"PK" + raw])
def test_a_damaged_file_is_an_error_and_no_crash(compiled: Compiled, tmp_path: Path, damage: Any) -> None:
    path = tmp_path / "atlas.npz"
    write_compiled(path, compiled)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises((ValueError, KeyError, OSError)):
        read_compiled(path)


def test_zones_are_sparse_and_mirror_back(compiled: Compiled, toy_body: ToyBody) -> None:
    zone = compiled.points["soleus.1"].zone
    assert 0 < len(zone.vertices) < toy_body.n_vertices / 2
    assert (np.diff(zone.vertices) > 0).all()
    assert (zone.spillover > 0).all()
    mirrored = zone.mirrored(toy_body.mirror_vertices)
    assert (np.diff(mirrored.vertices) > 0).all()
    assert (toy_body.vertices[mirrored.vertices, 0] > -25.0).all()
    again = mirrored.mirrored(toy_body.mirror_vertices)
    for field in ("vertices", "essential", "spillover", "deep"):
        np.testing.assert_array_equal(getattr(again, field), getattr(zone, field))


def test_an_empty_zone_has_no_vertices() -> None:
    nothing = np.zeros(10, dtype=np.uint8)
    assert len(Zone.of(nothing, nothing, nothing).vertices) == 0


def test_unchanged_points_are_reused_and_changed_ones_are_not(compiled: Compiled, toy_body: ToyBody) -> None:
    done: list[str] = []
    changed = content_of(point_record(confidence=3), point_record("2", place="back"), point_record("3"))
    again = compile_atlas(changed, toy_body, compiled.points, report=done.append)  # type: ignore[arg-type]
    assert done == ["soleus.2", "soleus.3"]
    assert again.points["soleus.1"].zone is compiled.points["soleus.1"].zone
    assert again.digest != compiled.digest
    done.clear()
    compile_atlas(changed, toy_body, again.points, afresh=["soleus"], report=done.append)  # type: ignore[arg-type]
    assert done == ["soleus.1", "soleus.2", "soleus.3"]


def test_every_problem_of_every_point_is_told(toy_body: ToyBody) -> None:
    bad_zone = {"essential": {"regions": ["face"], "shapes": [{"fill": "nowhere"}]}}
    content = content_of(point_record(place="knee"), point_record("2", pattern=bad_zone), point_record("3"))
    with pytest.raises(AtlasError) as caught:
        compile_atlas(content, toy_body)  # type: ignore[arg-type]
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["soleus.1", "soleus.2"]
    assert '"knee"' in caught.value.problems[0]
    assert '"nowhere"' in caught.value.problems[1]


def test_the_digest_follows_content_landmarks_and_regions(
    toy_body: ToyBody, body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = atlas_digest(b"{}", toy_body)  # type: ignore[arg-type]
    assert first == atlas_digest(b"{}", toy_body)  # type: ignore[arg-type]
    assert first != atlas_digest(b"{ }", toy_body)  # type: ignore[arg-type]
    assert first != atlas_digest(b"{}", body)
    monkeypatch.setattr(toy_body.regions, "of_vertex", toy_body.regions.of_vertex[::-1])
    assert first != atlas_digest(b"{}", toy_body)  # type: ignore[arg-type]


def test_a_new_way_of_working_zones_out_reuses_nothing(
    compiled: Compiled, toy_body: ToyBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compilation, "EDITION", -1)
    again = compile_atlas(content_of(point_record()), toy_body, compiled.points)  # type: ignore[arg-type]
    assert again.points["soleus.1"].key != compiled.points["soleus.1"].key
