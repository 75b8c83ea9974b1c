"""When and where the event took place, from the first sentences and the metadata."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from consistency.extract.dates import find_dates
from consistency.extract.places import find_places
from consistency.resolve.date_agreement import compare_dates
from consistency.resolve.event import event_dates, resolve_event
from consistency.segment import segment
from consistency.types import AnalysedDocument, DateValue, Document, Outcome

BEIJING = timezone(timedelta(hours=8))
WASHINGTON = timezone(timedelta(hours=-4))


def analysed(text: str, language: str, **metadata: object) -> AnalysedDocument:
    document = Document("a", "a", text, language, **metadata)  # type: ignore[arg-type]
    segmented = segment(document)
    mentions = sorted((*find_dates(segmented)[0], *find_places(segmented)[0]), key=lambda m: (m.start, m.end))
    return AnalysedDocument(document, segmented.sentences, segmented.quotations, tuple(mentions))


def test_morning_of_a_day_in_beijing() -> None:
    document = analysed(
        "2023年6月14日上午，秦刚同布林肯通电话。",
        "zh",
        published=datetime(2023, 6, 14, 11, tzinfo=BEIJING),
        timezone="Asia/Shanghai",
    )
    event = resolve_event(document)
    assert (event.start, event.end) == (
        datetime(2023, 6, 13, 16, tzinfo=UTC),
        datetime(2023, 6, 14, 4, tzinfo=UTC),
    )
    assert event.zone == "Asia/Shanghai"


def test_evening_in_washington_meets_the_morning_in_beijing() -> None:
    left = resolve_event(
        analysed(
            "The Secretary spoke with the Foreign Minister this evening.",
            "en",
            published=datetime(2023, 6, 13, 22, 40, tzinfo=WASHINGTON),
            timezone="America/New_York",
        )
    )
    assert (left.start, left.end) == (
        datetime(2023, 6, 13, 20, tzinfo=UTC),
        datetime(2023, 6, 14, 4, tzinfo=UTC),
    )


def test_two_words_for_one_day_are_both_evidence() -> None:
    document = analysed(
        "Le communiqué a été publié aujourd'hui mercredi.",
        "fr",
        published=datetime(2023, 6, 14, 9, tzinfo=BEIJING),
        timezone="Asia/Shanghai",
    )
    assert [m.text for m in event_dates(document)] == ["aujourd'hui", "mercredi"]
    assert len(resolve_event(document).evidence) == 2


def test_deadline_is_no_event() -> None:
    document = analysed("The two sides agreed to finish by 14 June 2023.", "en")
    assert event_dates(document) == ()
    assert resolve_event(document).start is None


def test_unknown_zone_widens_the_interval() -> None:
    event = resolve_event(analysed("The two ministers met on 14 June 2023.", "en"))
    assert (event.start, event.end) == (
        datetime(2023, 6, 13, 10, tzinfo=UTC),
        datetime(2023, 6, 15, 12, tzinfo=UTC),
    )
    assert event.zone is None


def test_metadata_where_the_text_is_silent() -> None:
    document = analysed("The two ministers met.", "en", event_date=date(2023, 6, 14), timezone="Europe/Paris")
    assert resolve_event(document).start == datetime(2023, 6, 13, 22, tzinfo=UTC)


def test_nothing_known_is_none() -> None:
    event = resolve_event(analysed("The two ministers met yesterday.", "en"))
    assert (event.start, event.end, event.place, event.evidence) == (None, None, None, ())


def test_place_of_the_first_sentence() -> None:
    event = resolve_event(analysed("The two ministers met in Geneva on 14 June 2023.", "en"))
    assert event.place == "city:geneva"


def test_capital_that_speaks_is_no_place_of_the_event() -> None:
    assert resolve_event(analysed("Beijing said on 14 June 2023 that talks would go on.", "en")).place is None


def _date(text: str, language: str, **metadata: object) -> DateValue:
    (mention,) = (m for m in analysed(text, language, **metadata).mentions if isinstance(m.value, DateValue))
    assert isinstance(mention.value, DateValue)
    return mention.value


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        ("on Tuesday", "mardi", Outcome.AGREE),
        ("on Tuesday", "mercredi", Outcome.CONFLICT),
        ("on 14 June", "le 14 juin", Outcome.AGREE),
        ("on 14 June", "le 15 juin", Outcome.CONFLICT),
        ("on 14 June", "le 14 juin 2023", Outcome.AGREE),
        ("on 14 June 2022", "le 14 juin 2023", Outcome.CONFLICT),
        ("in June", "le 14 juin", Outcome.AGREE),
        ("in 2014", "dans les années 1980", Outcome.CONFLICT),
        ("yesterday", "mardi", Outcome.UNKNOWN),
        ("yesterday", "aujourd'hui", Outcome.UNKNOWN),
        ("at 11 a.m.", "à 11h30", Outcome.CONFLICT),
        ("at 11 a.m.", "à 0h11", Outcome.UNKNOWN),
        ("on Wednesday", "le 14 juin 2023", Outcome.AGREE),
        ("on Thursday", "le 14 juin 2023", Outcome.CONFLICT),
    ],
)
def test_components_against_components(left: str, right: str, outcome: Outcome) -> None:
    one, other = _date(f"They met {left}.", "en"), _date(f"Ils se sont vus {right}.", "fr")
    assert compare_dates(one, other).outcome is outcome
    assert compare_dates(other, one).outcome is outcome


@pytest.mark.parametrize(("right", "outcome"), [("hier", Outcome.AGREE), ("aujourd'hui", Outcome.CONFLICT)])
def test_relative_words_of_a_translation(right: str, outcome: Outcome) -> None:
    one, other = _date("They met yesterday.", "en"), _date(f"Ils se sont vus {right}.", "fr")
    assert compare_dates(one, other, same_day=True).outcome is outcome


def test_neighbouring_weekdays_of_two_clocks_need_absolute_time() -> None:
    one = _date("They met on Tuesday.", "en", timezone="America/New_York")
    other = _date("双方周三会谈。", "zh", timezone="Asia/Shanghai")
    assert compare_dates(one, other).outcome is Outcome.UNKNOWN
    assert (
        compare_dates(one, _date("双方周五会谈。", "zh", timezone="Asia/Shanghai")).outcome
        is Outcome.CONFLICT
    )


def test_absolute_time_settles_it_and_shows_the_sum() -> None:
    one = _date(
        "They spoke on Tuesday evening.",
        "en",
        published=datetime(2023, 6, 13, 22, tzinfo=WASHINGTON),
        timezone="America/New_York",
    )
    other = _date(
        "双方周三上午通电话。",
        "zh",
        published=datetime(2023, 6, 14, 11, tzinfo=BEIJING),
        timezone="Asia/Shanghai",
    )
    comparison = compare_dates(one, other)
    assert comparison.outcome is Outcome.AGREE
    assert comparison.reason == (
        "Tue 13 June 2023 16:00 to 24:00 in Washington is Wed 14 June 2023 04:00 to 12:00 in Beijing; "
        "the other date is Wed 14 June 2023 00:00 to 12:00 there"
    )
