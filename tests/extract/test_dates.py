"""Time expressions: every example of the packs, intervals against the publication, zones, and what is no date."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from consistency.extract.date_intervals import document_zone, to_utc
from consistency.extract.date_patterns import date_lexicon
from consistency.extract.dates import find_dates
from consistency.languages.loader import available, read_table
from consistency.segment import segment
from consistency.types import DateValue, Document, Mention
from tests.extract.date_descriptions import describe

LANGUAGES = [language for language in available() if language in ("ar", "en", "es", "fr", "ru", "zh")]
BEIJING = timezone(timedelta(hours=8))
PUBLISHED = datetime(2023, 6, 15, 10, 0, tzinfo=BEIJING)
"""A Thursday morning in Beijing."""


def dates(
    text: str, language: str, published: datetime | None = None, zone: str | None = None
) -> list[Mention]:
    document = Document("a", "a", text, language, published=published, timezone=zone)
    return list(find_dates(segment(document))[0])


def value(mention: Mention) -> DateValue:
    assert isinstance(mention.value, DateValue)
    return mention.value


def examples() -> list[tuple[str, str, list[list[str]]]]:
    return [
        (language, example["text"], example["find"])
        for language in LANGUAGES
        for example in read_table(language, "examples_dates")["examples"]
    ]


@pytest.mark.parametrize(("language", "text", "expected"), examples())
def test_example_of_the_pack(language: str, text: str, expected: list[list[str]]) -> None:
    assert [[m.text, describe(value(m))] for m in dates(text, language)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_packs_have_thirty_examples(language: str) -> None:
    assert len(read_table(language, "examples_dates")["examples"]) >= 30


@pytest.mark.parametrize(("language", "text", "expected"), examples())
def test_span_gives_the_text_back(language: str, text: str, expected: list[list[str]]) -> None:
    for mention in dates(text, language):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_lexicon_names_every_month_and_weekday(language: str) -> None:
    lexicon = date_lexicon(language)
    assert set(lexicon.surfaces["month"].values()) == set(range(1, 13))
    assert set(lexicon.surfaces["weekday"].values()) == set(range(7))


@pytest.mark.parametrize(
    ("text", "language", "start", "end"),
    [
        ("昨晚，双方会谈。", "zh", datetime(2023, 6, 14, 17), datetime(2023, 6, 15, 6)),
        ("6月14日，双方会谈。", "zh", datetime(2023, 6, 14), datetime(2023, 6, 15)),
        ("去年11月，双方会谈。", "zh", datetime(2022, 11, 1), datetime(2022, 12, 1)),
        ("They met last November.", "en", datetime(2022, 11, 1), datetime(2022, 12, 1)),
        ("They met on Friday.", "en", datetime(2023, 6, 9), datetime(2023, 6, 10)),
        ("They will meet next Friday.", "en", datetime(2023, 6, 16), datetime(2023, 6, 17)),
        ("Ils se sont vus hier.", "fr", datetime(2023, 6, 14), datetime(2023, 6, 15)),
        ("La rencontre a eu lieu mercredi 14.", "fr", datetime(2023, 6, 14), datetime(2023, 6, 15)),
        ("Se reunieron la semana pasada.", "es", datetime(2023, 6, 5), datetime(2023, 6, 12)),
        ("С начала года торговля выросла.", "ru", datetime(2023, 1, 1), datetime(2024, 1, 1)),
        ("اجتمع الطرفان في نوفمبر الماضي.", "ar", datetime(2022, 11, 1), datetime(2022, 12, 1)),
        ("The treaty of the 19th century is in force.", "en", datetime(1800, 1, 1), datetime(1900, 1, 1)),
    ],
)
def test_interval_against_the_publication(text: str, language: str, start: datetime, end: datetime) -> None:
    found = dates(text, language, PUBLISHED, "Asia/Shanghai")
    assert [(value(m).start, value(m).end) for m in found] == [(start, end)]


@pytest.mark.parametrize("text", ["They met yesterday.", "They met on Friday.", "They met on June 14."])
def test_no_interval_without_the_publication(text: str) -> None:
    assert [value(m).start for m in dates(text, "en")] == [None]


def test_hijri_date_has_no_interval() -> None:
    found = dates("الموافق 10 شوال.", "ar", PUBLISHED, "Asia/Riyadh")
    assert [(value(m).calendar, value(m).start) for m in found] == [("hijri", None)]


def test_zone_beside_the_date_wins_over_the_document() -> None:
    found = dates("Tuesday night Beijing time, the two spoke.", "en", PUBLISHED, "America/New_York")
    assert [value(m).zone for m in found] == ["Asia/Shanghai"]


def test_word_that_ends_like_a_zone_is_none() -> None:
    found = dates("He would pitch on his normal rest Sunday.", "en", PUBLISHED, "Asia/Tokyo")
    assert [(m.text, value(m).zone) for m in found] == [("Sunday", "Asia/Tokyo")]


def test_local_time_has_no_zone() -> None:
    found = dates("当地时间14日下午，总统会见了代表团。", "zh", PUBLISHED, "Asia/Shanghai")
    assert [(m.text, value(m).zone) for m in found] == [("14日下午", None)]


def test_zone_of_the_publication_serves_for_the_document() -> None:
    document = Document("a", "a", "", "en", published=PUBLISHED)
    assert document_zone(document) == "Etc/GMT-8"
    assert to_utc(datetime(2023, 6, 15, 10), "Etc/GMT-8") == PUBLISHED


def test_zone_of_half_hours() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    document = Document("a", "a", "", "en", published=datetime(2023, 6, 15, 10, tzinfo=india))
    assert document_zone(document) == "UTC+05:30"
    assert to_utc(datetime(2023, 6, 15, 10), "UTC+05:30") == document.published


def test_day_and_month_that_cannot_be_told_apart_are_reported() -> None:
    mentions, unchecked = find_dates(segment(Document("a", "a", "Published on 6/7/2023 in Geneva.", "en")))
    assert mentions == ()
    assert [(u.start, u.end) for u in unchecked] == [(13, 21)]


def test_day_above_twelve_tells_the_order() -> None:
    assert [describe(value(m)) for m in dates("Published on 6/17/2023.", "en")] == ["2023-06-17"]
