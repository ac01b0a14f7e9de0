from __future__ import annotations

import json

import pytest
from toy_body import atlas_record, muscle_record, point_record

from bodymap.atlas.reading import parse_atlas
from bodymap.atlas.search import SearchIndex, folded_words


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    essential = {"regions": ["temple"], "shapes": [{"fill": "temple"}]}
    records = (
        muscle_record(
            points=[
                point_record(label="TrP1"),
                point_record("2", label="TrP2", pattern={"essential": essential}),
            ]
        ),
        muscle_record(
            "trapezius_lower",
            english="Trapezius, lower fibres",
            latin="Musculus trapezius, pars ascendens",
            common=["lower trap"],
            abbreviations=["LT"],
            symptoms=["ache between the shoulder blades"],
        ),
        muscle_record(
            "quadratus_lumborum",
            english="Quadratus lumborum",
            latin="Musculus quadratus lumborum",
            common=["back pain muscle"],
            abbreviations=["QL"],
            roots=["T12", "L1"],
            symptoms=["low back pain on getting up"],
            nerve="Branches of T12 to L4",
        ),
        muscle_record(
            "masseter",
            english="Masseter, superficial part",
            latin="Musculus massetér, pars superficialis",
            common=["chewing muscle"],
            abbreviations=[],
            roots=["CN V"],
            symptoms=["toothache without a cause", "jaw pain"],
        ),
    )
    stored = parse_atlas(json.dumps(atlas_record(*records)).encode())
    return SearchIndex(stored.muscles, {"temple": "Temple", "face": "Face"})


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("upper trapezius", "trapezius_upper"),
        ("UPPER TRAP", "trapezius_upper"),
        ("ut", "trapezius_upper"),
        ("trapezius desc", "trapezius_upper"),
        ("descendens", "trapezius_upper"),
        ("ql", "quadratus_lumborum"),
        ("low back pain", "quadratus_lumborum"),
        ("T12", "quadratus_lumborum"),
        ("quadrats lumborum", "quadratus_lumborum"),
        ("lumboru", "quadratus_lumborum"),
        ("masseter", "masseter"),
        ("massetèr", "masseter"),
        ("masester", "masseter"),
        ("toothache", "masseter"),
        ("my jaw", "masseter"),
        ("shoulder blades", "trapezius_lower"),
        ("temple", "trapezius_upper"),
    ],
)
def test_what_people_type_finds_the_muscle(index: SearchIndex, text: str, first: str) -> None:
    hits = index.search(text)
    assert hits
    assert hits[0].muscle == first
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "...", "xyzzy", "upper masseter quadratus"])
def test_what_means_nothing_finds_nothing(index: SearchIndex, text: str) -> None:
    assert index.search(text) == ()


def test_a_label_or_region_names_its_own_points(index: SearchIndex) -> None:
    assert index.search("TrP2")[0].points == ("trapezius_upper.2",)
    assert index.search("temple")[0].points == ("trapezius_upper.2",)
    assert index.search("upper trapezius")[0].points == ("trapezius_upper.1", "trapezius_upper.2")


def test_a_hit_says_what_matched(index: SearchIndex) -> None:
    hit = index.search("toothache")[0]
    assert (hit.kind, hit.text) == ("symptom", "toothache without a cause")


def test_a_root_is_not_the_beginning_of_another(index: SearchIndex) -> None:
    assert [hit.muscle for hit in index.search("L1")] == ["quadratus_lumborum"]
    assert "quadratus_lumborum" not in [hit.muscle for hit in index.search("C3")]


def test_short_words_are_not_guessed_at(index: SearchIndex) -> None:
    assert index.search("qx") == ()


def test_words_are_folded() -> None:
    assert folded_words("Élan-vital, M. Soleus (TrP1)") == ("elan", "vital", "m", "soleus", "trp1")
