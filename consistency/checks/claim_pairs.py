"""Statements of two documents that report the same thing, one to one: what speakers, acts and negations are compared on.

The alignment of claims is generous: two names shared with the headline are enough for it. To hold a negation against
its counterpart more is needed, so only pairs are kept that are each other's best by the encoder's similarity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consistency.checks.sides import claims_of
from consistency.types import Alignment, AnalysedDocument, Analysis, Claim, ClaimAlignment, SentenceKind

SCORE_FLOOR = 0.6
"""Belief in an alignment of claims below which nothing is compared."""

SIMILARITY_FLOOR = 0.3
"""Cosine of what was said, below which nothing is compared."""

COVERED = 0.9
"""Share of the sentences of both sides that have a counterpart in a translation."""


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Claims of two documents, each other's best counterparts. Several on a side where one is split in the other."""

    left: tuple[Claim, ...]
    right: tuple[Claim, ...]
    score: float
    similarity: float

    @property
    def left_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple((claim.start, claim.end) for claim in self.left)

    @property
    def right_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple((claim.start, claim.end) for claim in self.right)


def claim_pairs(analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument) -> Iterator[ClaimPair]:
    """The pairs of two documents in order of the left one. Headlines are left out."""
    groups = [
        group
        for group in analysis.aligned_claims(left.id, right.id)
        if group.score >= SCORE_FLOOR and group.similarity >= SIMILARITY_FLOOR and _is_of_bodies(analysis, left, right, group)
    ]
    best: dict[str, float] = {}
    for group in groups:
        for claim_id in (*group.left_claims, *group.right_claims):
            best[claim_id] = max(best.get(claim_id, -1.0), group.similarity)
    for group in groups:
        if all(best[claim_id] <= group.similarity for claim_id in (*group.left_claims, *group.right_claims)):
            yield ClaimPair(
                claims_of(left, group.left_claims), claims_of(right, group.right_claims), group.score, group.similarity
            )


def is_close_translation(left: AnalysedDocument, right: AnalysedDocument, alignments: Sequence[Alignment]) -> bool:
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
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument, group: ClaimAlignment
) -> bool:
    """Whether body stands against body: headlines say what they like of it."""
    return not any(
        document.sentences[analysis.claim(claim_id).sentence].kind is SentenceKind.HEADLINE
        for document, ids in ((left, group.left_claims), (right, group.right_claims))
        for claim_id in ids
    )


RIVAL_SHARE = 0.85
"""Share of the best similarity from which another counterpart might be the right one."""


def rivals(analysis: Analysis, account: AnalysedDocument, copy: AnalysedDocument, claim: Claim) -> Iterator[Claim]:
    """Claims of the account that correspond to a claim of the copy nearly as well as the best does."""
    groups = [group for group in analysis.aligned_claims(account.id, copy.id) if claim.id in group.right_claims]
    best = max((group.similarity for group in groups), default=0.0)
    for group in groups:
        if group.similarity >= RIVAL_SHARE * best:
            yield from claims_of(account, group.left_claims)
