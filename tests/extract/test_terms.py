"""Loaded terms: whose wording it is, with exact spans; and that the tables hold together."""

from __future__ import annotations

import pytest

from consistency.errors import LanguageError
from consistency.extract.terms import _expanded, can_say, concepts, find_terms, versions_of
from consistency.languages.loader import available
from consistency.segment import segment
from consistency.types import Document, TermValue


def terms(text: str, language: str) -> list[tuple[str, str, str]]:
    """(words, concept, version)."""
    found, _ = find_terms(segment(Document("d", "d", text, language)))
    assert all(text[m.start : m.end] == m.text for m in found)
    return [(m.text, m.value.concept, m.value.version) for m in found if isinstance(m.value, TermValue)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "the one-China principle", ("one-China principle", "one_china", "principle")),
        ("en", "the one-China policy", ("one-China policy", "one_china", "policy")),
        ("zh", "一个中国原则", ("一个中国原则", "one_china", "principle")),
        ("zh", "一个中国政策", ("一个中国政策", "one_china", "policy")),
        ("fr", "le principe d'une seule Chine", ("principe d'une seule Chine", "one_china", "principle")),
        ("es", "la política de una sola China", ("política de una sola China", "one_china", "policy")),
        ("ru", "принцип одного Китая", ("принцип одного Китая", "one_china", "principle")),
        ("ar", "سياسة الصين الواحدة", ("سياسة الصين الواحدة", "one_china", "policy")),
        (
            "en",
            "Russia's war against Ukraine",
            ("Russia's war against Ukraine", "ukraine_name", "russias_war"),
        ),
        ("zh", "乌克兰危机", ("乌克兰危机", "ukraine_name", "crisis")),
        ("ru", "о политике «одного Китая»", ("политике «одного Китая»", "one_china", "policy")),
        ("ru", "сброс радиоактивной воды", ("радиоактивной воды", "fukushima", "contaminated")),
        ("ar", "التزام بلاده بمبدأ الصين الواحدة", ("بمبدأ الصين الواحدة", "one_china", "principle")),
        ("ar", "تصريف المياه المعالجة", ("المياه المعالجة", "fukushima", "treated")),
        ("es", "el vertido de agua tratada", ("agua tratada", "fukushima", "treated")),
        ("fr", "le Sahara marocain", ("Sahara marocain", "sahara", "moroccan_sahara")),
    ],
)
def test_whose_wording(language: str, text: str, expected: tuple[str, str, str]) -> None:
    assert terms(text, language) == [expected]


def test_the_longest_wording_wins() -> None:
    text = "denuclearization of the Korean Peninsula"
    assert terms(text, "en") == [(text, "denuclearisation", "peninsula")]


def test_plain_words_are_no_terms() -> None:
    assert terms("The ministers met on Monday.", "en") == []


def test_a_wording_may_stand_for_two_versions() -> None:
    assert versions_of(TermValue("taiwan_question", "question/issue")) == {"question", "issue"}


def test_chinese_has_no_word_of_its_own_for_the_taiwan_issue() -> None:
    assert can_say("zh", "taiwan_question", "question")
    assert not can_say("zh", "taiwan_question", "issue")
    assert can_say("fr", "taiwan_question", "issue")


def test_every_concept_is_worded_and_says_who_uses_it() -> None:
    for concept, entry in concepts().items():
        assert entry.title and entry.versions, concept
        assert entry.kind in ("rival", "naming", "theme")
        assert entry.between in ("note", "warning")
        assert all(user.strip() for user in entry.versions.values())
        worded = [
            language
            for language in available()
            if any(can_say(language, concept, v) for w in entry.versions for v in w.split("/"))
        ]
        assert worded, concept


@pytest.mark.parametrize(("language", "least"), [("zh", 150), ("en", 150), ("fr", 150), ("es", 60), ("ru", 60), ("ar", 60)])
def test_every_language_words_enough_concepts(language: str, least: int) -> None:
    worded = [
        concept
        for concept, entry in concepts().items()
        if any(can_say(language, concept, part) for version in entry.versions for part in version.split("/"))
    ]
    assert len(worded) >= least


def test_forms_stand_for_each_ending() -> None:
    forms = {"а": ("а", "ы"), "": ("", "а")}
    assert list(_expanded("политик<а> круг<>", forms, "ru")) == [
        "политика круг",
        "политика круга",
        "политикы круг",
        "политикы круга",
    ]


def test_a_form_that_the_pack_lacks_is_an_error() -> None:
    with pytest.raises(LanguageError, match="uses <x>, which \\[forms\\] does not have"):
        list(_expanded("политик<x>", {}, "ru"))
