"""People: spans, parts, honorifics and offices, in six languages."""

from __future__ import annotations

import pytest

from consistency.extract.offices import find_offices
from consistency.extract.persons import find_persons
from consistency.extract.places import find_places
from consistency.reference import load_reference
from consistency.segment import segment
from consistency.types import Document, Mention, OfficeValue, PersonValue


def extract(text: str, language: str) -> tuple[list[Mention], list[Mention]]:
    segmented = segment(Document("d", "d", text, language))
    places, _ = find_places(segmented)
    offices, _ = find_offices(segmented, places)
    persons, held, _ = find_persons(segmented, offices, places, load_reference())
    for mention in (*persons, *held):
        assert text[mention.start : mention.end] == mention.text
    return list(persons), list(held)


def named(text: str, language: str) -> list[tuple[str, str]]:
    """(text, form) of the mentions."""
    return [(m.text, m.value.form) for m in extract(text, language)[0] if isinstance(m.value, PersonValue)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Secretary of State Antony J. Blinken spoke with Qin Gang.",
            [("Antony J. Blinken", "full"), ("Qin Gang", "full")],
        ),
        (
            "en",
            "Ursula von der Leyen met Mr. Macron.",
            [("Ursula von der Leyen", "full"), ("Macron", "surname")],
        ),
        ("en", "Prime Minister Theresa May arrived in Birmingham.", [("Theresa May", "full")]),
        ("en", "The White House said that the Supreme Court would rule.", []),
        ("en", "On Monday the European Commission met in Brussels.", []),
        ("en", "Kim Jong Un met Moon Jae-in.", [("Kim Jong Un", "full"), ("Moon Jae-in", "full")]),
        (
            "fr",
            "M. Blinken a parlé à Emmanuel Macron.",
            [("Blinken", "surname"), ("Emmanuel Macron", "full")],
        ),
        ("fr", "Le président d'Antony Blinken a parlé.", [("Antony Blinken", "full")]),
        ("zh", "秦刚同美国国务卿布林肯通电话。", [("秦刚", "full"), ("布林肯", "surname")]),
        ("zh", "犹他州迈克·李和奥林·哈奇出席。", [("迈克·李", "full"), ("奥林·哈奇", "full")]),
        ("zh", "王毅外长表示欢迎。", [("王毅", "full")]),
        ("zh", "马上召开高度重视的会议。", []),
        (
            "es",
            "El presidente Joe Biden y la Sra. Merkel se reunieron.",
            [("Joe Biden", "full"), ("Merkel", "surname")],
        ),
        (
            "ru",
            "Президент Владимир Путин встретился с Джо Байденом.",
            [("Владимир Путин", "full"), ("Джо Байденом", "full")],
        ),
        ("ar", "وزير الخارجية الأمريكي أنتوني بلينكن", [("أنتوني بلينكن", "full")]),
    ],
)
def test_mentions(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text, language) == expected


def test_phrases_stand_for_people_without_naming_them() -> None:
    persons, _ = extract("Blinken a parlé à son homologue chinois; les deux ministres ont discuté.", "fr")
    values = [m.value for m in persons if isinstance(m.value, PersonValue)]
    assert [(v.form, v.counterpart_of) for v in values] == [
        ("surname", None),
        ("phrase", "CN"),
        ("joint", None),
    ]


@pytest.mark.parametrize(
    ("language", "text", "office", "holder"),
    [
        (
            "fr",
            "Blinken, membre du Conseil d'État, et le ministre ont discuté.",
            "membre du Conseil d'État",
            "Blinken",
        ),
        (
            "fr",
            "le secrétaire d'État américain, Antony Blinken, a parlé",
            "secrétaire d'État",
            "Antony Blinken",
        ),
        ("en", "Qin Gang, State Councilor of China, spoke.", "State Councilor", "Qin Gang"),
        (
            "en",
            "Foreign Minister of the People's Republic of China Qin Gang spoke.",
            "Foreign Minister",
            "Qin Gang",
        ),
        ("zh", "王毅外长表示欢迎。", "外长", "王毅"),
        ("zh", "美国国务卿布林肯表示欢迎。", "国务卿", "布林肯"),
        ("ar", "قال وزير الخارجية الأمريكي أنتوني بلينكن", "وزير الخارجية", "أنتوني بلينكن"),
    ],
)
def test_holders(language: str, text: str, office: str, holder: str) -> None:
    persons, held = extract(text, language)
    by_id = {m.id: m.text for m in persons}
    found = next(m for m in held if m.text == office)
    assert isinstance(found.value, OfficeValue)
    assert found.value.holder is not None
    assert by_id[found.value.holder] == holder


def test_the_other_minister_does_not_hold_the_office() -> None:
    _, held = extract(
        "Blinken, membre du Conseil d'État, et le ministre chinois des Affaires étrangères ont discuté.", "fr"
    )
    minister = next(m for m in held if m.text.startswith("ministre"))
    assert isinstance(minister.value, OfficeValue)
    assert minister.value.holder is None


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_empty_text_has_nobody(language: str) -> None:
    assert extract("", language) == ([], [])
