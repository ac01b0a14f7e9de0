"""Finding muscles by what people type: names, abbreviations, symptoms, nerve roots, regions."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bodymap.atlas.records import Muscle

MAX_HITS = 40
FUZZY_LENGTH = 4
"""Shorter words are too easily mistaken for one another to forgive a typing slip."""
FUZZY_RATIO = 0.78
STOP_WORDS = frozenset(
    {"a", "an", "and", "at", "for", "from", "in", "is", "it", "my", "of", "on", "or", "the", "to", "with"}
)

# How much a match in each kind of text counts.
WEIGHTS = {
    "name": 10.0,
    "abbreviation": 10.0,
    "common name": 8.0,
    "Latin": 7.0,
    "point": 7.0,
    "nerve root": 6.0,
    "symptom": 5.0,
    "often felt": 4.0,
    "felt around": 2.5,
    "look-alike": 1.5,
    "nerve": 2.0,
    "action": 1.0,
}


WHOLE_TEXT = 8.0
"""Added when the text typed is the whole of a name, an abbreviation, a symptom."""
OPENING = 5.0
"""Added when a muscle's name begins with the text typed."""


@dataclass(frozen=True)
class Hit:
    """A muscle that was found.

    Attributes
    ----------
    muscle : str
        Id.
    points : tuple of str
        Full ids of its points that the text speaks of; all of them when it speaks of the muscle.
    score : float
        Higher is better; comparable within one search only.
    kind, text : str
        What matched best, to show why it was found: ``"symptom"``, ``"pain behind the eye"``.
    """

    muscle: str
    points: tuple[str, ...]
    score: float
    kind: str
    text: str


@dataclass(frozen=True)
class _Entry:
    muscle: int
    points: tuple[str, ...]
    kind: str
    text: str
    words: tuple[str, ...]


class SearchIndex:
    """Words of all muscles, ready to be looked up at every keystroke.

    Parameters
    ----------
    muscles : sequence of Muscle
    region_names : mapping of str to str
        English name of each region id.
    """

    def __init__(self, muscles: Sequence[Muscle], region_names: Mapping[str, str]) -> None:
        self._muscles = tuple(muscles)
        self._entries = [
            _Entry(number, points, kind, text, folded_words(text))
            for number, muscle in enumerate(muscles)
            for kind, text, points in _texts(muscle, region_names)
        ]
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(self._entries):
            for word in dict.fromkeys(entry.words):
                postings[word].append(index)
        self._postings = dict(postings)
        self._words = sorted(postings)

    def search(self, text: str) -> tuple[Hit, ...]:
        """Muscles for which every word of the text is found somewhere, the best first."""
        typed = folded_words(text)
        wanted = tuple(word for word in typed if word not in STOP_WORDS) or typed
        if not wanted:
            return ()
        found = [self._look_up(word, word is wanted[-1]) for word in wanted]
        matched = set(found[0]).intersection(*found[1:])
        # Of equals the first in the atlas: "levator" means that of the scapula before that of the anus.
        hits = [self._hit(muscle, [words[muscle] for words in found], typed) for muscle in sorted(matched)]
        hits.sort(key=lambda hit: -hit.score)
        return tuple(hits[:MAX_HITS])

    def _look_up(self, word: str, unfinished: bool) -> dict[int, dict[int, float]]:
        """Score of every entry in which a word is found, by muscle."""
        found: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for known, likeness in self._similar(word, unfinished):
            for index in self._postings[known]:
                entry = self._entries[index]
                # A word in a short text says more about it than one in a long text.
                score = WEIGHTS[entry.kind] * likeness * (1.0 + 1.0 / len(entry.words))
                scores = found[entry.muscle]
                scores[index] = max(score, scores.get(index, 0.0))
        return found

    def _similar(self, word: str, unfinished: bool) -> Iterator[tuple[str, float]]:
        """Known words that are, or begin with, the given one; failing that, those a typing slip away."""
        start = bisect_left(self._words, word)
        stop = bisect_left(self._words, word + "\uffff")
        if start < stop:
            # A root or a label ("C5", "TrP1") is meant as it stands, and so is a word before the last one.
            whole = not unfinished or any(letter.isdigit() for letter in word)
            exact = whole and word in self._postings
            for known in (word,) if exact else self._words[start:stop]:
                yield known, 1.0 if known == word else 0.5 + 0.4 * len(word) / len(known)
        elif len(word) >= FUZZY_LENGTH:
            yield from self._slips(word)

    def _slips(self, word: str) -> Iterator[tuple[str, float]]:
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(word)
        start, stop = bisect_left(self._words, word[0]), bisect_left(self._words, word[0] + "\uffff")
        for known in self._words[start:stop]:
            # While a long word is being typed, its beginning is compared.
            head = known[: len(word) + 1]
            if len(head) < len(word) - 2:
                continue
            matcher.set_seq1(head)
            if matcher.quick_ratio() >= FUZZY_RATIO and (ratio := matcher.ratio()) >= FUZZY_RATIO:
                yield known, 0.6 * ratio

    def _hit(self, number: int, found: Sequence[Mapping[int, float]], typed: tuple[str, ...]) -> Hit:
        """Hit of a muscle in which every word was found; texts that hold them all count once more."""
        together: defaultdict[int, float] = defaultdict(float)
        for scores in found:
            for index, score in scores.items():
                together[index] += score
        index = max(together, key=lambda candidate: (together[candidate], -candidate))
        entry, muscle = self._entries[index], self._muscles[number]
        score = sum(max(scores.values()) for scores in found)
        if all(index in scores for scores in found):
            score += together[index] * (len(found) - 1) / len(found)
        if entry.words == typed:
            score += WHOLE_TEXT
        if folded_words(muscle.short_name)[: len(typed)] == typed:
            score += OPENING
        return Hit(muscle.id, entry.points, round(score, 4), entry.kind, entry.text)


def folded_words(text: str) -> tuple[str, ...]:
    """Words of a text without accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _texts(muscle: Muscle, region_names: Mapping[str, str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    everything = tuple(muscle.point_id(point) for point in muscle.points)
    yield "name", muscle.english, everything
    yield "name", muscle.short_name, everything
    yield "Latin", muscle.latin, everything
    yield "nerve", muscle.nerve, everything
    yield "action", muscle.action, everything
    for kind, texts in (
        ("common name", muscle.common),
        ("abbreviation", muscle.abbreviations),
        ("nerve root", muscle.roots),
        ("symptom", muscle.symptoms),
        ("look-alike", muscle.look_alikes),
    ):
        yield from ((kind, text, everything) for text in texts)
    for point in muscle.points:
        own = (muscle.point_id(point),)
        if point.label:
            yield "point", f"{muscle.short_name} {point.label}", own
        for kind, spec in (("often felt", point.pattern.essential), ("felt around", point.pattern.spillover)):
            for region in spec.regions if spec else ():
                yield kind, region_names.get(region, region), own
