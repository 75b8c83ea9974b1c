"""Every language pack: whole, readable, and without entries that text can never contain."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from consistency.errors import LanguageError
from consistency.languages.loader import (
    PACKS,
    LanguageTable,
    PhraseMatcher,
    available,
    fold,
    has_table,
    language_table,
    load,
)

SUBJECTS = sorted({path.stem for path in PACKS.glob("*/*.toml") if not path.stem.startswith("examples")})


def test_the_six_languages_have_packs() -> None:
    assert available() == ("ar", "en", "es", "fr", "ru", "zh")


@pytest.mark.parametrize("code", available())
def test_the_language_table_is_whole(code: str) -> None:
    table = language_table(code)
    assert table.code == code
    assert table.stops
    assert all(len(opening) == len(closing) == 1 for opening, closing in table.quotes)
    assert table.spaced is (code != "zh")
    assert table.right_to_left is (code == "ar")


NEEDED = ("acts", "dates", "names", "negation", "offices", "places", "quantities", "speakers", "terms", "topics")


@pytest.mark.parametrize("subject", NEEDED)
def test_every_language_has_every_subject(subject: str) -> None:
    assert [code for code in available() if not has_table(code, subject)] == []


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize(
    ("code", "subject"), [(code, subject) for code in available() for subject in SUBJECTS if has_table(code, subject)]
)
def test_files_are_toml_without_invisible_characters(code: str, subject: str) -> None:
    values = tomllib.loads((PACKS / code / f"{subject}.toml").read_text(encoding="utf-8"))
    assert values
    odd = [text for text in strings(values) if any(c in text for c in "\u200b\u200e\u200f\ufeff\u00ad\ufffd")]
    assert odd == []


@pytest.mark.parametrize(
    ("code", "written", "folded"),
    [
        ("en", "Café “Ｘ１”", 'cafe "x1"'),
        ("fr", "États-Unis – l’Élysée", "etats-unis - l'elysee"),
        ("zh", "國務卿　１２", "国务卿 12"),
        ("ar", "أحمد إلى المدرسة ١٢", "احمد الي المدرسه 12"),
        ("ru", "Ещё Пётр", "еще петр"),
        ("es", "Él dijo: «¡Sí!»", "el dijo: «¡si!»"),
    ],
)
def test_folding_keeps_the_length(code: str, written: str, folded: str) -> None:
    assert fold(written, code) == folded
    assert len(folded) == len(written)


def test_phrases_match_whole_words_longest_first() -> None:
    matcher = PhraseMatcher({"state": 1, "Secretary of State": 2}, "en")
    text = fold("The Secretary of State, the state, a statement", "en")
    assert list(matcher.find(text)) == [(4, 22, 2), (28, 33, 1)]


@pytest.mark.parametrize(
    "phrases", [[("a b", 1), ("A B", 2)], [(" x", 1)], [("", 1)]], ids=["two values", "outer space", "empty"]
)
def test_phrases_that_cannot_be_right_are_refused(phrases: list[tuple[str, int]]) -> None:
    with pytest.raises(LanguageError):
        PhraseMatcher(phrases, "en")


def test_missing_packs_and_files_are_told() -> None:
    with pytest.raises(LanguageError, match="no language pack for 'xx'; there are packs for ar, en"):
        language_table("xx")
    with pytest.raises(LanguageError, match="has no nothing"):
        load("en", "nothing", LanguageTable)
