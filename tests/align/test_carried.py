"""How well a document carries a stretch of another language, alone."""

from __future__ import annotations

import pytest

from consistency.align.carried import carried, carrier, closest_words, scales

ACCOUNT = (
    "Secretary Blinken underscored the importance of keeping lines of communication open.",
    "They also discussed a range of bilateral and global issues.",
)

SAID = (
    ("fr", "M. Blinken a souligné l'importance de maintenir ouvertes les lignes de communication."),
    ("zh", "布林肯强调保持沟通渠道畅通的重要性。"),
    ("es", "Blinken subrayó la importancia de mantener abiertas las líneas de comunicación."),
)

ADDED = (
    ("fr", "La récolte de blé a été détruite par la grêle dans trois villages de montagne."),
    ("zh", "山区三个村庄的小麦被冰雹毁坏。"),
    ("es", "El granizo destruyó la cosecha de trigo en tres aldeas de montaña."),
)


@pytest.mark.parametrize(("language", "text"), SAID)
def test_a_translation_is_carried_by_its_own_sentence(language: str, text: str) -> None:
    [found] = carried([text], language, carrier(ACCOUNT, "en"))
    assert found.sentence == 0
    assert found.score > 1.0


@pytest.mark.parametrize(("language", "text"), ADDED)
def test_what_nobody_said_is_not(language: str, text: str) -> None:
    [found] = carried([text], language, carrier(ACCOUNT, "en"))
    assert found.score < 0.6


def test_an_account_without_sentences_carries_nothing() -> None:
    [found] = carried(["Il pleut."], "fr", carrier((), "en"))
    assert (found.sentence, found.words, found.vectors) == (-1, -1.0, -1.0)


def test_nothing_asked_gives_nothing() -> None:
    assert carried([], "fr", carrier(ACCOUNT, "en")) == []


def test_the_levels_of_every_pair_of_languages_lie_apart() -> None:
    for language in ("ar", "en", "es", "fr", "ru", "zh"):
        for other in ("en", "zh"):
            words, vectors = scales(language, other)
            assert 0 < words.unrelated < words.translated <= 1
            assert -0.2 < vectors.unrelated < vectors.translated <= 1


def test_a_word_of_the_text_is_close_to_itself() -> None:
    near, far = closest_words(["communication", "hail"], ACCOUNT)
    assert near > 0.9
    assert far < near
