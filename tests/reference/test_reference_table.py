"""The facts of the table held against each other: sources, overlaps, gaps, scripts, romanisation, spelling variants."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin, pinyin
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from consistency.reference import Reference, ReferenceOffice, ReferencePerson, load_reference, name_key
from consistency.reference.compile import TABLE, as_text, compiled, source_files
from consistency.reference.parse import vocabulary

EXPECTATIONS = tomllib.loads((Path(__file__).parent / "expectations.toml").read_text(encoding="utf-8"))
TABLE_DATA = load_reference()
HANDOVER_DAYS = 7

_SCRIPTS = {
    "zh": r"[\u4e00-\u9fff·-]+",
    "ja": r"[\u4e00-\u9fff\u3040-\u30ff]+",
    "ko": r"[가-힣]+",
    "ru": r"[А-Яа-яЁё .’IVX-]+",
    "uk": r"[А-Яа-яЄєІіЇїҐґ .’-]+",
    "be": r"[А-Яа-яЎўІі .-]+",
    "sr": r"[А-Яа-яЂђЈјЉљЊњЋћЏџ -]+",
    "ar": r"[\u0621-\u064a -]+",
    "fa": r"[\u0621-\u064a\u067e\u0686\u06a9\u06af\u06cc\u200c ]+",
}
_LATIN = r"[A-Za-zÀ-žƠơƯưȘșȚțẠ-ỹ .,'’-]+"


def _forms(person: ReferencePerson) -> Iterator[tuple[str, str]]:
    for forms in (person.names, person.attested, person.family):
        for language, listed in forms.items():
            yield from ((language, form) for form in listed)


def _offices() -> Iterator[tuple[ReferencePerson, ReferenceOffice]]:
    return ((person, office) for person in TABLE_DATA.persons for office in person.offices)


def test_the_compiled_table_is_fresh() -> None:
    assert TABLE.read_text(encoding="utf-8") == as_text(compiled(source_files())), (
        "table.json is not what the TOML files give: run python -m consistency.reference.compile"
    )


def test_the_compiled_indexes_are_those_of_the_records() -> None:
    rebuilt = Reference(TABLE_DATA.persons, TABLE_DATA.rules)
    for person in TABLE_DATA.persons:
        for language, form in _forms(person):
            assert rebuilt.by_name(form, language) == TABLE_DATA.by_name(form, language)
            assert rebuilt.by_surname(form, language) == TABLE_DATA.by_surname(form, language)


def test_there_are_at_least_four_hundred_people() -> None:
    assert len(TABLE_DATA.persons) >= 1100


@pytest.mark.parametrize("country", EXPECTATIONS["core_countries"])
@pytest.mark.parametrize("function", ["head_of_state", "head_of_government", "foreign_minister", "defence_minister"])
def test_the_core_offices_are_known_in_mid_2023(country: str, function: str) -> None:
    assert len(TABLE_DATA.holders(function, country, date(2023, 6, 30))) == 1


@pytest.mark.parametrize("language", ["zh", "ru", "ar"])
def test_everybody_has_a_name_in_every_script(language: str) -> None:
    assert [person.id for person in TABLE_DATA.persons if language not in person.names] == []


def test_every_office_names_its_source() -> None:
    missing = [(person.id, office.source) for person, office in _offices() if len(office.source) < 20]
    assert missing == []


def test_dates_are_plausible() -> None:
    for person, office in _offices():
        assert date(1950, 1, 1) <= office.since.first <= office.as_of or office.until is not None, person.id
        if office.until is not None:
            assert office.since.first <= office.until.last <= date(2026, 11, 30), person.id
        assert office.as_of <= date(2026, 11, 30), person.id


def test_forms_are_in_their_script() -> None:
    strange = [
        (person.id, language, form)
        for person in TABLE_DATA.persons
        for language, form in _forms(person)
        if not re.fullmatch(_SCRIPTS.get(language, _LATIN), form)
    ]
    assert strange == []


def test_single_holder_offices_do_not_overlap() -> None:
    held: dict[tuple[str, str, str | None], list[tuple[str, ReferenceOffice]]] = {}
    for person, office in _offices():
        if vocabulary().single[office.function] and not (office.is_acting or office.is_concurrent):
            held.setdefault((office.function, office.country, office.host), []).append((person.id, office))
    overlapping = []
    for key, tenures in held.items():
        for (first_id, first), (second_id, second) in combinations(tenures, 2):
            begin = max(first.certain_days()[0], second.certain_days()[0])
            end = min(first.certain_days()[1], second.certain_days()[1])
            if (end - begin).days > HANDOVER_DAYS:
                overlapping.append((*key, first_id, first.span_text(), second_id, second.span_text()))
    assert overlapping == []


def test_one_persons_tenures_of_one_office_do_not_overlap() -> None:
    for person in TABLE_DATA.persons:
        for first, second in combinations(person.offices, 2):
            if (first.function, first.country, first.host) == (second.function, second.country, second.host):
                begin = max(first.certain_days()[0], second.certain_days()[0])
                end = min(first.certain_days()[1], second.certain_days()[1])
                assert begin >= end or first.body != second.body, (person.id, first.span_text(), second.span_text())


def test_gaps_are_listed() -> None:
    """docs/reference-table.md lists every gap, so that nobody takes a vacancy in the table for a vacancy of the office."""
    text = (Path(__file__).parents[2] / "docs" / "reference-table.md").read_text(encoding="utf-8")
    listed = text.partition("## Gaps")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (\w*) \| ([\d-]+) \| ([\d-]+) \|$", listed, re.MULTILINE)
    found = [
        (gap.country, gap.function, gap.host or "", gap.first.isoformat(), gap.last.isoformat())
        for gap in sorted(TABLE_DATA.gaps(), key=lambda gap: (gap.country, gap.function, gap.host or "", gap.first))
    ]
    assert rows == found, "the list of gaps is stale: python -m consistency.reference.gaps gives its rows"


def test_complete_lists_have_their_known_sizes() -> None:
    sizes = {
        (entry["function"], entry["on"]): len(
            TABLE_DATA.holders(entry["function"], entry["country"], date.fromisoformat(entry["on"]))
        )
        for entry in EXPECTATIONS["complete"]
    }
    assert sizes == {(entry["function"], entry["on"]): entry["size"] for entry in EXPECTATIONS["complete"]}


# --- names ------------------------------------------------------------------------------------------------

CHINESE = [person for person in TABLE_DATA.persons if person.id.startswith("cn-")]


def test_latin_names_of_china_are_pinyin() -> None:
    """Every syllable is a reading of its character, and the common reading unless the exception is listed."""
    exceptions = {}
    for person in CHINESE:
        for form in person.names["zh"]:
            latin = {name_key(name) for name in person.names["en"]}
            readings = [list(dict.fromkeys(r)) for r in pinyin(form, style=Style.NORMAL, heteronym=True)]
            if form not in EXPECTATIONS["unlisted_readings"]:
                assert any(_spelled(name, readings) for name in latin), (person.id, form, readings)
            if name_key("".join(lazy_pinyin(form))) not in latin:
                exceptions[form] = person.names["en"][0]
    assert exceptions == EXPECTATIONS["pinyin_exceptions"]


def _spelled(key: str, readings: list[list[str]]) -> bool:
    """Whether a key can be split into one reading of each character."""
    if not readings:
        return key == ""
    options = [reading.replace("ü", "u") for reading in readings[0]]
    return any(key.startswith(option) and _spelled(key[len(option) :], readings[1:]) for option in options)


def test_a_wrong_reading_would_be_found() -> None:
    assert _spelled("qingang", [["qin"], ["gang"]])
    assert not _spelled("chengang", [["qin"], ["gang"]])


_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sh", "-", "y", "-", "e", "yu", "ya", "e"],
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        ["a", "b", "t", "th", "j", "h", "kh", "d", "d", "r", "z", "s", "sh", "s", "d", "t", "z", "a", "g", "f", "k", "k", "l", "m", "n", "h", "u", "i"],
        strict=True,
    )
)
# Sounds that one script or another does not tell apart fall into one class; vowels and h are dropped.
_SOUND_CLASSES = (
    ("sch|tch|sh|ch|zh|ts|tz|cz|sz|x|j|q|z|c(?=[eiy])", "s"),
    ("kh|gh|ck|c|g", "k"),
    ("th|d", "t"),
    ("ph|p|f|v", "b"),
    ("m", "n"),
    ("r", "l"),
)


def _skeleton(text: str) -> str:
    """Consonant classes of a Latin transliteration: enough to tell one person's name from another's."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("ł", "l").replace("đ", "d")
    for sounds, letter in _SOUND_CLASSES:
        plain = re.sub(sounds, letter, plain)
    return re.sub(r"(.)\1+", r"\1", re.sub("[^bklnst]", "", plain))


def _likeness(person: ReferencePerson, language: str, form: str) -> float:
    letters = {"ru": _CYRILLIC, "ar": _ARABIC}.get(language)
    latin = "".join(letters.get(c, " " if c == " " else "") for c in form.casefold()) if letters else ""
    if language == "zh":
        latin = " ".join(lazy_pinyin(form))
    own = (*person.names["en"], *person.attested.get("en", ()))
    return max(fuzz.ratio(_skeleton(name), _skeleton(latin)) for name in own)


@pytest.mark.parametrize("language", ["ru", "ar", "zh"])
def test_names_across_scripts_are_alike(language: str) -> None:
    """A form that sounds unlike every Latin form is a slip, or is listed with its reason."""
    floor = EXPECTATIONS["likeness"][language]
    listed = EXPECTATIONS["unlike"][language]
    unlike = sorted(
        form
        for person in TABLE_DATA.persons
        if language != "zh" or person.id.partition("-")[0] not in EXPECTATIONS["character_countries"]
        for form in person.names[language]
        if _likeness(person, language, form) < floor
    )
    assert unlike == sorted(listed)


def test_unlike_names_would_be_found() -> None:
    blinken, ross = TABLE_DATA.person("us-antony-blinken"), TABLE_DATA.person("us-wilbur-ross")
    assert blinken is not None and ross is not None
    for language in ("ru", "ar", "zh"):
        floor = EXPECTATIONS["likeness"][language]
        assert _likeness(blinken, language, blinken.names[language][0]) >= floor
        assert _likeness(blinken, language, ross.names[language][0]) < floor


def test_no_full_name_belongs_to_two_people() -> None:
    bearers: dict[tuple[str, str], set[str]] = {}
    for person in TABLE_DATA.persons:
        for forms in (person.names, person.attested):
            for language, listed in forms.items():
                for form in listed:
                    bearers.setdefault((language, name_key(form)), set()).add(person.id)
    shared = {key: sorted(ids) for key, ids in sorted(bearers.items()) if len(ids) > 1}
    assert shared == {}


def test_attested_variants_add_something() -> None:
    for person in TABLE_DATA.persons:
        for language, listed in person.attested.items():
            canonical = {name_key(form) for form in person.names.get(language, ())}
            assert [form for form in listed if name_key(form) in canonical] == [], (person.id, language)


@pytest.mark.parametrize("left, right", EXPECTATIONS["not_variants"])
def test_misspellings_are_not_attested(left: str, right: str) -> None:
    assert TABLE_DATA.by_name(left, "en") != ()
    assert TABLE_DATA.by_name(right, "en") == ()


@pytest.mark.parametrize("left, right", EXPECTATIONS["variants"])
def test_variants_are_attested(left: str, right: str) -> None:
    assert TABLE_DATA.by_name(left, "en") == TABLE_DATA.by_name(right, "en") != ()


def test_near_names_of_different_people_are_known() -> None:
    """Pairs of people one letter apart: a check that corrects one name into the other would be wrong."""
    keys = {name_key(person.names["en"][0]): person.id for person in TABLE_DATA.persons}
    near = sorted(
        f"{keys[a]} {keys[b]}"
        for a, b in combinations(sorted(keys), 2)
        if abs(len(a) - len(b)) <= 1 and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1
    )
    assert near == EXPECTATIONS["near_pairs"]


def test_the_compiled_table_is_json() -> None:
    assert set(json.loads(TABLE.read_text(encoding="utf-8"))) == {"digest", "sources", "rules", "persons", "names", "surnames"}
