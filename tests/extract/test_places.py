"""Places and organisations: every example of the packs, forms, and what only looks like a place."""

from __future__ import annotations

import pytest

from consistency.extract.place_names import gazetteer, place_lexicon
from consistency.extract.places import find_places, weak_places
from consistency.languages.loader import available, fold, read_table
from consistency.segment import segment
from consistency.types import Document, Mention, OrganisationValue, PlaceValue

LANGUAGES = [language for language in available() if language in ("ar", "en", "es", "fr", "ru", "zh")]


def places(text: str, language: str) -> list[Mention]:
    return list(find_places(segment(Document("a", "a", text, language)))[0])


def describe(mention: Mention) -> str:
    if isinstance(mention.value, OrganisationValue):
        return f"organisation {mention.value.id}"
    assert isinstance(mention.value, PlaceValue)
    return f"{mention.value.id} {mention.value.sense}"


def examples() -> list[tuple[str, str, list[list[str]]]]:
    return [
        (language, example["text"], example["find"])
        for language in LANGUAGES
        for example in read_table(language, "examples_places")["examples"]
    ]


@pytest.mark.parametrize(("language", "text", "expected"), examples())
def test_example_of_the_pack(language: str, text: str, expected: list[list[str]]) -> None:
    found = places(text, language)
    assert [[m.text, describe(m)] for m in found] == expected
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_places_have_fifty_examples(language: str) -> None:
    counts = [len(read_table(language, f"examples_{subject}")["examples"]) for subject in ("dates", "places")]
    assert sum(counts) >= 50


@pytest.mark.parametrize("name", ["cities", "organisations"])
def test_gazetteer_rows_are_whole(name: str) -> None:
    for code, row in gazetteer(name)[name].items():
        assert len(row) == 7 and all(row[1:]), code


@pytest.mark.parametrize("kind", ["regions", "seas", "venues", "loose"])
def test_gazetteer_regions_are_whole(kind: str) -> None:
    for code, row in gazetteer("regions")[kind].items():
        assert len(row) == 7 and all(row[1:]), code


def test_capitals_are_cities_of_the_gazetteer() -> None:
    cities = gazetteer("cities")
    assert [c for c in cities["capitals"]["ids"] if c not in cities["cities"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_city_is_found_under_its_own_name(language: str) -> None:
    column = {"en": 1, "fr": 2, "es": 3, "ru": 4, "ar": 5, "zh": 6}[language]
    lexicon = place_lexicon(language)
    lost = []
    for code, row in gazetteer("cities")["cities"].items():
        name = lexicon.matcher.get(fold(row[column].split("/")[0], language))
        if name is None or (name.id != f"city:{code}" and not name.is_organisation):
            lost.append((code, name and name.id))
    # Names that a territory has too: the territory is meant more often, and the two are compatible.
    assert [pair for pair in lost if pair[1] is None or not pair[1].startswith(("country:", "region:"))] == []


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("Москвы", "city:moscow"),
        ("Женеве", "city:geneva"),
        ("Саудовской Аравией", "country:SA"),
        ("Соединённых Штатах", "country:US"),
        ("Нижним Новгородом", None),
        ("китайскими", "country:CN"),
        ("Чёрного моря", "sea:black"),
    ],
)
def test_russian_cases(form: str, place: str | None) -> None:
    found = [m.value.id for m in places(f"Речь о {form}.", "ru") if isinstance(m.value, PlaceValue)]
    assert found == ([] if place is None else [place])


@pytest.mark.parametrize("form", ["الصين", "والصين", "بالصين", "للصين", "وللصين", "كالصين"])
def test_arabic_joined_words(form: str) -> None:
    found = [m.value.id for m in places(f"حديث {form} اليوم.", "ar") if isinstance(m.value, PlaceValue)]
    assert found == ["country:CN"]


def test_weak_places_see_what_find_places_leaves_out() -> None:
    text = "Michael Jordan read the Washington Post; tell us."
    assert places(text, "en") == []
    assert [(text[a:b], p) for a, b, p in weak_places(text, fold(text, "en"), "en")] == [
        ("Jordan", "country:JO"),
        ("Washington", "city:washington"),
    ]
