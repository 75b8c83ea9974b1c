"""Offices as values: function, country, status, with exact spans."""

from __future__ import annotations

import pytest

from consistency.errors import LanguageError
from consistency.extract.offices import find_offices, known_functions, offices_table
from consistency.extract.places import find_places
from consistency.languages.loader import available, has_table
from consistency.segment import segment
from consistency.types import Document, OfficeValue


def offices(text: str, language: str) -> list[tuple[str, str, str | None, str]]:
    segmented = segment(Document("d", "d", text, language))
    places, _ = find_places(segmented)
    found, unchecked = find_offices(segmented, places)
    assert unchecked == ()
    listed = []
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert isinstance(mention.value, OfficeValue)
        value = mention.value
        listed.append((mention.text, value.function, value.country, value.status))
    return listed


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "国务委员兼外交部长秦刚会见美国国务卿布林肯。", [
            ("国务委员", "state_councilor", "CN", "incumbent"),
            ("外交部长", "foreign_minister", "CN", "incumbent"),
            ("国务卿", "foreign_minister", "US", "incumbent"),
        ]),
        ("en", "PRC State Councilor and Foreign Minister Qin Gang", [
            ("State Councilor", "state_councilor", "CN", "incumbent"),
            ("Foreign Minister", "foreign_minister", "CN", "incumbent"),
        ]),
        ("en", "He met the Foreign Minister of France.", [("Foreign Minister", "foreign_minister", "FR", "incumbent")]),
        ("en", "She met former President Barack Obama.", [("former President", "president", None, "former")]),
        ("en", "China's top diplomat spoke.", [("top diplomat", "foreign_minister", "CN", "incumbent")]),
        ("fr", "le ministre chinois des Affaires étrangères Qin Gang", [
            ("ministre chinois des Affaires étrangères", "foreign_minister", "CN", "incumbent"),
        ]),
        ("fr", "le conseiller d'Etat chinois et ministre des Affaires étrangères Qin Gang", [
            ("conseiller d'Etat", "state_councilor", "CN", "incumbent"),
            ("ministre des Affaires étrangères", "foreign_minister", "CN", "incumbent"),
        ]),
        ("fr", "le chef de la diplomatie américaine", [("chef de la diplomatie", "foreign_minister", "US", "incumbent")]),
        ("es", "el ministro de Exteriores chino", [("ministro de Exteriores", "foreign_minister", "CN", "incumbent")]),
        ("ru", "министра иностранных дел Китая", [("министра иностранных дел", "foreign_minister", "CN", "incumbent")]),
        ("ar", "وزير الخارجية الصيني", [("وزير الخارجية", "foreign_minister", "CN", "incumbent")]),
    ],
)  # fmt: skip
def test_offices(language: str, text: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    assert offices(text, language) == expected


def test_one_office_is_one_value_in_every_language() -> None:
    values = {
        offices(text, language)[0][1:]
        for language, text in (
            ("zh", "美国国务卿"), ("en", "US Secretary of State"), ("fr", "le secrétaire d'État américain"),
            ("es", "el secretario de Estado estadounidense"), ("ru", "госсекретарь США"), ("ar", "وزير الخارجية الأمريكي"),
        )
    }  # fmt: skip
    assert values == {("foreign_minister", "US", "incumbent")}


@pytest.mark.parametrize("language", [code for code in available() if has_table(code, "offices")])
def test_every_function_is_of_the_shared_vocabulary(language: str) -> None:
    assert set(offices_table(language).offices) <= known_functions()


def test_everyday_words_are_no_offices_in_running_text() -> None:
    assert offices("The economy in general grew.", "en") == [("general", "general", None, "incumbent")]
    from consistency.extract.persons import find_persons
    from consistency.reference import load_reference

    segmented = segment(Document("d", "d", "The economy in general grew.", "en"))
    found, _ = find_offices(segmented, ())
    assert find_persons(segmented, found, (), load_reference())[1] == ()


def test_a_pack_without_offices_raises() -> None:
    with pytest.raises(LanguageError, match="no language pack"):
        offices_table("xx")
