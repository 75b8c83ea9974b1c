"""Which statements of a document another one carries.

Between accounts the alignments of claims and sentences decide. Of a copy more is asked: each clause of the account is
looked for in it alone, so that a demand left out of a long sentence shows although the sentence is aligned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consistency.align.carried import Carried, carried_by
from consistency.extract.topics import topics_in
from consistency.languages.loader import fold
from consistency.types import AnalysedDocument, Analysis, Claim, MentionKind, Sentence, SentenceKind

CLAIM_FLOOR = 0.5
"""Belief in an alignment from which a statement counts as carried."""

OMITTED = 0.8
"""Score (`Carried.score`) below which the copy does not have a clause of the account. On the fixtures' call of June 2023
the clauses left out lie at 0.53, 0.67 and 0.76, and at 0.70, 1.68 and 1.99 where the twin has them; a clause worded
freely lies at 0.72 to 0.99."""

OMITTED_ALIGNED, LONG_COUNT = 0.7, 10
"""The same for a long clause (in words) of a sentence that a translation has as its own sentence: there freedom is likelier."""

MIN_COUNT = 4
"""Words (tokens of the encoder) of the shortest clause whose absence is noted."""

MOSTLY = 0.6
"""Share of a clause that is a date, a name or a speech verb: such a clause is left to the checks on these."""

_CLAUSE = re.compile(r"[^，；。！？,;:!?،؛؟]+[，；。！？,;:!?،؛؟]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """Clauses of one sentence of an account that a copy has, or leaves out. Half-open code point offsets."""

    start: int
    end: int
    is_carried: bool
    is_short: bool
    beside: tuple[int, ...]
    """Sentences of the copy (indices) aligned with the account's sentence."""
    topics: tuple[str, ...]


def omissions(analysis: Analysis, account: AnalysedDocument, copy: AnalysedDocument) -> Iterator[Passage]:
    """The passages of the account's body, in order: runs of clauses that the copy carries or leaves out.

    In a translation, a sentence that is aligned with its own sentence of the copy is carried.
    """
    pieces = [
        piece
        for sentence in account.sentences
        if sentence.kind is SentenceKind.BODY
        for piece in _pieces(account, sentence)
    ]
    found = carried_by(
        tuple(account.document.text[start:end] for _, start, end in pieces),
        account.document.language,
        tuple(copy.sentence_text(number) for number in range(len(copy.sentences))),
        copy.document.language,
    )
    run: list[tuple[tuple[Sentence, int, int], Carried]] = []
    states: list[str] = []
    for piece, score in zip(pieces, found, strict=True):
        state = _state(analysis, account, copy, piece, score)
        is_same = bool(run) and run[-1][0][0].index == piece[0].index
        # "Wang Yi stressed," goes with what he stressed.
        if run and not (is_same and (states[-1] == state or (states[-1], state) == ("short", "omitted"))):
            yield _passage(analysis, account, copy, run, states[-1])
            run, states = [], []
        run.append((piece, score))
        states.append(state)
    if run:
        yield _passage(analysis, account, copy, run, states[-1])


def _pieces(account: AnalysedDocument, sentence: Sentence) -> Iterator[tuple[Sentence, int, int]]:
    for match in _CLAUSE.finditer(account.document.text, sentence.start, sentence.end):
        text = match.group()
        start = match.start() + len(text) - len(text.lstrip())
        end = match.end() - (len(text) - len(text.rstrip()))
        if any(character.isalnum() for character in text):
            yield sentence, start, end


def _state(
    analysis: Analysis,
    account: AnalysedDocument,
    copy: AnalysedDocument,
    piece: tuple[Sentence, int, int],
    score: Carried,
) -> str:
    """'carried', 'omitted' or 'short'."""
    sentence, start, end = piece
    if score.score >= OMITTED:
        return "carried"
    blocks = [a for a in analysis.aligned(account.id, copy.id) if sentence.index in a.left_sentences]
    is_own = any(
        a.mode == "translation" and len(a.left_sentences) == 1 and a.score >= CLAIM_FLOOR for a in blocks
    )
    if is_own and not (score.score < OMITTED_ALIGNED and score.count >= LONG_COUNT):
        return "carried"
    inside = [
        m for m in account.mentions if start <= m.start and m.end <= end and m.kind is not MentionKind.TERM
    ]
    named = {place for mention in inside for place in range(mention.start, mention.end)}
    for claim in account.claims:
        if claim.act_start is not None and claim.act_end is not None and start <= claim.act_start < end:
            named.update(range(claim.act_start, claim.act_end))
    if score.count < MIN_COUNT or len(named) >= MOSTLY * (end - start):
        return "short"
    return "omitted"


def _passage(
    analysis: Analysis,
    account: AnalysedDocument,
    copy: AnalysedDocument,
    run: list[tuple[tuple[Sentence, int, int], Carried]],
    state: str,
) -> Passage:
    (sentence, start, _), _ = run[0]
    end = run[-1][0][2]
    beside = sorted(
        {
            number
            for alignment in analysis.aligned(account.id, copy.id)
            if sentence.index in alignment.left_sentences and alignment.score >= CLAIM_FLOOR
            for number in alignment.right_sentences
        }
    )
    language = account.document.language
    topics = topics_in(fold(account.document.text, language), language, start, end)
    return Passage(start, end, state == "carried", state == "short", tuple(beside), topics)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one document's claims, held against another document."""

    carried: tuple[Claim, ...]
    missing: tuple[Claim, ...]
    """Neither the claim nor its sentence has a counterpart."""
    unclear: tuple[Claim, ...]
    """The sentence has a counterpart, the claim has none of its own."""


def coverage(analysis: Analysis, document: AnalysedDocument, other: AnalysedDocument) -> Coverage:
    """What `other` carries of the statements in the body of `document`. Either may come first in `analysis`."""
    claims_carried: set[str] = set()
    for aligned in (
        *analysis.aligned_claims(document.id, other.id),
        *analysis.aligned_claims(other.id, document.id),
    ):
        if aligned.score >= CLAIM_FLOOR:
            claims_carried.update(
                aligned.left_claims if aligned.left == document.id else aligned.right_claims
            )
    sentences_carried: set[int] = set()
    for alignment in (*analysis.aligned(document.id, other.id), *analysis.aligned(other.id, document.id)):
        if alignment.score >= CLAIM_FLOOR:
            is_left = alignment.left == document.id
            sentences_carried.update(alignment.left_sentences if is_left else alignment.right_sentences)
    carried, missing, unclear = [], [], []
    for claim in document.claims:
        if document.sentences[claim.sentence].kind is not SentenceKind.BODY:
            continue
        if claim.id in claims_carried:
            carried.append(claim)
        elif claim.sentence not in sentences_carried:
            missing.append(claim)
        elif sum(other_claim.sentence == claim.sentence for other_claim in document.claims) == 1:
            carried.append(claim)  # the only statement of an aligned sentence is aligned with it
        else:
            unclear.append(claim)
    return Coverage(tuple(carried), tuple(missing), tuple(unclear))
