"""Statements: clauses, speakers, acts, negations and topics, with exact spans."""

from __future__ import annotations

import pytest

from consistency.extract import extract
from consistency.reference import load_reference
from consistency.segment import segment
from consistency.types import AnalysedDocument, Claim, Document, Polarity


def read(text: str, language: str, issuer: str | None = None) -> AnalysedDocument:
    return extract(segment(Document("d", "d", text, language, issuer=issuer)), load_reference())


def speaker(document: AnalysedDocument, claim: Claim) -> str:
    """The words that name the speaker, or the speaker's kind."""
    if claim.speaker is None:
        return "nobody"
    if claim.speaker.mention is None:
        return claim.speaker.kind
    return next(m.text for m in document.mentions if m.id == claim.speaker.mention)


def told(document: AnalysedDocument) -> list[tuple[str, str, str]]:
    """(speaker, act, clause) of each claim."""
    return [(speaker(document, c), c.act, document.document.text[c.start : c.end]) for c in document.claims]


ZH = "国务委员兼外交部长秦刚指出，中美关系面临困难，强调台湾问题是中国内政。希望美方停止干涉。"


def test_one_speaker_for_several_acts_and_sentences() -> None:
    assert told(read(ZH, "zh")) == [
        ("秦刚", "point_out", "国务委员兼外交部长秦刚指出，中美关系面临困难"),
        ("秦刚", "stress", "强调台湾问题是中国内政。"),
        ("秦刚", "hope", "希望美方停止干涉。"),
    ]


def test_a_participle_keeps_its_speaker() -> None:
    document = read(
        "Le ministre Qin Gang a exposé la position de la Chine, soulignant que la question de Taïwan était centrale.",
        "fr",
    )
    assert told(document) == [
        ("Qin Gang", "explain", "Le ministre Qin Gang a exposé la position de la Chine"),
        ("Qin Gang", "stress", "soulignant que la question de Taïwan était centrale."),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Secretary Antony Blinken said that he hoped for progress on climate.",
            ("Antony Blinken", "hope"),
        ),
        ("en", "Both sides agreed to resume the talks.", ("Both sides", "agree")),
        ("en", "“The talks were useful”, said Antony Blinken.", ("Antony Blinken", "say")),
        ("zh", "双方同意保持沟通。", ("双方", "agree")),
        ("zh", "中方对此坚决反对。", ("中方", "firmly_oppose")),
        ("fr", "Les deux ministres sont convenus de se revoir.", ("Les deux ministres", "agree")),
        ("fr", "« L'accord est utile », a déclaré Antony Blinken.", ("Antony Blinken", "say")),
        ("ar", "واتفق الوزيران على تطوير التجارة.", ("الوزيران", "agree")),
    ],
)
def test_who_does_what(language: str, text: str, expected: tuple[str, str]) -> None:
    document = read(text, language)
    assert (speaker(document, document.claims[0]), document.claims[0].act) == expected


def test_a_source_only_brings_the_news() -> None:
    document = read(
        "The Chinese foreign ministry said that both sides agreed to resume military talks.", "en"
    )
    assert speaker(document, document.claims[0]) == "both sides"


def test_an_unknown_subject_is_nobody_and_not_the_speaker_before() -> None:
    document = read("王毅说，中方愿加强合作。该机构则谈到贸易。", "zh")
    assert speaker(document, document.claims[-1]) == "nobody"


def test_what_the_other_should_do_is_no_act_of_its_own() -> None:
    document = read("王毅指出，美方应当兑现不支持“台独”的承诺。", "zh")
    assert [claim.act for claim in document.claims] == ["point_out"]


def test_polarity_and_the_span_of_the_negation() -> None:
    text = "董军指出，中方没有提供武器。"
    claim = read(text, "zh").claims[0]
    assert claim.polarity is Polarity.NEGATIVE
    assert [text[start:end] for start, end in claim.negation] == ["没有"]


def test_a_name_denies_nothing() -> None:
    claim = read("王毅在那不勒斯指出，合作十分重要。", "zh").claims[0]
    assert claim.negation == ()


def test_second_hand_is_what_the_other_side_says() -> None:
    document = read(
        "外交部长王毅会见法国外长塞茹尔内。王毅说，中方愿合作。法方表示愿同中方合作。",
        "zh",
        issuer="Ministry of Foreign Affairs of China",
    )
    by_speaker = {speaker(document, claim): claim.is_second_hand for claim in document.claims}
    assert by_speaker["法方"] is True
    assert by_speaker["王毅"] is False


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("en", "The Secretary raised fentanyl and human rights.", ("fentanyl", "human_rights")),
        ("zh", "双方就台湾问题和气候变化交换意见。", ("taiwan", "climate")),
        ("fr", "Les ministres ont évoqué la péninsule coréenne.", ("korean_peninsula",)),
        ("es", "Los ministros hablaron del mar de China Meridional.", ("south_china_sea",)),
        ("ru", "Стороны обсудили кибербезопасность.", ("cyber",)),
        ("ar", "بحث الوزيران حقوق الإنسان.", ("human_rights",)),
        ("en", "The weather was fine.", ()),
    ],
)
def test_topics(language: str, text: str, topics: tuple[str, ...]) -> None:
    assert read(text, language).claims[0].topics == topics


@pytest.mark.parametrize(
    ("text", "language"), [(ZH, "zh"), ("He said so. They agreed, and he left, saying no.", "en")]
)
def test_claims_cover_the_text_in_order_without_overlap(text: str, language: str) -> None:
    document = read(text, language)
    last = 0
    for claim in document.claims:
        assert last <= claim.start < claim.end <= len(text)
        assert claim.start <= claim.proposition_start <= claim.proposition_end <= claim.end
        if claim.act_start is not None and claim.act_end is not None:
            assert claim.start <= claim.act_start < claim.act_end <= claim.end
        last = claim.end


def test_no_text_gives_no_claims() -> None:
    assert read("", "en").claims == ()
