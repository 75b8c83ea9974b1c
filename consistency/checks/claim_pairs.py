"""Statements of two documents that report the same thing: what speakers, acts and negations are compared on.

The alignment of claims is generous: two names shared with the headline are enough for it. To hold a negation against
its counterpart more is needed, so only claims are paired that are each other's best by the encoder's similarity. A
statement that the other side words in two clauses takes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consistency.types import (
    Alignment,
    AnalysedDocument,
    Analysis,
    Claim,
    ClaimAlignment,
    MentionKind,
    SentenceKind,
    TermValue,
)

SCORE_FLOOR = 0.3
"""Belief in an alignment of claims below which nothing is compared."""

SIMILARITY_FLOOR = 0.2
"""Cosine of what was said, below which nothing is compared. Russian and Arabic clauses lie low: right pairs of the
fixtures have 0.25 to 0.6 there, French and Spanish ones 0.4 to 0.8."""

WEAK_SHARE = 0.6
"""Share of the best counterpart's similarity below which another account's counterpart has no say."""

TERM_SIMILARITY = 0.35
"""What a pair counts for that rests on a shared loaded term: enough for speakers and negations to be compared."""

RIVAL_SHARE = 0.85
"""Share of the best similarity from which another counterpart might be the right one."""

COVERED = 0.9
"""Share of the sentences of both sides that have a counterpart in a translation."""


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Claims of two documents, each other's best counterparts. Several on a side where one is split in the other."""

    left: tuple[Claim, ...]
    right: tuple[Claim, ...]
    score: float
    similarity: float
    beside: tuple[Claim, ...] = ()
    """Claims in the same sentences that have no counterpart of their own: what is missing may stand there."""

    @property
    def left_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple((claim.start, claim.end) for claim in self.left)

    @property
    def right_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple((claim.start, claim.end) for claim in self.right)


def claim_pairs(analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument) -> Iterator[ClaimPair]:
    """The pairs of two documents in order of the left one. Headlines are left out."""
    links = [
        link
        for link in analysis.aligned_claims(left.id, right.id)
        if link.score >= SCORE_FLOOR and _is_of_bodies(analysis, left, right, link)
    ]
    best_right, best_left = _best(links, is_left=True), _best(links, is_left=False)
    yield from _by_term(left, right, {*best_right, *best_left})
    for link in links:
        one, other = link.left_claims[0], link.right_claims[0]
        if link.similarity < SIMILARITY_FLOOR or best_right[one] is not link or best_left[other] is not link:
            continue
        lefts = [one] + [a for a, b in best_right.items() if b.right_claims[0] == other and a != one]
        rights = [other] + [b for b, a in best_left.items() if a.left_claims[0] == one and b != other]
        # Of the clauses beside the best one only those of its own sentence belong to the same statement.
        ours, theirs = _in_sentence(analysis, left, lefts), _in_sentence(analysis, right, rights)
        beside = tuple(
            claim
            for document, chosen, best in ((left, ours, best_right), (right, theirs, best_left))
            for claim in document.claims
            if claim.sentence == chosen[0].sentence and claim not in chosen and claim.id not in best
        )
        yield ClaimPair(ours, theirs, link.score, link.similarity, beside)


def _by_term(left: AnalysedDocument, right: AnalysedDocument, linked: set[str]) -> Iterator[ClaimPair]:
    """Claims without any link that alone in their documents name one concept (脱钩断链, "decoupling")."""
    mine, theirs = _claims_by_concept(left), _claims_by_concept(right)
    seen: set[tuple[str, str]] = set()
    for concept, claims in mine.items():
        others = theirs.get(concept, [])
        if len(claims) != 1 or len(others) != 1:
            continue
        key = (claims[0].id, others[0].id)
        if key not in seen and not set(key) & linked:
            seen.add(key)
            yield ClaimPair((claims[0],), (others[0],), SCORE_FLOOR, TERM_SIMILARITY)


def _claims_by_concept(document: AnalysedDocument) -> dict[str, list[Claim]]:
    """Claims of the body by the concepts of the loaded terms in them, in order of place."""
    found: dict[str, list[Claim]] = {}
    for mention in document.of_kind(MentionKind.TERM):
        if not isinstance(mention.value, TermValue):
            continue
        for claim in document.claims:
            if (
                claim.start <= mention.start < claim.end
                and document.sentences[claim.sentence].kind is SentenceKind.BODY
            ):
                claims = found.setdefault(mention.value.concept, [])
                if claim not in claims:
                    claims.append(claim)
    return found


def _best(links: Sequence[ClaimAlignment], *, is_left: bool) -> dict[str, ClaimAlignment]:
    """Each claim's link of highest similarity, then belief; the first of equals."""
    best: dict[str, ClaimAlignment] = {}
    for link in links:
        claim = (link.left_claims if is_left else link.right_claims)[0]
        if claim not in best or (link.similarity, link.score) > (best[claim].similarity, best[claim].score):
            best[claim] = link
    return best


def _in_sentence(analysis: Analysis, document: AnalysedDocument, ids: Sequence[str]) -> tuple[Claim, ...]:
    """The claims with these ids that stand in the sentence of the first one, in order of place."""
    sentence = analysis.claim(ids[0]).sentence
    wanted = set(ids)
    return tuple(c for c in document.claims if c.id in wanted and c.sentence == sentence)


def is_close_translation(
    left: AnalysedDocument, right: AnalysedDocument, alignments: Sequence[Alignment]
) -> bool:
    """Whether the sentences of two documents stand for each other one by one, so that sentences can be compared whole.

    A wire article that follows an account in order may be aligned as a translation too: it leaves sentences out.
    """
    if not alignments or any(alignment.mode != "translation" for alignment in alignments):
        return False
    for document, aligned in (
        (left, {i for alignment in alignments for i in alignment.left_sentences}),
        (right, {i for alignment in alignments for i in alignment.right_sentences}),
    ):
        if len(aligned) < COVERED * len(document.sentences):
            return False
    return True


def _is_of_bodies(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument, link: ClaimAlignment
) -> bool:
    """Whether body stands against body: headlines say what they like of it."""
    return not any(
        document.sentences[analysis.claim(claim_id).sentence].kind is SentenceKind.HEADLINE
        for document, ids in ((left, link.left_claims), (right, link.right_claims))
        for claim_id in ids
    )


def rivals(
    analysis: Analysis, account: AnalysedDocument, copy: AnalysedDocument, claim: Claim
) -> Iterator[Claim]:
    """Claims of the account that correspond to a claim of the copy nearly as well as the best of any account does."""
    links = [link for link in analysis.aligned_claims(account.id, copy.id) if claim.id in link.right_claims]
    best = max(
        (
            link.similarity
            for other in analysis.accounts
            for link in analysis.aligned_claims(other.id, copy.id)
            if claim.id in link.right_claims
        ),
        default=0.0,
    )
    for link in links:
        if link.similarity >= RIVAL_SHARE * best:
            yield analysis.claim(link.left_claims[0])
