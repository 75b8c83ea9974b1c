"""Which statements of a document another one carries, by the alignments of claims and sentences."""

from __future__ import annotations

from dataclasses import dataclass

from consistency.types import AnalysedDocument, Analysis, Claim, SentenceKind

CLAIM_FLOOR = 0.5
"""Belief in an alignment from which a statement counts as carried."""


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
