"""Reading people from mappings: what is accepted, and how what is not is refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistency.errors import ReferenceTableError
from consistency.reference import PartialDate, load_reference, person_from_mapping
from consistency.reference.normalise import name_key

GOOD: dict[str, Any] = {
    "id": "zz-ada-lovelace",
    "names": {"en": ["Ada Lovelace", "Augusta Ada King"], "zh": "艾达·洛夫莱斯", "ru": ["Ада Лавлейс"]},
    "attested": {"en": ["Ada Byron"]},
    "office": [{"function": "foreign_minister", "country": "zz", "since": "2020-03", "source": "Official Gazette"}],
}


def test_a_person_from_a_users_configuration() -> None:
    person = person_from_mapping(GOOD, origin="consistency.toml")
    assert person.id == "zz-ada-lovelace"
    assert person.names == {"en": ("Ada Lovelace", "Augusta Ada King"), "zh": ("艾达·洛夫莱斯",), "ru": ("Ада Лавлейс",)}
    assert person.family == {"en": ("Lovelace", "King", "Byron"), "zh": ("洛夫莱斯",), "ru": ("Лавлейс",)}
    assert person.forms("en") == ("Ada Lovelace", "Augusta Ada King", "Ada Byron")
    assert person.forms("fr") == person.forms("en")  # a language of Latin script takes the English forms too
    assert person.forms("ar") == ()
    assert person.canonical("ru") == "Ада Лавлейс"
    assert person.canonical("ar") == "Ada Lovelace"
    (office,) = person.offices
    assert office.since == PartialDate(date(2020, 3, 1), date(2020, 3, 31))
    assert office.until is None
    assert office.as_of == date(2020, 3, 31)  # nothing is known beyond the beginning unless as_of says so
    assert office.source == "Official Gazette"


def test_users_people_join_the_table() -> None:
    table = load_reference().with_persons([person_from_mapping(GOOD, origin="consistency.toml")])
    assert [person.id for person in table.by_name("艾达·洛夫莱斯", "zh")] == ["zz-ada-lovelace"]
    assert [person.id for person in table.holders("foreign_minister", "zz", date(2020, 3, 31))] == ["zz-ada-lovelace"]
    with pytest.raises(ReferenceTableError, match="zz-ada-lovelace is used twice"):
        table.with_persons([person_from_mapping(GOOD, origin="consistency.toml")])


def test_users_files_join_the_table(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        'country = "zz"\nas_of = "2024-12-31"\n[sources]\ngazette = "Official Gazette"\n[titles]\npresident = "head_of_government"\n'
        '[[person]]\nid = "zz-one"\nnames.en = ["Ada One"]\n'
        '[[person.office]]\nfunction = "head_of_government"\nsince = "2020-01-01"\nsource = "gazette"\n',
        encoding="utf-8",
    )
    table = load_reference([file])
    assert [person.id for person in table.holders("president", "zz", date(2024, 6, 1))] == ["zz-one"]
    assert table.person("cn-qin-gang") is not None
    assert load_reference([file]) is table
    file.write_text("country = ", encoding="utf-8")
    with pytest.raises(ReferenceTableError, match=re.escape("own.toml")):
        load_reference([file, file])


def _with(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


def _with_office(**changes: Any) -> dict[str, Any]:
    office = {**GOOD["office"][0], **changes}
    return {**GOOD, "office": [{key: value for key, value in office.items() if value is not None}]}


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (_with(nmaes={"en": "x"}), "consistency.toml: person zz-ada-lovelace: unknown 'nmaes', did you mean 'names'?"),
        (_with(id="Ada L"), "consistency.toml: a person needs an id of a-z, 0-9 and hyphens, found 'Ada L'"),
        (_with(names={}), "expected at least one name"),
        (_with(names={"english": "x"}), "'english' is no language code"),
        (_with(names={"en": ["A", "A"]}), "the same form stands twice"),
        (_with(names={"en": [" A"]}), "expected a name or a list of names"),
        (_with(name_order="reverse"), "name_order is 'reverse', expected one of given-first, family-first"),
        (_with(office=[]), "expected at least one office"),
        (_with_office(function="foreign_ministre"), "unknown 'foreign_ministre', did you mean 'foreign_minister'?"),
        (_with_office(since="2020-13"), "month must be in 1..12"),
        (_with_office(since="03/2020"), "expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found '03/2020'"),
        (_with_office(until="2019"), "foreign_minister ends (2019) before it begins (2020-03)"),
        (_with_office(source=None), "expected text for source, found None"),
        (_with_office(country="zzz"), "'zzz' is neither an ISO 3166-1 alpha-2 code in lower case nor an organisation"),
        (_with_office(country=None), "foreign_minister has no country"),
        (_with_office(status="interim"), "status is 'interim', expected one of acting, concurrent"),
        (_with_office(host="us"), "host is for ambassadors and representatives"),
        (_with_office(function="ambassador"), "host is for ambassadors and representatives"),
        (_with_office(untill="2021"), "person zz-ada-lovelace: office: unknown 'untill', did you mean 'until'?"),
    ],
)
def test_what_is_not_understood_is_refused(mapping: dict[str, Any], message: str) -> None:
    with pytest.raises(ReferenceTableError, match=re.escape(message)):
        person_from_mapping(mapping, origin="consistency.toml")


def test_sources_are_keys_where_the_file_lists_them() -> None:
    office = _with_office(source="gazette")
    person = person_from_mapping(office, origin="t", sources={"gazette": "Official Gazette"})
    assert person.offices[0].source == "Official Gazette"
    with pytest.raises(ReferenceTableError, match="unknown 'gazete', did you mean 'gazette'"):
        person_from_mapping(_with_office(source="gazete"), origin="t", sources={"gazette": "Official Gazette"})


@pytest.mark.parametrize(
    ("names", "order", "language", "expected"),
    [
        ({"zh": "秦刚"}, "family-first", "zh", ("秦",)),
        ({"zh": "欧阳修"}, "family-first", "zh", ("欧阳",)),
        ({"en": "Qin Gang"}, "family-first", "en", ("Qin",)),
        ({"ru": "Цинь Ган"}, "family-first", "ru", ("Цинь",)),
        ({"zh": "安东尼·布林肯"}, "given-first", "zh", ("布林肯",)),
        ({"zh": "布林肯"}, "given-first", "zh", ("布林肯",)),
        ({"en": ["Antony Blinken", "Antony J. Blinken"]}, "given-first", "en", ("Blinken",)),
    ],
)
def test_family_names_are_derived(names: dict[str, Any], order: str, language: str, expected: tuple[str, ...]) -> None:
    person = person_from_mapping(_with(names=names, attested={}, name_order=order), origin="t")
    assert person.family[language] == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Recep Tayyip ERDOĞAN", "Recep Tayyip Erdogan"),
        ("Moon Jae-in", "Moon Jaein"),
        ("Robert O’Brien", "Robert O'Brien"),
        ("安东尼·布林肯", "安东尼•布林肯"),
        ("Артём", "Артем"),
        ("أنتوني", "انتوني"),
        ("Łukasz", "Lukasz"),
    ],
)
def test_one_key(left: str, right: str) -> None:
    assert name_key(left) == name_key(right) != ""


@pytest.mark.parametrize(("left", "right"), [("Antony", "Anthony"), ("Андрей", "Андреи"), ("ガ", "カ"), ("秦刚", "陈刚")])
def test_two_keys(left: str, right: str) -> None:
    assert name_key(left) != name_key(right)
