"""Facts of two documents brought together by the alignment of their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consistency.types import Alignment, AnalysedDocument, Analysis, Mention, MentionKind, Span


@dataclass(frozen=True, slots=True)
class AlignedMentions:
    """The mentions of one kind in a block of aligned sentences, each side in text order."""

    alignment: Alignment
    left: tuple[Mention, ...]
    right: tuple[Mention, ...]


def mentions_in(
    document: AnalysedDocument, sentences: tuple[int, ...], kind: MentionKind
) -> tuple[Mention, ...]:
    """The document's mentions of a kind that stand in these sentences (indices)."""
    return tuple(m for m in document.mentions if m.kind is kind and m.sentence in sentences)


def aligned_mentions(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument, kind: MentionKind
) -> Iterator[AlignedMentions]:
    """Each alignment of the two documents with both sides' mentions of a kind, even where a side has none."""
    for alignment in analysis.aligned(left.id, right.id):
        yield AlignedMentions(
            alignment,
            mentions_in(left, alignment.left_sentences, kind),
            mentions_in(right, alignment.right_sentences, kind),
        )


def is_rendering(analysis: Analysis, alignment: Alignment) -> bool:
    """Whether a copy renders this account sentence by sentence: a translation of one source. A copy of several accounts
    is put together from them, whatever the alignment of each pair looks like."""
    return alignment.mode == "translation" and len(analysis.accounts) == 1


def block_span(document: AnalysedDocument, sentences: tuple[int, ...]) -> Span:
    """The stretch of text from the first of these sentences to the end of the last. `sentences` is not empty."""
    return Span(document.id, document.sentences[sentences[0]].start, document.sentences[sentences[-1]].end)
