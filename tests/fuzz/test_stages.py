"""Whatever the text: offsets lie inside it, `text[start:end]` is what is reported, and nothing crashes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given

from consistency.extract import extract
from consistency.languages.loader import fold
from consistency.reference import load_reference
from consistency.resolve.event import resolve_event
from consistency.resolve.persons import resolve_persons
from consistency.segment import segment
from consistency.types import AnalysedDocument, Document
from tests.fuzz.texts import LANGUAGES, documents, profile, texts

REFERENCE = load_reference()


def assert_inside(text: str, spans: Iterable[tuple[int, int]]) -> None:
    for start, end in spans:
        assert 0 <= start < end <= len(text), (start, end)


@profile(200)
@given(documents())
def test_sentences_and_quotations_lie_in_the_text_in_order(document: Document) -> None:
    segmented = segment(document)
    text = document.text
    assert len(segmented.folded) == len(text)
    assert_inside(text, ((s.start, s.end) for s in segmented.sentences))
    assert_inside(text, ((q.start, q.end) for q in segmented.quotations))
    for before, after in zip(segmented.sentences, segmented.sentences[1:], strict=False):
        assert before.end <= after.start
    for number, sentence in enumerate(segmented.sentences):
        assert sentence.index == number
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
    for quotation in segmented.quotations:
        assert (quotation.inner_start, quotation.inner_end) == (quotation.start + 1, quotation.end - 1)
        assert 0 <= quotation.sentence < len(segmented.sentences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_folding_keeps_the_length(language: str) -> None:
    @profile(100)
    @given(texts(language))
    def check(text: str) -> None:
        assert len(fold(text, language)) == len(text)

    check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_mentions_and_claims_are_what_stands_at_their_spans(language: str) -> None:
    @profile(60)
    @given(texts(language))
    def check(text: str) -> None:
        found = extract(segment(Document("a", "a", text, language)), REFERENCE)
        assert_found(found)
        resolve_event(found)

    check()


def assert_found(found: AnalysedDocument) -> None:
    text = found.text
    assert_inside(text, ((m.start, m.end) for m in found.mentions))
    known = {mention.id for mention in found.mentions}
    assert len(known) == len(found.mentions), "two mentions of a kind at one span"
    for mention in found.mentions:
        assert mention.text == text[mention.start : mention.end]
        assert mention.text == mention.text.strip()
        sentence = found.sentences[mention.sentence]
        assert sentence.start <= mention.start < sentence.end
        holder = getattr(mention.value, "holder", None)
        assert holder is None or holder in known
    assert list(found.mentions) == sorted(found.mentions, key=lambda m: (m.start, m.end, m.kind))
    assert_inside(text, ((c.start, c.end) for c in found.claims))
    for claim in found.claims:
        assert (claim.act_start is None) == (claim.act_end is None)
        if claim.act_start is not None and claim.act_end is not None:
            assert_inside(text, [(claim.act_start, claim.act_end)])
        assert 0 <= claim.proposition_start <= claim.proposition_end <= len(text)
        assert_inside(text, claim.negation)
        assert set(claim.mentions) <= known
        for speaker in (claim.speaker, claim.addressee):
            assert speaker is None or speaker.mention is None or speaker.mention in known
    for gap in found.unchecked:
        assert 0 <= gap.start <= gap.end <= len(text)
        assert gap.reason.strip()


@profile(25)
@given(documents("a"), documents("b"))
def test_persons_are_clusters_of_known_mentions_each_in_one(left: Document, right: Document) -> None:
    analysed = [extract(segment(document), REFERENCE) for document in (left, right)]
    persons = resolve_persons(analysed, REFERENCE)
    known = {mention.id for document in analysed for mention in document.mentions}
    clustered = [mention for person in persons for mention in person.mentions]
    assert set(clustered) <= known
    assert len(clustered) == len(set(clustered))
    assert len({person.id for person in persons}) == len(persons)
