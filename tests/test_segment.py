"""Sentences, headline, dateline and quotations, with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.errors import LanguageError
from consistency.segment import segment
from consistency.types import Document, SentenceKind


def cut(text: str, language: str) -> list[str]:
    return [text[s.start : s.end] for s in segment(Document("d", "d", text, language)).sentences]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Secretary Antony J. Blinken spoke today.", "He called the U.S. position clear."]),
        ("en", ["He lives in the U.S.", "The two sides agreed."]),
        ("en", ["Mr. Li met Dr. Smith at 9 a.m. on Friday.", "They talked."]),
        ("en", ["“We agree.”", "He left.", "What next?", "Nothing!"]),
        ("en", ["It grew by 3.5 percent.", "That is more than 2.9."]),
        ("fr", ["M. Blinken a parlé.", "« Nous agirons. »", "Il a quitté la salle."]),
        ("fr", ["Le S. E. Wang Yi est venu.", "Puis rien…", "La suite demain."]),
        ("zh", ["秦刚强调，美方应当尊重中方核心关切。", "“我们反对！”", "他说。", "为什么？"]),
        ("zh", ["增长3.5%。", "会谈持续两小时……双方同意。"]),
        ("es", ["¿Qué dijo el Sr. Li?", "Nada nuevo.", "Los EE. UU. callan."]),
        ("ru", ["Г-н Лавров встретился с г-ном Ваном.", "Они обсудили, т. е. повторили, тезисы."]),
        ("ar", ["التقى الوزيران يوم الأربعاء.", "هل اتفقا؟", "نعم."]),
    ],
)
def test_sentences(language: str, sentences: list[str]) -> None:
    assert cut(("" if language == "zh" else " ").join(sentences), language) == sentences


def kinds(text: str, language: str) -> list[tuple[str, str]]:
    segmented = segment(Document("d", "d", text, language))
    return [(s.kind.value, text[s.start : s.end]) for s in segmented.sentences]


def test_headline_and_dateline() -> None:
    text = "Ministers speak\n\nBEIJING, June 14 (Reuters) - The ministers spoke. They agreed.\n"
    assert kinds(text, "en") == [
        ("headline", "Ministers speak"),
        ("dateline", "BEIJING, June 14 (Reuters) -"),
        ("body", "The ministers spoke."),
        ("body", "They agreed."),
    ]


def test_a_repeated_headline_is_two_headlines() -> None:
    assert [kind for kind, _ in kinds("Ministers speak\nMinisters speak\n\nThey spoke for an hour.\n", "en")] == [
        "headline",
        "headline",
        "body",
    ]


@pytest.mark.parametrize("text", ["The ministers spoke.\n\nThey agreed.", "One line only", "Two. Sentences\n\nHere."])
def test_no_headline(text: str) -> None:
    assert SentenceKind.HEADLINE not in {s.kind for s in segment(Document("d", "d", text, "en")).sentences}


def test_markdown_marks_stay_outside() -> None:
    assert cut("# Ministers speak\n\n- They met.\n- They left.\n", "en") == ["Ministers speak", "They met.", "They left."]


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = "The two ministers spoke by telephone about the state\nof their relations.\nThey agreed."
    assert cut(text, "en") == [text[:72], "They agreed."]


def test_quotations() -> None:
    text = 'He said: "We agree." And the workers\' rights were “noted”.'
    found = [text[q.inner_start : q.inner_end] for q in segment(Document("d", "d", text, "en")).quotations]
    assert found == ["We agree.", "noted"]


def test_an_unclosed_quotation_is_left_out() -> None:
    assert segment(Document("d", "d", "他说：“我们反对。\n\n他走了。", "zh")).quotations == ()


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert segment(Document("d", "d", text, "en")).sentences == ()


def test_a_language_without_a_pack() -> None:
    with pytest.raises(LanguageError, match="no language pack for 'de'"):
        segment(Document("d", "d", "Der Minister.", "de"))


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("aB. !?\n\"“”«»'()-#*>。！？“”，…٫؟آ1\r\u2028\u00a0")), max_size=120),
    st.sampled_from(["en", "fr", "zh", "es", "ru", "ar"]),
)
def test_every_character_lies_in_at_most_one_sentence(text: str, language: str) -> None:
    segmented = segment(Document("d", "d", text, language))
    assert len(segmented.folded) == len(text)
    end = 0
    for index, sentence in enumerate(segmented.sentences):
        assert (sentence.index, sentence.id) == (index, f"d:s{index + 1}")
        assert end <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        outside = text[end : sentence.start]
        assert not any(c.isalnum() for c in outside)
        end = sentence.end
    assert not any(c.isalnum() for c in text[end:])
