"""Negating words with spans, in the six languages: each denial beside a near-miss that denies nothing."""

from __future__ import annotations

import pytest

from consistency.extract.negation import NegationTable, find_negations, knows_negation
from consistency.languages.loader import available, fold, load


def denied(text: str, language: str) -> list[str]:
    """The words that deny, as written."""
    found = find_negations(fold(text, language), language)
    return [text[cue.start : cue.end] for cue in found if cue.kind == "negation"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The talks did not end in Geneva.", ["not"]),
        ("en", "They don't agree and never will.", ["don't", "never"]),
        ("en", "The text is no longer in force.", ["no longer"]),
        ("zh", "中方没有提供武器。", ["没有"]),
        ("zh", "美方不支持该提议，也不会参加。", ["不支持", "不会"]),
        ("fr", "Il n'a pas signé l'accord.", ["n'a pas"]),
        ("fr", "Elle ne reviendra jamais.", ["ne reviendra jamais"]),
        ("fr", "Aucun accord ne passe sans nous.", ["ne"]),
        ("fr", "Il ne peut accepter cela.", ["ne"]),
        ("es", "El acuerdo no cambia nada.", ["no"]),
        ("ru", "Никто не подписал соглашение.", ["не"]),
        ("ar", "لم توقع الصين الاتفاق.", ["لم"]),
    ],
)
def test_denials(language: str, text: str, expected: list[str]) -> None:
    assert denied(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Not only the minister came."),
        ("en", "There is no doubt about it."),
        ("zh", "双方不断加强合作。"),
        ("zh", "不仅如此，合作非常重要。"),
        ("zh", "未来可期。"),
        ("fr", "Il n'a que deux jours."),
        ("fr", "Il est parti avant qu'elle ne vienne."),
        ("fr", "Sans doute viendra-t-il."),
        ("es", "No solo vino el ministro."),
        ("ru", "Не только министр приехал."),
        ("ar", "لا يزال الوزير في بكين."),
    ],
)
def test_what_denies_nothing(language: str, text: str) -> None:
    assert denied(text, language) == []


def test_soft_cues_have_a_kind_of_their_own() -> None:
    text = "They failed to agree without a text."
    found = find_negations(fold(text, "en"), "en")
    assert [(text[c.start : c.end], c.kind) for c in found] == [("failed", "soft"), ("without", "loose")]


def test_spans_stay_inside_the_stretch() -> None:
    text = "He did not come. She did not stay."
    found = find_negations(fold(text, "en"), "en", 17, len(text))
    assert [(cue.start, cue.end) for cue in found] == [(25, 28)]


def test_an_empty_text_denies_nothing() -> None:
    assert find_negations("", "en") == ()


@pytest.mark.parametrize("language", available())
def test_every_pack_tells_how_it_denies(language: str) -> None:
    assert knows_negation(language)
    table = load(language, "negation", NegationTable)
    classes = [table.negators, table.concord, table.soft, table.loose, table.neutral]
    folded = [{fold(word, language) for word in words} for words in classes]
    # A word of the frame (pas, jamais) may be loose as well; no other word has two classes.
    for number, one in enumerate(folded):
        for other in folded[number + 1 :]:
            assert not one & other
