"""Painted pain in off-screen pictures, asked what they mean."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from bodymap.body import Body
from bodymap.body.painting import PainPainter
from bodymap.domain import Build, Fill, Pain, PointRef, Quality, Side
from bodymap.scene import CameraPose, Chosen, SceneFrame, Screen, facing, project, resolve, shown_surface
from bodymap.scene.frame import PainLook
from bodymap.scene.palette import PAIN, channels
from bodymap.scene.snapshot import Studio
from scene_fakes import FakeAtlas

SIZE = (320, 300)
PLACE = ("abdomen_upper_quadrant", Side.LEFT)
BELLY = PointRef("belly.1", Side.LEFT)


@pytest.fixture(scope="module")
def painter(body: Body) -> PainPainter:
    return PainPainter(body)


def marks(quality: Quality = Quality.ACHE, intensity: int = 8) -> Pain:
    return (Fill(region=PLACE[0], side=PLACE[1], quality=quality, intensity=intensity),)


def look(painter: PainPainter, pain: Pain, explained: NDArray[np.float32] | None = None) -> PainLook:
    return PainLook(pain, None if explained is None else (BELLY,), painter.painted(pain), explained)


def pose_of(body: Body) -> CameraPose:
    skin = shown_surface(body, Build()).vertices[body.regions.skin_of(*PLACE)]
    return facing(tuple(skin.mean(axis=0).tolist()), (0.0, 1.0, 0.0), 260.0)


def picture(studio: Studio, body: Body, frame: SceneFrame) -> NDArray[np.int64]:
    return studio.snapshot(frame, pose_of(body), SIZE)[..., :3].astype(np.int64)


def within(body: Body) -> tuple[slice, slice]:
    """A piece of the picture well inside the painted region."""
    skin = np.flatnonzero(body.regions.skin_of(*PLACE))
    vertices = shown_surface(body, Build()).vertices[skin]
    middle = vertices[np.argmin(np.linalg.norm(vertices - vertices.mean(axis=0), axis=1))]
    x, y, _ = project(middle[None].astype(float), pose_of(body), Screen(*SIZE))[0].astype(int).tolist()
    return slice(y - 18, y + 18), slice(x - 18, x + 18)


def test_pain_takes_its_own_colour_and_leaves_no_trace(
    studio: Studio, body: Body, painter: PainPainter
) -> None:
    bare = picture(studio, body, SceneFrame())
    for quality in Quality:
        painted = picture(studio, body, SceneFrame(pain=look(painter, marks(quality))))
        changed = np.abs(painted - bare).max(axis=-1) > 8
        assert 0.02 < changed.mean() < 0.7, quality
        moved = (painted - bare)[within(body)].reshape(-1, 3).mean(axis=0)
        towards = 255 * np.array(channels(PAIN[quality])) - bare[within(body)].reshape(-1, 3).mean(axis=0)
        assert moved @ towards / np.linalg.norm(moved) / np.linalg.norm(towards) > 0.9, quality
    np.testing.assert_array_equal(picture(studio, body, SceneFrame()), bare)


def test_every_quality_but_ache_is_hatched_in_its_own_way(
    studio: Studio, body: Body, painter: PainPainter
) -> None:
    bare = picture(studio, body, SceneFrame())[within(body)].sum(axis=-1)
    inked = {}
    for quality in Quality:
        shown = picture(studio, body, SceneFrame(pain=look(painter, marks(quality))))[within(body)]
        darker = (bare - shown.sum(axis=-1)).astype(float)
        inked[quality] = darker - uniform_filter(darker, 13) > 10.0
    assert inked[Quality.ACHE].mean() < 0.02
    hatches = [inked[quality] for quality in Quality if quality is not Quality.ACHE]
    assert all(0.1 < hatch.mean() < 0.6 for hatch in hatches), [hatch.mean() for hatch in hatches]
    for index, one in enumerate(hatches):
        for other in hatches[index + 1 :]:
            assert (one != other).mean() > 0.1
    rows = inked[Quality.STIFF].mean(axis=1)
    assert ((rows > 0.9) | (rows < 0.1)).mean() > 0.8  # bars lie level


def test_stronger_pain_is_darker_and_explained_pain_fades(
    studio: Studio, body: Body, painter: PainPainter
) -> None:
    bare = picture(studio, body, SceneFrame())[within(body)]
    everywhere = np.ones(body.n_vertices, dtype=np.float32)

    def apart(pain: PainLook) -> float:
        return float(np.abs(picture(studio, body, SceneFrame(pain=pain))[within(body)] - bare).mean())

    mild, strong = (apart(look(painter, marks(intensity=level))) for level in (2, 10))
    faded = apart(look(painter, marks(intensity=10), everywhere))
    assert strong > 1.4 * mild
    assert faded < 0.35 * strong


def test_on_paper_without_colour_the_hatch_alone_tells(
    studio: Studio, body: Body, painter: PainPainter
) -> None:
    colours = picture(studio, body, SceneFrame(pain=look(painter, marks(Quality.BURNING))))
    grey_look = replace(look(painter, marks(Quality.BURNING)), mono=True)
    greys = picture(studio, body, SceneFrame(pain=grey_look))
    spread = [np.ptp(each[within(body)], axis=-1).mean() for each in (colours, greys)]
    assert spread[1] < 0.5 * spread[0]
    ink = greys[within(body)].sum(axis=-1)
    assert 0.1 < (ink < ink.mean() - 12).mean() < 0.6


def test_the_patients_strokes_stay_readable_over_a_referral(
    studio: Studio, body: Body, atlas: FakeAtlas, painter: PainPainter
) -> None:
    middle = atlas.middle(BELLY)
    pose = facing(middle, (0.0, 1.0, 0.0), 200.0)
    everywhere = tuple(
        Fill(region=region, quality=Quality.STIFF)
        for region in (
            "abdomen_upper_quadrant",
            "abdomen_lower_quadrant",
            "umbilical",
            "epigastrium",
            "flank",
        )
    )
    frames = (
        resolve(atlas, body, Chosen(selection=(BELLY,))),
        resolve(atlas, body, Chosen(selection=(BELLY,), pain=look(painter, everywhere))),
    )
    alone, both = (studio.snapshot(frame, pose, SIZE)[..., :3].astype(int) for frame in frames)
    x, y, _ = project(middle[None], pose, Screen(*SIZE))[0].astype(int).tolist()
    here = (slice(y - 15, y + 15), slice(x - 4, x + 4))
    assert np.ptp(alone[here][..., 1]) < 30  # one flat red
    assert np.ptp(both[here][..., 1]) > 80  # pale bars across it
    assert alone[here][..., 1].min() >= both[here][..., 1].min() - 12
