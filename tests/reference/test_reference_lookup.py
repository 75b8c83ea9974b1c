"""Lookups in the reference table: names, holders, and whether somebody held an office on a day."""

from __future__ import annotations

from datetime import date

import pytest

from consistency.reference import Reference, ReferencePerson, load_reference, person_from_mapping
from consistency.types import Outcome


@pytest.fixture(scope="module")
def table() -> Reference:
    return load_reference()


def _ids(people: tuple[ReferencePerson, ...]) -> list[str]:
    return [person.id for person in people]


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("Antony Blinken", "en", ["us-antony-blinken"]),
        ("Antony J. Blinken", "fr", ["us-antony-blinken"]),
        ("ANTONY BLINKEN", None, ["us-antony-blinken"]),
        ("安东尼·布林肯", "zh", ["us-antony-blinken"]),
        ("安东尼・布林肯", "zh", ["us-antony-blinken"]),
        ("Энтони Блинкен", "ru", ["us-antony-blinken"]),
        ("انتوني بلينكن", "ar", ["us-antony-blinken"]),
        ("Anthony Blinken", "en", []),
        ("Энтони Блинкен", "en", []),
        ("秦刚", "zh", ["cn-qin-gang"]),
        ("Chen Gang", "fr", []),
        ("Robert O’Brien", "en", ["us-robert-obrien"]),
        ("", "en", []),
    ],
)
def test_by_name(table: Reference, form: str, language: str | None, expected: list[str]) -> None:
    assert _ids(table.by_name(form, language)) == expected


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("布林肯", "zh", ["us-antony-blinken"]),
        ("Blinken", "es", ["us-antony-blinken"]),
        ("Блинкен", "ru", ["us-antony-blinken"]),
        ("بلينكن", "ar", ["us-antony-blinken"]),
        ("Qin", "en", ["cn-qin-gang"]),
        ("秦", "zh", ["cn-qin-gang"]),
        ("Sullivan", "en", ["us-jake-sullivan", "us-john-sullivan"]),
        ("Gang", "en", []),
    ],
)
def test_by_surname(table: Reference, form: str, language: str, expected: list[str]) -> None:
    assert _ids(table.by_surname(form, language)) == expected


@pytest.mark.parametrize(
    ("function", "country", "day", "expected"),
    [
        ("foreign_minister", "cn", "2023-06-14", ["cn-qin-gang"]),
        ("foreign_minister", "CN", "2023-07-26", ["cn-wang-yi"]),
        ("foreign_minister", "us", "2023-06-14", ["us-antony-blinken"]),
        ("president", "us", "2023-06-14", ["us-joe-biden"]),
        ("head_of_government", "us", "2023-06-14", ["us-joe-biden"]),
        ("premier", "cn", "2023-06-14", ["cn-li-qiang"]),
        ("foreign_minister", "us", "1999-01-01", []),
        ("foreign_minister", "zz", "2023-06-14", []),
    ],
)
def test_holders(table: Reference, function: str, country: str, day: str, expected: list[str]) -> None:
    assert _ids(table.holders(function, country, date.fromisoformat(day))) == expected


def test_ambassadors_are_told_apart_by_their_post(table: Reference) -> None:
    day = date(2023, 6, 14)
    assert _ids(table.holders("ambassador", "us", day, host="cn")) == ["us-nicholas-burns"]
    assert _ids(table.holders("ambassador", "cn", day, host="us")) == ["cn-xie-feng"]


@pytest.mark.parametrize(
    ("person", "function", "country", "day", "outcome", "reason"),
    [
        (
            "cn-qin-gang",
            "foreign_minister",
            "cn",
            "2023-06-14",
            Outcome.AGREE,
            "Qin Gang was foreign minister of CN 2022-12-30 to 2023-07-25",
        ),
        (
            "cn-qin-gang",
            "foreign_minister",
            "cn",
            "2023-09-14",
            Outcome.CONFLICT,
            "Qin Gang was foreign minister of CN 2022-12-30 to 2023-07-25; on 2023-09-14 it was Wang Yi",
        ),
        (
            "us-joe-biden",
            "president",
            "us",
            "2019-06-01",
            Outcome.CONFLICT,
            "Joe Biden was head of state of US 2021-01-20 to 2025-01-20; on 2019-06-01 it was Donald Trump",
        ),
    ],
)
def test_held_says_why(
    table: Reference, person: str, function: str, country: str, day: str, outcome: Outcome, reason: str
) -> None:
    known = table.person(person)
    assert known is not None
    answer = table.held(known, function, country, date.fromisoformat(day))
    assert (answer.outcome, answer.reason) == (outcome, reason)


def test_a_declared_complete_list_excludes_everybody_else(table: Reference) -> None:
    blinken = table.person("us-antony-blinken")
    assert blinken is not None
    answer = table.held(blinken, "state_councilor", "cn", date(2023, 6, 14))
    assert answer.outcome is Outcome.CONFLICT
    assert _ids(answer.holders) == [
        "cn-li-shangfu",
        "cn-qin-gang",
        "cn-shen-yiqin",
        "cn-wang-xiaohong",
        "cn-wu-zhenglong",
    ]


@pytest.mark.parametrize(
    ("person", "function", "country", "day"),
    [
        pytest.param("cn-qin-gang", "foreign_minister", "cn", "2023-08-01", id="days after the handover"),
        pytest.param("cn-qin-gang", "foreign_minister", "cn", "2022-12-22", id="days before the handover"),
        pytest.param("us-antony-blinken", "foreign_minister", "us", "2999-01-01", id="after what is known"),
        pytest.param("us-marco-rubio", "foreign_minister", "us", "2999-01-01", id="open tenure after what is known"),
        pytest.param("cn-hua-chunying", "foreign_ministry_spokesperson", "cn", "2024-05-20", id="month precision"),
        pytest.param("us-rick-perry", "energy_minister", "us", "2019-12-05", id="vacancy"),
    ],
)
def test_held_is_unknown(table: Reference, person: str, function: str, country: str, day: str) -> None:
    known = table.person(person)
    assert known is not None
    assert table.held(known, function, country, date.fromisoformat(day)).outcome is Outcome.UNKNOWN


def test_an_interval_agrees_where_any_of_its_days_does(table: Reference) -> None:
    qin = table.person("cn-qin-gang")
    assert qin is not None
    assert table.held(qin, "foreign_minister", "cn", date(2023, 1, 1), date(2023, 12, 31)).outcome is Outcome.AGREE
    # Wang Yi did not hold the office through all of 2023, so nobody is excluded by him in the second half of it.
    assert table.held(qin, "foreign_minister", "cn", date(2023, 9, 1), date(2023, 12, 31)).outcome is Outcome.CONFLICT
    with pytest.raises(ValueError, match="expected a last day on or after 2023-06-14"):
        table.held(qin, "foreign_minister", "cn", date(2023, 6, 14), date(2023, 6, 13))


def _person(identity: str, **office: str) -> dict[str, object]:
    return {
        "id": identity,
        "names": {"en": "Ada " + identity.title()},
        "office": [{"function": "head_of_state", "country": "zz", "since": "2020-01-01", "source": "Gazette", **office}],
    }


def test_a_tenure_of_another_state_excludes() -> None:
    minister = person_from_mapping(_person("one", until="2024-01-01", function="finance_minister", country="yy"), origin="t")
    table = Reference([minister])
    answer = table.held(minister, "foreign_minister", "zz", date(2022, 1, 1))
    assert answer.outcome is Outcome.CONFLICT
    assert answer.reason == (
        "Ada One is not known to have been foreign minister of ZZ; on 2022-01-01 Ada One was finance minister of YY"
    )
    # The same state, or an organisation, excludes nothing.
    assert table.held(minister, "foreign_minister", "yy", date(2022, 1, 1)).outcome is Outcome.UNKNOWN
    assert table.held(minister, "secretary_general", "un", date(2022, 1, 1)).outcome is Outcome.UNKNOWN


def test_month_precision_is_unknown_in_its_month() -> None:
    person = person_from_mapping(_person("one", since="2020-03", until="2023-05"), origin="t")
    other = person_from_mapping(_person("two", since="2015-01-01", until="2020-04-30"), origin="t")
    table = Reference([person, other])
    outcomes = [
        table.held(person, "president", "zz", date.fromisoformat(day)).outcome
        for day in ("2020-02-01", "2020-02-25", "2020-03-15", "2020-03-31", "2023-05-01", "2023-05-02", "2023-07-01")
    ]
    assert [outcome.value for outcome in outcomes] == [
        "conflict",  # the other held the office, and March is more than the transition away
        "unknown",
        "unknown",
        "agree",
        "agree",
        "unknown",
        "unknown",  # long gone, but nobody is known to have followed
    ]


def test_an_office_outside_the_vocabulary_is_unknown(table: Reference) -> None:
    qin = table.person("cn-qin-gang")
    assert qin is not None
    answer = table.held(qin, "town_crier", "cn", date(2023, 6, 14))
    assert (answer.outcome, answer.reason) == (Outcome.UNKNOWN, "the reference has no office 'town_crier'")
    assert table.holders("town_crier", "cn", date(2023, 6, 14)) == ()


@pytest.mark.parametrize(
    ("person", "function", "country", "host", "outcome"),
    [
        pytest.param("cn-xie-feng", "ambassador", "cn", None, Outcome.AGREE, id="ambassador without a post"),
        pytest.param("cn-xie-feng", "ambassador", "cn", "US", Outcome.AGREE, id="ambassador with its post"),
        pytest.param("cn-xie-feng", "ambassador", "cn", "ru", Outcome.CONFLICT, id="ambassador elsewhere"),
        pytest.param("ru-vasily-nebenzya", "ambassador", "ru", "un", Outcome.AGREE, id="envoy to an organisation"),
        pytest.param("in-vikram-misri", "foreign_minister", "in", None, Outcome.UNKNOWN, id="foreign secretary of India"),
        pytest.param("ua-andriy-yermak", "president", "ua", None, Outcome.UNKNOWN, id="head of the president's office"),
        pytest.param("ua-andrii-sybiha", "president", "ua", None, Outcome.CONFLICT, id="minister under a president"),
        pytest.param("gb-charles-iii", "king", "jm", None, Outcome.UNKNOWN, id="a crown worn elsewhere"),
        pytest.param("hk-john-lee", "chief_executive", "cn", None, Outcome.UNKNOWN, id="codes used for one another"),
        pytest.param("un-ajay-banga", "president", "worldbank", None, Outcome.AGREE, id="an organisation's president"),
        pytest.param("ir-masoud-pezeshkian", "president", "ir", None, Outcome.AGREE, id="a president who governs under another"),
        pytest.param("ir-masoud-pezeshkian", "supreme_leader", "ir", None, Outcome.CONFLICT, id="the leader above him"),
    ],
)
def test_titles_and_posts(
    table: Reference, person: str, function: str, country: str, host: str | None, outcome: Outcome
) -> None:
    known = table.person(person)
    assert known is not None
    assert table.held(known, function, country, date(2024, 10, 1), host=host).outcome is outcome


def test_gaps_are_stretches_between_tenures() -> None:
    first = person_from_mapping(_person("one", until="2020-06-30"), origin="t")
    second = person_from_mapping(_person("two", since="2020-09-01", until="2021-01-01"), origin="t")
    third = person_from_mapping(_person("three", since="2021-01-20"), origin="t")
    (gap,) = Reference([third, first, second]).gaps()
    assert (gap.first, gap.last, gap.days) == (date(2020, 7, 1), date(2020, 8, 31), 62)
