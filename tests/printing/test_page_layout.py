"""The composed page: everything on it, nothing on top of anything else."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_doll import BACK, job, site_at, site_near, skin, usual_sites

from bodymap.domain import MAX_SITES
from bodymap.printing import Direction, PageLayout, Paper, PrintJob, PrintSite, compose_page
from bodymap.printing.boxes import Box
from bodymap.printing.layouts import FOOT_MM, MARGIN_MM, Figure
from bodymap.printing.segments import segments_cross


def check(layout: PageLayout, work: PrintJob) -> None:
    """Assert what holds on every page."""
    width, height = work.paper.size_mm
    assert layout.area.x >= MARGIN_MM - 1e-6
    assert layout.area.right <= width - MARGIN_MM + 1e-6
    assert layout.area.bottom <= height - FOOT_MM
    numbers = Counter(mark.text for figure in layout.figures for mark in figure.marks if not mark.letter)
    assert numbers == Counter(str(site.number) for site in work.sites)
    for figure in layout.figures:
        check_figure(figure, layout.area)
    for a, b in combinations(layout.figures, 2):
        assert not a.slot.inset(0.01).overlaps(b.slot), (a.view.name, b.view.name)


def check_figure(figure: Figure, area: Box) -> None:
    paper = Box(0, 0, area.width, area.height).inset(-1e-6)
    assert paper.holds(figure.slot.x, figure.slot.y)
    assert paper.holds(figure.slot.right, figure.slot.bottom)
    assert figure.picture.width > 0
    assert figure.picture.height > 0
    aspect = figure.view.width_mm / figure.view.height_mm
    assert figure.picture.width / figure.picture.height == pytest.approx(aspect, rel=1e-6)
    slot = figure.slot.inset(-1e-6)
    for mark in figure.marks:
        assert slot.holds(mark.label[0] - mark.radius, mark.label[1] - mark.radius)
        assert slot.holds(mark.label[0] + mark.radius, mark.label[1] + mark.radius)
        assert slot.holds(*mark.site)
    for a, b in combinations(figure.marks, 2):
        assert np.hypot(a.label[0] - b.label[0], a.label[1] - b.label[1]) >= a.radius + b.radius - 1e-6
    starts = np.array([mark.site for mark in figure.marks]).reshape(-1, 2)
    ends = np.array([mark.label for mark in figure.marks]).reshape(-1, 2)
    assert not segments_cross(starts, ends, starts, ends).any()


@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 10**6), max_size=30, unique=True),
    st.sampled_from(Paper),
    st.floats(20, 60),
    st.floats(20, 300),
)
def test_any_plan_fits_its_page(indices: list[int], paper: Paper, head_mm: float, tail_mm: float) -> None:
    work = job([site_at(i + 1, index) for i, index in enumerate(indices)], paper=paper)
    check(compose_page(work, head_mm=head_mm, tail_mm=tail_mm), work)


def test_the_figures_leave_the_table_its_room() -> None:
    work = job(usual_sites(12))
    layout = compose_page(work, head_mm=26, tail_mm=95)
    assert layout.area.bottom + 95 <= 297 - FOOT_MM
    check(layout, work)


def test_a_long_table_goes_overleaf_and_leaves_the_figures_a_good_size() -> None:
    layout = compose_page(job(usual_sites(12)), tail_mm=220)
    assert all(figure.picture.height > 90 for figure in layout.figures if not figure.close_up)


def test_only_views_that_hold_sites_are_printed() -> None:
    assert [f.view.direction for f in compose_page(job(usual_sites(5))).figures] == [Direction.BACK]
    both = compose_page(job(usual_sites(12))).figures
    assert [f.view.direction for f in both if not f.close_up] == [Direction.FRONT, Direction.BACK]


def test_an_empty_plan_shows_the_body() -> None:
    (figure,) = compose_page(job(())).figures
    assert (figure.view.direction, figure.marks) == (Direction.FRONT, ())


def test_the_same_job_gives_the_same_page() -> None:
    assert compose_page(job(usual_sites(12))) == compose_page(job(usual_sites(12)))


def _face() -> tuple[PrintSite, ...]:
    places = [(x, -70, z) for x in (-25, 0, 25) for z in (1600, 1620)]
    return tuple(site_near(i + 1, place, BACK) for i, place in enumerate(places))


def test_crowded_sites_move_to_a_close_up_that_the_body_points_to() -> None:
    work = job((*_face(), site_near(7, (-120, -60, 650), BACK)))
    layout = compose_page(work)
    body, close_up = layout.figures
    assert [mark.text for mark in body.marks] == ["7", "A"]
    assert (close_up.tag, close_up.close_up) == ("A", True)
    assert {mark.text for mark in close_up.marks} == {"1", "2", "3", "4", "5", "6"}
    assert [tag for _, tag in body.frames] == ["A"]
    frame = body.frames[0][0]
    assert all(frame.holds(*dot) for dot in body.dots)
    assert close_up.picture.width / close_up.view.width_mm > 2 * body.picture.width / body.view.width_mm
    check(layout, work)


def test_a_sole_has_its_own_figure_beside_the_body() -> None:
    work = job((site_near(1, (-175, 50, 0), (0, 0, -1)), *usual_sites(2)[1:]))
    layout = compose_page(work)
    assert [f.view.direction for f in layout.figures] == [Direction.BACK, Direction.BELOW]
    assert layout.figures[1].view.depth_mm is not None
    check(layout, work)


@pytest.mark.parametrize("stride", [7919, 104729, 611953, 1299709])
def test_thirty_sites_anywhere(stride: int) -> None:
    work = job([site_at(i + 1, stride * (i + 1)) for i in range(30)])
    check(compose_page(work, tail_mm=190), work)


def test_thirty_sites_in_one_view() -> None:
    points, normals = skin()
    seen = np.flatnonzero((normals[:, 1] < -0.8) & (points[:, 2] > 500))
    work = job([site_at(i + 1, int(seen[i * len(seen) // 30])) for i in range(30)])
    layout = compose_page(work, tail_mm=190)
    assert {figure.view.direction for figure in layout.figures} == {Direction.BACK}
    check(layout, work)


def test_more_sites_than_anybody_needles_still_have_each_its_number() -> None:
    work = job([site_at(i + 1, 7919 * i) for i in range(MAX_SITES)])
    check(compose_page(work, tail_mm=500), work)


@pytest.mark.parametrize(
    ("facing", "words"),
    [((0, 1, 0), ["patient's right", "patient's left"]), ((0, -1, 0), ["patient's left", "patient's right"])],
)
def test_sides_are_the_patients_own(facing: tuple[int, int, int], words: list[str]) -> None:
    (figure,) = compose_page(job([site_near(1, (0, 130 * facing[1], 1200), facing)])).figures
    left, right = figure.words
    assert [left.text, right.text] == words
    assert left.box.right < right.box.x
    site = figure.view.project([(200.0, 0.0, 1000.0)])[0, 0]
    assert (site < 0.5) == (words[0] == "patient's right")


def test_words_cover_neither_numbers_nor_each_other() -> None:
    for figure in compose_page(job(usual_sites(12))).figures:
        for mark in figure.marks:
            disc = Box(
                mark.label[0] - mark.radius, mark.label[1] - mark.radius, 2 * mark.radius, 2 * mark.radius
            )
            assert not any(disc.overlaps(words.box) for words in figure.words)


def test_every_figure_says_in_words_what_it_shows() -> None:
    (figure,) = compose_page(job(usual_sites(2))).figures
    assert (
        figure.alt
        == "Reference body, seen from the back. Sites: 1 Upper trapezius, left; 2 Levator scapulae, left."
    )
