"""Analysed documents for the tests of alignment, without the stages before it."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.types import AnalysedDocument, Claim, Document, Mention, Sentence, SentenceKind


def document(
    id: str,
    language: str,
    sentences: Sequence[str],
    *,
    headline: bool = False,
    mentions: Sequence[Mention] = (),
    claims: Sequence[Claim] = (),
) -> AnalysedDocument:
    """The sentences joined by line breaks; the first is a headline where `headline`."""
    found: list[Sentence] = []
    start = 0
    for index, text in enumerate(sentences):
        kind = SentenceKind.HEADLINE if headline and index == 0 else SentenceKind.BODY
        found.append(Sentence(f"{id}:s{index + 1}", index, start, start + len(text), kind))
        start += len(text) + 1
    text = "\n".join(sentences)
    return AnalysedDocument(
        Document(id, id, text, language), tuple(found), mentions=tuple(mentions), claims=tuple(claims)
    )


def links(alignments: Sequence[object]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """(left sentences, right sentences) of each alignment."""
    return [(a.left_sentences, a.right_sentences) for a in alignments]  # type: ignore[attr-defined]
