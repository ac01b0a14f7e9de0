from __future__ import annotations

import pytest

from bodymap.domain import Build, Posture, Refusal, Sex
from bodymap.domain.builds import average_figures
from bodymap.domain.checking import checked


@pytest.mark.parametrize("sex", Sex)
def test_nothing_given_is_the_average_body(sex: Sex) -> None:
    assert Build(sex=sex).is_average
    assert not Build(sex=sex, muscle=0.6).is_average
    assert not Build(sex=sex, height_mm=average_figures(sex).height_mm).is_average


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (Build(age_years=17), "The age must be 18 or more"),
        (Build(height_mm=2500), "The height in millimetres must be 2100 or less"),
        (Build(weight_kg=20), "The weight in kilograms must be 35 or more"),
        (Build(muscle=1.5), "The muscle must be 1 or less"),
    ],
)
def test_what_is_no_adult_is_refused_in_words(build: Build, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        checked(build)


def test_postures_have_words_of_their_own() -> None:
    assert len({posture.words for posture in Posture}) == len(Posture)
    lying = {posture for posture in Posture if posture.is_lying}
    assert lying == set(Posture) - {Posture.APART, Posture.STANDING, Posture.SEATED}
