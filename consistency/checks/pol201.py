"""POL201: a negation lost or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.polarity_pairs import PolarityComparison, compare_polarity
from consistency.checks.claim_pairs import claim_pairs, is_close_translation
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    FindingSpan,
    Outcome,
    Result,
    Role,
    Severity,
    Span,
    Unchecked,
)

SENTENCE_FLOOR = 0.5
"""Belief in an alignment of sentences of a translation below which their polarity is not compared."""

SENTENCE_SIMILARITY = 0.3
"""The same for the encoder's cosine."""

_Spans = tuple[tuple[int, int], ...]


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.pairs():
        for left_spans, right_spans in _stretches(analysis, left, right):
            compared = compare_polarity(left, left_spans, right, right_spans)
            both = (Span(left.id, *_hull(left_spans)), Span(right.id, *_hull(right_spans)))
            if compared.outcome is Outcome.AGREE:
                yield Agreement("POL201", both)
            elif compared.outcome is Outcome.UNKNOWN:
                reason = "one side denies more often, and the other has words that may render a negation"
                yield Unchecked(right.id, both[1].start, both[1].end, "POL201", reason)
            else:
                yield _conflict(compared, left, left_spans, right, right_spans)


def _stretches(analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument) -> Iterator[tuple[_Spans, _Spans]]:
    """What is compared: sentences where one text translates the other, claims where each words things its own way."""
    alignments = analysis.aligned(left.id, right.id)
    if is_close_translation(left, right, alignments):
        for alignment in alignments:
            if alignment.score >= SENTENCE_FLOOR and alignment.similarity >= SENTENCE_SIMILARITY:
                yield (
                    tuple((left.sentences[i].start, left.sentences[i].end) for i in alignment.left_sentences),
                    tuple((right.sentences[i].start, right.sentences[i].end) for i in alignment.right_sentences),
                )
        return
    for pair in claim_pairs(analysis, left, right):
        yield pair.left_spans, pair.right_spans


def _conflict(
    compared: PolarityComparison, left: AnalysedDocument, left_spans: _Spans, right: AnalysedDocument, right_spans: _Spans
) -> Result:
    is_copy = right.document.role is Role.COPY
    role = "reference" if is_copy else "subject"
    more, fewer = (left, right) if compared.lost else (right, left)
    cues = compared.left if compared.lost else compared.right
    words = ", ".join(f'"{more.document.text[cue.start:cue.end]}"' for cue in cues)
    if compared.lost:
        message = f"{left.document.label!r} denies ({words}) where {right.document.label!r} does not."
    else:
        message = f"{right.document.label!r} denies ({words}) where {left.document.label!r} does not."
    if compared.left and compared.right:
        message = message.replace("does not.", "denies less often.")
    spans: list[FindingSpan] = []
    spans.extend(_evidence(left, left_spans, tuple((c.start, c.end) for c in compared.left), role, compared.lost))
    spans.extend(_evidence(right, right_spans, tuple((c.start, c.end) for c in compared.right), "subject", not compared.lost))
    severity = Severity.ERROR if is_copy else Severity.WARNING
    return finding(CHECK, message, spans, confidence=compared.confidence, severity=severity)


def _evidence(
    document: AnalysedDocument, spans: _Spans, cues: _Spans, role: str, denies: bool
) -> Iterator[FindingSpan]:
    """The negating words of the side that denies more; the whole stretch of the other."""
    for start, end in cues if denies else spans:
        yield text_span(document.document, start, end, role)


def _hull(spans: _Spans) -> tuple[int, int]:
    return min(start for start, _ in spans), max(end for _, end in spans)


CHECK = Check(
    id="POL201",
    slug="negation-lost-or-added",
    family=Family.POLARITY,
    severity=Severity.ERROR,
    scope="cross",
    summary="A negation is lost or added.",
    why="One small word turns a denial into a claim: 没有提供武器 became \"provided weapons\" on a front page.",
    limits="Counts negations; does not parse them. Words such as \"unable\" or 缺乏 excuse a missing negation. Between "
    "free accounts only statements that are aligned with confidence are compared.",
    run=run,
)
