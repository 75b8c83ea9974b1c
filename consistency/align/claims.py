"""Alignment of claims: clauses that report the same statement, within sentences that correspond and beyond them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consistency.align.accounts import ANCHOR_LIMIT, WEIGHTS, select
from consistency.align.anchors import anchor_key
from consistency.align.encoders import Encoder
from consistency.align.scores import excess, probability, scale_of
from consistency.types import Alignment, AnalysedDocument, Analysis, Anchor, Claim, ClaimAlignment, Mention

SLOPE = 6.0
"""Log odds a unit of normalised likeness of two claims."""
OFFSET = -4.5
"""Log odds of two claims that are no more alike than unrelated ones."""
INSIDE = 2.0
"""Log odds that two claims gain where their sentences have been aligned."""
KEEP = -0.75
"""Log odds from which a pair of claims is kept that is the best of one of them."""
SAME_ACT = 0.5
"""Log odds that two claims gain where their act is the same and is not plain narration."""


def align_claims(
    left: AnalysedDocument,
    right: AnalysedDocument,
    alignments: Sequence[Alignment],
    *,
    encoder: Encoder,
    analysis: Analysis | None = None,
) -> tuple[ClaimAlignment, ...]:
    """The claims of two documents that report the same statement, in order of the left one; most may stay unmatched.

    `alignments` are those of the two documents' sentences. A negation or another act does not keep claims apart: that
    is for the checks to find.
    """
    if not left.claims or not right.claims:
        return ()
    vectors = encoder.encode([_text(left, claim) for claim in left.claims])
    others = encoder.encode([_text(right, claim) for claim in right.claims])
    scores = excess(vectors, others, scale_of(encoder))
    odds = SLOPE * scores + OFFSET
    linked = {
        (i, j) for alignment in alignments for i in alignment.left_sentences for j in alignment.right_sentences
    }
    keys = _keys(left, analysis), _keys(right, analysis)
    total = len(left.claims) + len(right.claims)
    frequency: dict[str, int] = {}
    for side in keys:
        for found in side:
            for key in found:
                frequency[key] = frequency.get(key, 0) + 1
    anchors: dict[tuple[int, int], tuple[Anchor, ...]] = {}
    for row, one in enumerate(left.claims):
        for column, other in enumerate(right.claims):
            if (one.sentence, other.sentence) in linked:
                odds[row, column] += INSIDE
            if one.act == other.act and one.act != "state":
                odds[row, column] += SAME_ACT
            shared = sorted(keys[0][row].keys() & keys[1][column].keys())
            if shared:
                anchors[row, column] = tuple(
                    Anchor(
                        keys[0][row][key].kind.value,
                        (keys[0][row][key].start, keys[0][row][key].end),
                        (keys[1][column][key].start, keys[1][column][key].end),
                        round(float(np.log((total + 1) / frequency[key])), 4),
                    )
                    for key in shared
                )
                weight = sum(anchor.weight for anchor in anchors[row, column])
                odds[row, column] += WEIGHTS["anchors"] * min(weight, ANCHOR_LIMIT)
    cosines = np.round(vectors @ others.T, 4)
    links = select(np.round(odds, 4), cosines, mutual=KEEP, single=KEEP)
    found_alignments: list[ClaimAlignment] = []
    # One alignment a link: the checks need the similarity of each pair, not the least of a group.
    for link in sorted(links, key=lambda link: (link.left, link.right)):
        found_alignments.append(
            ClaimAlignment(
                left=left.id,
                left_claims=(left.claims[link.left].id,),
                right=right.id,
                right_claims=(right.claims[link.right].id,),
                score=probability(link.log_odds),
                similarity=float(link.similarity),
                anchors=tuple(
                    sorted(anchors.get((link.left, link.right), ()), key=lambda a: (a.left, a.right, a.kind))
                ),
            )
        )
    return tuple(found_alignments)


def _text(document: AnalysedDocument, claim: Claim) -> str:
    """What was said, without the speech verb; the whole clause where the claim has no proposition."""
    if claim.proposition_end > claim.proposition_start:
        return document.text[claim.proposition_start : claim.proposition_end]
    return document.text[claim.start : claim.end]


def _keys(document: AnalysedDocument, analysis: Analysis | None) -> list[dict[str, Mention]]:
    """For each claim, its values with the first mention of each."""
    by_id = {mention.id: mention for mention in document.mentions}
    keys: list[dict[str, Mention]] = []
    for claim in document.claims:
        found: dict[str, Mention] = {}
        for mention_id in claim.mentions:
            mention = by_id.get(mention_id)
            key = None if mention is None else anchor_key(mention, analysis)
            if mention is not None and key is not None:
                found.setdefault(key, mention)
        keys.append(found)
    return keys
