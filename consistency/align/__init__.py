"""Alignment: which sentences and claims of two documents report the same thing, in any order, or that none does.

An alignment only says what to compare. It never says that two texts agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from consistency.align.accounts import Account, Link, Parts, align_accounts, clauses, group
from consistency.align.anchors import AnchorTable, find_anchors
from consistency.align.claims import align_claims
from consistency.align.encoders import Encoder, load_encoder
from consistency.align.scores import Matrix, probability, scale_of
from consistency.align.structure import is_translation
from consistency.align.translation import Block, Side, align_translation
from consistency.types import Alignment, AnalysedDocument, Analysis

__all__ = ["Encoder", "Mode", "align", "align_claims", "load_encoder"]

Mode = Literal["auto", "translation", "accounts"]


def align(
    left: AnalysedDocument,
    right: AnalysedDocument,
    *,
    encoder: Encoder,
    analysis: Analysis | None = None,
    mode: Mode = "auto",
) -> tuple[Alignment, ...]:
    """The corresponding sentences of two documents, in order of the left one; sentences in none have no counterpart.

    `analysis` gives the persons that mentions belong to, so that 布林肯 and Blinken anchor. With `mode="auto"` the
    structure of the two texts decides between a translation (one order, most sentences matched) and accounts; each
    alignment records the mode used. Swapping the documents gives the same alignments with their sides swapped.
    """
    if not left.sentences or not right.sentences:
        return ()
    left_texts = [left.sentence_text(index) for index in range(len(left.sentences))]
    right_texts = [right.sentence_text(index) for index in range(len(right.sentences))]
    scale = scale_of(encoder)
    anchors = find_anchors(left, right, analysis)
    vectors = encoder.encode([*left_texts, *right_texts])
    left_vectors, right_vectors = vectors[: len(left_texts)], vectors[len(left_texts) :]
    if mode == "auto":
        mode = "translation" if is_translation(left_vectors, right_vectors, scale) else "accounts"
    if mode == "translation":
        blocks = align_translation(
            Side(left_vectors, np.asarray([len(text) for text in left_texts], dtype=np.float64)),
            Side(right_vectors, np.asarray([len(text) for text in right_texts], dtype=np.float64)),
            anchors,
            scale,
        )
        return tuple(_from_block(block, left, right, anchors) for block in blocks)
    links = align_accounts(
        Account(left, parts_of(left_texts, left_vectors, encoder)),
        Account(right, parts_of(right_texts, right_vectors, encoder)),
        anchors,
        scale,
        analysis,
    )
    return _from_links(links, left, right, anchors)


def parts_of(texts: Sequence[str], vectors: Matrix, encoder: Encoder) -> Parts:
    """A document's sentences (texts and vectors) with their clauses."""
    pieces: list[str] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        for piece in clauses(text):
            pieces.append(piece)
            owners.append(number)
    return Parts(texts, vectors, encoder.encode(pieces), owners)


def _from_block(block: Block, left: AnalysedDocument, right: AnalysedDocument, anchors: AnchorTable) -> Alignment:
    return Alignment(
        left=left.id,
        left_sentences=block.left,
        right=right.id,
        right_sentences=block.right,
        score=probability(block.log_odds),
        similarity=block.similarity,
        anchors=anchors.of(block.left, block.right),
        mode="translation",
    )


def _from_links(
    links: Sequence[Link], left: AnalysedDocument, right: AnalysedDocument, anchors: AnchorTable
) -> tuple[Alignment, ...]:
    by_pair = {(link.left, link.right): link for link in links}
    found: list[Alignment] = []
    for rows, columns in group(links):
        members = [by_pair[i, j] for i in rows for j in columns]
        found.append(
            Alignment(
                left=left.id,
                left_sentences=rows,
                right=right.id,
                right_sentences=columns,
                # A group is as sure as its weakest link.
                score=probability(min(link.log_odds for link in members)),
                similarity=min(link.similarity for link in members),
                anchors=anchors.of(rows, columns),
                mode="accounts",
            )
        )
    return tuple(found)
