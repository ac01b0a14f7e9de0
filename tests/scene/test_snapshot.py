from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from bodymap.body import Body
from bodymap.scene import CameraPose, Chosen, SkinDetail, facing, resolve
from bodymap.scene.snapshot import Studio, _averaged
from scene_fakes import FakeAtlas


def test_has_the_size_that_was_asked_for(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    frame = resolve(atlas, body, Chosen())
    for size in ((64, 48), (121, 77)):
        for supersampling in (1, 2):
            picture = studio.snapshot(frame, CameraPose(), size, supersampling=supersampling)
            assert picture.shape == (size[1], size[0], 4)
            assert picture.dtype == np.uint8


def test_a_transparent_picture_has_no_ground_and_no_seam(
    studio: Studio, atlas: FakeAtlas, body: Body
) -> None:
    frame = resolve(atlas, body, Chosen())
    pose = CameraPose((0.0, 0.0, 1200.0), 0.0, 0.0, 1000.0)
    picture = studio.snapshot(frame, pose, (160, 160), transparent=True)
    alpha = picture[..., 3]
    assert alpha[0, 0] == 0
    assert alpha[80, 80] == 255
    edge = (alpha > 60) & (alpha < 200)
    assert edge.any()
    # A half covered pixel has the body's own colour, not one darkened by what is not there.
    assert picture[edge][:, :3].mean() > 60


def test_paper_is_parallel_and_true_to_scale(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    frame = resolve(atlas, body, Chosen())
    pose = CameraPose((0.0, 0.0, 900.0), 0.0, 0.0, 2000.0, parallel=True)
    alpha = studio.snapshot(frame, pose, (400, 400), transparent=True)[..., 3]
    rows = np.flatnonzero((alpha > 200).any(axis=1))
    height_mm = (rows[-1] - rows[0] + 1) * 2000.0 / 400
    assert height_mm == pytest.approx(studio.bounds.high[2], abs=40.0)


def test_the_last_picture_leaves_no_trace_in_the_next(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    pose = facing(atlas.middle(atlas.refs[0]), (0.0, -1.0, 0.0), 300.0)
    plain, shaded = resolve(atlas, body, Chosen()), resolve(atlas, body, Chosen(selection=atlas.refs[:3]))
    first = studio.snapshot(plain, pose, (120, 120))
    studio.snapshot(shaded, pose, (90, 120), transparent=True)
    assert (studio.snapshot(plain, pose, (120, 120)) == first).all()


def test_a_cut_leaves_out_what_stands_before_it_and_is_flat(
    studio: Studio, atlas: FakeAtlas, body: Body
) -> None:
    frame = resolve(atlas, body, Chosen())
    pose = CameraPose((0.0, 0.0, 1200.0), 0.0, 0.0, 400.0, parallel=True)
    whole = studio.snapshot(frame, pose, (80, 80))[20:60, 20:60, :3]
    cut = studio.snapshot(frame, pose, (80, 80), cut_mm=0.0)[20:60, 20:60, :3]
    assert whole.std(axis=(0, 1)).max() > 2.0
    assert cut.std(axis=(0, 1)).max() == 0.0  # through the trunk: one even face
    assert (studio.snapshot(frame, pose, (80, 80))[20:60, 20:60, :3] == whole).all()


def test_no_picture_without_pixels(studio: Studio, atlas: FakeAtlas, body: Body) -> None:
    with pytest.raises(ValueError, match="no picture"):
        studio.snapshot(resolve(atlas, body, Chosen()), CameraPose(), (0, 10))


def test_a_closed_studio_is_let_go(body: Body, detail: SkinDetail) -> None:
    studio = Studio(body, detail)
    gone = weakref.ref(studio)
    studio.close()
    del studio
    gc.collect()
    assert gone() is None


def test_averaging_is_that_of_every_channel_by_its_alpha() -> None:
    rng = np.random.default_rng(2)
    fine = rng.integers(0, 256, (40, 60, 4), dtype=np.uint8)
    fine[:20, :, 3] = rng.choice([0, 255], (20, 60))
    fine[..., 3][:2] = 0
    mean = _averaged(fine, 2, transparent=False).astype(float)
    squares = fine.reshape(20, 2, 30, 2, 4).astype(float)
    assert np.abs(mean - squares.mean(axis=(1, 3))).max() <= 1.0
    seen = _averaged(fine, 2, transparent=True).astype(float)
    alpha = squares[..., 3:]
    total = alpha.sum(axis=(1, 3))
    expected = (squares[..., :3] * alpha).sum(axis=(1, 3)) / np.maximum(total, 1)
    solid = total[..., 0] > 255
    assert np.abs(seen[solid][:, :3] - expected[solid]).max() <= 4.0
    assert (seen[0, :, 3] == 0).all()


def test_an_even_picture_stays_exactly_as_it_is() -> None:
    even = np.broadcast_to(np.asarray((246, 246, 244, 255), dtype=np.uint8), (8, 8, 4))
    for across in (2, 4):
        assert (_averaged(even, across, transparent=False) == even[0, 0]).all()
