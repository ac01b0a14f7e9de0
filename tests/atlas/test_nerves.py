from __future__ import annotations

import pytest

from bodymap.atlas import Atlas
from bodymap.atlas.nerves import NERVES, nerves_in


@pytest.mark.parametrize(
    ("text", "nerves"),
    [
        ("Suprascapular nerve", ("Suprascapular",)),
        ("Upper and lower subscapular nerves", ("Subscapular",)),
        ("Posterior interosseous nerve", ("Radial",)),
        ("Obturator nerve and tibial part of the sciatic nerve", ("Obturator", "Sciatic", "Tibial")),
        ("Nerve to obturator internus", ("Sacral plexus",)),
        ("Lateral plantar nerve", ("Tibial", "Lateral plantar")),
        ("Deep fibular nerve", ("Deep fibular",)),
    ],
)
def test_a_nerve_is_recognised_in_words(text: str, nerves: tuple[str, ...]) -> None:
    assert nerves_in(text) == nerves


def test_every_muscle_is_found_by_a_nerve(atlas: Atlas) -> None:
    unknown = {muscle.id: muscle.nerve for muscle in atlas.muscles if not nerves_in(muscle.nerve)}
    assert not unknown


def test_words_are_written_as_they_are_compared() -> None:
    assert all(word == word.casefold() for words in NERVES.values() for word in words)
